/**
 * Reads almost-JSON as JSON, token by token: trailing commas, comments, single and typographic quotes and Python's
 * literals are put right, nothing else. Whatever has more than one reading is refused with the reason, and what
 * stops in the middle is never completed. The result may still fail to parse.
 */

import { cutText } from '../core/cut-text.ts';

export type StrictJson =
  | { readonly ok: true; readonly text: string; readonly repairs: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** For the arguments of a tool: the problem is worded for the model that wrote them. Numbers must keep their value. */
export function toStrictJson(text: string): StrictJson {
  const from = skipBlank(text, 0).end;
  const read = readLenientValue(text, from, { maxDepth, checkNumber: lossyNumber });
  if (!read.ok) return { ok: false, problem: wordFlaw(read, text) };
  const rest = skipBlank(text, read.end);
  if (rest.end < text.length) return { ok: false, problem: afterTheEnd(text.charAt(rest.end)) };
  const repairs = [...read.repairs, ...(rest.hasComment ? [withoutComment] : [])];
  return { ok: true, text: read.text, repairs: [...new Set(repairs)] };
}

const maxDepth = 200;

export interface LenientOptions {
  readonly maxDepth?: number;
  /** @returns what is wrong with a number, in words */
  readonly checkNumber?: (literal: string) => string | undefined;
}

export type LenientValue =
  /** `end` is the offset after the value, `text` its JSON. */
  { readonly ok: true; readonly text: string; readonly end: number; readonly repairs: readonly string[] } | Flaw;

type Flaw = {
  readonly ok: false;
  /** The offset from which on it cannot be understood. */
  readonly at: number;
  /** `unclosed`: the text ends inside an array, an object or a comment; `string`: a string is not closed. */
  readonly reason: 'unclosed' | 'string' | 'too-deep' | 'number' | 'unexpected';
  readonly detail?: string;
};

const pythonLiterals: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
]);

const closingMarks: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
]);

const withoutComment = 'removed comments';

/** Each alternative starts differently, so matching a token is linear. Strings are read by `readString`. */
const token = /[ \t\r\n]+|[[\]{}:,]|["'“‘]|-?[0-9][0-9.eE+-]*|-?[A-Za-z_$][\w$]*|\/\/[^\r\n]*|\/\*.*?\*\/|./suy;

/** Reads one value that begins at `from`; what follows it is not looked at. Linear in the length of the value. */
export function readLenientValue(text: string, from: number, options: LenientOptions = {}): LenientValue {
  const output: string[] = [];
  const repairs = new Set<string>();
  let depth = 0;
  /** Where in `output` the last comma stands, while nothing but space has followed it. */
  let openComma: number | undefined;
  let position = from;

  while (position < text.length) {
    const start = position;
    token.lastIndex = start;
    const piece = token.exec(text)?.[0] ?? '';
    position += piece.length;
    if (/^[ \t\r\n]/.test(piece)) continue;
    if (/^\/[/*]/.test(piece) && piece.length > 1) {
      repairs.add(withoutComment);
      continue;
    }
    const comma = openComma;
    openComma = undefined;
    const mark = closingMarks.get(piece);

    if (piece === '{' || piece === '[') {
      depth += 1;
      if (depth > (options.maxDepth ?? Number.POSITIVE_INFINITY)) return { ok: false, at: start, reason: 'too-deep' };
      output.push(piece);
    } else if (piece === '}' || piece === ']') {
      depth -= 1;
      if (comma !== undefined && !/^[{[]$/.test(output[comma - 1] ?? '[')) {
        output[comma] = '';
        repairs.add('removed a trailing comma');
      }
      output.push(piece);
    } else if (piece === ',') {
      openComma = output.push(piece) - 1;
    } else if (piece === ':') {
      output.push(piece);
    } else if (mark !== undefined) {
      const string = readString(text, start + 1, mark);
      if (string === undefined) return { ok: false, at: text.length, reason: 'string' };
      if (mark !== '"') repairs.add(mark === "'" ? 'replaced single quotes' : 'replaced typographic quotes');
      output.push(string.json);
      position = string.end;
    } else if (/^-?[0-9]/.test(piece)) {
      const detail = options.checkNumber?.(piece);
      if (detail !== undefined) return { ok: false, at: start, reason: 'number', detail };
      output.push(piece);
    } else if (pythonLiterals.has(piece)) {
      output.push(pythonLiterals.get(piece) ?? '');
      repairs.add('replaced Python literals');
    } else if (piece === 'true' || piece === 'false' || piece === 'null') {
      output.push(piece);
    } else {
      const isOpenComment = text.startsWith('/*', start);
      return isOpenComment ? unclosed(text) : { ok: false, at: start, reason: 'unexpected' };
    }
    if (depth <= 0) return { ok: true, text: output.join(''), end: position, repairs: [...repairs] };
  }
  // Nothing at all is left to the parser to complain about.
  if (depth === 0) return { ok: true, text: '', end: position, repairs: [] };
  return unclosed(text);
}

function unclosed(text: string): Flaw {
  return { ok: false, at: text.length, reason: 'unclosed' };
}

/**
 * @param from  the offset after the opening quote
 * @returns undefined if the string never closes
 */
function readString(text: string, from: number, mark: string): { json: string; end: number } | undefined {
  const special = mark === '"' ? /["\\]/g : /["'”’\\]/g;
  const pieces = ['"'];
  let copied = from;
  let next = from;
  for (;;) {
    special.lastIndex = next;
    const found = special.exec(text);
    if (found === null) return undefined;
    const [character] = found;
    next = found.index + 1;
    if (character === mark) {
      pieces.push(text.slice(copied, found.index), '"');
      return { json: pieces.join(''), end: next };
    }
    if (character === '"') {
      pieces.push(text.slice(copied, found.index), '\\"');
      copied = next;
    } else if (character === '\\') {
      if (next >= text.length) return undefined;
      // \' is Python's; JSON does not know it.
      if (mark !== '"' && text.charAt(next) === "'") {
        pieces.push(text.slice(copied, found.index));
        copied = next;
      }
      next += 1;
    }
  }
}

function skipBlank(text: string, from: number): { readonly end: number; readonly hasComment: boolean } {
  let end = from;
  let hasComment = false;
  while (end < text.length) {
    token.lastIndex = end;
    const piece = token.exec(text)?.[0] ?? '';
    const isComment = /^\/[/*]/.test(piece);
    if (!isComment && !/^[ \t\r\n]/.test(piece)) break;
    hasComment ||= isComment;
    end += piece.length;
  }
  return { end, hasComment };
}

/**
 * Numbers that JSON.parse would change without a word: integers beyond 2^53 however they are written, `1e400`. A
 * long fraction is rounded as everywhere, and `6.02e23` is what it says.
 */
function lossyNumber(literal: string): string | undefined {
  const value = Number(literal);
  if (Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return `the number ${cutText(literal, 20)} is too large`;
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  // All the digits of a row are taken to be meant, also where a double happens to hold them.
  const isMeant = /^-?[0-9]+$/.test(literal) || significantDigits(literal) !== significantDigits(String(value));
  return isMeant
    ? `the number ${cutText(literal, 20)} has too many digits to be kept exactly; send it as a string`
    : undefined;
}

function significantDigits(literal: string): string {
  const [mantissa = ''] = literal.toLowerCase().split('e');
  return mantissa.replace(/[^0-9]/g, '').replace(/^0+|0+$/g, '');
}

function wordFlaw({ reason, at, detail }: Flaw, text: string): string {
  switch (reason) {
    case 'string':
      return 'the arguments stop inside a string; send them whole';
    case 'unclosed':
      return 'the arguments stop before the object is closed; send them whole';
    case 'too-deep':
      return `the arguments are nested deeper than ${maxDepth} levels`;
    case 'number':
      return detail ?? 'the arguments hold a number that cannot be read';
    case 'unexpected':
      return `the arguments are not valid JSON: unexpected ${quote(text, at)}`;
    default:
      return reason satisfies never;
  }
}

function afterTheEnd(next: string): string {
  return next === '{' || next === ','
    ? 'the arguments hold several JSON values; send one object, and one call for each'
    : 'there is text after the JSON object; send the object alone';
}

function quote(text: string, start: number): string {
  return `${JSON.stringify(cutText(text.slice(start, start + 21), 20))} at character ${start + 1}`;
}
