/** The shapes a structured answer can take on stdout. Loads what a shape needs when it is asked for. */

import type { JsonSchema } from '../core/json.ts';
import { type JsonNode, printJson } from '../core/json-node.ts';
import { optional } from '../core/optional.ts';
import { safeJsonText } from '../terminal/json.ts';
import { type SafeText, safe } from '../terminal/safe.ts';

export type StructuredForm = 'json' | 'yaml' | 'csv' | 'tsv' | 'table';

export interface StructuredFormOptions {
  /** The width of the terminal; without it the text is for a pipe or a file: JSON on one line, no table cut. */
  readonly columns?: number;
  readonly color: 0 | 1 | 2 | 3;
  /** Names the columns of csv, tsv and table, in its order. */
  readonly schema?: JsonSchema;
  /** Called with the keys that rows have no place for. */
  readonly onLeftOut?: (keys: readonly string[]) => void;
}

/** The text with its last newline, or '' for rows without any column. Nothing in it can drive a terminal. */
export async function formatStructured(
  node: JsonNode,
  form: StructuredForm,
  options: StructuredFormOptions,
): Promise<SafeText> {
  const columns = optional('columns', options.columns);
  switch (form) {
    case 'json':
      return safe`${safeJsonText(printJson(node, options.columns === undefined ? 0 : 2))}\n`;
    case 'yaml':
      return (await import('./yaml.ts')).toYaml(node);
    case 'csv':
      return (await import('./csv.ts')).toCsv(await rowsOf(node, options));
    case 'tsv':
      return (await import('./csv.ts')).toTsv(await rowsOf(node, options));
    case 'table': {
      const { toTable } = await import('./table.ts');
      return toTable(await rowsOf(node, options), { ...columns, theme: await themeOf(options) });
    }
    default:
      return form satisfies never;
  }
}

async function rowsOf(node: JsonNode, { schema, onLeftOut }: StructuredFormOptions) {
  const { toRows } = await import('./rows.ts');
  const { expectedRows } = await import('./expected-rows.ts');
  const rows = toRows(node, schema === undefined ? undefined : expectedRows(schema));
  if (rows.leftOut.length > 0) onLeftOut?.(rows.leftOut);
  return rows;
}

async function themeOf({ color }: StructuredFormOptions) {
  const { createTheme } = await import('../terminal/theme.ts');
  return createTheme({ color });
}
