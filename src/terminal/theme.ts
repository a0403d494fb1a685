/**
 * What things look like, by meaning. Only the sixteen base colours, which people have chosen for their own
 * background; none of them carries a meaning alone.
 */

import { Chalk, type ColorSupportLevel } from 'chalk';
import { markSafe, type SafeText } from './safe.ts';

/** 0 no escape sequences at all, 1 sixteen colours, 2 and 3 more (unused here, but a terminal's own words). */
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
  readonly heading: Style;
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
}

/** @param color  decided by the caller; neither the environment nor a stream is looked at */
export function createTheme({ color }: { readonly color: ColorLevel }): Theme {
  const chalk = new Chalk({ level: color });
  const style =
    (paint: (text: string) => string): Style =>
    (text) =>
      markSafe(paint(text));
  return {
    plain: color === 0,
    strong: style(chalk.bold),
    emphasis: style(chalk.italic),
    strike: style(chalk.strikethrough),
    dim: style(chalk.dim),
    code: style(chalk.cyan),
    heading: style(chalk.bold.underline),
    link: style(chalk.underline),
    quote: style(chalk.italic),
    accent: style(chalk.cyan),
    success: style(chalk.green),
    warning: style(chalk.yellow),
    error: style(chalk.red),
    user: style(chalk.bold),
    reasoning: style(chalk.dim),
    toolName: style(chalk.magenta),
  };
}
