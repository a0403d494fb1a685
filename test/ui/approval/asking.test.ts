import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Asking,
  type AskingAction,
  reduceAsking,
  startAsking,
  undecided,
} from '../../../src/ui/approval/asking.ts';

const calls = [
  { id: '1', tool: 'write', arguments: '{"path":"a"}' },
  { id: '2', tool: 'send', arguments: '{}' },
  { id: '3', tool: 'write', arguments: '{"path":"b"}' },
];

function after(...actions: readonly AskingAction[]): Asking {
  return actions.reduce(reduceAsking, startAsking(calls));
}

function decided(...actions: readonly AskingAction[]): readonly (readonly [string, unknown])[] {
  return [...after(...actions).decisions];
}

test('each answer is about one call, in order, and about no other', () => {
  assert.deepEqual(decided({ type: 'allow', which: 'this' }, { type: 'deny' }), [
    ['1', { kind: 'run' }],
    ['2', { kind: 'deny' }],
  ]);
  assert.deepEqual(
    undecided(after({ type: 'deny' })).map(({ id }) => id),
    ['2', '3'],
  );
});

test('"all" allows what is still open and leaves what was denied', () => {
  assert.deepEqual(decided({ type: 'deny' }, { type: 'allow', which: 'all' }), [
    ['1', { kind: 'deny' }],
    ['2', { kind: 'run' }],
    ['3', { kind: 'run' }],
  ]);
});

test('"this tool" allows the open calls of that tool, for the conversation', () => {
  assert.deepEqual(decided({ type: 'allow', which: 'tool' }), [
    ['1', { kind: 'run-always' }],
    ['3', { kind: 'run-always' }],
  ]);
});

test('a reason goes with the call it was written for, an empty one is none', () => {
  const write = (text: string): AskingAction => ({ type: 'edit-reason', action: { type: 'insert', text } });
  const open: AskingAction = { type: 'reason', open: true };
  assert.deepEqual(decided(open, write(' 다른 폴더에 '), { type: 'deny' }, open, write(' '), { type: 'deny' }), [
    ['1', { kind: 'deny', reason: '다른 폴더에' }],
    ['2', { kind: 'deny' }],
  ]);
  assert.deepEqual(decided(open, write('a'), { type: 'reason', open: false }, { type: 'deny' }), [
    ['1', { kind: 'deny' }],
  ]);
});

test('scrolling stays inside what there is, and starts over with the next call', () => {
  const down: AskingAction = { type: 'scroll', by: Number.POSITIVE_INFINITY, last: 7 };
  assert.equal(after(down).top, 7);
  assert.equal(after(down, { type: 'scroll', by: -100, last: 7 }).top, 0);
  assert.equal(after(down, { type: 'deny' }).top, 0);
});
