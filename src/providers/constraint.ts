/**
 * Decoding under a constraint, in the fields each engine has for it, beside or instead of OpenAI's response_format:
 *
 *     "response_format": {"type":"json_object","value":SCHEMA}       TGI; on /generate it is "grammar"
 *     "structured_outputs": {"json":SCHEMA}                          vLLM since 0.12 (before: guided_json)
 *     "guided_json": SCHEMA                                          Xinference
 *     "json_schema": SCHEMA, "grammar": GBNF                         llama.cpp
 *     "regex": "…", "ebnf": GBNF                                     SGLang
 *     "response_format": {"type":"grammar","grammar":GBNF}           Fireworks
 */

import type { JsonObject } from '../core/json.ts';
import type { ResponseFormat } from '../core/response-format.ts';
import { toSchemaObject } from './schema-object.ts';

/** The body fields for each kind of format the engine knows. */
export interface Constraint {
  readonly 'json-schema'?: (schema: JsonObject) => JsonObject;
  readonly regex?: (pattern: string) => JsonObject;
  readonly choice?: (choices: readonly string[]) => JsonObject;
  readonly grammar?: (gbnf: string) => JsonObject;
}

/** Only for a kind that the constraint has: rungs offers no other. */
export function constrain(format: ResponseFormat, constraint: Constraint | undefined): JsonObject {
  const fields = fieldsFor(format, constraint);
  if (fields === undefined) throw new Error(`no constraint for a format of kind ${format.kind}`);
  return fields;
}

function fieldsFor(format: ResponseFormat, constraint: Constraint = {}): JsonObject | undefined {
  switch (format.kind) {
    case 'json-schema':
      return constraint['json-schema']?.(toSchemaObject(format.schema));
    case 'regex':
      return constraint.regex?.(withoutAnchors(format.pattern));
    case 'choice':
      return constraint.choice?.(format.choices);
    case 'grammar':
      return constraint.grammar?.(format.grammar);
    default:
      return format satisfies never;
  }
}

/** `json` is an alias of `json_object` (router/src/lib.rs, GrammarType). */
export const tgiResponseFormat: Constraint = tagged('response_format', 'json_object');
export const tgiGrammar: Constraint = tagged('grammar', 'json');

export const vllmOutputs: Constraint = {
  'json-schema': (json) => ({ structured_outputs: { json } }),
  regex: (regex) => ({ structured_outputs: { regex } }),
  choice: (choice) => ({ structured_outputs: { choice } }),
  grammar: (grammar) => ({ structured_outputs: { grammar } }),
};

/** restful_api.py, extract_guided_params. */
export const xinferenceGuided: Constraint = {
  'json-schema': (schema) => ({ guided_json: schema }),
  regex: (pattern) => ({ guided_regex: pattern }),
  choice: (choices) => ({ guided_choice: choices }),
  grammar: (gbnf) => ({ guided_grammar: gbnf }),
};

/** It has no field for a regular expression. */
export const llamaCppGrammar: Constraint = {
  'json-schema': (schema) => ({ json_schema: schema }),
  choice: (choices) => ({ grammar: toGrammar(choices) }),
  grammar: (gbnf) => ({ grammar: gbnf }),
};

/** On the chat route a schema goes under response_format alone. Its grammars are GBNF under another name (xgrammar). */
export const sglangChat: Constraint = {
  regex: (pattern) => ({ regex: pattern }),
  choice: (choices) => ({ regex: toPattern(choices) }),
  grammar: (gbnf) => ({ ebnf: gbnf }),
};

/** The text route takes a schema as text. */
export const sglangCompletions: Constraint = {
  ...sglangChat,
  'json-schema': (schema) => ({ json_schema: JSON.stringify(schema) }),
};

/** https://docs.fireworks.ai/structured-responses/structured-output-grammar-based */
export const fireworksGrammar: Constraint = {
  choice: (choices) => ({ response_format: { type: 'grammar', grammar: toGrammar(choices) } }),
  grammar: (gbnf) => ({ response_format: { type: 'grammar', grammar: gbnf } }),
};

function tagged(field: string, schemaType: string): Constraint {
  return {
    'json-schema': (value) => ({ [field]: { type: schemaType, value } }),
    regex: (value) => ({ [field]: { type: 'regex', value } }),
    choice: (choices) => ({ [field]: { type: 'regex', value: toPattern(choices) } }),
  };
}

/** Engines match the whole answer, and some of their parsers take `^` and `$` for characters or refuse them. */
function withoutAnchors(pattern: string): string {
  const start = pattern.replace(/^\^/, '');
  const isEscaped = /(?:^|[^\\])(?:\\\\)*\\\$$/.test(start);
  return isEscaped ? start : start.replace(/\$$/, '');
}

function toPattern(choices: readonly string[]): string {
  return `(${choices.map((choice) => choice.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`;
}

/** https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md */
function toGrammar(choices: readonly string[]): string {
  return `root ::= ${choices.map((choice) => `"${[...choice].map(toLiteral).join('')}"`).join(' | ')}`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function toLiteral(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return escapes[character] ?? (code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : character);
}
