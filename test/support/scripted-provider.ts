/** A provider that answers from a script, one entry a request, and records what it was asked. */

import type { ChatRequest, Provider } from '../../src/core/provider.ts';
import type { Rung, SchemaMode } from '../../src/core/response-format.ts';
import type { StreamEvent } from '../../src/core/stream-event.ts';

export type Script =
  | readonly StreamEvent[]
  | ((request: ChatRequest, signal: AbortSignal) => AsyncIterable<StreamEvent>);

export interface ScriptedProvider extends Provider {
  readonly requests: readonly ChatRequest[];
  /** What it was told not to use any more. */
  readonly left: readonly SchemaMode[];
}

const allRungs: readonly Rung[] = [
  { mode: 'native', schema: 'strict-or-object', besideTools: true },
  { mode: 'tool', schema: 'object', besideTools: false },
  { mode: 'json', schema: 'object', besideTools: true },
  { mode: 'prompt', schema: 'any', besideTools: true },
];

export function scriptedProvider(script: readonly Script[], rungs: readonly Rung[] = allRungs): ScriptedProvider {
  const requests: ChatRequest[] = [];
  const left: SchemaMode[] = [];
  return {
    target: 'http://scripted.test',
    requests,
    left,
    rungs: () => rungs.map((rung) => (left.includes(rung.mode) ? { ...rung, left: true } : rung)),
    leaveRung: (_kind, _model, mode) => void left.push(mode),
    async *stream(request, signal) {
      const entry = script[requests.length];
      requests.push(request);
      if (entry === undefined) throw new Error(`the script has no answer for request ${requests.length}`);
      if (typeof entry === 'function') yield* entry(request, signal);
      else yield* entry;
    },
    listModels: async () => [{ id: 'first' }, { id: 'second' }],
    preview: () => ({ method: 'POST', url: 'http://scripted.test', headers: {}, body: null }),
  };
}

export const text = (...deltas: readonly string[]): StreamEvent[] => [
  ...deltas.map((delta) => ({ type: 'text-delta', text: delta }) as const),
  { type: 'finish', reason: 'stop', usage: { promptTokens: 1, completionTokens: deltas.length } },
];

export const call = (name: string, args: string, id: string): StreamEvent => ({
  type: 'tool-call',
  call: { id, name, arguments: args },
});

export const finish = (reason: 'stop' | 'length' | 'tool-calls' | 'refusal'): StreamEvent => ({
  type: 'finish',
  reason,
});
