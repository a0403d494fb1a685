import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { editText } from '../../src/cli/edit-text.ts';
import { isChatError } from '../../src/core/error.ts';

const folder = mkdtempSync(join(tmpdir(), 'banter-edit-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const seen = join(folder, 'seen');

/** An editor that notes its file and that file's rights, then does what it is told. */
const editor = (does: string): { readonly EDITOR: string } => ({
  EDITOR: `note() { ls -l "$1" | cut -c1-10 > "${seen}"; echo "$1" >> "${seen}"; ${does}; }; note`,
});

test('the text goes to the editor in a file of the person alone, and comes back; nothing stays behind', async () => {
  const text = await editText('한글\nsecond', editor('echo third >> "$1"'));
  assert.equal(text, '한글\nsecondthird');
  const [rights, path = ''] = readFileSync(seen, 'utf8').split('\n');
  assert.equal(rights, '-rw-------');
  assert.match(path, /message\.md$/);
  assert.ok(!existsSync(path));
});

test('VISUAL goes before EDITOR, and may have arguments', async () => {
  assert.equal(await editText('a', { VISUAL: 'sed -i s/a/b/', EDITOR: 'false' }), 'b');
});

test('an editor that fails or is not there is an error that names it, and leaves no file', async () => {
  const failing = editText('draft', editor('echo lost > "$1"; false'));
  await assert.rejects(failing, (error) => isChatError(error, 'config') && /ended with code 1/.test(error.message));
  assert.ok(!existsSync(readFileSync(seen, 'utf8').split('\n')[1] ?? ''));
  await assert.rejects(
    editText('draft', { EDITOR: 'no-such-editor-here' }),
    /no-such-editor-here` ended with code 127/,
  );
});

test('Ctrl+C in the editor does not end the program, and does again afterwards', async () => {
  const heard: string[] = [];
  const listener = (): void => void heard.push('interrupt');
  process.on('SIGINT', listener);
  await editText('x', { EDITOR: `kill -INT ${process.pid}; sleep 0.1; true` });
  assert.deepEqual(heard, []);
  assert.ok(process.listeners('SIGINT').includes(listener));
  process.off('SIGINT', listener);
});
