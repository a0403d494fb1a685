/** Whether the terminal is asked what its text stands on. */

import type { ThemeName } from '../core/theme-name.ts';
import type { ColorLevel } from '../terminal/theme.ts';

/** They would show the question instead of answering it. */
const silent = /^(?:$|dumb|linux|eterm|vt\d)/;

/** Not where a person has chosen, and not with sixteen colours: their shades are the terminal's own. */
export function asksBackground(
  theme: ThemeName,
  color: ColorLevel,
  { TERM = '' }: Readonly<Record<string, string | undefined>>,
): boolean {
  return theme === 'auto' && color >= 2 && !silent.test(TERM);
}
