/** Structured output: what an answer is held to, and how many tries it has. The ladder is how that is done. */

import type { Json, JsonSchema } from '../../core/json.ts';
import type { SchemaMode } from '../../core/response-format.ts';
import type { Problem } from '../schema-problem.ts';

export interface StructuredOutput {
  readonly wanted: Wanted;
  /** How often a wrong answer is asked for again. */
  readonly retries: number;
  /** The one rung to use; without it the strongest that works. */
  readonly mode?: SchemaMode;
}

export type Wanted =
  | WantedSchema
  | WantedRegex
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'grammar'; readonly grammar: string };

export interface WantedRegex {
  readonly kind: 'regex';
  readonly pattern: string;
  /** Whether the whole text matches. */
  readonly test: (text: string) => boolean | 'too-slow';
  /** What is left of a text when it is printed. */
  readonly printed: (text: string) => string;
}

export interface WantedSchema {
  readonly kind: 'json-schema';
  /** Sent to servers that want one: `[a-zA-Z0-9_-]{1,64}`. */
  readonly name: string;
  readonly schema: JsonSchema;
  /** The schema compiled: what is wrong with a value, empty when it satisfies the schema. */
  readonly validate: (value: Json) => readonly Problem[];
  /** The elements of one array are given out while the answer is being written. */
  readonly items?: WantedItems;
}

export interface WantedItems {
  /** Where the array is in the value: `[]` for the value itself, `[name]` for a property of the root. */
  readonly path: readonly string[];
  /** For one element: what is wrong with it, in words. */
  readonly validate: (value: Json) => readonly string[];
  /**
   * For everything but the elements, given the value with `[]` in place of the array, and the number of its elements.
   * Absent for a schema that compares the elements with each other.
   */
  readonly validateAround?: (skeleton: Json, count: number) => readonly string[];
  /** Nobody wants the whole text afterwards: what has been given out need not be kept. */
  readonly discard: boolean;
}
