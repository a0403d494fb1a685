import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText } from '../../../src/tools/fetch-url/decode-text.ts';

const hangul = Buffer.from([0xc7, 0xd1, 0xb1, 0xdb]);
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

test('the header says how a page is written', () => {
  assert.equal(decodeText(hangul, 'text/html; charset=euc-kr'), '한글');
  assert.equal(decodeText(Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), 'text/html;charset="GB18030"'), '中文');
  assert.equal(decodeText(Buffer.from([0x93, 0xfa, 0x96, 0x7b]), 'text/html; Charset=Shift_JIS'), '日本');
});

test('without a header, the page itself says it', () => {
  for (const opening of [
    '<html><meta charset=euc-kr>',
    '<meta http-equiv="Content-Type" content="text/html; charset=EUC-KR">',
    '<?xml version="1.0" encoding="euc-kr"?>',
  ]) {
    assert.equal(decodeText(Buffer.concat([latin(opening), hangul]), 'text/html'), `${opening}한글`);
  }
});

test('a byte order mark counts more than any word', () => {
  const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('한글', 'utf16le')]);
  assert.equal(decodeText(marked, 'text/plain; charset=euc-kr'), '한글');
  assert.equal(decodeText(Buffer.from('\uFEFF한글'), 'text/plain; charset=latin1'), '한글');
});

test('without any word it is UTF-8 if it can be, also when its last character is cut', () => {
  assert.equal(decodeText(Buffer.from('한글'), ''), '한글');
  assert.equal(decodeText(Buffer.from('한글').subarray(0, 5), ''), '한\uFFFD');
  assert.equal(decodeText(latin('caf\xe9 \x80'), 'text/plain; charset=nonsense'), 'café €');
});

test('a page that can be read as ASCII and says UTF-16 is not', () => {
  assert.equal(decodeText(latin('<meta charset="utf-16">x'), ''), '<meta charset="utf-16">x');
});
