/** Values of JSON in the cells of a column, for a table on a screen and for one in a file. */

import { type JsonNode, printJson } from '../core/json-node.ts';
import { safeJsonText } from './json.ts';
import { type SafeText, safe } from './safe.ts';
import { sanitize } from './sanitize.ts';
import type { Alignment } from './table.ts';

/** Strings as they are, numbers with the digits they came with, null and what is not there as nothing, the rest as JSON. */
export function cellText(node: JsonNode | undefined): SafeText {
  if (node === undefined || node.kind === 'null') return safe``;
  return node.kind === 'string' ? sanitize(node.value) : safeJsonText(printJson(node));
}

/** To the right where there are numbers and nothing else. */
export function alignmentOf(column: readonly (JsonNode | undefined)[]): Alignment {
  const kinds = new Set(column.map((node) => node?.kind ?? 'null'));
  kinds.delete('null');
  return kinds.size === 1 && kinds.has('number') ? 'right' : 'left';
}
