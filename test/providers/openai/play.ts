/** Plays bytes to the reader as the wire would, and collects what comes out. */

import { readFileSync } from 'node:fs';
import { isChatError } from '../../../src/core/error.ts';
import type { StreamEvent } from '../../../src/core/stream-event.ts';
import type { AnswerOptions } from '../../../src/providers/openai/answer.ts';
import { readChunks } from '../../../src/providers/openai/events.ts';
import type { Received } from '../../../src/wire/index.ts';
import { readEvents } from '../../../src/wire/sse.ts';

export const target = 'http://server.test';

/** What a person would have at the end: the answer, and whether it failed. */
export interface Outcome {
  text: string;
  reasoning: string;
  calls: readonly {
    readonly id: string;
    readonly name: string;
    readonly arguments: string;
    readonly replay?: unknown;
  }[];
  notices: readonly string[];
  finish?: Extract<StreamEvent, { type: 'finish' }>;
  /** `stream cut`, `server 503`, `auth 401`. */
  failure?: string;
}

export function readFixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/openai/${name}`, import.meta.url));
}

export async function collect(events: AsyncIterable<StreamEvent>): Promise<Outcome> {
  const outcome: Outcome = { text: '', reasoning: '', calls: [], notices: [] };
  try {
    for await (const event of events) {
      if (outcome.finish !== undefined) throw new Error(`${event.type} after finish`);
      if (event.type === 'text-delta') outcome.text += event.text;
      else if (event.type === 'reasoning-delta') outcome.reasoning += event.text;
      else if (event.type === 'tool-call') outcome.calls = [...outcome.calls, event.call];
      else if (event.type === 'notice') outcome.notices = [...outcome.notices, event.notice.code];
      else outcome.finish = event;
    }
  } catch (error) {
    if (!isChatError(error)) throw error;
    const { fault } = error;
    if (fault.kind === 'stream') outcome.failure = `stream ${fault.reason}`;
    else if (fault.kind === 'server' || fault.kind === 'auth') outcome.failure = `${fault.kind} ${fault.status}`;
    else outcome.failure = fault.kind;
  }
  return outcome;
}

/** @param isBody  the bytes are one JSON body, not an event stream */
export function play(chunks: readonly Uint8Array[], isBody: boolean, options: AnswerOptions = {}): Promise<Outcome> {
  return collect(readChunks(isBody ? bodyOf(chunks) : eventsOf(chunks), target, { newId: countIds(), ...options }));
}

/** Plays data of events given as objects, or as text. */
export function playFrames(frames: readonly unknown[], options: AnswerOptions = {}): Promise<Outcome> {
  const text = frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`).join('');
  return play([Buffer.from(text)], false, options);
}

export function chunk(delta: unknown, finishReason: string | null = null): unknown {
  return { model: 'm', choices: [{ index: 0, delta, finish_reason: finishReason }] };
}

export async function* eventsOf(chunks: readonly Uint8Array[]): AsyncGenerator<Received> {
  yield { type: 'headers', status: 200, headers: {} };
  for await (const event of readEvents(toAsync(chunks), { maxEventBytes: 1_000_000, target })) {
    yield { type: 'event', ...event };
  }
}

export async function* bodyOf(chunks: readonly Uint8Array[]): AsyncGenerator<Received> {
  yield { type: 'headers', status: 200, headers: {} };
  yield { type: 'body', contentType: 'application/json', text: Buffer.concat(chunks).toString('utf8') };
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function countIds(): () => string {
  let last = 0;
  return () => `new_${++last}`;
}
