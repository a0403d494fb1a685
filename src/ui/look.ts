/** How things are drawn at this moment: the width is the screen's, the rest stays as the REPL was started. */

import type { Theme } from '../terminal/theme.ts';

export interface Look {
  readonly columns: number;
  readonly theme: Theme;
  /** Links may be written as OSC 8. */
  readonly hyperlinks: boolean;
}
