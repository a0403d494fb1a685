import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerApprovals, decide } from '../../src/cli/approve.ts';
import type { Decision, ProposedCall } from '../../src/core/approval.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { delta, play } from '../print/play.ts';

const call = (id: string, tool: string): ProposedCall => ({ id, tool, arguments: `{"of":"${id}"}` });
const calls = [call('1', 'note'), call('2', 'mail'), call('3', 'note'), call('4', 'mail')];

interface Asked {
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly text: string;
}

/** @param lines  what the person types; then the terminal goes away */
async function ask(asked: readonly ProposedCall[], ...lines: readonly string[]): Promise<Asked> {
  let text = '';
  const left = [...lines];
  const decisions = await decide(asked, {
    columns: 80,
    async write(part) {
      text += part;
    },
    dropTypedAhead: async () => {},
    readLine: async () => left.shift(),
  });
  assert.deepEqual(left, []);
  return { decisions: Object.fromEntries(decisions), text };
}

const run = { kind: 'run' } as const;
const always = { kind: 'run-always' } as const;
const deny = { kind: 'deny' } as const;

test('each call is asked about and gets its own answer', async () => {
  const { decisions } = await ask(calls, 'y', 'n', ' YES ', '');
  assert.deepEqual(decisions, { 1: run, 2: deny, 3: run, 4: deny });
});

test('all calls are on screen before the first question', async () => {
  const { text } = await ask(calls, 'a');
  const shown = text.slice(0, text.indexOf('Run note'));
  for (const { id } of calls) assert.ok(shown.includes(`of: "${id}" (1 character)`));
});

test('"all" holds for the calls that are left, and not for one that was denied before', async () => {
  assert.deepEqual((await ask(calls, 'n', 'a')).decisions, { 1: deny, 2: run, 3: run, 4: run });
});

test('"this tool" holds for the later calls of the same tool alone', async () => {
  assert.deepEqual((await ask(calls, 't', 'n', 'y')).decisions, { 1: always, 2: deny, 3: always, 4: run });
});

test('a no may have a reason, and an empty one is none', async () => {
  const { decisions } = await ask(calls.slice(0, 2), 'r', ' too late ', 'r', ' ');
  assert.deepEqual(decisions, { 1: { kind: 'deny', reason: 'too late' }, 2: deny });
});

test('what can be answered is said once, and "all" is offered while several are left', async () => {
  const { text } = await ask(calls.slice(0, 2), 'y', 'n');
  assert.equal(text.match(/this tool from now on/g)?.length, 1);
  assert.ok(text.includes('Run note (1 of 2)? [y/a/t/n/r] ') && text.includes('Run mail (2 of 2)? [y/t/n/r] '));
  const one = await ask([call('1', 'note')], 'n');
  assert.match(one.text, /\ny yes, t this tool from now on, n or Enter no, r no and why\nRun note\? \[y\/t\/n\/r\] $/);
});

test('an unknown word is named, with what can be answered', async () => {
  const { text } = await ask([call('1', 'note')], 'ok', 'n');
  assert.match(text, /ok is no answer: y yes, .*\nRun note\?/);
});

test('anything else is asked again', async () => {
  assert.deepEqual((await ask([call('1', 'note')], 'maybe', 'yy', '__proto__', 'y')).decisions, { 1: run });
});

test('when the terminal goes away, what is not answered has no decision', async () => {
  assert.deepEqual((await ask(calls, 'y')).decisions, { 1: run });
  assert.deepEqual((await ask(calls)).decisions, {});
});

test('the name of a tool cannot write on the screen', async () => {
  const { text } = await ask([call('1', 'no\x1b[2Jte\u202e')], 'n');
  assert.doesNotMatch(text, /[\x1b\u202e]/);
});

test('questions are drawn, then answered, and every event passes', async () => {
  const order: string[] = [];
  const question: TurnEvent = {
    type: 'approval',
    question: { calls, answer: (decisions) => order.push(`answered ${decisions.size}`) },
  };
  const events = answerApprovals(play(delta('a'), question, delta('b')), async () => {
    order.push('asked');
    return new Map([['1', run]]);
  });
  for await (const event of events) order.push(event.type);
  assert.deepEqual(order, ['text-delta', 'approval', 'asked', 'answered 1', 'text-delta']);
});
