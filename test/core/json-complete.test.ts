import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { completeJson, type JsonNode, printJson, readJson } from '../../src/core/json-node.ts';

const documents = fc
  .tuple(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), fc.nat(2))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

test('every prefix of 500 documents can be shown, and the whole is what the reader gives', () => {
  fc.assert(
    fc.property(documents, (text) => {
      let shownBefore = 0;
      for (let length = 0; length <= text.length; length++) {
        const node = completeJson(text.slice(0, length));
        const size = node === undefined ? 0 : countNodes(node);
        assert.ok(size >= shownBefore, `${text.slice(0, length)} shows what its beginning showed`);
        if (node !== undefined) assert.ok(readJson(printJson(node)).ok);
        shownBefore = size;
      }
      const read = readJson(text);
      assert.ok(read.ok);
      assert.deepEqual(completeJson(text), read.node);
    }),
    { numRuns: 500, seed: 59 },
  );
});

test('what is open is closed, and what cannot be shown yet is left out', () => {
  const shown: readonly [prefix: string, shown: string | undefined][] = [
    ['', undefined],
    [' ', undefined],
    ['-', undefined],
    ['tr', undefined],
    ['true', 'true'],
    ['"', '""'],
    ['[', '[]'],
    ['[1', '[1]'],
    ['[1,', '[1]'],
    ['[1.', '[1]'],
    ['[1.5e', '[1.5]'],
    ['[1.5E-', '[1.5]'],
    ['[-', '[]'],
    ['[1,fal', '[1]'],
    ['{"na', '{}'],
    ['{"name"', '{}'],
    ['{"name":', '{}'],
    ['{"name":"A', '{"name":"A"}'],
    ['{"name":"A\\', '{"name":"A"}'],
    ['{"name":"A\\n', '{"name":"A\\n"}'],
    ['{"name":"A\\u00', '{"name":"A"}'],
    ['{"a":1,"a":', '{"a":1}'],
    ['{"a":[{"b":"c', '{"a":[{"b":"c"}]}'],
    ['{"a":[{"b":"c"}],', '{"a":[{"b":"c"}]}'],
    ['{} ', '{}'],
  ];
  for (const [prefix, expected] of shown) {
    const node = completeJson(prefix);
    assert.equal(node === undefined ? undefined : printJson(node), expected, prefix);
  }
});

test('half of a character outside the BMP waits for its other half', () => {
  for (const prefix of ['["a\ud83d', '["a\\ud83d', '["a\\ud83d\\', '["a\\ud83d\\ude0']) {
    assert.deepEqual(completeJson(prefix), { kind: 'array', items: [{ kind: 'string', value: 'a' }] }, prefix);
  }
  const arrived = completeJson('["a\\ud83d\\ude00');
  assert.deepEqual(arrived, { kind: 'array', items: [{ kind: 'string', value: 'a😀' }] });
});

test('a text that is malformed before its end shows nothing', () => {
  for (const text of ['Sure', '[1,]', '{"a" 1', '{} {', '[01', '"\u0001', '\ufeff{']) {
    assert.equal(completeJson(text), undefined, text);
  }
});

function countNodes(node: JsonNode): number {
  if (node.kind === 'array') return node.items.reduce((sum, item) => sum + countNodes(item), 1);
  if (node.kind === 'object') return [...node.members.values()].reduce((sum, member) => sum + countNodes(member), 1);
  return 1;
}
