/**
 * Rewrites almost-JSON as JSON, token by token: trailing commas, single quotes and Python's literals, nothing else.
 * Whatever has more than one reading is refused with the reason. The result may still fail to parse.
 */

export type StrictJson =
  | { readonly ok: true; readonly text: string; readonly repairs: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const maxDepth = 200;

const pythonLiterals: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
]);

/** Each alternative starts differently, so matching a token is linear. Strings are read by `readString`. */
const token = /[ \t\r\n]+|[[\]{}:,]|["']|-?[0-9][0-9.eE+-]*|-?[A-Za-z_$][\w$]*|./suy;

export function toStrictJson(text: string): StrictJson {
  const output: string[] = [];
  const repairs = new Set<string>();
  let depth = 0;
  /** Where in `output` the last comma stands, while nothing but space has followed it. */
  let openComma: number | undefined;
  let position = 0;

  while (position < text.length) {
    token.lastIndex = position;
    const piece = token.exec(text)?.[0] ?? '';
    const start = position;
    position += piece.length;

    if (/^[ \t\r\n]/.test(piece)) continue;
    if (depth === 0 && output.length > 0) return refuse(afterTheEnd(piece));
    const comma = openComma;
    openComma = undefined;

    if (piece === '{' || piece === '[') {
      depth += 1;
      if (depth > maxDepth) return refuse(`the arguments are nested deeper than ${maxDepth} levels`);
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
    } else if (piece === '"' || piece === "'") {
      const string = readString(text, start, piece);
      if (string === undefined) return refuse('the arguments stop inside a string; send them whole');
      if (piece === "'") repairs.add('replaced single quotes');
      output.push(string.json);
      position = string.end;
    } else if (/^-?[0-9]/.test(piece)) {
      const problem = lossyNumber(piece);
      if (problem !== undefined) return refuse(problem);
      output.push(piece);
    } else if (pythonLiterals.has(piece)) {
      output.push(pythonLiterals.get(piece) ?? '');
      repairs.add('replaced Python literals');
    } else if (piece === 'true' || piece === 'false' || piece === 'null') {
      output.push(piece);
    } else {
      return refuse(`the arguments are not valid JSON: unexpected ${quote(text, start)}`);
    }
  }
  if (depth > 0) return refuse('the arguments stop before the object is closed; send them whole');
  return { ok: true, text: output.join(''), repairs: [...repairs] };
}

/** Reads the string that opens at `start`. @returns undefined if it never closes */
function readString(text: string, start: number, mark: '"' | "'"): { json: string; end: number } | undefined {
  const special = mark === '"' ? /["\\]/g : /['"\\]/g;
  let json = '"';
  let from = start + 1;
  for (;;) {
    special.lastIndex = from;
    const found = special.exec(text);
    if (found === null) return undefined;
    json += text.slice(from, found.index);
    const end = found.index + 1;
    if (found[0] === mark) return { json: `${json}"`, end };
    if (found[0] === '"') {
      json += '\\"';
      from = end;
    } else {
      if (end >= text.length) return undefined;
      const escaped = text.charAt(end);
      // \' is Python's; JSON does not know it.
      json += mark === "'" && escaped === "'" ? "'" : `\\${escaped}`;
      from = end + 1;
    }
  }
}

/** Numbers that JSON.parse would change without a word. */
function lossyNumber(literal: string): string | undefined {
  const value = Number(literal);
  if (Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return `the number ${shorten(literal)} is too large`;
  if (/^-?[0-9]+$/.test(literal) && !Number.isSafeInteger(value)) {
    return `the number ${shorten(literal)} has too many digits to be kept exactly; send it as a string`;
  }
  return undefined;
}

function afterTheEnd(piece: string): string {
  return piece === '{' || piece === ','
    ? 'the arguments hold several JSON values; send one object, and one call for each'
    : 'there is text after the JSON object; send the object alone';
}

function quote(text: string, start: number): string {
  return `${JSON.stringify(shorten(text.slice(start, start + 21)))} at character ${start + 1}`;
}

function shorten(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}

function refuse(problem: string): StrictJson {
  return { ok: false, problem };
}
