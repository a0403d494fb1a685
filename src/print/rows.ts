/**
 * A JSON value as rows and columns, for csv, tsv and tables:
 *
 *     [{...}, {...}]                    a row for each object, a column for each key
 *     {"items": [{...}]}                the same of the one array of objects; what stands beside it is left out
 *     {...}                             one row
 *     ["a", 1], {"names": ["a", "b"]}   a row for each, in a column called value
 *     "a"                               one cell of that column
 */

import type { JsonNode } from '../core/json-node.ts';
import { type ExpectedRows, nothingExpected } from './expected-rows.ts';

export interface Rows {
  readonly columns: readonly string[];
  /** As many cells as columns; undefined where a row has no such key. */
  readonly rows: readonly (readonly (JsonNode | undefined)[])[];
  /** Keys beside the one array: they are in none of the rows. */
  readonly leftOut: readonly string[];
}

/** Expected columns are there in any case and come first; the others follow in the order in which they are met. */
export function toRows(node: JsonNode, expected: ExpectedRows = nothingExpected): Rows {
  const { elements, leftOut } = findElements(node, expected);
  const columns = new Set(expected.columns);
  for (const element of elements) {
    for (const column of element.keys()) columns.add(column);
  }
  const names = [...columns];
  return { columns: names, rows: elements.map((element) => names.map((name) => element.get(name))), leftOut };
}

type Row = ReadonlyMap<string, JsonNode>;
type Elements = { readonly elements: readonly Row[]; readonly leftOut: readonly string[] };

function findElements(node: JsonNode, expected: ExpectedRows): Elements {
  if (node.kind === 'array') return { elements: node.items.map(toRow), leftOut: [] };
  if (node.kind !== 'object') return { elements: [toRow(node)], leftOut: [] };
  const { members } = node;
  const key = expected.key ?? keyOfRows(members);
  const list = key === undefined ? undefined : members.get(key);
  if (list?.kind !== 'array') return { elements: [members], leftOut: [] };
  return { elements: list.items.map(toRow), leftOut: [...members.keys()].filter((other) => other !== key) };
}

/** A list of words beside other keys (`tags`) is one value of one row; a list of objects is what was asked for. */
function keyOfRows(members: Row): string | undefined {
  const arrays = [...members].flatMap(([key, member]) =>
    member.kind === 'array' ? [{ key, items: member.items }] : [],
  );
  const [only] = arrays;
  if (only === undefined || arrays.length > 1) return undefined;
  const holdsObjects = only.items.length > 0 && only.items.every(({ kind }) => kind === 'object');
  return members.size === 1 || holdsObjects ? only.key : undefined;
}

function toRow(element: JsonNode): Row {
  return element.kind === 'object' ? element.members : new Map([['value', element]]);
}
