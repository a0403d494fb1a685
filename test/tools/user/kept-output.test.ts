import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capResult } from '../../../src/session/tool-result.ts';
import { KeptOutput } from '../../../src/tools/user/kept-output.ts';

function keep(text: string, maxBytes: number, pieceBytes: number): string {
  const bytes = Buffer.from(text);
  const kept = new KeptOutput(maxBytes);
  for (let at = 0; at < bytes.length; at += pieceBytes) kept.add(bytes.subarray(at, at + pieceBytes));
  return kept.text();
}

test('what fits is kept whole, in pieces of any size', () => {
  for (const length of [0, 1, 99, 199, 200]) {
    for (const piece of [1, 7, 1000]) assert.equal(keep('a'.repeat(length), 200, piece), 'a'.repeat(length));
  }
});

test('what does not fit loses its middle, and the note says how much', () => {
  const text = `${'h'.repeat(500)}${'t'.repeat(500)}`;
  for (const piece of [1, 3, 1000]) {
    const kept = keep(text, 200, piece);
    const [, head = '', cut = '', total = '', tail = ''] =
      /^(h+)\n\[\.\.\. (\d+) of (\d+) bytes left out here \.\.\.\]\n(t+)$/.exec(kept) ?? [];
    assert.equal(Number(total), 1000);
    assert.equal(head.length + tail.length + Number(cut), 1000);
    assert.ok(Buffer.byteLength(kept) <= 200);
  }
});

test('a character is never cut in two', () => {
  for (const character of ['é', '가', '🙂']) {
    for (let shift = 0; shift < 5; shift += 1) {
      const kept = keep(`${'x'.repeat(shift)}${character.repeat(400)}`, 300, 11);
      assert.ok(!kept.includes('\u{FFFD}'), kept);
      assert.ok(Buffer.byteLength(kept) <= 300);
    }
  }
});

test('the session finds nothing more to cut', () => {
  const kept = keep('가나다'.repeat(100_000), 32 * 1024, 65_536);
  assert.equal(capResult(kept), kept);
});

test('bytes that were never there are counted', () => {
  const kept = new KeptOutput(200);
  kept.add(Buffer.from('h'.repeat(200)));
  kept.skip(1_000_000);
  kept.add(Buffer.from('t'.repeat(200)));
  assert.match(kept.text(), /^h+\n\[\.\.\. \d+ of 1000400 bytes left out here \.\.\.\]\nt+$/);
});

test('invalid UTF-8 and a byte order mark do not reach the model', () => {
  const kept = new KeptOutput(200);
  kept.add(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62]));
  assert.equal(kept.text(), 'a\u{FFFD}b');
});
