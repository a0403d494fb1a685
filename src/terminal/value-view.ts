/** A structured answer as people read it: a table where it is a list of objects, else a tree; and while it grows. */

import { completeJson, type JsonNode } from '../core/json-node.ts';
import { type SafeText, safe } from './safe.ts';
import { sanitize } from './sanitize.ts';
import { drawTable, type Row } from './value-table.ts';
import { countLines, drawTreeLine, linesFromEnd, renderTree, type TreeLine, type ValueLook } from './value-tree.ts';
import { type Verbatim, wrapText, wrapVerbatim } from './width.ts';

/** Nothing is left out: what stands beside the one list of an object is drawn around its table. */
export function renderValue(node: JsonNode, look: ValueLook): SafeText[] {
  const listKey = node.kind === 'object' ? keyOfList(node.members) : undefined;
  if (node.kind !== 'object' || listKey === undefined) return tableOf(node, look) ?? renderTree(node, look);

  const { members } = node;
  const inner = { ...look, columns: look.columns - 2 };
  return [...members].flatMap(([key, member]) => {
    const alone = members.size === 1;
    const table = key === listKey ? tableOf(member, alone ? look : inner) : undefined;
    if (table === undefined) return renderTree({ kind: 'object', members: new Map([[key, member]]) }, look);
    if (alone) return table;
    return [...drawTreeLine({ lead: '', key }, look), ...table.map((line) => (line === '' ? line : safe`  ${line}`))];
  });
}

/** Text that came to no value, as it was written. */
export function renderRaw(text: string, { columns, verbatim }: ValueLook & RawLook): SafeText[] {
  const written = sanitize(text.trim());
  return verbatim === 'whole' ? wrapVerbatim(written, { columns, verbatim }) : wrapText(written, columns);
}

interface RawLook {
  /** `cut`, at spaces, if absent. */
  readonly verbatim?: Verbatim;
}

export interface GrowingLook extends ValueLook {
  readonly maxRows: number;
}

export interface GrowingView {
  /** The last ones, at least `maxRows` of them where there are as many. */
  readonly lines: readonly SafeText[];
  /** How many lines stand above these, as they are before they are wrapped. */
  readonly above: number;
}

/**
 * What can be shown of an answer that is still arriving: the tree of its JSON so far, or, while it is none, its text.
 * Only what fits is laid out: a frame costs reading the text, not drawing it.
 * @param text  as the model wrote it; a fence around the JSON is no part of it
 */
export function renderGrowing(text: string, look: GrowingLook): GrowingView {
  const { columns } = look;
  const node = completeJson(jsonPart(text));
  if (node !== undefined) {
    const draw = (line: TreeLine): readonly SafeText[] => drawTreeLine(withoutBeginning(line, look), look);
    return lastRows(linesFromEnd(node, columns), draw, { total: countLines(node, columns), ...look });
  }
  const written = text.trim().split('\n').reverse();
  const draw = (line: string): readonly SafeText[] => renderRaw(endOf(line, look), look);
  return lastRows(written, draw, { total: written.length, ...look });
}

function lastRows<Line>(
  fromEnd: Iterable<Line>,
  draw: (line: Line) => readonly SafeText[],
  { total, maxRows }: { readonly total: number; readonly maxRows: number },
): GrowingView {
  const drawn: (readonly SafeText[])[] = [];
  let rows = 0;
  for (const line of fromEnd) {
    if (rows >= maxRows) break;
    const lines = draw(line);
    drawn.push(lines);
    rows += lines.length;
  }
  return { lines: drawn.reverse().flat(), above: total - drawn.length };
}

function withoutBeginning(line: TreeLine, look: GrowingLook): TreeLine {
  const { leaf } = line;
  return leaf?.kind === 'string' ? { ...line, leaf: { kind: 'string', value: endOf(leaf.value, look) } } : line;
}

/** Of a text longer than the screen, its end. Cut in steps, so that what stays does not shift with each word. */
function endOf(text: string, { columns, maxRows }: GrowingLook): string {
  const step = columns * maxRows;
  if (text.length < 2 * step) return text;
  const from = (Math.floor(text.length / step) - 1) * step;
  return `…${text.slice(from).replace(/^[\uDC00-\uDFFF]/, '')}`;
}

function jsonPart(text: string): string {
  const fence = /^\uFEFF?\s*```[\w-]*[ \t]*\r?\n/.exec(text)?.[0];
  if (fence === undefined) return text.replace(/^\uFEFF/, '');
  return text.slice(fence.length).replace(/\s*`{1,3}\s*$/, '');
}

/** The key of the only array, if it holds objects. */
function keyOfList(members: Row): string | undefined {
  const [only, second] = [...members].filter(([, { kind }]) => kind === 'array');
  return only !== undefined && second === undefined && rowsOf(only[1]).length > 0 ? only[0] : undefined;
}

function tableOf(node: JsonNode, look: ValueLook): SafeText[] | undefined {
  const rows = rowsOf(node);
  return rows.length === 0 ? undefined : drawTable(rows, look);
}

/** Empty where not every element is an object. */
function rowsOf(node: JsonNode): readonly Row[] {
  if (node.kind !== 'array') return [];
  const rows = node.items.flatMap((item) => (item.kind === 'object' ? [item.members] : []));
  return rows.length === node.items.length ? rows : [];
}
