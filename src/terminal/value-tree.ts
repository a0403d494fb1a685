/**
 * A JSON value as lines for people, not meant to be read back:
 *
 *     name: Ada
 *     languages:
 *       - Korean
 *       - "42"
 *     pets: []
 */

import { type JsonNode, printJson } from '../core/json-node.ts';
import { safeJsonText } from './json.ts';
import { markSafe, type SafeText, safe } from './safe.ts';
import { sanitize } from './sanitize.ts';
import type { Theme } from './theme.ts';
import { displayWidth, wrapText } from './width.ts';

export interface ValueLook {
  readonly columns: number;
  readonly theme: Theme;
}

/** One line of the tree before it is laid out. */
export interface TreeLine {
  /** Spaces, and the dashes of elements that begin on this line. */
  readonly lead: string;
  readonly key?: string;
  /** Absent when it stands in the lines below. */
  readonly leaf?: JsonNode;
}

export function renderTree(node: JsonNode, look: ValueLook): SafeText[] {
  const lines = [...linesFromEnd(node, look.columns)].reverse();
  return lines.flatMap((line) => drawTreeLine(line, look));
}

/** The last line first, so that the end of a large tree costs little. */
export function* linesFromEnd(node: JsonNode, columns: number, lead = '', indent = ''): Generator<TreeLine> {
  const below = `${indent}  `;
  if (isLeaf(node, indent.length, columns)) {
    yield { lead, leaf: node };
  } else if (node.kind === 'array') {
    for (let index = node.items.length - 1; index >= 0; index--) {
      const item = node.items[index];
      if (item !== undefined) yield* linesFromEnd(item, columns, `${index === 0 ? lead : indent}- `, below);
    }
  } else if (node.kind === 'object') {
    const members = [...node.members].reverse();
    for (const [index, [key, member]] of members.entries()) {
      const own = index === members.length - 1 ? lead : indent;
      if (isLeaf(member, below.length, columns)) {
        yield { lead: own, key, leaf: member };
      } else {
        yield* linesFromEnd(member, columns, below, below);
        yield { lead: own, key };
      }
    }
  }
}

/** How many `linesFromEnd` would give. */
export function countLines(node: JsonNode, columns: number, indent = 0): number {
  if (isLeaf(node, indent, columns)) return 1;
  let count = 0;
  if (node.kind === 'array') for (const item of node.items) count += countLines(item, columns, indent + 2);
  if (node.kind === 'object') {
    for (const member of node.members.values()) {
      count += isLeaf(member, indent + 2, columns) ? 1 : 1 + countLines(member, columns, indent + 2);
    }
  }
  return count;
}

/** Rows of at most `columns` cells; long text goes on below, further in than its key. */
export function drawTreeLine({ lead, key, leaf }: TreeLine, { columns, theme }: ValueLook): readonly SafeText[] {
  const name = key === undefined ? safe`` : safe`${theme.accent(keyText(key))}:`;
  const text = leaf === undefined ? safe`` : leafText(leaf, key === undefined && lead !== '');
  const line = name === '' || text === '' ? safe`${name}${text}` : safe`${name} ${text}`;
  const first = lead.includes('-') ? theme.dim(markSafe(lead)) : markSafe(lead);
  const room = columns - lead.length;
  if (!text.includes('\n') && displayWidth(line) <= room) return [safe`${first}${line}`];

  const inner = name === '' ? 0 : 2;
  const blanks = markSafe(' '.repeat(lead.length + inner));
  const lines = text.includes('\n') && name !== '' ? [name, text] : [line];
  return lines
    .flatMap((part) => wrapText(part, Math.max(1, room - inner)))
    .map((part, index) => (index === 0 ? safe`${first}${part}` : part === '' ? part : safe`${blanks}${part}`));
}

/**
 * Nothing of it goes below: it is empty, or no container. What lies deeper than half the width is one too, drawn as
 * JSON: it needs room, and so any depth goes.
 */
function isLeaf(node: JsonNode, indent: number, columns: number): boolean {
  if (indent > Math.min(columns / 2, deepest)) return true;
  if (node.kind === 'array') return node.items.length === 0;
  return node.kind !== 'object' || node.members.size === 0;
}

const deepest = 100;

function leafText(node: JsonNode, isElement: boolean): SafeText {
  if (node.kind === 'number') return sanitize(node.text);
  if (node.kind !== 'string') return safeJsonText(printJson(node));
  const { value } = node;
  const needsQuotes = looksOtherwise.test(value) || (isElement && looksLikeMember.test(value));
  return needsQuotes ? quote(value) : sanitize(value);
}

/** It would read as nothing, a number, a word of JSON, or something quoted. */
const looksOtherwise = /^(?:true|false|null|\[\]|\{\})?$|^"|^[-+\d.][\d.,eE+-]*$/;

const looksLikeMember = /^-(?:\s|$)|^[^\n]{0,80}:(?:\s|$)/;

function keyText(key: string): SafeText {
  return /^"|^$|\n|:(?:\s|$)/.test(key) ? quote(key) : sanitize(key);
}

function quote(text: string): SafeText {
  return safeJsonText(JSON.stringify(text));
}
