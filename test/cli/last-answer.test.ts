import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLastAnswer } from '../../src/cli/last-answer.ts';
import { ChatError } from '../../src/core/error.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import type { Wanted } from '../../src/session/structured/index.ts';

const wanted: Wanted = { kind: 'json-schema', name: 'answer', schema: true, validate: () => [] };
const report = { kind: 'json-schema', mode: 'native', changes: [], attempts: [] } as const;
const good: TurnOutcome = {
  kind: 'done',
  finish: 'stop',
  structured: { kind: 'json-schema', text: '{"a":1}', report },
};

async function* turn(outcome: TurnOutcome): AsyncGenerator<TurnEvent> {
  yield { type: 'text-delta', text: '{"a' };
  yield { type: 'turn-end', outcome, usage: {} };
}

test('the value of the last turn is kept with its schema, until the next turn begins', async () => {
  const last = createLastAnswer();
  for await (const _event of last.watch(turn(good), wanted)) assert.ok(true);
  assert.deepEqual(last.value, { text: '{"a":1}', schema: true });
  const next = last.watch(turn(good), wanted);
  await next.next();
  assert.equal(last.value, undefined);
  await next.return(undefined);
  assert.equal(last.value, undefined);
});

test('a turn that ends in any other way leaves no value, not the one before', async () => {
  const outcomes: readonly TurnOutcome[] = [
    { kind: 'aborted' },
    { kind: 'failed', error: new ChatError({ kind: 'aborted' }), partial: true },
    { kind: 'limit', limit: 'rounds', rounds: 3 },
    { kind: 'done', finish: 'length', report },
    { kind: 'done', finish: 'refusal', report },
    { kind: 'done', finish: 'stop' },
  ];
  const last = createLastAnswer();
  for (const outcome of outcomes) {
    for await (const _event of last.watch(turn(good), wanted)) assert.ok(true);
    for await (const _event of last.watch(turn(outcome), wanted)) assert.ok(true);
    assert.equal(last.value, undefined, JSON.stringify(outcome));
  }
});

test('a new conversation has no last answer', async () => {
  const last = createLastAnswer();
  for await (const _event of last.watch(turn(good), wanted)) assert.ok(true);
  last.forget();
  assert.equal(last.value, undefined);
});
