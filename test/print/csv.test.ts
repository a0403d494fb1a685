import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/core/json.ts';
import { readJson, toJsonNode } from '../../src/core/json-node.ts';
import { toCsv, toTsv } from '../../src/print/csv.ts';
import { toRows } from '../../src/print/rows.ts';

const csv = (value: Json): string => toCsv(toRows(toJsonNode(value)));
const tsv = (value: Json): string => toTsv(toRows(toJsonNode(value)));

test('cells are quoted where they have to be, and lines end in LF', () => {
  assert.equal(
    csv([{ a: 'x,y', b: 'say "hi"', c: 'two\nlines', d: ' z ' }]),
    'a,b,c,d\n"x,y","say ""hi""","two\nlines", z \n',
  );
  assert.equal(csv([{ 'a,b': '한국어', 이름: '👨‍👩‍👧 가족' }]), '"a,b",이름\n한국어,👨‍👩‍👧 가족\n');
});

test('numbers keep their digits, true and false their words, null is nothing', () => {
  const text = '[{"id":12345678901234567890,"x":1.10,"y":1e400,"ok":true,"no":null}]';
  const read = readJson(text);
  assert.ok(read.ok);
  assert.equal(toCsv(toRows(read.node)), 'id,x,y,ok,no\n12345678901234567890,1.10,1e400,true,\n');
  assert.equal(toTsv(toRows(read.node)), 'id\tx\ty\tok\tno\n12345678901234567890\t1.10\t1e400\ttrue\t\n');
});

test('a string that a spreadsheet would run gets an apostrophe, a negative number does not', () => {
  const payloads = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\n=1',
    '\r=1',
    ' =1',
    '\u00a0=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '\u200b=1',
    '\u202e=1',
    '\x1b[31m=1',
  ];
  for (const payload of payloads) {
    for (const form of [csv, tsv])
      assert.match(form([payload]).split('value\n')[1] ?? '', /^"?'/, JSON.stringify(payload));
  }
  assert.equal(csv([-1, -1.5e3]), 'value\n-1\n-1500\n');
  assert.equal(csv([{ '=cmd': 'a-b' }]), `'=cmd\na-b\n`);
});

test('a cell that is empty, and alone in its line, is still a row', () => {
  assert.equal(csv(['', null, 'a']), 'value\n""\n""\na\n');
});

test('nothing that drives a terminal gets into a file', () => {
  const value = [{ '\x1b]0;x\x07a': 'b\x1b[31mc', d: '\u202eevil', e: ['\x1b[0m\u202e'], f: 'a\x00\x7f\x85b' }];
  assert.equal(csv(value), 'a,d,e,f\nbc,evil,"[""\\u001b[0m\\u202e""]",ab\n');
});

test('in tsv a record is one line and a tab a boundary, whatever is in the cells', () => {
  assert.equal(
    tsv([{ a: 'x\ty', b: 'two\r\nlines', c: 'C:\\new', d: '"q"' }]),
    'a\tb\tc\td\nx\\ty\ttwo\\nlines\tC:\\\\new\t"q"\n',
  );
  assert.equal(tsv([]), '');
  assert.equal(tsv([{ 'a\tb': { c: ['\n'] } }]), 'a\\tb\n{"c":["\\\\n"]}\n');
});

test('a hundred thousand rows and a cell nested without end are no trouble', () => {
  const rows = Array.from({ length: 100_000 }, (_, n) => ({ n, text: `row ${n}` }));
  assert.equal(csv(rows).length, tsv(rows).length);
  const deep = readJson(`[{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}]`);
  assert.ok(deep.ok);
  assert.equal(toTsv(toRows(deep.node)).length, 100_000 + 3);
});
