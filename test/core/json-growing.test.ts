import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isJsonObject, parseJson } from '../../src/core/json.ts';
import { createItemReader, type ItemReader } from '../../src/core/json-growing.ts';

const tricky = '[ 1, -2.5e+3 ,"a,b]\\"[{" , {"x":[1,{"y":"}]"}]}, [], {}, [[1],[2]], true,null , "\\u005d\\\\" ]';
const trickyItems = ['1', '-2.5e+3', '"a,b]\\"[{"', '{"x":[1,{"y":"}]"}]}', '[]', '{}', '[[1],[2]]', 'true', 'null'];
trickyItems.push('"\\u005d\\\\"');

test('an array cut at every character gives the same elements, as they are written', () => {
  for (let cut = 0; cut <= tricky.length; cut++) {
    const { items, reader } = readItems([], tricky.slice(0, cut), tricky.slice(cut));
    assert.deepEqual(items, trickyItems, `cut at ${cut}`);
    assert.equal(reader.state, 'done');
    assert.equal(reader.skeleton(), '[]');
    assert.equal(reader.count, trickyItems.length);
  }
  assert.deepEqual(readItems([], ...tricky).items, trickyItems);
});

test('an array inside objects, cut at every character, leaves what is around it', () => {
  const text = `{"before": {"items": [0], "b": "]"}, "d\\u0061ta": {"n": 1, "items": ${tricky}, "z": [2]}, "after": 5}`;
  const skeleton = text.replace(tricky, '[]');
  for (let cut = 0; cut <= text.length; cut++) {
    const { items, reader } = readItems(['data', 'items'], text.slice(0, cut), text.slice(cut));
    assert.deepEqual(items, trickyItems, `cut at ${cut}`);
    assert.equal(reader.skeleton(), skeleton);
  }
  const { items, reader } = readItems(['data', 'items'], ...text);
  assert.deepEqual(items, trickyItems);
  assert.equal(reader.skeleton(), skeleton);
});

test('the elements of any array come in order, however the text is cut', () => {
  const arrays = fc.tuple(fc.array(fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' })), fc.nat(2));
  fc.assert(
    fc.property(arrays, fc.array(fc.nat(40), { minLength: 1 }), ([values, indent], lengths) => {
      const text = JSON.stringify({ other: values, items: values }, null, indent);
      const pieces: string[] = [];
      for (let from = 0, turn = 0; from < text.length; turn++) {
        const length = lengths[turn % lengths.length] ?? 0;
        pieces.push(text.slice(from, from + length + 1));
        from += length + 1;
      }
      const { items, reader } = readItems(['items'], ...pieces);
      const whole = JSON.parse(text) as { readonly items: unknown };
      assert.deepEqual(JSON.parse(`[${items.join()}]`), whole.items);
      assert.deepEqual(JSON.parse(reader.skeleton() ?? ''), { ...whole, items: [] });
    }),
    { numRuns: 300, seed: 6 },
  );
});

test('an element is given with the piece that finishes it; a number with what follows it', () => {
  const reader = createItemReader([]);
  assert.deepEqual(reader.push('[{"a":1'), []);
  assert.deepEqual(reader.push('}'), ['{"a":1}']);
  assert.deepEqual(reader.push(',12'), []);
  assert.deepEqual(reader.push('3'), []);
  assert.deepEqual(reader.push(' '), ['123']);
  assert.deepEqual(reader.push(', "x", 4, tru'), ['"x"', '4']);
  assert.deepEqual(reader.push('e'), ['true']);
  assert.equal(reader.state, 'inside');
  assert.equal(reader.skeleton(), undefined);
  assert.deepEqual(reader.push(']'), []);
  assert.equal(reader.state, 'done');
});

test('an empty array has no elements, and none is needed', () => {
  assert.equal(readItems([], '[ ]').reader.skeleton(), '[]');
  const absent = readItems(['items'], '{"things": [1]}');
  assert.deepEqual(absent.items, []);
  assert.equal(absent.reader.state, 'done');
  assert.equal(absent.reader.skeleton(), '{"things": [1]}');
  const noArray = readItems(['items'], '{"items": {"items": [1]}, "n": 1}');
  assert.deepEqual(noArray.items, []);
  assert.equal(noArray.reader.skeleton(), '{"items": {"items": [1]}, "n": 1}');
  assert.deepEqual(readItems([], '{"items": [1]}').items, []);
  assert.deepEqual(readItems(['items'], '[{"items": [1]}]').items, []);
});

test('the path named again after its array loses the answer; before it, the last one counts', () => {
  for (const text of ['{"items":[1],"items":[2]}', '{"items":[1],"n":0,"items":5}', '{"items":[1],"it\\u0065ms":']) {
    const { items, reader } = readItems(['items'], text);
    assert.deepEqual(items, ['1']);
    assert.equal(reader.state, 'lost');
    assert.equal(reader.problem, 'the key "items" stands twice');
  }
  const outer = readItems(['a', 'b'], '{"a":{"b":[1]},"a":{"b":[2]}}');
  assert.deepEqual(outer.items, ['1']);
  assert.equal(outer.reader.state, 'lost');
  const earlier = readItems(['items'], '{"items":5,"items":[1]}');
  assert.deepEqual(earlier.items, ['1']);
  assert.equal(earlier.reader.skeleton(), '{"items":5,"items":[]}');
});

test('the same key elsewhere is another key', () => {
  const { items, reader } = readItems(['items'], '{"x":{"items":[0]},"items":[{"items":[1]}],"y":[{"items":2}]}');
  assert.deepEqual(items, ['{"items":[1]}']);
  assert.equal(reader.state, 'done');
});

test('a byte order mark, white space and a code fence may stand around the JSON', () => {
  for (const text of ['\ufeff [1]', '\n\n[1]\n', '```json\n[1]\n```', '``` \r\n\r\n[1]\r\n```\n', ' ```JSON\n[1]']) {
    for (const pieces of [[text], [...text]]) {
      const { items, reader } = readItems([], ...pieces);
      assert.deepEqual(items, ['1'], text);
      assert.equal(reader.state, 'done', text);
      assert.equal(reader.trailing, '', text);
    }
  }
});

test('prose before the JSON loses it, and says how it begins', () => {
  for (const text of [
    'Here it is: [1]',
    '<think>[0]</think>[1]',
    '"[1]"',
    '12',
    '``[1]``',
    '```json [1]```',
    '~~~\n[1]',
  ]) {
    for (const pieces of [[text], [...text]]) {
      const { items, reader } = readItems([], ...pieces);
      assert.deepEqual(items, [], text);
      assert.equal(reader.state, 'lost', text);
    }
  }
  assert.equal(readItems([], 'Here: [1]').reader.problem, 'the text begins with H, which begins no JSON value');
});

test('what follows the JSON is told, cut to 100 characters', () => {
  assert.equal(readItems([], '[1] ', ' Hope this', ' helps!').reader.trailing, 'Hope this helps!');
  assert.equal(readItems([], '[1][2]').reader.trailing, '[2]');
  assert.equal(readItems([], '```\n[1]\n```\nDone.').reader.trailing, '```\nDone.');
  assert.equal(readItems([], '[1]', ...'x'.repeat(300)).reader.trailing, 'x'.repeat(100));
});

test('broken JSON ends the elements where it breaks', () => {
  const { items, reader } = readItems([], '[1, {"a":2}, {"a" 3}, 4]', ', 5]');
  assert.deepEqual(items, ['1', '{"a":2}']);
  assert.equal(reader.state, 'lost');
  assert.equal(reader.problem, 'a key is followed by 3 where a colon must stand');
  assert.equal(reader.skeleton(), undefined);
});

test('an answer is done exactly when what was read of it is JSON', () => {
  const words = fc.array(fc.constantFrom(...'[]{},: ', '"a"', '"items"', '1', '[2]', '{"a":3}'), { maxLength: 12 });
  fc.assert(
    fc.property(words, fc.constantFrom('[', '{"items":['), (tail, head) => {
      const text = head + tail.join('');
      const { items, reader } = readItems(head === '[' ? [] : ['items'], ...text);
      const json = text.slice(0, text.length - reader.trailing.length);
      const value = parseJson(json);
      if (reader.problem?.includes('twice') === true) return;
      assert.equal(reader.state === 'done', value !== undefined);
      if (value !== undefined)
        assert.deepEqual(parseJson(`[${items.join()}]`), isJsonObject(value) ? value.items : value);
    }),
    { numRuns: 3000, seed: 6 },
  );
});

test('an answer that is cut stays unfinished', () => {
  const { items, reader } = readItems([], '[1, 2');
  assert.deepEqual(items, ['1']);
  assert.equal(reader.state, 'inside');
  assert.equal(readItems([], ' \n').reader.state, 'before');
});

function readItems(path: readonly string[], ...pieces: string[]): { items: string[]; reader: ItemReader } {
  const reader = createItemReader(path);
  return { items: pieces.flatMap((piece) => reader.push(piece)), reader };
}
