/** One turn of a session with tools, against a model that follows a script, and what came of it. */

import assert from 'node:assert/strict';
import type { ApprovalQuestion, Decision } from '../../src/core/approval.ts';
import type { ConversationLog } from '../../src/core/conversation.ts';
import type { ToolMessage } from '../../src/core/message.ts';
import type { ChatRequest } from '../../src/core/provider.ts';
import type { StreamEvent } from '../../src/core/stream-event.ts';
import type { Tool } from '../../src/core/tool.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { createSession, type SessionSettings } from '../../src/session/index.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import { call, finish, type Script, scriptedProvider, text } from '../support/scripted-provider.ts';

export type Decide = (question: ApprovalQuestion) => ReadonlyMap<string, Decision> | undefined;

export interface TurnOptions {
  readonly tools: readonly Tool[];
  /** Answers a question; undefined leaves it open. Without it, nobody is there to be asked. */
  readonly decide?: Decide;
  readonly settings?: Partial<SessionSettings>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TurnEvent) => void;
}

export interface Turn {
  readonly events: readonly TurnEvent[];
  readonly outcome: TurnOutcome;
  /** What the model was told, in the order in which it is in the conversation. */
  readonly results: readonly ToolMessage[];
  readonly questions: readonly ApprovalQuestion[];
  /** Code and text of each. */
  readonly notices: readonly string[];
  readonly requests: readonly ChatRequest[];
  readonly log: ConversationLog;
}

/** The script is the model's answers, one a request. */
export async function runScript(script: readonly Script[], options: TurnOptions): Promise<Turn> {
  const provider = scriptedProvider(script);
  const turn = await runSession({ provider, ...options.settings }, options);
  return { ...turn, requests: provider.requests };
}

export async function runSession(
  settings: Partial<SessionSettings> & Pick<SessionSettings, 'provider'>,
  { tools, decide, signal, onEvent }: TurnOptions,
): Promise<Omit<Turn, 'requests'>> {
  const log = settings.log ?? memoryLog();
  const session = createSession(
    {
      model: 'm',
      system: undefined,
      tools,
      toolChoice: 'auto',
      sampling: {},
      extraBody: {},
      stream: true,
      maxRounds: 16,
      toolTimeoutMs: 5000,
      approval: { policy: 'ask', rules: [], canAsk: decide !== undefined },
      log,
      ...settings,
    },
    () => performance.now(),
  );
  const before = log.messages.length;
  const events: TurnEvent[] = [];
  const questions: ApprovalQuestion[] = [];
  for await (const event of session.send('go', signal ?? new AbortController().signal)) {
    events.push(event);
    onEvent?.(event);
    if (event.type !== 'approval') continue;
    questions.push(event.question);
    const decisions = decide?.(event.question);
    if (decisions !== undefined) event.question.answer(decisions);
  }
  const last = events.at(-1);
  assert.ok(last?.type === 'turn-end', 'a turn ends with turn-end');
  assert.equal(events.filter(({ type }) => type === 'turn-end').length, 1);
  return {
    events,
    outcome: last.outcome,
    results: log.messages.slice(before).flatMap(({ message }) => (message.role === 'tool' ? [message] : [])),
    questions,
    notices: events.flatMap((event) => (event.type === 'notice' ? [`${event.notice.code}: ${event.notice.text}`] : [])),
    log,
  };
}

/** An answer that makes these calls, with the ids `1`, `2` and so on. */
export function calls(...all: readonly (readonly [name: string, args?: string])[]): StreamEvent[] {
  return [...all.map(([name, args = '{}'], index) => call(name, args, String(index + 1))), finish('tool-calls')];
}

/** A model that calls whenever it may, and otherwise answers in words. */
export function keepCalling(next: (round: number) => readonly [name: string, args?: string]): Script[] {
  return Array.from(
    { length: 40 },
    (_, index) =>
      async function* (request: ChatRequest) {
        yield* request.tools.length > 0 ? calls(next(index)) : text('enough');
      },
  );
}

export function tool(name: string, change: Partial<Tool> = {}): Tool {
  return {
    name,
    description: 'For a test.',
    parameters: { type: 'object' },
    safe: true,
    run: async () => 'done',
    ...change,
  };
}

export const allow: Decide = ({ calls: asked }) => new Map(asked.map(({ id }) => [id, { kind: 'run' }]));
export const deny: Decide = ({ calls: asked }) => new Map(asked.map(({ id }) => [id, { kind: 'deny' }]));

/** Every call of the conversation has exactly one result, directly after it: what servers ask for. */
export function assertSendable({ messages }: ChatRequest): void {
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'assistant') continue;
    const ids = message.toolCalls.map(({ id }) => id);
    const results = messages.slice(index + 1, index + 1 + ids.length);
    assert.deepEqual(
      results.map((result) => (result.role === 'tool' ? result.callId : result.role)),
      ids,
    );
    assert.equal(new Set(ids).size, ids.length, 'ids differ');
  }
  assert.ok(JSON.stringify(messages).isWellFormed());
}

/** As many texts as expressions, and each like its own. */
export function assertAllMatch(texts: readonly string[], expected: readonly RegExp[]): void {
  assert.equal(texts.length, expected.length, texts.join('\n'));
  for (const [index, words] of expected.entries()) assert.match(texts[index] ?? '', words);
}
