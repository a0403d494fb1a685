/** Keys while vi mode is on: which are vi's, and which mean what they always do. */

import { pasteAt } from './editor/paste.ts';
import { redoKey } from './editor/vi/command.ts';
import type { Pressed, Vi, ViContext } from './editor/vi/vi.ts';
import { pasteNormal, pressNormal, toNormal, typeNormal } from './editor/vi/vi.ts';
import type { Key } from './keys/key.ts';
import type { Store } from './store.ts';

export interface ViKeysOptions {
  readonly store: Store;
  readonly context: () => ViContext;
  readonly perform: Readonly<Record<NonNullable<Pressed['asks']>, () => void>>;
}

/** Returns whether the key was vi's. */
export function createViKeys({ store, context, perform }: ViKeysOptions): (key: Key) => boolean {
  const { dispatch, state } = store;

  function apply({ vi, editor, asks }: Pressed): true {
    dispatch({ type: 'vi', vi, editor });
    if (asks !== undefined) perform[asks]();
    return true;
  }

  /** A command that was begun is over, whatever the key means. */
  function drop(pressed: Pressed): void {
    if (pressed.vi.typed.length > 0) apply({ ...pressed, vi: { ...pressed.vi, typed: [] } });
  }

  function handleNormal(pressed: Pressed, key: Key): boolean {
    if (key.type === 'text') return apply(typeNormal(pressed, key.text, context()));
    if (key.type === 'paste') return apply(pasteNormal(pressed, key.text));
    if (key.type !== 'chord') return false;
    const typed = asTyped[key.chord];
    if (typed !== undefined) return apply(pressNormal(pressed, typed, context()));
    const wasOpen = pressed.vi.typed.length > 0;
    drop(pressed);
    if (escapes.has(key.chord)) return wasOpen;
    const { text, caret, pastes } = pressed.editor;
    return key.chord === 'tab' && pasteAt(text, caret, pastes) === undefined;
  }

  return (key) => {
    const { vi, editor, completing } = state();
    if (vi === undefined || editor.search !== undefined) return false;
    if (vi.mode === 'normal') return handleNormal({ vi, editor }, key);
    // The first Esc leaves a list, and gives the written word back.
    const isChoosing = completing !== undefined && completing.shown.length > 0;
    const leaves = key.type === 'chord' && escapes.has(key.chord) && !isChoosing;
    return leaves ? apply(toNormal({ vi, editor })) : false;
  };
}

/** For the status row: the mode, and what is typed of a command. */
export function viWords({ mode, typed }: Vi): string {
  return [mode, ...(typed.length > 0 ? [typed.join('')] : [])].join(' ');
}

/** Terminals that tell all keys apart report the second as it is. */
const escapes = new Set(['escape', 'ctrl+[']);

const asTyped: Readonly<Record<string, string>> = {
  left: 'h',
  backspace: 'h',
  right: 'l',
  up: 'k',
  'ctrl+p': 'k',
  down: 'j',
  'ctrl+n': 'j',
  home: '0',
  end: '$',
  delete: 'x',
  'ctrl+r': redoKey,
};
