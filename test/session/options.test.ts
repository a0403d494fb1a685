import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { listOptions, type RequestOptions, withOption } from '../../src/session/options.ts';

const nothing: RequestOptions = { sampling: {}, extra: {} };
const set = (...pairs: readonly [string, string | undefined][]): RequestOptions =>
  pairs.reduce((options, [name, value]) => withOption(options, name, value), nothing);

test('an option is set by any spelling of its name, and taken away again', () => {
  assert.deepEqual(set(['temperature', '0.2'], ['max_tokens', '50'], ['topP', '0.9']).sampling, {
    temperature: 0.2,
    maxTokens: 50,
    topP: 0.9,
  });
  assert.deepEqual(set(['seed', '7'], ['seed', undefined]), nothing);
  assert.deepEqual(set(['stop', '["a", "b"]']).sampling.stop, ['a', 'b']);
  assert.deepEqual(set(['stop', 'END']).sampling.stop, ['END']);
});

test('any other name is a field of the request: JSON, or a bare word', () => {
  const options = set(['min_p', '0.1'], ['service_tier', 'flex'], ['seed', '1']);
  assert.deepEqual(options.extra, { min_p: 0.1, service_tier: 'flex' });
  assert.deepEqual(listOptions(options), [
    ['seed', '1'],
    ['min_p', '0.1'],
    ['service_tier', '"flex"'],
  ]);
});

test('a value that an option cannot have is refused by name', () => {
  for (const [name, value] of [
    ['temperature', 'hot'],
    ['max-tokens', '0'],
    ['seed', '1.5'],
    ['stop', '[1]'],
  ] as const) {
    assert.throws(
      () => set([name, value]),
      (error) => isChatError(error, 'usage') && error.message.startsWith(name),
    );
  }
});

test('a name that every object has is a field like any other', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    const options = set([name, '1']);
    assert.deepEqual(Object.entries(options.extra), [[name, 1]]);
    assert.deepEqual(listOptions(options), [[name, '1']]);
    assert.deepEqual(listOptions(set([name, '1'], [name, undefined])), []);
  }
});
