import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoopGuard } from '../../src/session/loop-guard.ts';

function feed(calls: readonly string[]): number | undefined {
  const guard = new LoopGuard();
  const index = calls.findIndex((text) => guard.see({ tool: 'read', arguments: text }) !== undefined);
  return index === -1 ? undefined : index + 1;
}

test('the same arguments are stopped at the third call, however many others lie between', () => {
  assert.equal(feed(['a', 'a', 'a']), 3);
  assert.equal(feed(['a', 'b', 'a', 'c', 'a']), 5);
});

test('arguments that differ each time are no loop', () => {
  assert.equal(feed(Array.from({ length: 40 }, (_, n) => `${n}`)), undefined);
});

test('arguments are wrong three times in a row, not three times in all', () => {
  const guard = new LoopGuard();
  assert.equal(guard.seeWrong('read'), undefined);
  assert.equal(guard.seeWrong('read'), undefined);
  guard.see({ tool: 'read', arguments: 'good' });
  assert.equal(guard.seeWrong('read'), undefined);
  assert.equal(guard.seeWrong('other'), undefined);
  assert.equal(guard.seeWrong('read'), undefined);
  assert.match(guard.seeWrong('read') ?? '', /third/);
});
