/** The candidates as rows below the prompt. */

import { type SafeText, safe } from '../../terminal/safe.ts';
import { reveal, sanitizeLine } from '../../terminal/sanitize.ts';
import { truncateToWidth } from '../../terminal/width.ts';
import type { Look } from '../look.ts';
import { choiceRows, windowAround } from '../picker/choice-rows.ts';
import type { Completing } from './completing.ts';

const mostRows = 8;

/** @param room  rows there are; may be 0 or less */
export function completionRows(completing: Completing, room: number, look: Look): readonly SafeText[] {
  const height = Math.min(room, mostRows);
  if (height < 1) return [];
  const { note, shown, at } = completing;
  const dim = (text: SafeText): SafeText => look.theme.dim(truncateToWidth(text, look.columns));
  if (note !== undefined) return [dim(safe`  ${sanitizeLine(note)}`)];

  const isWhole = shown.length <= height;
  const window = windowAround(shown.length, Math.max(0, at), isWhole || height < 3 ? height : height - 1);
  const rows = choiceRows(
    shown
      .slice(window.from, window.to)
      .map(({ value, detail }) => ({ title: reveal(value.slice(0, 4 * look.columns)), detail })),
    at === -1 ? -1 : at - window.from,
    look,
  );
  const count = safe`  ${window.from + 1} to ${window.to} of ${shown.length} (Tab, Shift+Tab)`;
  return isWhole || height < 3 ? rows : [...rows, dim(count)];
}
