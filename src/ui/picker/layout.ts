/** The picker in the prompt's place: what is typed, the choices that fit, and how many there are. */

import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { displayWidth, truncateToWidth } from '../../terminal/width.ts';
import { viewEditor } from '../editor/layout.ts';
import type { Look } from '../look.ts';
import { choiceRows, windowAround } from './choice-rows.ts';
import type { Picking } from './picking.ts';

export interface PickerView {
  readonly rows: readonly SafeText[];
  /** A cell, counted from the first row. */
  readonly caret: { readonly x: number; readonly y: number };
}

const mostChoices = 14;

/** @param height  rows there are, at least 1; @param seconds  that the choices have been waited for */
export function layPicker(picking: Picking, height: number, seconds: number, look: Look): PickerView {
  const { columns, theme } = look;
  const gap = height >= 8 ? [safe``] : [];
  const below = height >= 3 ? [theme.dim(statusOf(picking, seconds, columns))] : [];
  const room = listRoom(height);
  const { from, to } = windowAround(picking.matches.length, picking.at, room);

  const wanted = safe`${sanitizeLine(picking.noun)}: `;
  const mark = displayWidth(wanted) <= columns / 2 ? wanted : safe``;
  const filter = viewEditor(picking.filter, Math.max(2, columns - displayWidth(mark) - 1), 1);
  return {
    rows: [
      ...gap,
      safe`${theme.user(mark)}${filter.rows[0] ?? safe``}`,
      ...choiceRows(picking.matches.slice(from, to), picking.at - from, look),
      ...below,
    ],
    caret: { x: Math.min(displayWidth(mark) + filter.caret.x, columns - 1), y: gap.length },
  };
}

/** Choices that are on screen together. */
export function listRoom(height: number): number {
  return Math.max(0, Math.min(mostChoices, height - 1 - (height >= 3 ? 1 : 0) - (height >= 8 ? 1 : 0)));
}

function statusOf({ choices, matches, at, takesTyped, refused }: Picking, seconds: number, columns: number): SafeText {
  if (choices !== undefined && matches.length === 0) return nothingFits({ takesTyped, refused }, columns);
  const place = safe`${at + 1} of ${matches.length}`;
  const state = choices === undefined ? safe`loading ...${seconds === 0 ? safe`` : safe` ${seconds} s`}` : place;
  const sayings =
    choices === undefined
      ? [safe`${state} | Esc stops`]
      : [safe`${state} | type to filter, Enter takes, Esc leaves`, safe`${state} | Esc leaves`, state];
  const saying = sayings.find((one) => displayWidth(one) <= columns) ?? state;
  return truncateToWidth(saying, columns);
}

function nothingFits({ takesTyped, refused }: Pick<Picking, 'takesTyped' | 'refused'>, columns: number): SafeText {
  const sayings = takesTyped
    ? [safe`nothing fits | Enter takes what is typed, Esc leaves`, safe`nothing fits | Enter takes it`]
    : refused
      ? [safe`nothing fits, so nothing is taken | Esc leaves`, safe`nothing to take`]
      : [safe`nothing fits | Esc leaves`];
  const saying = sayings.find((one) => displayWidth(one) <= columns) ?? safe`nothing fits`;
  return truncateToWidth(saying, columns);
}
