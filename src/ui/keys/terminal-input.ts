/** Owns the keyboard while the REPL runs: raw mode, bracketed paste, the kitty protocol, and giving it all back. */

import { createBurstGuard } from './burst.ts';
import type { Key } from './key.ts';
import { createKeyParser, pasteStart } from './parser.ts';

export interface TerminalInput {
  /** Puts the terminal back as it was; safe to call again, and on a terminal that is gone. */
  close(): void;
  /** The cursor's shape; undefined is the terminal's own, which comes back at `close` and `pause`. */
  showCursor(shape: CursorShape | undefined): void;
  /** Another program has the terminal, as it was, until `resume`. */
  pause(): void;
  resume(): void;
}

export type CursorShape = 'bar' | 'block';

export interface TerminalInputOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** All keys of one read together, so that a fast typist or a paste costs one frame. */
  readonly onKeys: (keys: readonly Key[]) => void;
  /** Asks the terminal to say when its window gains the keyboard or loses it. */
  readonly onFocus?: ((gained: boolean) => void) | undefined;
  /** As `createKeyParser` has it. */
  readonly isEscapeAlone?: (() => boolean) | undefined;
  /** Asks the terminal what its text stands on. Not called by one that does not say. */
  readonly onBackground?: ((shade: 'dark' | 'light') => void) | undefined;
  /** The terminal is gone: closed, hung up, or failing with EIO. */
  readonly onEnd: () => void;
}

/** What a terminal says by itself, or when it was asked: no keys. */
const reports: ReadonlySet<Key['type']> = new Set(['paste-marks', 'focus', 'background', 'device-attributes']);

const pasteOn = '\x1b[?2004h';
const pasteOff = '\x1b[?2004l';
/** Whether it does mark pastes now (DECRQM). */
const askPaste = '\x1b[?2004$p';
const focusOn = '\x1b[?1004h';
const focusOff = '\x1b[?1004l';
const askKitty = '\x1b[?u';
/** OSC 11, and DA1, which every terminal answers: when that comes, the other is not to come any more. */
const askBackground = '\x1b]11;?\x1b\\\x1b[c';
/** 1: keys that used to look alike are told apart; 4: with the key's Latin place, for shortcuts on other layouts. */
const kittyOn = '\x1b[>5u';
const kittyNone = '\x1b[=0u';
const kittyOff = '\x1b[<u';
/** DECSCUSR, not blinking; 0 is what the terminal was set to. */
const shapes: Readonly<Record<CursorShape, string>> = { bar: '\x1b[6 q', block: '\x1b[2 q' };
const ownShape = '\x1b[0 q';

export function openTerminalInput(options: TerminalInputOptions): TerminalInput {
  const { stdin, stdout, onKeys, onFocus, onEnd } = options;
  const parser = createKeyParser(options.isEscapeAlone);
  const burst = createBurstGuard();
  let timer: NodeJS.Timeout | undefined;
  let kitty = false;
  let closed = false;
  let shape: CursorShape | undefined;
  /** Another program has the terminal. */
  let away = false;
  let { onBackground } = options;

  const deliver = (keys: readonly Key[]): void => {
    if (!kitty && keys.some((key) => key.type === 'kitty-protocol')) {
      kitty = true;
      // What a run that was killed has left on would come back at our end.
      stdout.write(kittyNone + kittyOn);
    }
    if (keys.some((key) => key.type === 'paste-marks' || key.type === 'kitty-protocol')) burst.off();
    for (const key of keys) if (key.type === 'focus') onFocus?.(key.gained);
    for (const key of keys) {
      if (key.type === 'background') onBackground?.(key.shade);
      if (key.type === 'background' || key.type === 'device-attributes') onBackground = undefined;
    }
    const typed = keys.filter(({ type }) => !reports.has(type));
    if (typed.length > 0) onKeys(typed);
  };

  const onData = (chunk: string): void => {
    clearTimeout(timer);
    if (chunk.includes(pasteStart)) burst.off();
    const isOpen = parser.waitMs() !== undefined;
    deliver(parser.push(isOpen ? chunk : burst.read(chunk, performance.now())));
    const waitMs = closed ? undefined : (burst.waitMs() ?? parser.waitMs());
    if (waitMs !== undefined) timer = setTimeout(onSilence, waitMs);
  };

  const onSilence = (): void => deliver(burst.waitMs() === undefined ? parser.flush() : parser.push(burst.flush()));

  const onGone = (): void => {
    if (!closed) onEnd();
  };

  // The decoder behind setEncoding keeps characters whole that are cut between reads.
  stdin.setEncoding('utf8');
  // These two stay for good: a terminal that is gone also fails while it is being restored, and nobody can be told.
  stdin.on('error', onGone);
  stdout.on('error', onGone);
  stdin.on('end', onGone);
  stdin.on('data', onData);
  stdin.setRawMode(true);
  stdin.ref();
  const modesOn = pasteOn + (onFocus === undefined ? '' : focusOn);
  const modesOff = pasteOff + (onFocus === undefined ? '' : focusOff);
  // The colours first: what is drawn before the answer keeps those it has.
  stdout.write((onBackground === undefined ? '' : askBackground) + modesOn + askPaste + askKitty);

  function leave(): void {
    clearTimeout(timer);
    stdin.off('data', onData);
    stdin.setRawMode(false);
    stdin.pause();
    if (stdout.writable) stdout.write(modesOff + (kitty ? kittyOff : '') + (shape === undefined ? '' : ownShape));
  }

  return {
    close() {
      if (closed) return;
      closed = true;
      stdin.off('end', onGone);
      if (!away) leave();
      stdin.unref();
    },
    showCursor(next) {
      if (next === shape || closed) return;
      shape = next;
      if (!away && stdout.writable) stdout.write(shape === undefined ? ownShape : shapes[shape]);
    },
    pause() {
      away = true;
      leave();
    },
    resume() {
      away = false;
      if (closed) return;
      stdin.setRawMode(true);
      stdin.on('data', onData);
      stdin.resume();
      stdout.write(modesOn + (kitty ? kittyOn : '') + (shape === undefined ? '' : shapes[shape]));
    },
  };
}
