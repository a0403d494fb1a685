/**
 * From what a model writes for a place to its time zone: IANA names, offsets, cities, countries. No network.
 *
 * A name that can mean several zones is refused with what to say instead; a wrong time looks just like a right one.
 */

import { nearest } from '../core/nearest.ts';
import { englishCityName } from './city-names.ts';
import { countryCode, countryName, countryNames, countryZones } from './countries.ts';
import { foldName } from './fold-name.ts';
import { currentNames, mainZones, placesByZone } from './places.ts';
import { usState } from './us-states.ts';

export interface Zone {
  /** What was asked for, or `local`. */
  readonly place: string;
  /** An IANA name, or `UTC+09:00` for a bare offset. */
  readonly timeZone: string;
  /** East of Greenwich is positive. */
  readonly offsetMinutes: number;
}

/**
 * @param place  '' means where this program runs
 * @throws Error naming the nearest known names, or the zones of a country that has several
 */
export function findZone(place: string, at: Date): Zone {
  const asked = place.trim();
  if (isHere(asked)) return localZone(at);
  const offsetMinutes = parseOffset(asked);
  if (offsetMinutes !== undefined) return bareOffset(asked, offsetMinutes);
  const timeZone = zoneOf(asked, at) ?? zoneOf(withoutSuffix(asked), at);
  if (timeZone === undefined) throw unknownPlace(asked);
  return { place: asked, timeZone, offsetMinutes: offsetAt(timeZone, at) };
}

/** `+09:00` for 540. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

function isHere(place: string): boolean {
  return place === '' || /^(?:local|here|now)$/i.test(place);
}

function localZone(at: Date): Zone {
  const offsetMinutes = -at.getTimezoneOffset();
  // ICU has no name for a TZ variable such as KST-9, though the offset is right.
  const timeZone = zoneNamed(new Intl.DateTimeFormat('en').resolvedOptions().timeZone ?? '');
  return timeZone === undefined ? bareOffset('local', offsetMinutes) : { place: 'local', timeZone, offsetMinutes };
}

function bareOffset(place: string, offsetMinutes: number): Zone {
  return { place, timeZone: `UTC${formatOffset(offsetMinutes)}`, offsetMinutes };
}

/** `+9`, `UTC+09:00`, `GMT-3:30`. */
function parseOffset(text: string): number | undefined {
  const [, sign, hours = '', minutes = '0'] = /^(?:utc|gmt)?\s*([+\-−])(\d{1,2}):?(\d{2})?$/i.exec(text) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (sign === undefined || Number(minutes) > 59 || total > 14 * 60) return undefined;
  return sign === '+' ? total : -total;
}

function zoneOf(place: string, at: Date): string | undefined {
  const [first = '', ...rest] = place.split(/[,，、]/).map((part) => part.trim());
  const around = rest.findLast((part) => part !== '');
  if (around === undefined) {
    return cityZone(place) ?? zoneNamed(place) ?? countryZone(place, at) ?? usState(place)?.timeZone;
  }
  // `Paris, Texas`: where the second name is known, the first has to lie in it.
  const city = cityZone(first);
  const allowed = zonesAround(around);
  const liesThere = city !== undefined && allowed.some((zone) => offsetAt(zone, at) === offsetAt(city, at));
  if (allowed.length === 0 || liesThere) return city;
  if (allowed.length === 1) return allowed[0];
  // `Haifa, IL` is Israel and `Cairo, IL` Illinois: an unknown place in one of them stays unknown.
  return usState(around) === undefined ? countryZone(around, at) : undefined;
}

/** Everything the name of a country, a state or a city can mean. */
function zonesAround(name: string): readonly string[] {
  const code = countryCode(name);
  const zones = [...(code === undefined ? [] : countryZones(code)), usState(name)?.timeZone, cityZone(name)];
  return [...new Set(zones.flatMap((zone) => (zone === undefined ? [] : current(zone))))];
}

/** `New York City`, `India time` without their last word. */
function withoutSuffix(place: string): string {
  return place.replace(/\s+(?:city|time)$/i, '');
}

/** The zone of a city or an abbreviation. */
function cityZone(name: string): string | undefined {
  const folded = foldName(englishCityName(name) ?? name);
  return zonesByPlace().get(folded) ?? linkedZone(folded);
}

/** `Kathmandu`, `Kyiv`: names that lead to a zone but are not in the list of zones. */
function linkedZone(folded: string): string | undefined {
  const segment = folded.replaceAll(' ', '_');
  if (segment === '') return undefined;
  for (const region of ['Asia', 'Europe', 'America', 'Africa', 'Pacific', 'Atlantic', 'Australia', 'Indian']) {
    const zone = zoneNamed(`${region}/${segment}`);
    if (zone !== undefined) return zone;
  }
  return undefined;
}

function countryZone(name: string, at: Date): string | undefined {
  const code = countryCode(name);
  if (code === undefined) return undefined;
  const main = mainZones[code];
  if (main !== undefined) return main;
  // One zone for each offset, if there is one with well-known cities.
  const zones = countryZones(code)
    .map(current)
    .sort((a, b) => Number(a in placesByZone) - Number(b in placesByZone));
  const byOffset = new Map(zones.map((zone) => [offsetAt(zone, at), zone]));
  if (byOffset.size < 2) return [...byOffset.values()][0];
  const choices = [...byOffset.values()].join(', ');
  throw new Error(`${countryName(code)} has several time zones; name a city, or one of ${choices}`);
}

/** @returns the name in today's spelling if ICU knows the zone, in any case and with spaces for underscores */
function zoneNamed(name: string): string | undefined {
  const candidate = name
    .trim()
    .replace(/\s*\/\s*/g, '/')
    .replaceAll(' ', '_');
  if (!/^[A-Za-z][\w+/-]+$/.test(candidate)) return undefined;
  try {
    return current(new Intl.DateTimeFormat('en', { timeZone: candidate }).resolvedOptions().timeZone);
  } catch (error) {
    // The only way to ask ICU whether it knows a name.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function current(zone: string): string {
  return currentNames[zone] ?? zone;
}

function offsetAt(timeZone: string, at: Date): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  return parseOffset(name) ?? 0;
}

let zones: ReadonlyMap<string, string> | undefined;

function zonesByPlace(): ReadonlyMap<string, string> {
  zones ??= new Map([
    ...Intl.supportedValuesOf('timeZone').map((zone): [string, string] => [lastSegment(zone), current(zone)]),
    ...Object.entries(placesByZone).flatMap(([zone, places]) =>
      places.split(', ').map((place): [string, string] => [foldName(place), zone]),
    ),
  ]);
  return zones;
}

function lastSegment(zone: string): string {
  return foldName(zone.slice(zone.lastIndexOf('/') + 1));
}

function unknownPlace(place: string): Error {
  const near = nearest(foldName(place), [...new Set([...zonesByPlace().keys(), ...countryNames()])], 3);
  const advice = 'Give an IANA time zone such as Asia/Seoul, or a larger city of the same time zone.';
  const guess = near.length === 0 ? '' : ` Near to it: ${near.join(', ')}.`;
  return new Error(`no place named ${JSON.stringify(place)} is known.${guess} ${advice}`);
}
