import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createBatch, partsOf } from '../../src/ui/batch.ts';

const text = (words: string): TurnEvent => ({ type: 'text-delta', text: words });
const thought = (words: string): TurnEvent => ({ type: 'reasoning-delta', text: words });
const notice: TurnEvent = { type: 'notice', notice: { level: 'info', code: 'demo', text: 'x' } };

test('the first delta passes at once, those after it together, and nothing overtakes', () => {
  const passed: TurnEvent[] = [];
  const batch = createBatch(60_000, (event) => passed.push(event));
  batch.add(text('a'));
  assert.deepEqual(passed, [text('a')]);
  for (const event of [text('b'), text('c'), thought('d'), text('e')]) batch.add(event);
  assert.equal(passed.length, 1);
  batch.add(notice);
  assert.deepEqual(passed.slice(1), [text('bc'), thought('d'), text('e'), notice]);
  batch.add(text('f'));
  batch.flush();
  assert.deepEqual(passed.at(-1), text('f'));
});

test('what waits passes when the interval is over', async () => {
  const passed: TurnEvent[] = [];
  await new Promise<void>((resolve) => {
    const batch = createBatch(5, (event) => {
      passed.push(event);
      if (passed.length === 2) resolve();
    });
    batch.add(text('a'));
    batch.add(text('b'));
  });
  assert.deepEqual(passed, [text('a'), text('b')]);
});

test('deltas wait while they are held, and anything else takes them along', async () => {
  const passed: TurnEvent[] = [];
  let held = true;
  const batch = createBatch(
    1,
    (event) => passed.push(event),
    () => held,
  );
  batch.add(text('a'));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(passed, []);
  batch.add(notice);
  assert.deepEqual(passed, [text('a'), notice]);
  batch.add(text('b'));
  held = false;
  while (passed.length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.deepEqual(passed.at(-1), text('b'));
});

test('what has become long does not wait, and what comes long comes in parts, between characters', () => {
  const passed: TurnEvent[] = [];
  const batch = createBatch(60_000, (event) => passed.push(event));
  for (const piece of ['a', 'b'.repeat(10_000), 'c'.repeat(10_000)]) batch.add(text(piece));
  assert.equal(passed.length, 2);
  batch.flush();
  const long = `x${'👋'.repeat(20_000)}`;
  const parts = partsOf(text(long)).map((part) => (part.type === 'text-delta' ? part.text : ''));
  assert.ok(parts.length > 2 && parts.every((part) => part.isWellFormed()));
  assert.equal(parts.join(''), long);
  assert.deepEqual(partsOf(notice), [notice]);
});
