/** The tool `get_weather`: conditions now and for up to a week, from Open-Meteo, which needs no key. */

import { ChatError, isChatError } from '../core/error.ts';
import { isJsonObject, type Json } from '../core/json.ts';
import type { Tool } from '../core/tool.ts';
import type { Units } from './forecast.ts';

export const defaultForecastUrl = 'https://api.open-meteo.com/v1/forecast';
export const defaultGeocodingUrl = 'https://geocoding-api.open-meteo.com/v1/search';

/** GET, and the body as JSON. Must not follow a redirect to another host. @throws ChatError */
export type FetchJson = (url: URL, signal: AbortSignal) => Promise<Json>;

export interface WeatherOptions {
  readonly forecastUrl: string;
  readonly geocodingUrl: string;
  readonly fetchJson: FetchJson;
}

/** Only the two configured addresses are asked; what the model or the service says ends up in their queries alone. */
export function getWeather(options: WeatherOptions): Tool {
  return {
    name: 'get_weather',
    description: 'Current weather in a city, and the forecast for up to 7 days.',
    safe: true,
    parameters: {
      type: 'object',
      properties: {
        city: {
          type: 'string',
          description: 'City, in any language; add a country or state if the name is common: Paris, Texas',
          minLength: 1,
          maxLength: 100,
        },
        days: {
          type: 'integer',
          description: 'Days to forecast, today included; 1 if left out',
          minimum: 1,
          maximum: 7,
        },
        units: { type: 'string', enum: ['metric', 'imperial'], description: 'metric if left out' },
      },
      required: ['city'],
      additionalProperties: false,
    },
    async run(args, { signal }) {
      // Loaded only when a call needs it: the names of the world's cities cost 20 ms.
      const { geocode } = await import('./geocode.ts');
      const { forecastUrl, readForecast } = await import('./forecast.ts');
      const city = cleanName(String(args.city));
      const days = typeof args.days === 'number' ? args.days : 1;
      const units: Units = args.units === 'imperial' ? 'imperial' : 'metric';
      const ask = (url: URL): Promise<Json> => askService(url, options.fetchJson, signal);

      const place = await geocode(city, parseAddress(options.geocodingUrl), ask);
      const forecast = await ask(forecastUrl(parseAddress(options.forecastUrl), { place, days, units }));
      return { place: place.label, ...readForecast(forecast, units) };
    },
  };
}

function parseAddress(address: string): URL {
  if (URL.canParse(address)) return new URL(address);
  const what = `the weather address ${JSON.stringify(address)} is no URL`;
  throw new ChatError({ kind: 'config', what, hint: `the usual one is ${defaultForecastUrl}` });
}

/** Line breaks and control characters have no place in a name. */
function cleanName(city: string): string {
  const name = city
    .toWellFormed()
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (name === '') throw new Error('the city is empty; send the name of a city');
  return name;
}

/** Says which service failed: to the reader of the result it is one of two servers, beside the model's own. */
async function askService(url: URL, fetchJson: FetchJson, signal: AbortSignal): Promise<Json> {
  try {
    const answer = await fetchJson(url, signal);
    if (isJsonObject(answer) && answer.error === true) {
      throw new Error(`the weather service at ${url.host} refused: ${String(answer.reason ?? 'no reason given')}`);
    }
    return answer;
  } catch (error) {
    if (!isChatError(error) || error.kind === 'aborted') throw error;
    const what = error.kind === 'network' ? 'could not reach' : 'got no usable answer from';
    throw new Error(`${what} the weather service at ${url.host}: ${error.message}`, { cause: error });
  }
}
