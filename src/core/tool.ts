/** What the model may call. */

import type { JsonObject, JsonSchema } from './json.ts';

/** The part of a tool that is sent to the model. */
export interface ToolDefinition {
  /** `[a-zA-Z0-9_-]{1,64}`, the strictest form servers accept (OpenAI's). */
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonSchema;
}

export interface Tool extends ToolDefinition {
  /** Read-only and without access to anything private: may run without asking. */
  readonly safe: boolean;
  /**
   * Called with arguments that already satisfy `parameters`.
   * A string goes to the model as it is, anything else as JSON; whatever is thrown becomes an error result.
   * Has to settle soon after `signal` aborts (time limit or the person).
   */
  run(args: JsonObject, context: ToolContext): Promise<unknown>;
}

export interface ToolContext {
  readonly signal: AbortSignal;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };
