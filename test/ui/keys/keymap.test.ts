import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyHelp } from '../../../src/ui/keys/bindings.ts';
import { chord } from '../../../src/ui/keys/key.ts';
import { createKeymap } from '../../../src/ui/keys/keymap.ts';
import { createKeyParser } from '../../../src/ui/keys/parser.ts';

/** What the bytes are bound to, one after the other. */
function bound(...sent: readonly string[]): readonly unknown[] {
  const keymap = createKeymap();
  const parser = createKeyParser();
  return sent.flatMap((bytes) => parser.push(bytes)).map((key) => keymap.read(key));
}

test('every newline key of every dialect is one', () => {
  const dialects = ['\n', '\x1b\r', '\x1b[13;2u', '\x1b[13;5u', '\x1b[13;3u', '\x1b[27;2;13~', '\x1b[27;5;13~'];
  assert.deepEqual(
    bound(...dialects),
    dialects.map(() => 'newline'),
  );
  assert.deepEqual(bound('\r', '\x1b[13u'), ['send', 'send']);
});

test('the help names Shift+Enter only where it is a key of its own', () => {
  const newline = (kittyKeys: boolean) =>
    keyHelp({ kittyKeys, isVi: false }).find(([, meaning]) => meaning === 'new line')?.[0];
  assert.equal(newline(false), 'Ctrl+J, Alt+Enter, \\ Enter');
  assert.equal(newline(true), 'Shift+Enter, Ctrl+J, Alt+Enter, \\ Enter');
});

test('undo is undo however a terminal writes it', () => {
  const undo = { type: 'undo' };
  assert.deepEqual(bound('\x1f', '\x1b[95;5u', '\x1b[45:95;6u', '\x1b[47;5u'), [undo, undo, undo, undo]);
});

test('two chords in a row are one binding, and anything else in between breaks them off', () => {
  assert.deepEqual(bound('\x18', '\x15'), [undefined, { type: 'undo' }]);
  assert.deepEqual(bound('\x18', 'a', '\x15'), [undefined, undefined, { type: 'kill', to: 'line-start' }]);
  assert.deepEqual(bound('\x18', '\x01', '\x01'), [undefined, undefined, { type: 'move', to: 'line-start' }]);
  assert.equal(createKeymap().read(chord('ctrl+x')), undefined);
});
