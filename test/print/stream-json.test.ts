import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { printStreamJson, streamJsonVersion } from '../../src/print/stream-json.ts';
import { activityOn, assistant, broken, delta, done, end, play, recorder, thought } from './play.ts';

const facts = { conversation: 'c1', profile: 'work', model: 'asked' };

async function lines(...events: readonly TurnEvent[]): Promise<string[]> {
  const out = recorder();
  await printStreamJson(play(...events), { out, activity: activityOn(recorder()), facts });
  for (const write of out.writes) assert.equal(write.indexOf('\n'), write.length - 1, 'one write, one line');
  return out.text.trimEnd().split('\n');
}

async function parsed(...events: readonly TurnEvent[]): Promise<unknown[]> {
  return (await lines(...events)).map((line) => JSON.parse(line));
}

test('the first line says the version and what is asked, before anything is answered', async () => {
  const out = recorder();
  async function* nothingYet(): AsyncGenerator<TurnEvent> {
    assert.deepEqual(JSON.parse(out.text), { type: 'start', version: streamJsonVersion, ...facts });
    yield done();
  }
  await printStreamJson(nothingYet(), { out, activity: activityOn(recorder()), facts });
  assert.equal(out.writes.length, 2);
});

test('every event is a line, as it is and in its order', async () => {
  const events: TurnEvent[] = [
    { type: 'notice', notice: { level: 'info', code: 'model-chosen', text: 'm1 is asked' } },
    thought('hm\n'),
    delta('It is\nlate.'),
    { type: 'tool-start', call: { id: '1', name: 'get_time', arguments: '{"place":' } },
    { type: 'tool-end', callId: '1', name: 'get_time', outcome: 'error', text: 'bad', elapsedMs: 1.5 },
    assistant('It is\nlate.'),
  ];
  assert.deepEqual((await parsed(...events, done())).slice(1, -1), events);
});

test('the last line says how it ended', async () => {
  const last = async (...events: readonly TurnEvent[]): Promise<unknown> => (await parsed(...events)).at(-1);
  assert.deepEqual(
    await last(assistant('a', { ending: 'length' }), done({ finish: 'length', usage: { promptTokens: 1 } })),
    {
      type: 'end',
      outcome: 'done',
      finish: 'length',
      usage: { promptTokens: 1 },
    },
  );
  const nothing = { type: 'end', finish: null, usage: {} };
  const usage = { promptTokens: 7 };
  assert.deepEqual(await last(end({ kind: 'aborted' }, usage)), { ...nothing, usage, outcome: 'aborted' });
  assert.deepEqual(await last(end({ kind: 'limit', limit: 'rounds', rounds: 1 })), { ...nothing, outcome: 'limit' });
  assert.deepEqual(await last(end(broken('no memory'))), {
    ...nothing,
    outcome: 'failed',
    error: {
      kind: 'stream',
      target: 'http://localhost/v1',
      reason: 'reported',
      said: 'no memory',
      message: 'http://localhost/v1 reported an error: no memory',
    },
  });
});

test('the structured value is in the last line, digit for digit, on that one line however it is laid out', async () => {
  const json = '{\r\n  "id": 12345678901234567890,\n\t"a": "x\\ny"\r}';
  const last = (await lines(assistant(json), done({ json }))).at(-1) ?? '';
  assert.match(last, /"id": 12345678901234567890,/);
  assert.equal(JSON.parse(last).json.a, 'x\ny');
});

test('a turn without turn-end is a bug and is thrown', async () => {
  await assert.rejects(lines(delta('a')), /ended without turn-end/);
});
