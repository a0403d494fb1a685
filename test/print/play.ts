/** A turn that is scripted, and an output that remembers what was written to it. */

import { ChatError } from '../../src/core/error.ts';
import type { AssistantMessage, FinishReason, Usage } from '../../src/core/message.ts';
import type {
  MessageEvent,
  StructuredResult,
  TurnEndEvent,
  TurnEvent,
  TurnOutcome,
} from '../../src/core/turn-event.ts';
import { type Activity, type ActivityOptions, createActivity } from '../../src/print/activity.ts';
import type { Output } from '../../src/print/output.ts';

export interface Recorder extends Output {
  /** Everything written, joined. */
  readonly text: string;
  readonly writes: readonly string[];
}

export function recorder(): Recorder {
  const writes: string[] = [];
  return {
    writes,
    get text() {
      return writes.join('');
    },
    write(text) {
      writes.push(text);
    },
  };
}

export async function* play(...events: readonly TurnEvent[]): AsyncGenerator<TurnEvent> {
  yield* events;
}

export function activityOn(err: Output, change: Partial<ActivityOptions> = {}): Activity {
  return createActivity({
    err,
    over: () => false,
    quiet: false,
    reasoning: true,
    verbose: false,
    toolsDebug: false,
    explain: false,
    now: () => 0,
    dim: (text) => text,
    ...change,
  });
}

export function delta(text: string): TurnEvent {
  return { type: 'text-delta', text };
}

export function thought(text: string): TurnEvent {
  return { type: 'reasoning-delta', text };
}

export function assistant(text: string, change: Partial<AssistantMessage> = {}): MessageEvent {
  const message: AssistantMessage = { role: 'assistant', text, toolCalls: [], ending: 'stop', ...change };
  return { type: 'message', message: { id: 'm2', parentId: 'm1', at: '2026-01-02T03:04:05.000Z', message } };
}

export function end(outcome: TurnOutcome, usage: Usage = {}): TurnEndEvent {
  return { type: 'turn-end', outcome, usage };
}

interface Done {
  readonly finish?: FinishReason;
  readonly json?: string;
  readonly usage?: Usage;
}

export function done({ usage, finish = 'stop', json }: Done = {}): TurnEndEvent {
  return end({ kind: 'done', finish, ...(json !== undefined && { structured: structured(json) }) }, usage);
}

/** @param json  the value the answer came to, obtained at the first try */
export function structured(json: string): StructuredResult {
  const attempts = [{ mode: 'native', result: 'valid', problems: [] }] as const;
  return { kind: 'json-schema', text: json, report: { kind: 'json-schema', mode: 'native', changes: [], attempts } };
}

export function broken(said = 'out of memory'): TurnOutcome {
  const error = new ChatError({ kind: 'stream', target: 'http://localhost/v1', reason: 'reported', said });
  return { kind: 'failed', error, partial: true };
}

/** One turn with `text` in every string that can come from outside. */
export function turnFullOf(text: string): readonly TurnEvent[] {
  const call = { id: text, name: text, arguments: text, replay: { [text]: text } };
  const stored = { id: text, parentId: text, at: text };
  return [
    { type: 'message', message: { ...stored, message: { role: 'system', text } } },
    { type: 'message', message: { ...stored, message: { role: 'user', text } } },
    { type: 'notice', notice: { level: 'warning', code: 'retrying', text } },
    { type: 'notice', notice: { level: 'info', code: 'model-chosen', text } },
    thought(text),
    delta(text),
    assistant(text, {
      reasoning: text,
      toolCalls: [call],
      ending: 'tool-calls',
      model: text,
      replay: { [text]: text },
    }),
    { type: 'tool-start', call },
    { type: 'tool-end', callId: text, name: text, outcome: 'error', text, elapsedMs: 1 },
    {
      type: 'message',
      message: { ...stored, message: { role: 'tool', callId: text, name: text, outcome: 'error', text } },
    },
    delta(text),
    delta(text),
  ];
}
