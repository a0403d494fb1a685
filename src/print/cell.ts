/** What stands in one cell of csv, tsv or a table, before it is quoted or cut. */

import { type JsonNode, printJson } from '../core/json-node.ts';
import { safeJsonText } from '../terminal/json.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** Strings as they are, numbers with the digits they came with, null and what is not there as nothing, the rest as JSON. */
export function cellText(node: JsonNode | undefined): SafeText {
  if (node === undefined || node.kind === 'null') return safe``;
  return node.kind === 'string' ? sanitize(node.value) : safeJsonText(printJson(node));
}

/**
 * The same for a file that a spreadsheet may open: a string that it would take for a formula gets an apostrophe in
 * front. Numbers stay numbers, also negative ones.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function fileCellText(node: JsonNode | undefined): SafeText {
  const text = cellText(node);
  return node?.kind === 'string' ? defuse(text) : text;
}

/** After the sanitiser: what it removes may have stood before the sign. */
export function defuse(text: SafeText): SafeText {
  return formula.test(text) ? safe`'${text}` : text;
}

/** The signs, also in full width, behind white space that some programs trim; and a tab or line end, which end a cell in others. */
const formula = /^(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\n])/;
