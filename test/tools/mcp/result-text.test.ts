import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toResultText } from '../../../src/tools/mcp/result-text.ts';

test('texts stand one below the other, and what is no text is named with its size', () => {
  const data = Buffer.alloc(11_500).toString('base64');
  const text = toResultText({
    content: [
      { type: 'text', text: 'first' },
      { type: 'image', mimeType: 'image/png', data },
      { type: 'audio', data: 'AAAA' },
      { type: 'resource', resource: { uri: 'file:///a.txt', text: 'inside' } },
      { type: 'resource', resource: { uri: 'file:///b.zip', mimeType: 'application/zip', blob: data } },
      { type: 'resource_link', uri: 'file:///c', name: 'c' },
      { type: 'hologram' },
      7,
    ],
  });
  assert.deepEqual(text.split('\n'), [
    'first',
    '[image image/png 12 kB left out]',
    '[audio 1 kB left out]',
    '[file:///a.txt]',
    'inside',
    '[file:///b.zip application/zip 12 kB left out]',
    '[resource c, file:///c]',
    '[content of the unknown type "hologram" left out]',
    '7',
  ]);
});

test('a structured value stands in for missing content only', () => {
  assert.equal(toResultText({ structuredContent: { a: 1 } }), '{"a":1}');
  assert.equal(toResultText({ content: [{ type: 'text', text: 'words' }], structuredContent: { a: 1 } }), 'words');
  assert.equal(toResultText({}), '(no output)');
});

test('an error of the tool is thrown with its words', () => {
  assert.throws(
    () => toResultText({ isError: true, content: [{ type: 'text', text: 'no such file' }] }),
    /^Error: no such file$/,
  );
  assert.throws(() => toResultText({ isError: true }), /^Error: it gave no reason$/);
});
