import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { clipboardPrograms, copyText } from '../../src/cli/clipboard.ts';
import { isChatError } from '../../src/core/error.ts';

const folder = mkdtempSync(join(tmpdir(), 'banter-clipboard-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

async function copied(text: string, environment: Readonly<Record<string, string>>): Promise<[string, string]> {
  let written = '';
  const way = await copyText(text, {
    platform: 'linux',
    environment: { PATH: `${folder}:/usr/bin:/bin`, ...environment },
    write: (sequence) => {
      written += sequence;
    },
  });
  return [way, written];
}

test('the program of the desktop gets the text, and the terminal nothing', async () => {
  const file = join(folder, 'clip');
  program('wl-copy', `cat > ${file}`);
  assert.deepEqual(await copied('안녕 "x"\n', { WAYLAND_DISPLAY: 'w' }), ['by wl-copy', '']);
  assert.equal(readFileSync(file, 'utf8'), '안녕 "x"\n');
});

test('where a program fails the next one is asked, and in the end the terminal', async () => {
  program('xclip', 'exit 1');
  program('xsel', 'exit 0');
  assert.deepEqual((await copied('x'.repeat(1_000_000), { DISPLAY: ':0' }))[0], 'by xsel');
  program('xsel', 'exit 1');
  const [, written] = await copied('안녕', { DISPLAY: ':0' });
  assert.equal(written, `\x1b]52;c;${Buffer.from('안녕').toString('base64')}\x07`);
});

test('over SSH it is always the terminal, and what is too long for it is refused', async () => {
  assert.deepEqual(clipboardPrograms('darwin', { SSH_TTY: '/dev/pts/1' }), []);
  assert.deepEqual(clipboardPrograms('darwin', {}), [['pbcopy']]);
  assert.deepEqual(clipboardPrograms('linux', { WSL_DISTRO_NAME: 'u' }), [['clip.exe']]);
  await assert.rejects(copied('x'.repeat(80_000), { SSH_TTY: '1' }), (error) => isChatError(error, 'usage'));
});
