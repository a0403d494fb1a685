/** How answers are shown, as the person has switched it, and what is needed to show the last one another way. */

import type { ThemeName } from '../core/theme-name.ts';
import type { Theme } from '../terminal/theme.ts';

export interface View {
  /** Chosen since the start; undefined: as the REPL was started. */
  readonly theme: NamedTheme | undefined;
  /** Answers are shown as the model wrote them, not as the markdown says. */
  readonly source: boolean;
  /** Reasoning is one line. */
  readonly folded: boolean;
  /** The text of the last answer; empty before it. */
  readonly answer: string;
  /** The last reasoning. */
  readonly reasoning: string;
  /** Why the last structured answer was asked for in another way, in sentences. */
  readonly steps: readonly string[];
}

export interface NamedTheme {
  readonly name: ThemeName;
  readonly theme: Theme;
}

export type ViewAction =
  | { readonly type: 'theme'; readonly theme: NamedTheme }
  | { readonly type: 'source'; readonly on: boolean }
  | { readonly type: 'fold'; readonly on: boolean }
  | { readonly type: 'answered'; readonly text: string }
  | { readonly type: 'reasoned'; readonly text: string }
  | { readonly type: 'stepped'; readonly steps: readonly string[] };

export const firstView: View = { theme: undefined, source: false, folded: false, answer: '', reasoning: '', steps: [] };

export function reduceView(view: View, action: ViewAction): View {
  switch (action.type) {
    case 'theme':
      return { ...view, theme: action.theme };
    case 'source':
      return { ...view, source: action.on };
    case 'fold':
      return { ...view, folded: action.on };
    case 'answered':
      return { ...view, answer: action.text };
    case 'reasoned':
      return { ...view, reasoning: action.text };
    case 'stepped':
      return { ...view, steps: action.steps };
    default:
      return action satisfies never;
  }
}
