/** Choices as rows of the screen, one a row, as many around the chosen one as there is room for. */

import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { displayWidth, truncateToWidth } from '../../terminal/width.ts';
import type { Look } from '../look.ts';

export interface ChoiceRow {
  readonly title: string;
  readonly detail: string;
  /** It is what is in use, which is said behind the title. */
  readonly current?: boolean;
  /** Where there is no room for both, the title is cut. */
  readonly keepsDetail?: boolean;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The chosen one stands in the middle, but at the ends of the list. */
export function windowAround(count: number, at: number, room: number): Window {
  const from = Math.max(0, Math.min(at - Math.floor((room - 1) / 2), count - room));
  return { from, to: Math.min(count, from + Math.max(0, room)) };
}

/** @param at  which is chosen, counted in `shown`; none is -1 */
export function choiceRows(shown: readonly ChoiceRow[], at: number, { columns, theme }: Look): readonly SafeText[] {
  const useWidth = shown.some(({ current }) => current) ? gapWidth + inUse.length : 0;
  const titles = shown.map(({ title, detail, current, keepsDetail }) => {
    const detailWidth = displayWidth(lineOf(detail, columns)) + gapWidth;
    const gap = detail === '' ? 0 : gapWidth;
    const kept = Math.max(keepsDetail ? detailWidth + useWidth : 0, current ? useWidth + gap : 0);
    return truncateToWidth(lineOf(title, columns), Math.max(narrowestTitle, columns - markWidth - kept));
  });
  const widest = Math.min(Math.max(0, ...titles.map(displayWidth)), roomForTitles(shown, columns - useWidth));
  return titles.map((title, index) => {
    const isChosen = index === at;
    const use = shown[index]?.current ? inUse : safe``;
    const detail = lineOf(shown[index]?.detail ?? '', columns);
    const name = safe`${isChosen ? safe`> ` : safe`  `}${title}`;
    const beforeUse = blanks(Math.max(0, widest - displayWidth(title)) + gapWidth);
    const beforeDetail = blanks(use === '' ? useWidth : gapWidth);
    const told = detail === '' ? use : safe`${use}${beforeDetail}${detail}`;
    const row = safe`${isChosen ? theme.accent(name) : name}${told === '' ? safe`` : safe`${beforeUse}${theme.dim(told)}`}`;
    return truncateToWidth(row, columns);
  });
}

const inUse = safe`(in use)`;
const markWidth = 2;
const gapWidth = 2;
const narrowestTitle = 6;

function blanks(cells: number): SafeText {
  return sanitizeLine(' '.repeat(cells));
}

/** Nothing longer is seen, and a name from outside may be a megabyte. */
function lineOf(text: string, columns: number): SafeText {
  return sanitizeLine(text.slice(0, 4 * columns).trimEnd());
}

function roomForTitles(shown: readonly ChoiceRow[], columns: number): number {
  const kept = shown.map(({ detail, keepsDetail }) => (keepsDetail ? displayWidth(lineOf(detail, columns)) : 0));
  const room = columns - markWidth - gapWidth - Math.max(0, ...kept);
  return Math.max(narrowestTitle, Math.min(Math.floor(columns * 0.6), room));
}
