import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { readTextFile } from '../../src/store/text-file.ts';
import { temporaryFolder } from './folder.ts';

const folder = temporaryFolder();
const path = join(folder, 'prompt.txt');

function refused(file: string, words: RegExp): void {
  assert.throws(
    () => readTextFile(file, { maxBytes: 1000 }),
    (error) => isChatError(error, 'usage') && error.message.startsWith(file) && words.test(error.message),
  );
}

test('text is read whole and without its byte order mark', () => {
  writeFileSync(path, '\ufeff한국어 👨‍👩‍👧\r\n');
  assert.equal(readTextFile(path, { maxBytes: 1000 }), '한국어 👨‍👩‍👧\r\n');
  writeFileSync(path, '');
  assert.equal(readTextFile(path, { maxBytes: 1000 }), '');
});

test('a file of exactly the limit is read and one byte more is refused', () => {
  writeFileSync(path, 'x'.repeat(1000));
  assert.equal(readTextFile(path, { maxBytes: 1000 }).length, 1000);
  writeFileSync(path, 'x'.repeat(1001));
  refused(path, /larger than 1000 bytes/);
});

test('an endless file is refused after the limit', () => refused('/dev/zero', /larger than/));

test('a pipe is read to its end', () => {
  const fifo = join(folder, 'fifo');
  execFileSync('sh', ['-c', 'mkfifo "$0" && { { printf one; sleep 0.05; printf two; } > "$0" & }', fifo], {
    stdio: 'ignore',
  });
  assert.equal(readTextFile(fifo, { maxBytes: 1000 }), 'onetwo');
});

test('what is missing, a folder, below a file or not text is refused in words', () => {
  refused(join(folder, 'none'), /does not exist/);
  refused(folder, /is a folder/);
  refused(join(path, 'below'), /not a folder/);
  writeFileSync(path, Buffer.from([0x61, 0xff, 0x62]));
  refused(path, /is not UTF-8/);
  writeFileSync(path, Buffer.from('\ufeffab', 'utf16le'));
  refused(path, /UTF-16/);
});
