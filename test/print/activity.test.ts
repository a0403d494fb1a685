import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolCall, ToolOutcome } from '../../src/core/message.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import type { ActivityOptions } from '../../src/print/activity.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { activityOn, assistant, broken, delta, done, end, recorder, thought } from './play.ts';

async function shown(events: readonly TurnEvent[], change: Partial<ActivityOptions> = {}): Promise<string> {
  const err = recorder();
  const activity = activityOn(err, change);
  for (const event of events) await activity.show(event);
  return err.text;
}

const start = (change: Partial<ToolCall> = {}): TurnEvent => ({
  type: 'tool-start',
  call: { id: '1', name: 'get_time', arguments: '{"place":"Seoul"}', ...change },
});
const ended = (outcome: ToolOutcome, text: string): TurnEvent => ({
  type: 'tool-end',
  callId: '1',
  name: 'get_time',
  outcome,
  text,
  elapsedMs: 12.6,
});
const notice = (level: 'info' | 'warning', text: string): TurnEvent => ({
  type: 'notice',
  notice: { level, code: 'retrying', text },
});

test('a tool is a line when it starts and a line when it ends, without its result', async () => {
  assert.equal(
    await shown([start(), ended('ok', 'a long result')]),
    '- get_time {"place":"Seoul"}\n- get_time: ok in 13 ms\n',
  );
});

test('what went wrong with a tool is said, on one line', async () => {
  assert.equal(await shown([ended('error', 'no such\nplace')]), '- get_time: error in 13 ms: no such place\n');
  assert.equal(await shown([ended('denied', 'not allowed')]), '- get_time: denied in 13 ms: not allowed\n');
  assert.equal(await shown([ended('cancelled', 'stopped')]), '- get_time: cancelled in 13 ms: stopped\n');
});

test('arguments are cut after 200 characters and stay on one line', async () => {
  assert.equal(await shown([start({ arguments: 'x'.repeat(200) })]), `- get_time ${'x'.repeat(200)}\n`);
  assert.equal(await shown([start({ arguments: 'x'.repeat(201) })]), `- get_time ${'x'.repeat(200)}…\n`);
  assert.equal(await shown([start({ arguments: '{\n\t"a": 1\r\n}' })]), '- get_time { "a": 1 }\n');
});

test('the words of a failure are cut after 200 characters', async () => {
  assert.equal(await shown([ended('error', 'x'.repeat(201))]), `- get_time: error in 13 ms: ${'x'.repeat(200)}…\n`);
  assert.ok((await shown([ended('error', 'x'.repeat(201))], { toolsDebug: true })).includes('x'.repeat(201)));
});

test('with --tools-debug calls and results are whole, and a result cannot be taken for a line of ours', async () => {
  const args = `{"text":"${'x'.repeat(300)}"}`;
  const shownWhole = await shown([start({ arguments: args }), ended('ok', 'one\r\n- two\x1b[2J\n')], {
    toolsDebug: true,
  });
  assert.equal(shownWhole, `- get_time ${args}\n- get_time: ok in 13 ms\n  one\n  - two\n  \n`);
});

test('a warning is marked without colour, too', async () => {
  assert.equal(
    await shown([notice('info', 'model chosen'), notice('warning', 'trying\nagain')]),
    '- model chosen\n! trying again\n',
  );
});

test('reasoning is shown as it comes and ends with a line end before anything else', async () => {
  assert.equal(await shown([thought('I th'), thought('ink'), start(), ended('ok', '')]).then(firstLine), 'I think');
  assert.equal(await shown([thought('one'), delta('answer')]), 'one\n');
  assert.equal(await shown([thought('one'), done()]), 'one\n');
  assert.equal(await shown([thought('one'), delta('answer'), thought('two'), delta('answer')]), 'one\ntwo\n');
});

test('reasoning is left out when it is not wanted, and leaves no empty line', async () => {
  assert.equal(await shown([thought('one'), delta('answer'), done()], { reasoning: false }), '');
});

test('a sequence cut over two pieces of reasoning is removed, one left open does not reach past its end', async () => {
  assert.equal(await shown([thought('a\x1b[3'), thought('1mb'), delta('x')]), 'ab\n');
  assert.equal(await shown([thought('a\x1b]0;title'), delta('x'), thought('b'), delta('x')]), 'a\nb\n');
});

test('the answer and its messages are not shown', async () => {
  assert.equal(await shown([delta('text'), assistant('text'), done()]), '');
});

test('quiet shows nothing at all', async () => {
  const events = [thought('t'), start(), ended('error', 'e'), notice('warning', 'w'), delta('d'), done()];
  assert.equal(await shown(events, { quiet: true, verbose: true }), '');
});

test('verbose ends with tokens, pace and times', async () => {
  const times = [1000, 1250, 3250, 3250, 3250];
  const now = (): number => times.shift() ?? 3250;
  assert.equal(
    await shown([delta('a'), delta('b'), done({ usage: { promptTokens: 12, completionTokens: 30 } })], {
      verbose: true,
      now,
    }),
    '- 12 prompt tokens, 30 completion tokens, 15.0 tokens/s, first token after 250 ms, 2250 ms in all\n',
  );
});

test('verbose says unknown for what the server did not count, and no pace without an answer', async () => {
  assert.equal(
    await shown([done()], { verbose: true }),
    '- unknown prompt tokens, unknown completion tokens, 0 ms in all\n',
  );
  assert.equal(
    await shown([delta('all at once'), done({ usage: { completionTokens: 3 } })], { verbose: true }),
    '- unknown prompt tokens, 3 completion tokens, first token after 0 ms, 0 ms in all\n',
  );
});

test('verbose tells the tokens of a turn that was not done, too', async () => {
  for (const outcome of [broken(), { kind: 'aborted' }, { kind: 'limit', limit: 'rounds', rounds: 2 }] as const) {
    const text = await shown([end(outcome, { promptTokens: 7 })], { verbose: true });
    assert.equal(text, '- 7 prompt tokens, unknown completion tokens, 0 ms in all\n');
  }
});

test('once nobody reads the answer, nothing more is shown', async () => {
  let over = false;
  const err = recorder();
  const activity = activityOn(err, { verbose: true, over: () => over });
  await activity.show(notice('info', 'before'));
  over = true;
  for (const event of [thought('t'), start(), notice('warning', 'after'), done()]) await activity.show(event);
  assert.equal(err.text, '- before\n');
});

test('dim is the only style, and it is put around whole lines', async () => {
  const { dim } = createTheme({ color: 1 });
  assert.equal(await shown([notice('info', 'chosen')], { dim }), '\x1b[2m- chosen\x1b[22m\n');
});

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
