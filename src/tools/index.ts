/** What the model may call without any file or server: the tools that are built in. */

import type { Tool } from '../core/tool.ts';
import { type FetchUrlOptions, fetchUrl } from './fetch-url/index.ts';
import { getTime } from './get-time.ts';
import { getWeather, type WeatherOptions } from './get-weather.ts';

export { defaultForecastUrl, defaultGeocodingUrl, type FetchJson } from './get-weather.ts';
export { findTools, isWholeList, nameIn, noSuchTool, selectTools } from './select-tools.ts';

export interface BuiltInOptions extends WeatherOptions {
  /** The current instant. */
  readonly clock: () => Date;
  readonly pages: FetchUrlOptions;
}

export function builtInTools(options: BuiltInOptions): readonly Tool[] {
  return [getTime(options.clock), getWeather(options), fetchUrl(options.pages)];
}

/** Whether a tool is offered without being named: not one that can carry something out of the machine by itself. */
export function isOfferedUnnamed({ name }: Tool): boolean {
  return name !== 'fetch_url';
}
