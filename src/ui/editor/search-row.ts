/** The row below the prompt while the history is searched; the caret stands in it, behind what is looked for. */

import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { displayWidth, graphemes, truncateToWidth } from '../../terminal/width.ts';
import type { Look } from '../look.ts';
import type { Editor } from './editor.ts';
import type { Caret } from './layout.ts';
import type { Search } from './search.ts';

export interface SearchRow {
  readonly row: SafeText;
  /** Cell of the caret. */
  readonly x: number;
}

export function laySearch(search: Search, { columns, theme }: Look): SearchRow {
  const label = columns >= 24 ? safe`search: ` : safe`? `;
  const query = lastCells(search.query, Math.max(0, columns - label.length - 1));
  const x = Math.min(label.length + displayWidth(query), columns - 1);
  const room = columns - x - 2;
  const hint = hints(search).find((words) => displayWidth(words) <= room) ?? safe``;
  return { row: truncateToWidth(safe`${theme.dim(label)}${query}  ${theme.dim(hint)}`, columns), x };
}

/** What stands in the prompt meanwhile: what was found, else the draft. */
export function searchedText(editor: Editor): Caret {
  const found = editor.search?.found;
  return found === undefined ? editor : { text: found.text, caret: found.at };
}

function hints({ query, failed }: Search): readonly SafeText[] {
  if (failed) return [safe`nothing more found`, safe`no more`];
  if (query === '') return [safe`type words of an earlier message`, safe`words?`];
  return [
    safe`Enter takes it, Ctrl+R older, Ctrl+S newer, Esc back`,
    safe`Enter takes, Ctrl+R older`,
    safe`Enter takes`,
  ];
}

/** A long query shows its end. */
function lastCells(query: string, columns: number): SafeText {
  let shown = sanitizeLine(query);
  while (displayWidth(shown) > columns) shown = sanitizeLine(graphemes(shown).slice(1).join(''));
  return shown;
}
