/**
 * JSON Schema validation, for tool arguments and structured output. The only file that imports ajv, which costs
 * tens of milliseconds: reach it through `await import('./validate.ts')`.
 */

import { Ajv, type FuncKeywordDefinition, MissingRefError, type Options, str, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { ChatError } from '../core/error.ts';
import { isJsonObject, type Json, type JsonSchema } from '../core/json.ts';
import { isEndless } from './endless-ref.ts';
import { findDuplicate, isMultiple } from './exact-check.ts';
import { schemaAround, schemaOfItems } from './items-place.ts';
import { isPlainSchema } from './plain-schema.ts';
import { reachableSchemas } from './reachable-schemas.ts';
import { type Draft, draftOf, refStandsAlone, toCurrentForm, unusable } from './schema-draft.ts';
import { schemaOfSchemas } from './schema-of-schemas.ts';
import { describeProblems, describeSchemaProblems, type Problem, problemAt } from './schema-problem.ts';
import { SlowTest, timedRegExp, timeFormat } from './slow-test.ts';
import { runWithin } from './timed.ts';
import { findNotFinite, survey } from './value-survey.ts';

export { findItemsPath } from './items-place.ts';

export interface Validator {
  /**
   * @returns what is wrong with `value`, empty when it is valid: at most 10 sentences for a model and a person, each
   * with the JSON pointer of the place (`/days: expected integer, got "3"`)
   */
  (value: unknown): readonly string[];
  readonly detailed: (value: unknown) => readonly Problem[];
}

/**
 * The draft is the one `$schema` names (04, 06, 07, 2019-09, 2020-12); without it 2020-12, or 07 where `items` is a
 * list. Unknown keywords and formats are ignored, as the specification asks, but OpenAPI's `nullable` is heeded.
 * Nothing is loaded from elsewhere. Numbers that are not finite are never valid.
 *
 * A pattern that takes longer than 1 s on a value is a problem of that value, as is a schema that takes 10 s.
 * @throws ChatError kind 'usage' for a schema that cannot be used, saying where it is wrong
 */
export function compileSchema(schema: JsonSchema): Validator {
  return createValidator(schema, (ajv, whole) => ajv.compile(whole), valueLimitMs);
}

/**
 * For one element of the array at `path` in the values of `schema`: `[]` for the value itself, `[name]` for a
 * property of the root. Only its patterns are under a time limit, so that a million elements cost little.
 * @returns undefined where there is no array, or where elements have different schemas by their place
 */
export function compileItems(schema: JsonSchema, path: readonly string[]): Validator | undefined {
  const items = schemaOfItems(schema, path, wholeId);
  if (items === undefined) return undefined;
  return createValidator(schema, (ajv, whole) => ajv.addSchema(whole, wholeId).compile(items), undefined);
}

/**
 * For everything but the elements of the array at `path`, given the value with any array in its place, and how many
 * elements there are. Who calls it has checked each element.
 * @returns undefined where elements cannot be judged one by one: `uniqueItems`, `contains`, `anyOf` above them ...
 */
export function compileAround(
  schema: JsonSchema,
  path: readonly string[],
): ((skeleton: Json, count: number) => readonly string[]) | undefined {
  const around = schemaAround(schema, path, wholeId);
  if (around === undefined) return undefined;
  const compile: Compile = (ajv, whole) => ajv.addSchema(whole, wholeId).compile(around.schema);
  const validate = createValidator(schema, compile, valueLimitMs);
  const [name] = path;
  return (skeleton, count) => {
    const elements = Array(Math.min(count, around.countedUpTo)).fill(null);
    if (name === undefined) return validate(Array.isArray(skeleton) ? elements : skeleton);
    const holds = isJsonObject(skeleton) && Object.hasOwn(skeleton, name) && Array.isArray(skeleton[name]);
    return validate(holds ? { ...skeleton, [name]: elements } : skeleton);
  };
}

const wholeId = 'schema:whole';
const valueLimitMs = 10_000;
const compileLimitMs = 10_000;
/** In values inside it. */
const smallSchemaSize = 1000;
/** In larger values only the first problem is looked for: all of them may be more than the memory holds. */
const largeValueSize = 20_000;

type Compile = (ajv: Ajv, whole: JsonSchema) => ValidateFunction;

function createValidator(schema: JsonSchema, compile: Compile, limitMs: number | undefined): Validator {
  const checkAll = compileGuarded(schema, { compile, report: 'all' });
  let checkFirst: ValidateFunction | undefined;

  const detailed = (value: unknown): readonly Problem[] => {
    const { size, hasOnlyFinite } = survey(value);
    if (!hasOnlyFinite) return findNotFinite(value).slice(0, 10).map(notFinite);
    if (size > largeValueSize) checkFirst ??= compileGuarded(schema, { compile, report: 'first' });
    const check = size > largeValueSize && checkFirst !== undefined ? checkFirst : checkAll;
    try {
      const run = limitMs === undefined ? { ok: true, value: check(value) } : runWithin(limitMs, () => check(value));
      if (!run.ok) return [unchecked('checking it takes too long')];
      return run.value ? [] : describeProblems(check.errors ?? []);
    } catch (error) {
      if (error instanceof SlowTest) return [error.problemIn(value)];
      if (!(error instanceof RangeError)) throw error;
      return [
        unchecked('cannot be checked: the schema refers to itself without end, or the value is nested too deeply'),
      ];
    }
  };
  return Object.assign((value: unknown) => detailed(value).map(({ text }) => text), { detailed });
}

function notFinite(path: string): Problem {
  return { text: problemAt(path, 'the number is too large'), keyword: '' };
}

function unchecked(what: string): Problem {
  return { text: problemAt('', what), keyword: '' };
}

interface CompileOptions {
  readonly compile: Compile;
  /** Problems of a value. */
  readonly report: 'all' | 'first';
}

function compileGuarded(schema: JsonSchema, options: CompileOptions): ValidateFunction {
  const work = (): ValidateFunction => compileOrExplain(schema, options);
  // The limit costs some milliseconds the first time; a schema this small is compiled before it could be reached.
  if (survey(schema).size <= smallSchemaSize) return work();
  const run = runWithin(compileLimitMs, work);
  if (!run.ok) throw unusable('reading it takes longer than 10 s');
  return run.value;
}

function compileOrExplain(schema: JsonSchema, { compile, report }: CompileOptions): ValidateFunction {
  try {
    const draft = draftOf(schema);
    const current = toCurrentForm(schema, draft);
    if (isJsonObject(current) && isEndless(current, refStandsAlone(draft))) {
      throw unusable('it refers only to itself, so it says nothing');
    }
    checkSchema(current, draft);
    const ajv = newAjv(draft, report);
    addWhatItNames(ajv, JSON.stringify(current));
    return compile(ajv, current);
  } catch (error) {
    if (error instanceof MissingRefError) {
      throw unusable(
        `its $ref ${JSON.stringify(error.missingRef)} leads nowhere`,
        'nothing is loaded from elsewhere: put the definition under $defs',
        error,
      );
    }
    if (error instanceof RangeError)
      throw unusable('it is nested too deeply, or refers to itself without end', undefined, error);
    if (error instanceof ChatError) throw error;
    throw unusable(messageOf(error), undefined, error);
  }
}

function checkSchema(schema: JsonSchema, draft: Draft): void {
  // The message ajv throws for an invalid schema has no JSON pointer; asking first gives the places.
  const isSchema = isPlainSchema(schema) ? undefined : checkerOf(draft);
  if (isSchema?.(schema) === false) {
    const problems = describeSchemaProblems(isSchema.errors ?? []);
    throw unusable(problems.map(({ text }) => text).join('; '));
  }
  // ajv does not count what `contains` evaluates, and would accept what the schema forbids.
  const inUse = new Set([...reachableSchemas(schema)].flatMap(Object.keys));
  if (inUse.has('unevaluatedItems') && inUse.has('contains')) {
    throw unusable('unevaluatedItems together with contains cannot be checked');
  }
}

function addWhatItNames(ajv: Ajv, text: string): void {
  if (text.includes('json-schema.org/draft')) addSchemasOfSchemas(ajv);
  if (text.includes('"format"')) addFormats(ajv);
}

const checkers = new Map<Draft, ValidateFunction>();

function checkerOf(draft: Draft): ValidateFunction {
  const known = checkers.get(draft);
  if (known !== undefined) return known;
  // It runs once: making its code smaller takes longer than that saves.
  const code = { optimize: false };
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateSchema: false, logger: false, code });
  const draft07 = ajv.schemas['http://json-schema.org/draft-07/schema']?.schema;
  if (!isJsonObject(draft07)) throw new Error('ajv has no schema of draft-07 schemas');
  const { $id: _id, $schema: _schema, ...rest } = schemaOfSchemas(draft07, draft);
  const check = ajv.compile(rest);
  checkers.set(draft, check);
  return check;
}

function newAjv(draft: Draft, report: CompileOptions['report']): Ajv {
  const options: Options = {
    allErrors: report === 'all',
    strict: false,
    /** The failing value and the schema around it, for the messages. */
    verbose: true,
    /** Without it `required: ["toString"]` accepts `{}`. */
    ownProperties: true,
    ignoreKeywordsWithRef: refStandsAlone(draft),
    meta: false,
    validateSchema: false,
    logger: false,
    code: { regExp: timedRegExp },
  };
  const ajv =
    draft === '2020-12' ? new Ajv2020(options) : draft === '2019-09' ? new Ajv2019(options) : new Ajv(options);
  for (const keyword of exactKeywords) ajv.removeKeyword(String(keyword.keyword)).addKeyword(keyword);
  return ajv;
}

const exactKeywords: readonly FuncKeywordDefinition[] = [
  {
    keyword: 'multipleOf',
    type: 'number',
    schemaType: 'number',
    validate: (divisor: number, value: number) => isMultiple(value, divisor),
    error: { message: ({ schemaCode }) => str`must be multiple of ${schemaCode}` },
  },
  { keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', validate: checkUnique, errors: true },
];

function checkUnique(wanted: boolean, items: readonly unknown[]): boolean {
  const [first, second] = wanted ? (findDuplicate(items) ?? []) : [];
  // How a keyword of ajv tells what is wrong: on itself.
  const message = `items ${first} and ${second} are equal`;
  checkUnique.errors = first === undefined ? [] : [{ keyword: 'uniqueItems', message, params: {} }];
  return first === undefined;
}
checkUnique.errors = [] as { keyword: string; message: string; params: object }[];

function addFormats(ajv: Ajv): void {
  formats.default(ajv);
  for (const [name, format] of Object.entries(ajv.formats)) {
    const timed = timeFormat(name, format);
    if (timed !== undefined) ajv.addFormat(name, timed);
  }
}

/** For a `$ref` to a schema of schemas of another draft than the schema's own. They are part of ajv. */
function addSchemasOfSchemas(ajv: Ajv): void {
  const known = [new Ajv(), new Ajv2019(), new Ajv2020()].flatMap(({ schemas }) => Object.values(schemas));
  for (const environment of known) {
    const schema = environment?.schema;
    if (!isJsonObject(schema) || typeof schema.$id !== 'string') continue;
    if (ajv.getSchema(schema.$id) === undefined) ajv.addMetaSchema(schema);
  }
  // Draft-06 is draft-07 without a few keywords.
  const draft07 = ajv.getSchema('http://json-schema.org/draft-07/schema')?.schema;
  const id = 'http://json-schema.org/draft-06/schema';
  if (isJsonObject(draft07) && ajv.getSchema(id) === undefined) ajv.addMetaSchema({ ...draft07, $id: id });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
