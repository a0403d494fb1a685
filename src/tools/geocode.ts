/**
 * Open-Meteo's geocoding: from a city's name to the places that may be meant.
 *
 *     GET /v1/search?name=Paris&count=10&language=en&format=json
 *     {"results":[{"name":"Paris","latitude":48.85341,"longitude":2.3488,"country_code":"FR","country":"France",
 *       "admin1":"Île-de-France","population":2138551,…},…],"generationtime_ms":0.9}
 *
 * No match is an object without `results`. Names are looked up in the index of `language` alone: 서울 needs ko.
 * @see https://open-meteo.com/en/docs/geocoding-api
 */

import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../core/json.ts';
import { englishCityName } from './city-names.ts';
import { countryCode } from './countries.ts';
import { foldName } from './fold-name.ts';
import { usState } from './us-states.ts';

export interface GeoPlace {
  /** `Paris, Île-de-France, France`. */
  readonly label: string;
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * @param city  a name, or a name and what lies around it: `Paris, Texas`, `서울`
 * @param ask  resolves the JSON of a GET
 * @throws Error that lists the places of the name when none of them lies where `city` says
 */
export async function geocode(city: string, serviceUrl: URL, ask: (url: URL) => Promise<Json>): Promise<GeoPlace> {
  const [asked = '', ...around] = city.split(/[,，、]/).map((part) => part.trim());
  const name = englishCityName(asked) ?? asked;
  for (const language of languagesOf(name)) {
    const candidates = readCandidates(await ask(searchUrl(serviceUrl, name, language)));
    if (candidates.length > 0) return choose(candidates, name, around.filter(Boolean));
  }
  throw new Error(
    `no city named ${JSON.stringify(asked)} was found. Try its local spelling, its English name, or a larger city nearby.`,
  );
}

interface Candidate extends GeoPlace {
  readonly name: string;
  readonly countryCode: string;
  readonly population: number;
  /** Country and regions, folded. */
  readonly around: readonly string[];
}

function searchUrl(serviceUrl: URL, name: string, language: string): URL {
  const url = new URL(serviceUrl);
  for (const [key, value] of Object.entries({ name, count: '10', language, format: 'json' })) {
    url.searchParams.set(key, value);
  }
  return url;
}

/** The indexes worth asking, by the script of the name. Chinese characters are Japanese's, too. */
function languagesOf(name: string): readonly string[] {
  if (/\p{Script=Hangul}/u.test(name)) return ['ko', 'en'];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name)) return ['ja', 'en'];
  if (/\p{Script=Han}/u.test(name)) return ['zh', 'ja', 'en'];
  if (/\p{Script=Cyrillic}/u.test(name)) return ['ru', 'en'];
  return ['en'];
}

function readCandidates(answer: Json): readonly Candidate[] {
  if (!isJsonObject(answer)) throw new Error('the geocoding service answered with something that is no list of places');
  const { results } = answer;
  return Array.isArray(results)
    ? results.flatMap((result: Json) => (isJsonObject(result) ? readPlace(result) : []))
    : [];
}

function readPlace(result: JsonObject): readonly Candidate[] {
  const { latitude, longitude, population } = result;
  const name = nonEmptyString(result.name);
  if (name === undefined || !isWithin(latitude, 90) || !isWithin(longitude, 180)) return [];
  const country = nonEmptyString(result.country);
  const regions = [result.admin1, result.admin2, result.admin3, result.admin4].flatMap(
    (it) => nonEmptyString(it) ?? [],
  );
  return [
    {
      name,
      label: [...new Set([name, regions[0], country])].filter((part) => part !== undefined).join(', '),
      latitude,
      longitude,
      countryCode: nonEmptyString(result.country_code) ?? '',
      population: typeof population === 'number' ? population : 0,
      around: [country, ...regions].flatMap((part) => foldName(part ?? '') || []),
    },
  ];
}

function isWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= limit;
}

/**
 * The largest place of exactly this name, otherwise the service's first. Where `around` says more, only places
 * that lie there: the weather of another Paris looks just as right.
 */
function choose(candidates: readonly Candidate[], name: string, around: readonly string[]): GeoPlace {
  const there = candidates.filter((candidate) => around.every((part) => liesIn(candidate, part)));
  const [first] = there;
  if (first === undefined) {
    const labels = candidates.slice(0, 5).map((candidate) => candidate.label);
    throw new Error(`no ${name} was found in ${around.join(', ')}; there are: ${labels.join('; ')}`);
  }
  const namesakes = there.filter((candidate) => foldName(candidate.name) === foldName(name));
  return namesakes.reduce((best, next) => (next.population > best.population ? next : best), namesakes[0] ?? first);
}

function liesIn(candidate: Candidate, part: string): boolean {
  const code = countryCode(part);
  if (code !== undefined && code === candidate.countryCode) return true;
  const region = foldName((candidate.countryCode === 'US' ? usState(part)?.name : undefined) ?? part);
  return candidate.around.some((name) => name.includes(region) || region.includes(name));
}
