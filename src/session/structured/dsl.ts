/**
 * The short form of a schema, as the command line tool `llm` has it, and a little more:
 *
 *     name, age int, bio: one line            fields by comma; a description ends at the next one
 *     name: first, then last                  or one field a line, and descriptions may hold commas
 *     tags list, scores list[int], ids int[]  arrays; a list of nothing said is one of strings
 *     nickname?, role admin|user|guest        may be missing; one of these words
 *     address {street, city}, stops {at}[]    an object inside, and a list of such
 *
 * @see https://llm.datasette.io/en/stable/schemas.html#concise-llm-schema-syntax
 */

import type { JsonObject } from '../../core/json.ts';
import { nearest } from '../../core/nearest.ts';

export type ReadSchemaDsl =
  | { readonly ok: true; readonly schema: JsonObject }
  /** `at` counts UTF-16 units from 0. */
  | { readonly ok: false; readonly at: number; readonly problem: string };

/** Unlike llm it refuses a type it does not know, and closes objects to keys that were not named. Never throws. */
export function readSchemaDsl(text: string): ReadSchemaDsl {
  const reader = new Reader(text);
  const fields = readFields(reader, { lines: text.trim().includes('\n'), depth: 0 });
  if (fields instanceof Problem) return { ok: false, at: fields.at, problem: fields.words };
  return { ok: true, schema: fields };
}

class Problem {
  readonly at: number;
  readonly words: string;
  constructor(at: number, words: string) {
    this.at = at;
    this.words = words;
  }
}

class Reader {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }
  /** Takes what `pattern` (sticky) matches here; '' also when it does not match. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
  get next(): string {
    return this.text[this.at] ?? '';
  }
  get atEnd(): boolean {
    return this.at >= this.text.length;
  }
}

const name = /[\p{L}\p{M}\p{N}_$-]+/uy;
const blank = /[^\S\n]*/y;
/** An input method writes the wide comma and colon. */
const separators = /[\s,，]*/y;
const colon = /[:：]/y;
const upToLineEnd = /[^\n]*/y;
const upToComma = /[^,\n]*/y;
const upToLineEndInside = /[^\n}]*/y;
const upToCommaInside = /[^,\n}]*/y;
const word = /[^\s,，:：|{}[\]]+/uy;
const suffixes = /(?:\[\])*/y;

const maxDepth = 20;

interface Place {
  /** One field a line: commas in a description are part of it. */
  readonly lines: boolean;
  /** 0 outside of all braces. */
  readonly depth: number;
}

function readFields(reader: Reader, place: Place): JsonObject | Problem {
  const properties = new Map<string, JsonObject>();
  const required: string[] = [];
  reader.take(separators);
  while (!reader.atEnd && !(place.depth > 0 && reader.next === '}')) {
    const start = reader.at;
    const field = readField(reader, place);
    if (field instanceof Problem) return field;
    if (properties.has(field.name)) return new Problem(start, `the field "${field.name}" is there twice`);
    properties.set(field.name, field.schema);
    if (field.required) required.push(field.name);
    const end = reader.at;
    if (reader.take(separators) === '' && !reader.atEnd && !(place.depth > 0 && reader.next === '}')) {
      return new Problem(end, `a comma, a line end, ": description" or a type is expected, not ${shown(reader)}`);
    }
  }
  if (properties.size === 0) return new Problem(reader.at, 'the name of a field is expected');
  // fromEntries defines own keys, so a field called __proto__ stays a field.
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}

interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonObject;
}

function readField(reader: Reader, place: Place): Field | Problem {
  const fieldName = reader.take(name);
  if (fieldName === '') return new Problem(reader.at, `the name of a field is expected, not ${shown(reader)}`);
  const optional = reader.take(/\?/y) !== '';
  const spaced = reader.take(blank) !== '';
  const type = spaced || /[{[]/.test(reader.next) ? readType(reader, place) : { type: 'string' };
  if (type instanceof Problem) return type;
  reader.take(blank);
  const described = reader.take(colon) !== '';
  const description = described ? readDescription(reader, place) : '';
  // Also keeps YAML from being taken for a list of fields.
  if (described && description === '') return new Problem(reader.at, 'a description is expected behind the colon');
  return { name: fieldName, required: !optional, schema: description === '' ? type : { ...type, description } };
}

function readDescription(reader: Reader, { lines, depth }: Place): string {
  if (depth > 0) return reader.take(lines ? upToLineEndInside : upToCommaInside).trim();
  return reader.take(lines ? upToLineEnd : upToComma).trim();
}

/** What stands between a name and the colon; nothing at all is a string. */
function readType(reader: Reader, place: Place): JsonObject | Problem {
  if (place.depth > maxDepth)
    return new Problem(reader.at, `more than ${maxDepth} objects and lists lie in each other`);
  const item = reader.next === '{' ? readObject(reader, place) : readWords(reader, place);
  if (item instanceof Problem) return item;
  const lists = reader.take(suffixes).length / 2;
  let type = item;
  for (let list = 0; list < lists; list++) type = { type: 'array', items: type };
  return type;
}

function readObject(reader: Reader, place: Place): JsonObject | Problem {
  const start = reader.at;
  reader.at += 1;
  const object = readFields(reader, { lines: opensLines(reader), depth: place.depth + 1 });
  if (object instanceof Problem) return object;
  if (reader.take(/\}/y) === '') return new Problem(start, 'this { is never closed');
  return object;
}

function opensLines({ text, at }: Reader): boolean {
  const lineEnd = text.indexOf('\n', at);
  const close = text.indexOf('}', at);
  return lineEnd !== -1 && (close === -1 || lineEnd < close);
}

function readWords(reader: Reader, place: Place): JsonObject | Problem {
  const start = reader.at;
  const first = reader.take(word);
  if (first === '') return { type: 'string' };
  const choices = [first];
  while (reader.take(/[^\S\n]*\|[^\S\n]*/y) !== '') {
    const choice = reader.take(word);
    if (choice === '') return new Problem(reader.at, `another choice is expected, not ${shown(reader)}`);
    choices.push(choice);
  }
  if (choices.length > 1) return toEnum(choices);
  if (first === 'list' || first === 'array') return readList(reader, place);
  const type = types[first];
  if (type !== undefined) return { type };
  const [near] = nearest(first, Object.keys(types), 1);
  return new Problem(
    start,
    near === undefined ? `"${first}" is no type: ${expected}` : `"${first}" is no type: ${near}?`,
  );
}

function readList(reader: Reader, place: Place): JsonObject | Problem {
  const start = reader.at;
  if (reader.take(/\[\]/y) !== '' || reader.take(/\[/y) === '') return { type: 'array', items: { type: 'string' } };
  const items = readType(reader, { ...place, depth: place.depth + 1 });
  if (items instanceof Problem) return items;
  if (reader.take(/\]/y) === '') return new Problem(start, 'this [ is never closed');
  return { type: 'array', items };
}

function toEnum(choices: readonly string[]): JsonObject {
  const values = [...new Set(choices)];
  const areWhole = values.every((value) => /^-?(?:0|[1-9]\d{0,14})$/.test(value));
  return areWhole ? { type: 'integer', enum: values.map(Number) } : { type: 'string', enum: values };
}

const types: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null), {
  str: 'string',
  string: 'string',
  int: 'integer',
  integer: 'integer',
  float: 'number',
  number: 'number',
  bool: 'boolean',
  boolean: 'boolean',
});

const expected = 'string, int, float, bool, list, list[int], int[], one|two or {field, field}';

function shown(reader: Reader): string {
  const character = String.fromCodePoint(reader.text.codePointAt(reader.at) ?? 0);
  return reader.atEnd ? 'the end' : JSON.stringify(character);
}
