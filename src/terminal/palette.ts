/**
 * The colours by number (16 to 255 look the same on every terminal). Each has a contrast of at least 4.5 (WCAG AA)
 * with the backgrounds it is for; a test computes it. Few shades can be read on black and on white: those of `either`.
 */

import type { ThemeName } from '../core/theme-name.ts';
import type { ColorLevel, ThemeOptions } from './theme.ts';

export type Background = 'dark' | 'light' | 'either';
export type Colour = 'grey' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';

export const palettes: Readonly<Record<Background, Readonly<Record<Colour, number>>>> = {
  dark: { grey: 248, red: 210, green: 114, yellow: 179, blue: 111, magenta: 176, cyan: 80 },
  light: { grey: 241, red: 124, green: 22, yellow: 94, blue: 26, magenta: 90, cyan: 24 },
  either: { grey: 243, red: 131, green: 29, yellow: 131, blue: 63, magenta: 163, cyan: 29 },
};

/** The terminal's own, in the words of chalk. */
export const sixteen = {
  grey: 'dim',
  red: 'red',
  green: 'green',
  yellow: 'yellow',
  blue: 'blue',
  magenta: 'magenta',
  cyan: 'cyan',
} as const satisfies Readonly<Record<Colour, string>>;

/** What a theme is made of that a person has named; `auto` is what the environment says. */
export function themeOptions(
  name: ThemeName,
  color: ColorLevel,
  environment: Readonly<Record<string, string | undefined>>,
): Required<ThemeOptions> {
  const background = name === 'auto' || name === 'none' ? backgroundOf(environment) : name;
  return { color: name === 'none' ? 0 : color, background };
}

/**
 * What COLORFGBG says: `15;0`, or `0;default;15`. Set by rxvt, Konsole, iTerm2 and others; the last field is the
 * background, of the sixteen colours: 7 and 9 to 15 are light.
 */
export function backgroundOf(environment: Readonly<Record<string, string | undefined>>): Background {
  const last = environment.COLORFGBG?.split(';').at(-1) ?? '';
  if (!/^\d{1,2}$/.test(last) || Number(last) > 15) return 'either';
  return Number(last) === 7 || Number(last) > 8 ? 'light' : 'dark';
}
