/** What an answer is held to, and the ways servers have of holding it: the words of the ladder. */

import type { JsonSchema } from './json.ts';

/**
 * The rungs of the ladder, strongest first:
 *
 *     native   the server's JSON Schema (`response_format`)
 *     grammar  its grammar or guided decoding (TGI, vLLM, Xinference, llama.cpp)
 *     tool     one tool that has to be called, whose arguments are the answer
 *     json     "some JSON" (`json_object`), and the schema in the prompt
 *     prompt   the schema in the prompt, nothing else
 */
export const schemaModes = ['native', 'grammar', 'tool', 'json', 'prompt'] as const;
export type SchemaMode = (typeof schemaModes)[number];

export type ResponseFormat = SchemaFormat | RegexFormat | ChoiceFormat | GrammarFormat;
export type FormatKind = ResponseFormat['kind'];

export interface SchemaFormat {
  readonly kind: 'json-schema';
  readonly mode: SchemaMode;
  /** `[a-zA-Z0-9_-]{1,64}` */
  readonly name: string;
  /** In the form the rung asks for; see Rung. */
  readonly schema: JsonSchema;
  /** It lies in the strict subset, and the server may be asked to be strict about it. */
  readonly strict: boolean;
}

/** The whole answer matches a regular expression. */
export interface RegexFormat {
  readonly kind: 'regex';
  readonly mode: SchemaMode;
  /** The source of a JavaScript regular expression; servers read their own dialect of it. */
  readonly pattern: string;
}

/** The answer is one of these, and nothing else. */
export interface ChoiceFormat {
  readonly kind: 'choice';
  readonly mode: SchemaMode;
  readonly choices: readonly string[];
}

/** The answer is a sentence of a grammar in GBNF, which only a server can check. */
export interface GrammarFormat {
  readonly kind: 'grammar';
  readonly mode: 'grammar';
  readonly grammar: string;
}

/** One way a server has, and what it asks of the request. */
export interface Rung {
  readonly mode: SchemaMode;
  /**
   * How the schema has to be written:
   *
   *     strict            in OpenAI's strict subset, or not at all
   *     strict-or-object  in the strict subset; where that cannot be, as it is with an object at the root
   *     object            as it is, with an object at the root
   *     any               as it is
   */
  readonly schema: 'strict' | 'strict-or-object' | 'object' | 'any';
  /** Tools may be offered in the same request. */
  readonly besideTools: boolean;
  /** It was refused or ignored lately (Provider.leaveRung): taken only when it is asked for by name. */
  readonly left?: true;
}

/** `free`: the answer was asked for without a format, because tools came first, and happened to have it. */
export type AnswerMode = SchemaMode | 'free';

/** How a structured answer was obtained: what `--explain` and `schemaMode` tell. */
export interface FormatReport {
  readonly kind: FormatKind;
  readonly mode: AnswerMode;
  /** What was written otherwise in the schema that was sent, in words; empty when it went as it is. */
  readonly changes: readonly string[];
  /** Every request for the answer, in order; the last one is the one that counted. */
  readonly attempts: readonly FormatAttempt[];
}

export interface FormatAttempt {
  readonly mode: AnswerMode;
  /** `refused`: by the server; `ignored`: the answer shows nothing of the format; `invalid`: it does not satisfy it. */
  readonly result: 'valid' | 'invalid' | 'ignored' | 'refused';
  /** Why, in words; empty for `valid`. */
  readonly problems: readonly string[];
}
