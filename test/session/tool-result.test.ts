import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capResult, toResultText } from '../../src/session/tool-result.ts';

test('a string goes to the model as it is', () =>
  assert.equal(toResultText('two\nlines "quoted"'), 'two\nlines "quoted"'));

test('an object goes as JSON', () => assert.equal(toResultText({ a: [1, null, 'x'] }), '{"a":[1,null,"x"]}'));

test('no value says so', () => {
  assert.equal(toResultText(undefined), '(no output)');
  assert.equal(toResultText({ toJSON: () => undefined }), '(no output)');
});

test('values that JSON lacks are written in words', () => {
  assert.equal(toResultText(12345678901234567890n), '12345678901234567890');
  assert.equal(toResultText(Symbol('mark')), 'Symbol(mark)');
  assert.equal(
    toResultText(function named() {}),
    '[function named]',
  );
  assert.equal(toResultText(Number.NaN), 'NaN');
  assert.equal(toResultText(null), 'null');
  assert.equal(toResultText(new Date(0)), '"1970-01-01T00:00:00.000Z"');
  assert.equal(
    toResultText({ at: new Date(Number.NaN), n: 1n, s: Symbol('x'), gap: undefined }),
    '{"at":"Invalid Date","n":"1","s":"Symbol(x)"}',
  );
});

test('binary data is told by its size', () => {
  assert.equal(
    toResultText({ body: Buffer.from('secret'), view: new Uint16Array(3) }),
    '{"body":"[6 bytes of binary data]","view":"[6 bytes of binary data]"}',
  );
});

test('maps, sets and errors keep their content', () => {
  assert.equal(toResultText(new Map([['a', 1]])), '[["a",1]]');
  assert.equal(toResultText(new Set([1, 2])), '[1,2]');
  assert.equal(toResultText(new TypeError('no')), '{"name":"TypeError","message":"no"}');
});

test('a circle is marked, a value used twice is written twice', () => {
  const shared = { x: 1 };
  const circle: Record<string, unknown> = { first: shared, second: shared };
  circle.self = circle;
  assert.equal(toResultText(circle), '{"first":{"x":1},"second":{"x":1},"self":"[circular]"}');
  const map = new Map<string, unknown>();
  map.set('me', map);
  assert.equal(toResultText(map), '[["me","[circular]"]]');
});

test('text within the limit stays whole, also to the last byte', () => {
  assert.equal(capResult('한'.repeat(10), 30), '한'.repeat(10));
  assert.equal(capResult(''), '');
});

test('longer text keeps head and tail, says what is missing, and fits', () => {
  const text = `HEAD${'x'.repeat(100_000)}TAIL`;
  const capped = capResult(text);
  assert.ok(Buffer.byteLength(capped) <= 32 * 1024);
  assert.match(capped, /^HEADx+\n\[\.\.\. (\d+) of 100008 bytes left out here \.\.\.\]\nx+TAIL$/);
  const cut = Number(/(\d+) of/.exec(capped)?.[1]);
  assert.equal(capped.replace(/\n.*\n/, '').length + cut, text.length);
});

test('the cut never splits a character, wherever it falls', () => {
  for (const character of ['é', '한', '👩‍👩‍👧‍👦', '𝒳']) {
    for (let shift = 0; shift < 8; shift++) {
      const capped = capResult('.'.repeat(shift) + character.repeat(500), 200);
      assert.ok(Buffer.byteLength(capped) <= 200);
      assert.doesNotMatch(capped, /\uFFFD/);
      assert.ok(capped.isWellFormed());
    }
  }
});

test('lone surrogates become the replacement character', () => {
  assert.equal(capResult('a\ud800b'), 'a\ufffdb');
  assert.ok(capResult(`\udc00${'y'.repeat(300)}\ud800`, 200).isWellFormed());
});

test('two hundred megabytes are cut without being written out', () => {
  assert.ok(Buffer.byteLength(capResult('z'.repeat(200 * 1024 * 1024))) <= 32 * 1024);
});
