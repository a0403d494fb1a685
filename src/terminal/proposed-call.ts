/** A tool call as a person decides about it: every argument whole, and nothing in it hides, moves or imitates. */

import type { ProposedCall } from '../core/approval.ts';
import { type JsonNode, printJson, readJson } from '../core/json-node.ts';
import { type SafeText, safe } from './safe.ts';
import { reveal } from './sanitize.ts';
import { wrapExactly } from './width.ts';

/**
 * Lines of at most `columns` cells:
 *
 *     send_mail
 *       to: "ann@example.com" (15 characters)
 *       body: (29 characters)
 *         | Dear Ann,
 *         | hidden: \u{202E}
 *
 * A text of several lines stands behind bars, so that none of it can be taken for our own words.
 */
export function describeProposedCall({ tool, arguments: text }: ProposedCall, columns: number): readonly SafeText[] {
  const name = reveal(tool);
  const lines = describeArguments(text, columns);
  return lines.length === 0
    ? wrapExactly(safe`${name} (no arguments)`, columns)
    : [...wrapExactly(name, columns), ...lines];
}

/** The same without the name; no lines for no arguments. @param text  as the model wrote it where it is no JSON object */
export function describeArguments(text: string, columns: number): readonly SafeText[] {
  const read = readJson(text);
  if (!read.ok || read.node.kind !== 'object') return hang(safe`  `, safe`  `, reveal(text), columns);
  return [...read.node.members].flatMap(([key, value]) => describeArgument(key, value, columns));
}

function describeArgument(key: string, value: JsonNode, columns: number): readonly SafeText[] {
  const name = reveal(/^[\p{L}\p{M}\p{N}_.$-]+$/u.test(key) ? key : JSON.stringify(key));
  const below = safe`    `;
  if (value.kind !== 'string') return hang(safe`  `, below, safe`${name}: ${reveal(printJson(value))}`, columns);

  const count = Array.from(value.value).length;
  const length = count === 1 ? safe`(1 character)` : safe`(${count} characters)`;
  if (!value.value.includes('\n')) {
    return hang(safe`  `, below, safe`${name}: ${reveal(printJson(value))} ${length}`, columns);
  }
  const bar = safe`    | `;
  return [
    ...hang(safe`  `, below, safe`${name}: ${length}`, columns),
    ...value.value.split('\n').flatMap((line) => hang(bar, bar, reveal(line), columns)),
  ];
}

/** Where the screen is too narrow for the lead, there is none. */
function hang(lead: SafeText, below: SafeText, text: SafeText, columns: number): readonly SafeText[] {
  const room = columns - Math.max(lead.length, below.length);
  if (room < 4) return wrapExactly(text, Math.max(1, columns));
  return wrapExactly(text, room).map((line, index) => safe`${index === 0 ? lead : below}${line}`);
}
