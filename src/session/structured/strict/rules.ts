/**
 * OpenAI's strict subset of JSON Schema: its limits as data, and what keeps a schema out of it. Servers that copied
 * `strict: true` copied the subset too.
 * As of February 2026; earlier limits were 5 levels, 100 properties and 500 enum values.
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

export const strictLimits = {
  /** Objects and lists inside each other, the root being the first; each definition counts from 1 again. */
  levels: 10,
  properties: 5000,
  enumValues: 1000,
  /** Of property names, names of definitions, and values of enum and const. */
  nameCharacters: 120_000,
  /** An enum of more than so many strings may have only so many characters in all. */
  longEnum: { values: 250, characters: 15_000 },
} as const;

export const strictFormats: ReadonlySet<string> = new Set([
  ...['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'],
]);

/** What may stand beside each `type`, besides the words for people. */
export const strictKeywords = {
  string: ['enum', 'const', 'pattern', 'format'],
  number: ['enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  integer: ['enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  boolean: ['enum', 'const'],
  null: ['enum', 'const'],
  array: ['items', 'minItems', 'maxItems'],
  object: ['properties', 'required', 'additionalProperties'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const wordKeywords = ['title', 'description'];

/** Whether `pattern` can be one of theirs: their engine has no lookaround and no references back. */
export function isStrictPattern(pattern: string): boolean {
  return !/\(\?<?[=!]|\\[1-9]|\\k</.test(pattern);
}

interface Count {
  properties: number;
  enumValues: number;
  nameCharacters: number;
  readonly problems: string[];
  readonly definitions: ReadonlySet<string>;
}

/** What is against the rules, in words; empty when the server may be asked to be strict. */
export function strictProblems(schema: JsonObject): readonly string[] {
  const definitions = Object.entries(isJsonObject(schema.$defs) ? schema.$defs : {});
  const count: Count = {
    properties: 0,
    enumValues: 0,
    nameCharacters: 0,
    problems: [],
    definitions: new Set(definitions.map(([name]) => name)),
  };
  const { $defs: _definitions, ...root } = schema;
  if (root.type !== 'object') count.problems.push('/: the root is no object');
  check(root, 1, '', count);
  for (const [name, definition] of definitions) {
    count.nameCharacters += name.length;
    check(definition, 1, `/$defs/${name}`, count);
  }
  const { properties, enumValues, nameCharacters } = strictLimits;
  count.problems.push(
    ...exceeding(count.properties, properties, 'properties'),
    ...exceeding(count.enumValues, enumValues, 'enum values'),
    ...exceeding(count.nameCharacters, nameCharacters, 'characters in names and enum values'),
  );
  return [...new Set(count.problems)];
}

function exceeding(found: number, limit: number, what: string): readonly string[] {
  return found > limit ? [`${found} ${what}, at most ${limit} are allowed`] : [];
}

/** Enough to refuse a schema; looking on would only cost time. */
const enoughProblems = 20;

function check(schema: Json | undefined, level: number, at: string, count: Count): void {
  if (count.problems.length >= enoughProblems) return;
  const wrong = (what: string) => count.problems.push(`${at === '' ? '/' : at}: ${what}`);
  if (!isJsonObject(schema)) return void wrong('no type');
  if (level > strictLimits.levels) {
    return void count.problems.push(`more than ${strictLimits.levels} levels of nesting`);
  }
  if (schema.$ref !== undefined) {
    if (Object.keys(schema).length > 1) wrong('something beside $ref');
    if (!isKnownReference(schema.$ref, count.definitions)) wrong(`$ref ${JSON.stringify(schema.$ref)}`);
    return;
  }
  if (schema.anyOf !== undefined) {
    for (const keyword of Object.keys(schema)) {
      if (keyword !== 'anyOf' && !wordKeywords.includes(keyword)) wrong(`${keyword} beside anyOf`);
    }
    if (!Array.isArray(schema.anyOf) || schema.anyOf.length === 0) return void wrong('an empty anyOf');
    schema.anyOf.forEach((branch, index) => {
      check(branch, level, `${at}/anyOf/${index}`, count);
    });
    return;
  }
  checkTyped(schema, level, at, count);
}

function isKnownReference(reference: Json, definitions: ReadonlySet<string>): boolean {
  if (typeof reference !== 'string') return false;
  return reference === '#' || (reference.startsWith('#/$defs/') && definitions.has(reference.slice('#/$defs/'.length)));
}

function checkTyped(schema: JsonObject, level: number, at: string, count: Count): void {
  const wrong = (what: string) => count.problems.push(`${at === '' ? '/' : at}: ${what}`);
  const types = [schema.type].flat().filter(isStrictType);
  const [type = 'null', second] = types;
  if (types.length === 0 || types.length !== [schema.type].flat().length) return void wrong('no type');
  if (types.length > 2 || (types.length === 2 && (second !== 'null' || type === 'null'))) wrong('several types');
  const allowed: readonly string[] = strictKeywords[type];
  for (const keyword of Object.keys(schema)) {
    if (keyword !== 'type' && !wordKeywords.includes(keyword) && !allowed.includes(keyword)) wrong(keyword);
  }
  if (typeof schema.format === 'string' && !strictFormats.has(schema.format)) wrong(`format ${schema.format}`);
  if (typeof schema.pattern === 'string' && !isStrictPattern(schema.pattern)) wrong('pattern with lookaround');
  countValues(schema, at, count);
  if (type === 'array') check(schema.items, level + 1, `${at}/items`, count);
  if (type === 'object') checkObject(schema, level, at, count);
}

function countValues(schema: JsonObject, at: string, count: Count): void {
  const values = Array.isArray(schema.enum) ? schema.enum : [];
  count.enumValues += values.length;
  const strings = [...values, schema.const].filter((value) => typeof value === 'string');
  const characters = strings.reduce((sum, value) => sum + value.length, 0);
  count.nameCharacters += characters;
  const { longEnum } = strictLimits;
  if (strings.length > longEnum.values && characters > longEnum.characters) {
    const limit = `at most ${longEnum.characters} characters are allowed`;
    count.problems.push(`${at === '' ? '/' : at}: an enum of ${strings.length} strings with ${characters}, ${limit}`);
  }
}

function checkObject(schema: JsonObject, level: number, at: string, count: Count): void {
  const wrong = (what: string) => count.problems.push(`${at === '' ? '/' : at}: ${what}`);
  const properties = Object.entries(isJsonObject(schema.properties) ? schema.properties : {});
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  count.properties += properties.length;
  if (schema.additionalProperties !== false) wrong('additionalProperties is not false');
  if (required.size !== properties.length || !properties.every(([name]) => required.has(name))) {
    wrong('not all keys are required');
  }
  for (const [name, property] of properties) {
    count.nameCharacters += name.length;
    check(property, level + 1, `${at}/properties/${name}`, count);
  }
}

function isStrictType(type: unknown): type is keyof typeof strictKeywords {
  return typeof type === 'string' && Object.hasOwn(strictKeywords, type);
}
