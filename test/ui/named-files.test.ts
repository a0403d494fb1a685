import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNamedFiles } from '../../src/ui/named-files.ts';

test('a file that only a folded paste names does not go along, unless it is named in sight the next time', () => {
  const files = createNamedFiles();
  const message = 'explain @notes.txt\nlong pasted words @.env';
  const paths = () => files.of(message).map(({ path }) => path);
  assert.deepEqual(paths(), ['notes.txt', '.env']);
  files.note(message, 'explain @notes.txt\n\ue000');
  assert.deepEqual(paths(), ['notes.txt']);
  files.note(message, message);
  assert.deepEqual(paths(), ['notes.txt', '.env']);
});
