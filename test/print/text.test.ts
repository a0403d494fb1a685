import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { plainAnswer } from '../../src/print/answer.ts';
import { printText } from '../../src/print/text.ts';
import { activityOn, assistant, broken, delta, done, end, play, recorder, thought } from './play.ts';

async function printed(events: readonly TurnEvent[]): Promise<{ out: string; err: string; outcome: TurnOutcome }> {
  const out = recorder();
  const err = recorder();
  const outcome = await printText(play(...events), { answer: plainAnswer(out), activity: activityOn(err) });
  return { out: out.text, err: err.text, outcome };
}

test('the answer is on stdout with one newline, everything else on stderr', async () => {
  const { out, err, outcome } = await printed([
    thought('hm'),
    { type: 'tool-start', call: { id: '1', name: 'get_time', arguments: '{}' } },
    delta('It is '),
    delta('late.'),
    assistant('It is late.'),
    { type: 'notice', notice: { level: 'warning', code: 'not-saved', text: 'not saved' } },
    done(),
  ]);
  assert.equal(out, 'It is late.\n');
  assert.equal(err, 'hm\n- get_time {}\n! not saved\n');
  assert.deepEqual(outcome, { kind: 'done', finish: 'stop' });
});

test('the text of each round is on lines of its own', async () => {
  const { out } = await printed([
    delta('Let me look.'),
    assistant('Let me look.', { ending: 'tool-calls' }),
    delta('It rains.'),
    assistant('It rains.'),
    done(),
  ]);
  assert.equal(out, 'Let me look.\nIt rains.\n');
});

test('an empty answer leaves stdout empty', async () => {
  assert.equal((await printed([assistant(''), done()])).out, '');
});

test('what came before a failure or a stop is kept and its line ended', async () => {
  for (const outcome of [broken(), { kind: 'aborted' }, { kind: 'limit', limit: 'rounds', rounds: 3 }] as const) {
    const result = await printed([delta('half'), end(outcome)]);
    assert.equal(result.out, 'half\n');
    assert.equal(result.err, '', 'the failure is told by whoever sets the exit code');
    assert.equal(result.outcome, outcome);
  }
});

test('a slow reader slows the answer down: the next event is asked for when the last is written', async () => {
  const log: string[] = [];
  const out = {
    async write(text: string) {
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`written ${text.trim()}`);
    },
  };
  async function* events(): AsyncGenerator<TurnEvent> {
    for (const text of ['a', 'b', 'c']) {
      log.push(`asked ${text}`);
      yield delta(text);
    }
    yield done();
  }
  await printText(events(), { answer: plainAnswer(out), activity: activityOn(recorder()) });
  assert.deepEqual(log.slice(0, 6), ['asked a', 'written a', 'asked b', 'written b', 'asked c', 'written c']);
});

test('a turn without turn-end is a bug and is thrown', async () => {
  await assert.rejects(printed([delta('a')]), /ended without turn-end/);
});
