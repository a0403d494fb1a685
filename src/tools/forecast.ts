/**
 * Open-Meteo's forecast for a point.
 *
 *     GET /v1/forecast?latitude=37.57&longitude=126.98&current=temperature_2m,…&daily=weather_code,…
 *       &timezone=auto&forecast_days=3
 *     {"utc_offset_seconds":32400,"current":{"time":"2026-11-21T09:00","temperature_2m":4.1,…},
 *       "daily":{"time":["2026-11-21",…],"weather_code":[3,…],"temperature_2m_max":[9.2,…],…}}
 *
 * `daily` holds one list for each value; any value may be null. @see https://open-meteo.com/en/docs
 */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { GeoPlace } from './geocode.ts';
import { weatherWords } from './weather-words.ts';

export type Units = 'metric' | 'imperial';

export interface Forecast {
  readonly localTime: string;
  readonly now: Readonly<Record<string, string>>;
  readonly days: readonly Readonly<Record<string, string>>[];
}

export interface ForecastQuery {
  readonly place: GeoPlace;
  readonly days: number;
  readonly units: Units;
}

export function forecastUrl(serviceUrl: URL, { place, days, units }: ForecastQuery): URL {
  const url = new URL(serviceUrl);
  const query: Record<string, string> = {
    latitude: String(place.latitude),
    longitude: String(place.longitude),
    current: 'temperature_2m,apparent_temperature,relative_humidity_2m,precipitation,weather_code,wind_speed_10m',
    daily: 'weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max',
    timezone: 'auto',
    forecast_days: String(days),
    ...(units === 'imperial'
      ? { temperature_unit: 'fahrenheit', wind_speed_unit: 'mph', precipitation_unit: 'inch' }
      : {}),
  };
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}

/**
 * Values with their units, as words for the model; what the service does not know is left out.
 * @throws Error for an answer that is no forecast
 */
export function readForecast(answer: Json, units: Units): Forecast {
  const current = isJsonObject(answer) ? answer.current : undefined;
  if (!isJsonObject(answer) || !isJsonObject(current) || typeof current.temperature_2m !== 'number') {
    throw new Error('the weather service answered with something that is no forecast');
  }
  const unit = unitWords[units];
  return {
    localTime: typeof current.time === 'string' ? current.time : 'unknown',
    now: withoutGaps({
      conditions: conditions(current.weather_code),
      temperature: measured(current.temperature_2m, unit.temperature),
      feelsLike: measured(current.apparent_temperature, unit.temperature),
      humidity: measured(current.relative_humidity_2m, '%'),
      wind: measured(current.wind_speed_10m, unit.speed),
      precipitation: measured(current.precipitation, unit.length),
    }),
    days: isJsonObject(answer.daily) ? readDays(answer.daily, unit.temperature) : [],
  };
}

const unitWords = {
  metric: { temperature: ' °C', speed: ' km/h', length: ' mm' },
  imperial: { temperature: ' °F', speed: ' mph', length: ' in' },
} as const;

function readDays(daily: JsonObject, temperatureUnit: string): Forecast['days'] {
  const dates = Array.isArray(daily.time) ? daily.time : [];
  return dates.map((date: Json, index) =>
    withoutGaps({
      date: typeof date === 'string' ? date : undefined,
      conditions: conditions(valueAt(daily.weather_code, index)),
      low: measured(valueAt(daily.temperature_2m_min, index), temperatureUnit),
      high: measured(valueAt(daily.temperature_2m_max, index), temperatureUnit),
      chanceOfRain: measured(valueAt(daily.precipitation_probability_max, index), '%'),
    }),
  );
}

function valueAt(list: Json | undefined, index: number): Json | undefined {
  return Array.isArray(list) ? list[index] : undefined;
}

function conditions(code: Json | undefined): string | undefined {
  return typeof code === 'number' ? weatherWords(code) : undefined;
}

function measured(value: Json | undefined, unit: string): string | undefined {
  return typeof value === 'number' ? `${value}${unit}` : undefined;
}

function withoutGaps(values: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
