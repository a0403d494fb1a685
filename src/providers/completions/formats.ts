/** How the text routes of known servers hold an answer to a format; others only in words. */

import type { ServerName } from '../../core/profile.ts';
import type { SchemaMode } from '../../core/response-format.ts';
import { type Constraint, llamaCppGrammar, sglangCompletions, vllmOutputs, xinferenceGuided } from '../constraint.ts';
import type { FormatWays } from '../format-ways.ts';

const constraints: Readonly<Partial<Record<ServerName, Constraint>>> = {
  vllm: vllmOutputs,
  sglang: sglangCompletions,
  xinference: xinferenceGuided,
  'llama.cpp': llamaCppGrammar,
};

export function formatsOf(server: ServerName | undefined): FormatWays {
  const constraint = server === undefined ? undefined : constraints[server];
  // LM Studio takes a response_format here too.
  const strongest: SchemaMode[] = constraint !== undefined ? ['grammar'] : server === 'lmstudio' ? ['native'] : [];
  return { schemaModes: [...strongest, 'prompt'], nativeSchema: 'any', constraint, toolsBesideFormat: false };
}
