import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { printStructured } from '../../src/print/structured.ts';
import { formatStructured } from '../../src/print/structured-form.ts';
import { activityOn, assistant, broken, delta, done, end, play, recorder, structured } from './play.ts';

async function printed(
  events: readonly TurnEvent[],
  { items = false, isTerminal = false, explain = false } = {},
): Promise<{ out: string; err: string }> {
  const out = recorder();
  const err = recorder();
  const activity = activityOn(err, { explain });
  await printStructured(play(...events), {
    out,
    err,
    activity,
    items,
    form: (node) => formatStructured(node, 'json', { color: 0, ...(isTerminal && { columns: 80 }) }),
  });
  return { out: out.text, err: err.text };
}

test('in a pipe stdout is the value on one line, digit for digit, and a newline', async () => {
  const json = '{"id":12345678901234567890,"a":1.0}';
  const { out, err } = await printed([delta('```json\n'), delta(json), assistant(json), done({ json })]);
  assert.equal(out, `${json}\n`);
  assert.equal(err, '');
});

test('a person gets the value indented', async () => {
  const { out } = await printed([done({ json: '{"a":[1,{"b":null}]}' })], { isTerminal: true });
  assert.equal(out, '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}\n');
});

test('what is invisible inside the value is escaped and stays what it is', async () => {
  const { out } = await printed([done({ json: '{"a":"\u009b31m\u202e"}' })]);
  assert.equal(out, '{"a":"\\u009b31m\\u202e"}\n');
});

test('an answer that came to no value leaves stdout empty, and what was received is on stderr', async () => {
  const outcomes: readonly TurnOutcome[] = [
    broken(),
    { kind: 'aborted' },
    { kind: 'done', finish: 'length' },
    { kind: 'done', finish: 'refusal' },
  ];
  for (const outcome of outcomes) {
    const { out, err } = await printed([delta('{"a":'), assistant('{"a":', { ending: 'cut' }), end(outcome)]);
    assert.equal(out, '');
    assert.equal(err, '{"a":\n');
  }
});

test('elements are lines as they come, and there is no value after them', async () => {
  const { out } = await printed(
    [
      { type: 'item', json: '{"a":1}' },
      { type: 'item', json: '"\u202e"' },
      assistant('[{"a":1},"\u202e"]'),
      done({ json: '[{"a":1},"x"]' }),
    ],
    { items: true },
  );
  assert.equal(out, '{"a":1}\n"\\u202e"\n');
});

test('a regex or a choice is the text alone', async () => {
  const { out } = await printed([
    end({ kind: 'done', finish: 'stop', structured: { ...structured('x'), kind: 'regex' } }),
  ]);
  assert.equal(out, 'x\n');
});

test('--explain says by which means, what was changed, and every try', async () => {
  const report = {
    kind: 'json-schema',
    mode: 'tool',
    changes: ['/tags: uniqueItems is left out'],
    attempts: [
      { mode: 'native', result: 'refused', problems: ['not supported'] },
      { mode: 'tool', result: 'valid', problems: [] },
    ],
  } as const;
  const { err } = await printed([end({ kind: 'done', finish: 'stop', structured: { ...structured('{}'), report } })], {
    explain: true,
  });
  assert.deepEqual(err.trimEnd().split('\n'), [
    '- asked by tool, 2 tries',
    '-   1. native: refused: not supported',
    '-   2. tool: valid',
    '-   changed: /tags: uniqueItems is left out',
  ]);
});
