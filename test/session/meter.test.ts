import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Price } from '../../src/core/profile.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { createMeter } from '../../src/session/meter.ts';
import { createTurnMeter, tokensPerSecond } from '../../src/session/turn-meter.ts';

const answered = (promptTokens: number, completionTokens: number): TurnEvent => ({
  type: 'message',
  message: {
    ...{ id: 'm', parentId: null, at: '' },
    message: { role: 'assistant', text: 'x', toolCalls: [], ending: 'stop', usage: { promptTokens, completionTokens } },
  },
});

test('the speed counts the time of writing, not of tools and of waiting', () => {
  let nowMs = 0;
  const meter = createTurnMeter(() => nowMs);
  const at = (ms: number, event: TurnEvent) => {
    nowMs = ms;
    return meter.take(event);
  };
  at(300, { type: 'reasoning-delta', text: 'a' });
  at(800, { type: 'text-delta', text: 'b' });
  at(1300, answered(100, 50));
  at(9000, { type: 'text-delta', text: 'c' });
  at(10_000, answered(200, 50));
  const usage = { completionTokens: 100 };
  const timing = at(10_000, { type: 'turn-end', usage, outcome: { kind: 'aborted' } });
  assert.deepEqual(timing, { usage, elapsedMs: 10_000, firstWordMs: 300, writingMs: 2000, contextTokens: 250 });
  assert.equal(tokensPerSecond({ usage, writingMs: 2000 }), 50);
  assert.equal(tokensPerSecond({ usage, writingMs: 20 }), undefined, 'it came at once');
  assert.equal(tokensPerSecond({ usage: {}, writingMs: 2000 }), undefined);
});

test('the time in which a person was asked does not count for the first word', () => {
  let nowMs = 0;
  const meter = createTurnMeter(() => nowMs);
  const at = (ms: number, event: TurnEvent) => {
    nowMs = ms;
    return meter.take(event);
  };
  const question = { calls: [], answer() {} };
  at(200, { type: 'approval', question });
  at(3200, { type: 'tool-start', call: { id: 'a', name: 'a', arguments: '{}' } });
  at(3300, { type: 'approval', question });
  at(4300, { type: 'tool-start', call: { id: 'b', name: 'b', arguments: '{}' } });
  at(4500, { type: 'text-delta', text: 'word' });
  assert.equal(at(5000, { type: 'turn-end', usage: {}, outcome: { kind: 'aborted' } })?.firstWordMs, 500);
});

const done: TurnOutcome = { kind: 'done', finish: 'stop' };

test('turns are counted together, each at the price of its server; what the last one took goes with its subject', async () => {
  let now = 0;
  let id = 'a';
  let price: Price | undefined = { prompt: 1, completion: 4 };
  const meter = createMeter({ now: () => now, subject: () => id, price: () => price });
  async function turn(usage = { promptTokens: 100_000, completionTokens: 50_000 }, outcome: TurnOutcome = done) {
    async function* events(): AsyncGenerator<TurnEvent> {
      now += 500;
      yield { type: 'text-delta', text: 'one' };
      now += 1000;
      yield answered(usage.promptTokens, usage.completionTokens);
      yield { type: 'turn-end', usage, outcome };
    }
    for await (const _ of meter.follow(events()));
  }
  const last = () => meter.last;
  assert.equal(last(), undefined);
  await turn();
  await turn();
  assert.equal(meter.total.cost?.toFixed(2), '0.60');
  price = { prompt: 0, completion: 0 };
  await turn();
  price = undefined;
  await turn();
  assert.equal(meter.total.cost?.toFixed(2), '0.60');
  assert.deepEqual([meter.total.turns, meter.total.elapsedMs, meter.total.writingMs], [4, 6000, 4000]);
  assert.deepEqual([last()?.firstWordMs, last()?.contextTokens], [500, 150_000]);

  for await (const _ of meter.follow(failed())) now += 1;
  assert.deepEqual(
    [last()?.contextTokens, last()?.firstWordMs],
    [150_000, undefined],
    'of a failure the context stays',
  );
  id = 'b';
  assert.deepEqual([last(), meter.total.turns], [undefined, 5]);
});

async function* failed(): AsyncGenerator<TurnEvent> {
  yield { type: 'turn-end', usage: {}, outcome: { kind: 'aborted' } };
}
