/**
 * JSON Schema validation, for tool arguments and structured output. The only file that imports ajv, which costs
 * tens of milliseconds: reach it through `await import('./validate.ts')`.
 */

import { Ajv, MissingRefError, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { ChatError } from '../core/error.ts';
import { isJsonObject, type JsonSchema } from '../core/json.ts';
import { fromDraft04 } from './draft-04.ts';
import { describeProblems } from './schema-problem.ts';

/**
 * @returns what is wrong with `value`, empty when it is valid: at most 10 sentences for a model and a person, each
 * with the JSON pointer of the place (`/days: expected integer, got "3"`)
 */
export type Validator = (value: unknown) => readonly string[];

/**
 * The draft is the one `$schema` names (04, 06, 07, 2019-09, 2020-12); without it 2020-12, or 07 where `items` is a
 * list. Unknown keywords and formats are ignored, as the specification asks. Nothing is loaded from elsewhere.
 * @throws ChatError kind 'usage' for a schema that cannot be used, saying where it is wrong
 */
export function compileSchema(schema: JsonSchema): Validator {
  const check = compile(schema);
  return (value) => {
    try {
      return check(value) ? [] : describeProblems(check.errors ?? []);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return ['/: cannot be checked: the schema refers to itself without end, or the value is nested too deeply'];
    }
  };
}

/** ajv has one class for each draft and would look `$schema` up among the meta-schemas of that class alone. */
function withoutDraft(schema: JsonSchema): JsonSchema {
  if (!isJsonObject(schema)) return schema;
  const { $schema: _draft, ...rest } = schema;
  return rest;
}

type Draft = '04' | '06' | '07' | '2019-09' | '2020-12';

const draftUrl = /^https?:\/\/json-schema\.org\/(?:draft-(04|06|07)|draft\/(2019-09|2020-12))\/schema#?$/;

function draftOf(schema: JsonSchema): Draft {
  const named = isJsonObject(schema) ? schema.$schema : undefined;
  // Until 2019-09 a tuple was a list under `items`; 2020-12 forbids that. Tool servers seldom name their draft.
  if (named === undefined) return JSON.stringify(schema).includes('"items":[') ? '07' : '2020-12';
  const [, old, recent] = draftUrl.exec(String(named)) ?? [];
  // The pattern admits exactly these words.
  const draft = (old ?? recent) as Draft | undefined;
  if (draft !== undefined) return draft;
  throw unusable(
    `its $schema ${JSON.stringify(named)} is not known`,
    'draft-04, draft-06, draft-07, 2019-09 and 2020-12 are',
  );
}

function compile(schema: JsonSchema) {
  try {
    return compileWith({ unicodeRegExp: true }, schema);
  } catch (error) {
    if (error instanceof MissingRefError) {
      throw unusable(
        `its $ref ${JSON.stringify(error.missingRef)} leads nowhere`,
        'nothing is loaded from elsewhere: put the definition under $defs',
        error,
      );
    }
    if (error instanceof SyntaxError) return compileOldPatterns(schema);
    if (error instanceof RangeError) throw unusable('it is nested too deeply', undefined, error);
    if (error instanceof ChatError) throw error;
    throw unusable(messageOf(error), undefined, error);
  }
}

/** Patterns that escape more than the u flag of regular expressions allows, such as `\\-` outside of a class. */
function compileOldPatterns(schema: JsonSchema) {
  try {
    return compileWith({ unicodeRegExp: false }, schema);
  } catch (error) {
    throw unusable(messageOf(error), undefined, error);
  }
}

function compileWith(options: Options, schema: JsonSchema) {
  const draft = draftOf(schema);
  const ajv = newAjv(draft, options);
  const bare = withoutDraft(schema);
  const converted = draft === '04' ? fromDraft04(bare) : bare;
  // The message ajv throws for an invalid schema has no JSON pointer; asking first gives the places.
  if (!ajv.validateSchema(converted)) throw unusable(describeProblems(ajv.errors ?? []).join('; '));
  return ajv.compile(converted);
}

function newAjv(draft: Draft, options: Options): Ajv {
  const all: Options = {
    ...options,
    strict: false,
    allErrors: true,
    /** The failing value and the schema around it, for the messages. */
    verbose: true,
    /** Without it `required: ["toString"]` accepts `{}`. */
    ownProperties: true,
    /** Up to draft-07 a `$ref` stands alone. */
    ignoreKeywordsWithRef: draft === '04' || draft === '06' || draft === '07',
    validateSchema: false,
    logger: false,
  };
  const ajv = draft === '2020-12' ? new Ajv2020(all) : draft === '2019-09' ? new Ajv2019(all) : new Ajv(all);
  formats.default(ajv);
  return ajv;
}

function unusable(what: string, hint?: string, cause?: unknown): ChatError {
  const sentence = `the schema cannot be used: ${what}`;
  return new ChatError({ kind: 'usage', what: sentence, ...(hint === undefined ? {} : { hint }) }, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
