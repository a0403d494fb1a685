/**
 * The rows that stand in the prompt's place while a person is asked whether calls may run: how far it has come, what
 * is asked about, the answers. What comes after the call in question is shown too, because one answer allows all of it.
 */

import type { ProposedCall } from '../../core/approval.ts';
import { describeProposedCall } from '../../terminal/proposed-call.ts';
import { joinSafe, type SafeText, safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { displayWidth, truncateToWidth, wrapText } from '../../terminal/width.ts';
import { viewEditor } from '../editor/layout.ts';
import type { Look } from '../look.ts';
import { type Asking, undecided } from './asking.ts';

export interface Dialog {
  readonly rows: readonly SafeText[];
  /** A cell, counted from the first row. */
  readonly caret: Cell;
  /** Whose answers the keys are, once this is on screen. */
  readonly asks: ProposedCall | undefined;
  /** Lines of what is asked about that are on screen together. */
  readonly page: number;
  /** The furthest that it can be scrolled, in lines. */
  readonly last: number;
  /** The line after the last one on screen. */
  readonly bottom: number;
  /** Where each call that is asked about ends, in lines, in order. */
  readonly ends: readonly number[];
}

/** @param height  rows there are, at least 1 */
export function layDialog(asking: Asking, height: number, look: Look): Dialog {
  const open = undecided(asking);
  const bodies = open.map((call, index) => bodyOf(call, index > 0, look));
  const lines = bodies.flat();
  const gap = height >= 10 ? [safe``] : [];
  const headRows = height >= 3 ? 1 : 0;
  const pageOver = ({ rows }: Below): number => Math.max(1, height - rows.length - 2 * gap.length - headRows);
  const asItEnds = layBelow(asking, { hasMore: false, height, look });
  const hasMore = asking.top + pageOver(asItEnds) < (bodies[0]?.length ?? 0);
  const below = hasMore ? layBelow(asking, { hasMore, height, look }) : asItEnds;
  const page = pageOver(below);
  const last = Math.max(0, lines.length - page);
  const top = Math.min(asking.top, last);
  const shown = lines.slice(top, top + page);

  const place = { number: asking.calls.length - open.length + 1, of: asking.calls.length };
  const span = last === 0 ? undefined : { from: top + 1, to: top + shown.length, of: lines.length };
  const head = [look.theme.warning(headRow(place, span, look.columns))].slice(0, headRows);
  const above = [...gap, ...head, ...shown, ...gap];
  const rows = [...above, ...below.rows];
  const caret =
    below.caret === undefined ? endOf(rows, look.columns) : { ...below.caret, y: above.length + below.caret.y };
  const ends = bodies.map((_, index) => bodies.slice(0, index + 1).reduce((sum, body) => sum + body.length, 0));
  return { rows, caret, asks: open[0], page, last, bottom: top + shown.length, ends };
}

interface BelowOptions {
  /** The call goes on below what is on screen: it cannot be allowed yet. */
  readonly hasMore: boolean;
  readonly height: number;
  readonly look: Look;
}

function layBelow(asking: Asking, options: BelowOptions): Below {
  const { height, look } = options;
  if (height < 2) return { rows: [] };
  return asking.reason === undefined
    ? layAnswers(undecided(asking).length, options)
    : layReason(asking.reason, height, look);
}

interface Cell {
  readonly x: number;
  readonly y: number;
}

interface Below {
  readonly rows: readonly SafeText[];
  readonly caret?: Cell;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

/** The longest that fits. */
function headRow(
  place: { readonly number: number; readonly of: number },
  span: Span | undefined,
  columns: number,
): SafeText {
  const { number, of } = place;
  const sayings =
    span === undefined
      ? [safe`May this call run? ${number} of ${of}`, safe`Run? ${number} of ${of}`]
      : [
          safe`May this call run? ${number} of ${of}, lines ${span.from} to ${span.to} of ${span.of} (Up, Down)`,
          safe`Run? ${number} of ${of}, ${span.from}-${span.to} of ${span.of} (Up, Down)`,
          safe`Run? ${number}/${of}, ${span.from}-${span.to}/${span.of}`,
          safe`${number}/${of} ${span.from}-${span.to}/${span.of}`,
        ];
  return truncateToWidth(
    sayings.find((saying) => displayWidth(saying) <= columns) ?? sayings.at(-1) ?? safe``,
    columns,
  );
}

/** Laid out once for a width: with large arguments that takes longer than a frame may. */
const laidOut = new WeakMap<ProposedCall, { readonly columns: number; readonly lines: readonly SafeText[] }>();

function bodyOf(call: ProposedCall, isLater: boolean, { columns, theme }: Look): readonly SafeText[] {
  const known = laidOut.get(call);
  const lines = known?.columns === columns ? known.lines : describeProposedCall(call, columns);
  laidOut.set(call, { columns, lines });
  return isLater ? [safe``, theme.dim(truncateToWidth(safe`asked about next:`, columns)), ...lines] : lines;
}

/** One below the other where they leave room for the call, else side by side, else the keys alone. */
function layAnswers(openCalls: number, { hasMore, height, look: { columns, theme } }: BelowOptions): Below {
  const all = [safe`a`, safe`yes, all ${openCalls} calls`, safe`all ${openCalls}`] as const;
  const answers: readonly (readonly [key: SafeText, inFull: SafeText, inShort: SafeText])[] = [
    hasMore ? [safe`y`, safe`more of this call, as Down`, safe`more`] : [safe`y`, safe`yes, this call`, safe`yes`],
    ...(openCalls > 1 ? [all] : []),
    [safe`t`, safe`yes, and this tool from now on`, safe`tool always`],
    [safe`n`, safe`no`, safe`no`],
    [safe`r`, safe`no, with a reason`, safe`no, and why`],
    [safe`Esc`, safe`stop the answer`, safe`stop`],
  ];
  if (answers.length <= height / 3) {
    const blanks = (key: SafeText): SafeText => sanitizeLine(' '.repeat(5 - key.length));
    const rows = answers.map(([key, inFull]) => safe`  ${theme.accent(key)}${blanks(key)}${inFull}`);
    return { rows: rows.map((row) => truncateToWidth(row, columns)) };
  }
  const inShort = answers.map(([key, , words], index) => {
    const keys = hasMore && index === 0 ? safe`Down or ${key}` : key;
    return safe`${keys}: ${words}`;
  });
  const rows = wrapText(joinSafe(inShort, safe`  `), columns);
  if (rows.length <= height / 3) return { rows };
  const keys = answers.map(([key]) => key);
  return { rows: [truncateToWidth(joinSafe(keys, safe` `), columns)] };
}

function layReason(reason: NonNullable<Asking['reason']>, height: number, { columns, theme }: Look): Below {
  const mark = columns >= 24 ? safe`Why not? ` : safe``;
  const { rows, caret } = viewEditor(
    reason,
    Math.max(2, columns - mark.length - 1),
    Math.min(3, Math.ceil(height / 4)),
  );
  const indent = sanitizeLine(' '.repeat(mark.length));
  const hint = theme.dim(truncateToWidth(safe`Enter: no, for this reason | Esc: back`, columns));
  return {
    rows: [...rows.map((row, index) => safe`${index === 0 ? mark : indent}${row}`), ...(height >= 4 ? [hint] : [])],
    caret: { x: Math.min(mark.length + caret.x, columns - 1), y: caret.y },
  };
}

function endOf(rows: readonly SafeText[], columns: number): Cell {
  return { x: Math.min(displayWidth(rows.at(-1) ?? safe``), columns - 1), y: rows.length - 1 };
}
