import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outgoing } from '../../src/ui/outgoing.ts';

test('a file that only a folded paste names does not go along', () => {
  const message = 'explain @notes.txt\nlong pasted words @.env';
  const paths = (seen: string) => outgoing(message, seen).files.map(({ path }) => path);
  assert.deepEqual(paths('explain @notes.txt\n\ue000'), ['notes.txt']);
  assert.deepEqual(paths(message), ['notes.txt', '.env']);
});
