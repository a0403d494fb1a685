/** What a server taught us by refusing: remembered per server and model, so that each lesson costs one request. */

import type { FormatKind, SchemaMode } from './response-format.ts';

export interface LearnedFacts {
  /** Fields of the request that are left out, or sent under another name. */
  readonly concessions?: readonly Concession[];
  /** Ways of holding an answer to a format that are refused or ignored. */
  readonly leftRungs?: readonly LeftRung[];
  /** Whether earlier reasoning has to go back, or must not. */
  readonly reasoningReplay?: 'none' | 'current-turn' | 'all';
  /** A request that ends with the model's own words is refused. */
  readonly refusesToContinue?: true;
}

export interface LeftRung {
  readonly kind: FormatKind;
  readonly mode: SchemaMode;
}

/** A field that is left out, or sent under another name. */
export interface Concession {
  readonly field: string;
  readonly renamedTo?: string;
}

/** Implementations: a file in the state folder (store/), or memory. `learn` never fails the request it belongs to. */
export interface Memory {
  /** @param server  origin of the base URL */
  recall(server: string, model: string): LearnedFacts;
  learn(server: string, model: string, facts: LearnedFacts): void;
}
