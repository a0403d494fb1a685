import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportError, reportOutcome } from '../../src/cli/report.ts';
import { ChatError, type Fault } from '../../src/core/error.ts';
import type { FinishReason } from '../../src/core/message.ts';
import type { TurnOutcome } from '../../src/core/turn-event.ts';
import { recorder } from '../print/play.ts';
import { corpus } from '../terminal/corpus.ts';

async function reported(outcome: TurnOutcome): Promise<{ text: string; code: number }> {
  const err = recorder();
  const code = await reportOutcome(outcome, err);
  return { text: err.text, code };
}

const done = (finish: FinishReason): TurnOutcome => ({ kind: 'done', finish });
const failed = (fault: Fault): TurnOutcome => ({ kind: 'failed', error: new ChatError(fault), partial: false });

test('an expected failure is one line', async () => {
  const { text, code } = await reported(failed({ kind: 'usage', what: 'no prompt', hint: 'banter "question"' }));
  assert.equal(text, 'banter: no prompt (banter "question")\n');
  assert.equal(code, 2);
});

test('a bug shows its stack, asks for a report and is 1', async () => {
  const err = recorder();
  assert.equal(await reportError(new TypeError('x is not a function'), err), 1);
  assert.match(err.text, /^banter: this is a bug in banter, please report it\nTypeError: x is not a function\n +at /);
  const other = recorder();
  assert.equal(await reportError('a thrown string', other), 1);
  assert.match(other.text, /a thrown string\n$/);
});

test('an abort is silent', async () => {
  assert.deepEqual(await reported({ kind: 'aborted' }), { text: '', code: 130 });
  assert.deepEqual(await reported(failed({ kind: 'aborted' })), { text: '', code: 130 });
});

test('a good end is silent', async () => {
  for (const finish of ['stop', 'tool-calls', 'other'] as const) {
    assert.deepEqual(await reported(done(finish)), { text: '', code: 0 });
  }
});

test('an end that is not good is said in one line that goes with its code', async () => {
  for (const [outcome, line, code] of [
    [done('length'), /^banter: the answer is incomplete: .*--max-tokens\)\n$/, 61],
    [done('content-filter'), /^banter: a content filter .*\n$/, 62],
    [done('refusal'), /^banter: the model refused\n$/, 62],
    [{ kind: 'limit', limit: 'rounds', rounds: 3 }, /^banter: stopped after 3 rounds .*--max-rounds\)\n$/, 53],
    [{ kind: 'limit', limit: 'loop', rounds: 3 }, /^banter: stopped because .* in circles\n$/, 53],
    [{ kind: 'done', finish: 'stop', toolFailure: 'x had to be called\x1b[2J' }, /^banter: x had to be called\n$/, 54],
  ] as const) {
    const result = await reported(outcome);
    assert.match(result.text, line);
    assert.equal(result.code, code);
  }
});

test('nothing that a server says in an error reaches the terminal as a sequence', async () => {
  const forbidden = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
  for (const { id, input } of corpus.filter(({ id }) => id !== 'T68')) {
    const server: Fault = { kind: 'server', target: input, status: 500, said: input, hint: input };
    const schema: Fault = { kind: 'schema', wanted: 'schema', problems: [input], attempts: 1, raw: input };
    for (const fault of [server, schema]) assert.doesNotMatch((await reported(failed(fault))).text, forbidden, id);
    const err = recorder();
    await reportError(new Error(input), err);
    assert.doesNotMatch(err.text, forbidden, id);
  }
});
