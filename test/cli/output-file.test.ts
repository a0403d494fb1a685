import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { openOutputFile } from '../../src/cli/output-file.ts';
import { isChatError } from '../../src/core/error.ts';
import { markSafe } from '../../src/terminal/safe.ts';
import { mountSmallDisk } from '../store/folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'banter-output-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();
const isWindows = process.platform === 'win32';

function old(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'old');
  return path;
}

function besides(path: string): readonly string[] {
  return readdirSync(join(path, '..')).filter((name) => name.includes('.tmp-'));
}

test('a file is replaced when what was written is kept, and else stays as it was', async () => {
  const path = old('a');
  const kept = await openOutputFile(path, signal);
  assert.equal(kept.hasText, false);
  await kept.write(markSafe('new '));
  await kept.write(markSafe('text'));
  assert.equal(kept.hasText, true);
  assert.equal(readFileSync(path, 'utf8'), 'old');
  kept.keep();
  kept.close();
  assert.equal(readFileSync(path, 'utf8'), 'new text');
  const dropped = await openOutputFile(path, signal);
  await dropped.write(markSafe('never'));
  dropped.close();
  assert.equal(readFileSync(path, 'utf8'), 'new text');
  const missing = await openOutputFile(join(folder, 'missing'), signal);
  missing.close();
  assert.equal(statSync(join(folder, 'missing'), { throwIfNoEntry: false }), undefined);
  assert.deepEqual(besides(path), []);
});

test('a link stays a link, and its target is replaced', async () => {
  const path = old('target');
  const link = join(folder, 'link');
  symlinkSync(path, link);
  await fill(link, 'new');
  assert.equal(readFileSync(path, 'utf8'), 'new');
  assert.deepEqual(besides(path), []);
});

test('the permissions of a file are kept, and a new one follows the umask', { skip: isWindows }, async () => {
  const before = process.umask(0o027);
  try {
    for (const mode of [0o600, 0o666, 0o755]) {
      const path = old(`mode-${mode}`);
      chmodSync(path, mode);
      await fill(path, 'new');
      assert.equal(statSync(path).mode & 0o777, mode);
    }
    await fill(join(folder, 'fresh'), 'new');
    assert.equal(statSync(join(folder, 'fresh')).mode & 0o777, 0o640);
  } finally {
    process.umask(before);
  }
});

test('a folder, no name, a folder that is not there and a part of the path that is a file are refused', async () => {
  const file = old('file');
  mkdirSync(join(folder, 'sub'));
  for (const path of [join(folder, 'sub'), folder, '', join(folder, 'no', 'x'), join(file, 'x')]) {
    await assert.rejects(
      openOutputFile(path, signal),
      (error) => isChatError(error, 'usage') && error.message.startsWith('--output-file: '),
      path,
    );
  }
});

const smallDisk = mountSmallDisk();

test('a full disk leaves the old file, and nothing beside it', {
  skip: typeof smallDisk === 'string' && smallDisk,
}, async () => {
  assert.ok(typeof smallDisk !== 'string');
  const path = join(smallDisk.configDir, 'out.json');
  mkdirSync(smallDisk.configDir, { recursive: true });
  writeFileSync(path, 'old');
  const file = await openOutputFile(path, signal);
  try {
    await assert.rejects(
      async () => file.write(markSafe('x'.repeat(200_000))),
      (error) => isChatError(error, 'storage') && /no space is left/.test(error.message),
    );
  } finally {
    file.close();
  }
  assert.equal(readFileSync(path, 'utf8'), 'old');
  assert.deepEqual(besides(path), []);
});

test('a device gets the text as it comes and is never replaced', { skip: process.platform !== 'linux' }, async () => {
  await fill('/dev/null', 'gone');
  assert.ok(statSync('/dev/null').isCharacterDevice());
  const full = await openOutputFile('/dev/full', signal);
  await assert.rejects(
    async () => full.write(markSafe('x')),
    (error) => isChatError(error, 'storage') && /no space/.test(error.message),
  );
  full.close();
  assert.ok(statSync('/dev/full').isCharacterDevice());
});

test('a descriptor is written through, even when a file is behind it', { skip: isWindows }, async () => {
  const path = join(folder, 'behind');
  const descriptor = openSync(path, 'w+');
  const { ino } = statSync(path);
  await fill(`/dev/fd/${descriptor}`, 'through');
  closeSync(descriptor);
  assert.equal(readFileSync(path, 'utf8'), 'through');
  assert.equal(statSync(path).ino, ino);
});

test('a pipe with a name gets more than it holds, at the pace of its reader', { skip: isWindows }, async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const opening = openOutputFile(pipe, signal);
  const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
  const received = text(reader.stdout);
  const file = await opening;
  await file.write(markSafe('가'.repeat(300_000)));
  file.keep();
  file.close();
  assert.equal(await received, '가'.repeat(300_000));
  assert.ok(statSync(pipe).isFIFO());
});

test('waiting for the reader of a pipe can be stopped', { skip: isWindows }, async () => {
  const pipe = join(folder, 'nobody');
  execFileSync('mkfifo', [pipe]);
  const stop = new AbortController();
  const opening = openOutputFile(pipe, stop.signal);
  stop.abort();
  await assert.rejects(opening, (error) => isChatError(error, 'aborted'));
});

test('a reader that goes away is a failure', { skip: isWindows }, async () => {
  const pipe = join(folder, 'left');
  execFileSync('mkfifo', [pipe]);
  const opening = openOutputFile(pipe, signal);
  spawn('sh', ['-c', ': < "$0"', pipe], { stdio: 'ignore' });
  const file = await opening;
  await assert.rejects(
    async () => {
      while (true) await file.write(markSafe('x'.repeat(100_000)));
    },
    (error) => isChatError(error, 'storage') && /its reader has gone/.test(error.message),
  );
  file.close();
});

async function fill(path: string, content: string): Promise<void> {
  const file = await openOutputFile(path, signal);
  await file.write(markSafe(content));
  file.keep();
  file.close();
}
