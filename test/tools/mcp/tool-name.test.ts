import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toToolName } from '../../../src/tools/mcp/tool-name.ts';

const none = new Set<string>();

test('a name is the server and the tool, in the letters that model servers take', () => {
  assert.equal(toToolName('files', 'read_file', none), 'files__read_file');
  assert.equal(toToolName('내 파일', 'read/file.v2', none), '____read_file_v2'.replace('____', '______'));
});

test('a long name is cut and stays apart from others that begin alike', () => {
  const names = ['a', 'b'].map((end) => toToolName('server', 'x'.repeat(90) + end, none));
  assert.equal(new Set(names).size, 2);
  for (const name of names) assert.match(name, /^server__x+_[0-9a-f]{8}$/);
  assert.deepEqual(
    names.map(({ length }) => length),
    [64, 64],
  );
});

test('a name that is taken gets a mark that is the same in every run', () => {
  const name = toToolName('a', 'b', new Set(['a__b']));
  assert.match(name, /^a__b_[0-9a-f]{8}$/);
  assert.equal(name, toToolName('a', 'b', new Set(['a__b'])));
});
