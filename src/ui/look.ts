/** How things are drawn at this moment: the width is the screen's, the rest as the person has it. */

import type { Theme } from '../terminal/theme.ts';
import type { View } from './view.ts';

export interface Look {
  readonly columns: number;
  readonly theme: Theme;
  /** Links may be written as OSC 8. */
  readonly hyperlinks: boolean;
  /** Markdown as it is written. */
  readonly source?: boolean;
  /** Reasoning as one line. */
  readonly folded?: boolean;
}

export function lookOf(
  { columns, view }: { readonly columns: number; readonly view: View },
  { theme, hyperlinks }: Pick<Look, 'theme' | 'hyperlinks'>,
): Look {
  return { columns, theme: view.theme?.theme ?? theme, hyperlinks, source: view.source, folded: view.folded };
}
