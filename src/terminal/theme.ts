/**
 * What things look like, by meaning; no colour carries a meaning alone. With 256 colours the shades are fixed and
 * chosen for the background (`palette.ts`); with sixteen they are the terminal's own, which people have chosen for theirs.
 */

import { Chalk, type ColorSupportLevel } from 'chalk';
import type { ThemeName } from '../core/theme-name.ts';
import { type CodeRole, codeRoles } from './code/roles.ts';
import { type Background, type Colour, palettes, sixteen, themeOptions } from './palette.ts';
import { markSafe, type SafeText } from './safe.ts';

/** 0 no escape sequences at all, 1 sixteen colours, 2 256, 3 all (which we have no use for). */
export type ColorLevel = ColorSupportLevel;

export type Style = (text: SafeText) => SafeText;

export interface Theme {
  /** Without styles: markdown keeps its marks (`**`, `` ` ``, `#`), so that nothing it said is lost. */
  readonly plain: boolean;
  readonly strong: Style;
  readonly emphasis: Style;
  readonly strike: Style;
  readonly dim: Style;
  readonly code: Style;
  /** @param depth  1 to 6: told apart without colours, and without signs that would be copied with the words */
  readonly heading: (depth: number) => Style;
  readonly link: Style;
  readonly quote: Style;
  readonly accent: Style;
  readonly success: Style;
  readonly warning: Style;
  readonly error: Style;
  /** What the person wrote. */
  readonly user: Style;
  readonly reasoning: Style;
  readonly toolName: Style;
  /** Inside code. */
  readonly syntax: Readonly<Record<CodeRole, Style>>;
}

export interface ThemeOptions {
  /** Decided by the caller; neither the environment nor a stream is looked at. */
  readonly color: ColorLevel;
  /** Of the terminal; `either` when it is not known: shades that can be read on black and on white. */
  readonly background?: Background;
}

export function createTheme({ color, background = 'either' }: ThemeOptions): Theme {
  const chalk = new Chalk({ level: color });
  const style =
    (paint: (text: string) => string): Style =>
    (text) =>
      markSafe(paint(text));
  const colour = (name: Colour): Style =>
    style(color >= 2 ? chalk.ansi256(palettes[background][name]) : chalk[sixteen[name]]);
  const emphasis = style(chalk.italic);
  const headings = [style(chalk.bold.underline), style(chalk.bold), style(chalk.bold.italic)];
  return {
    plain: color === 0,
    strong: style(chalk.bold),
    emphasis,
    strike: style(chalk.strikethrough),
    dim: colour('grey'),
    code: colour('cyan'),
    heading: (depth) => headings[depth - 1] ?? emphasis,
    link: style(chalk.underline),
    quote: style(chalk.italic),
    accent: colour('cyan'),
    success: colour('green'),
    warning: colour('yellow'),
    error: colour('red'),
    user: style(chalk.bold),
    reasoning: colour('grey'),
    toolName: colour('magenta'),
    // Every role has its colour.
    syntax: Object.fromEntries(codeRoles.map((role) => [role, colour(syntaxColours[role])])) as Theme['syntax'],
  };
}

/** The themes a person can name. The same name is the same object each time. */
export function themesOf(
  color: ColorLevel,
  environment: Readonly<Record<string, string | undefined>>,
): (name: ThemeName) => Theme {
  const made = new Map<ThemeName, Theme>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const theme = createTheme(themeOptions(name, color, environment));
    made.set(name, theme);
    return theme;
  };
}

export const syntaxColours: Readonly<Record<CodeRole, Colour>> = {
  keyword: 'magenta',
  type: 'cyan',
  name: 'blue',
  string: 'green',
  number: 'yellow',
  comment: 'grey',
  meta: 'cyan',
  added: 'green',
  removed: 'red',
};
