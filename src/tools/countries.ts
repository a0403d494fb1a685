/** Countries by the names people use, from the locale data Node carries: no list of our own to grow old. */

import { foldName } from './fold-name.ts';

/** @returns the ISO 3166 code for a country's name in English, Korean, Japanese or Chinese, or for the code itself */
export function countryCode(name: string): string | undefined {
  if (/^[A-Z]{2}$/.test(name.trim()) && englishNames.of(name.trim()) !== undefined) return name.trim();
  return codesByName().get(foldName(name));
}

export function countryName(code: string): string {
  return englishNames.of(code) ?? code;
}

export function countryNames(): readonly string[] {
  return allCodes().map(countryName);
}

/** @returns IANA names; one for most countries */
export function countryZones(code: string): readonly string[] {
  // Newer than TypeScript's library: a property first (Node 20), a method later (Node 24).
  const locale = new Intl.Locale('und', { region: code }) as Intl.Locale & {
    readonly timeZones?: readonly string[];
    getTimeZones?(): readonly string[];
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

const englishNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Names in use beside the ones in the locale data. */
const furtherNames: Readonly<Record<string, readonly string[]>> = {
  AE: ['uae', 'emirates'],
  BA: ['bosnia'],
  CI: ['ivory coast'],
  CZ: ['czech republic'],
  GB: ['uk', 'great britain', 'britain', 'england', 'scotland', 'wales', '영국'],
  KP: ['dprk'],
  KR: ['korea', 'republic of korea', '한국', '남한'],
  MM: ['burma'],
  NL: ['holland', 'the netherlands'],
  TR: ['turkey', '터키'],
  US: ['usa', 'america', 'united states of america', '米国', '美國'],
  VA: ['vatican'],
};

let names: ReadonlyMap<string, string> | undefined;

/** Built when first asked, since it costs about 15 ms. */
function codesByName(): ReadonlyMap<string, string> {
  names ??= new Map([...localeNames(), ...ownNames()]);
  return names;
}

function localeNames(): [string, string][] {
  const codes = allCodes();
  return ['zh-Hant', 'zh', 'ja', 'ko', 'en'].flatMap((language) =>
    (['short', 'long'] as const).flatMap((style) => {
      const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style });
      return codes.map((code): [string, string] => [foldName(display.of(code) ?? code), code]);
    }),
  );
}

function ownNames(): [string, string][] {
  return Object.entries(furtherNames).flatMap(([code, list]) =>
    list.map((name): [string, string] => [foldName(name), code]),
  );
}

/** Codes that were given up and carry their successor's zones, and pseudo codes. */
const retiredCodes = new Set([
  'BU',
  'CS',
  'DD',
  'FX',
  'NT',
  'QO',
  'QU',
  'SU',
  'TP',
  'UK',
  'XA',
  'XB',
  'YD',
  'YU',
  'ZR',
  'ZZ',
]);

function allCodes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !retiredCodes.has(code) && englishNames.of(code) !== undefined);
}
