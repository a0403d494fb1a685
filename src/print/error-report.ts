import type { ChatError } from '../core/error.ts';
import type { JsonObject } from '../core/json.ts';

/** A failure as data: the kind and its fields, and the sentence a person would read. */
export type ErrorReport = JsonObject & { readonly kind: string; readonly message: string };

export function describeError(error: ChatError): ErrorReport {
  // Faults are made of strings, numbers and lists of strings: JSON by construction.
  return { ...(error.fault as unknown as JsonObject), kind: error.kind, message: error.message };
}
