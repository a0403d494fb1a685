import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { printJson } from '../../src/print/json.ts';
import { activityOn, assistant, broken, delta, done, end, play, recorder, thought } from './play.ts';

const facts = { conversation: 'c1', profile: 'work', model: 'asked' };

async function report(...events: readonly TurnEvent[]): Promise<{ text: string; outcome: TurnOutcome }> {
  const out = recorder();
  const outcome = await printJson(play(...events), { out, activity: activityOn(recorder()), facts });
  assert.equal(out.writes.length, 1, 'one write, when the turn is over');
  return { text: out.text, outcome };
}

async function parsed(...events: readonly TurnEvent[]): Promise<unknown> {
  return JSON.parse((await report(...events)).text);
}

const call = { id: '1', name: 'get_time', arguments: '{"place": "Seoul"}' };

test('one object on one line says what was asked, what came and how it ended', async () => {
  const { text, outcome } = await report(
    thought('hm'),
    delta('It is late.'),
    assistant('It is late.', { reasoning: 'hm', model: 'answered' }),
    done({ usage: { promptTokens: 3, completionTokens: 4 } }),
  );
  assert.equal(text.indexOf('\n'), text.length - 1);
  assert.deepEqual(JSON.parse(text), {
    conversation: 'c1',
    profile: 'work',
    model: 'answered',
    text: 'It is late.',
    reasoning: 'hm',
    toolCalls: [],
    usage: { promptTokens: 3, completionTokens: 4 },
    finish: 'stop',
    outcome: 'done',
  });
  assert.equal(outcome.kind, 'done');
});

test('over several rounds the calls and the reasoning are all there, the text is the last answer', async () => {
  const value = await parsed(
    assistant('Looking.', { reasoning: 'one ', toolCalls: [call], ending: 'tool-calls' }),
    assistant('Again.', { toolCalls: [{ ...call, id: '2' }], ending: 'tool-calls' }),
    assistant('Late.', { reasoning: 'two' }),
    done(),
  );
  assert.deepEqual(value, {
    ...facts,
    text: 'Late.',
    reasoning: 'one two',
    toolCalls: [call, { ...call, id: '2' }],
    usage: {},
    finish: 'stop',
    outcome: 'done',
  });
});

test('without an answer finish is null, the text is empty and the model is the one that was asked', async () => {
  const expected = { ...facts, text: '', toolCalls: [], usage: {}, finish: null };
  const usage = { promptTokens: 7 };
  assert.deepEqual(await parsed(end({ kind: 'aborted' }, usage)), { ...expected, usage, outcome: 'aborted' });
  assert.deepEqual(await parsed(end({ kind: 'limit', limit: 'rounds', rounds: 1 })), { ...expected, outcome: 'limit' });
});

test('no model at all is null', async () => {
  const out = recorder();
  await printJson(play(done()), { out, activity: activityOn(recorder()), facts: { ...facts, model: undefined } });
  assert.equal(JSON.parse(out.text).model, null);
});

test('a failure is data: its kind, its fields, its sentence, and what had come', async () => {
  assert.deepEqual(await parsed(assistant('half', { ending: 'cut' }), end(broken('out of memory'))), {
    ...facts,
    text: 'half',
    toolCalls: [],
    usage: {},
    finish: 'cut',
    outcome: 'failed',
    error: {
      kind: 'stream',
      target: 'http://localhost/v1',
      reason: 'reported',
      said: 'out of memory',
      message: 'http://localhost/v1 reported an error: out of memory',
    },
  });
});

test('the structured value is the last field, digit for digit', async () => {
  const { text } = await report(assistant('x'), done({ json: '{"id":12345678901234567890,"a":1.0}' }));
  assert.ok(text.endsWith(',"json":{"id":12345678901234567890,"a":1.0}}\n'), text);
});

test('a structured value that is null, false or a string is there all the same', async () => {
  for (const json of ['null', 'false', '""', '0', '[]']) {
    const { text } = await report(done({ json }));
    assert.deepEqual(JSON.parse(text).json, JSON.parse(json));
  }
});

test('a value that the model laid out over many lines is still on one line', async () => {
  const json = '{\r\n\t"a": [\n    1,\r    "x\\ny"\n  ]\n}';
  const { text } = await report(done({ json }));
  assert.equal(text.indexOf('\n'), text.length - 1);
  assert.deepEqual(JSON.parse(text).json, { a: [1, 'x\ny'] });
});

test('a turn without turn-end is a bug and is thrown', async () => {
  await assert.rejects(report(delta('a')), /ended without turn-end/);
});
