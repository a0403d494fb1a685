/** What stands in one cell of csv or tsv, before it is quoted. */

import type { JsonNode } from '../core/json-node.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { cellText } from '../terminal/value-column.ts';

/**
 * For a file that a spreadsheet may open: a string that it would take for a formula gets an apostrophe in
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
