/** What the model may call. */

import type { Tool } from '../core/tool.ts';
import { getTime } from './get-time.ts';
import { getWeather, type WeatherOptions } from './get-weather.ts';

export { defaultForecastUrl, defaultGeocodingUrl, type FetchJson } from './get-weather.ts';
export { selectTools } from './select-tools.ts';

export interface BuiltInOptions extends WeatherOptions {
  /** The current instant. */
  readonly clock: () => Date;
}

export function builtInTools(options: BuiltInOptions): readonly Tool[] {
  return [getTime(options.clock), getWeather(options)];
}
