/** Owns the keyboard while the REPL runs: raw mode, bracketed paste, the kitty protocol, and giving it all back. */

import type { Key } from './key.ts';
import { createKeyParser } from './parser.ts';

export interface TerminalInput {
  /** Puts the terminal back as it was; safe to call again, and on a terminal that is gone. */
  close(): void;
}

export interface TerminalInputOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** All keys of one read together, so that a fast typist or a paste costs one frame. */
  readonly onKeys: (keys: readonly Key[]) => void;
  /** The terminal is gone: closed, hung up, or failing with EIO. */
  readonly onEnd: () => void;
}

const pasteOn = '\x1b[?2004h';
const pasteOff = '\x1b[?2004l';
const askKitty = '\x1b[?u';
/** 1: keys that used to look alike are told apart; 4: with the key's Latin place, for shortcuts on other layouts. */
const kittyOn = '\x1b[>5u';
const kittyOff = '\x1b[<u';

export function openTerminalInput({ stdin, stdout, onKeys, onEnd }: TerminalInputOptions): TerminalInput {
  const parser = createKeyParser();
  let timer: NodeJS.Timeout | undefined;
  let kitty = false;
  let closed = false;

  const deliver = (keys: readonly Key[]): void => {
    if (!kitty && keys.some((key) => key.type === 'kitty-protocol')) {
      kitty = true;
      stdout.write(kittyOn);
    }
    const typed = keys.filter((key) => key.type !== 'kitty-protocol');
    if (typed.length > 0) onKeys(typed);
  };

  const onData = (chunk: string): void => {
    clearTimeout(timer);
    deliver(parser.push(chunk));
    const waitMs = closed ? undefined : parser.waitMs();
    if (waitMs !== undefined) timer = setTimeout(() => deliver(parser.flush()), waitMs);
  };

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
  stdout.write(pasteOn + askKitty);

  return {
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      stdin.off('data', onData);
      stdin.off('end', onGone);
      stdin.setRawMode(false);
      stdin.pause();
      stdin.unref();
      if (stdout.writable) stdout.write(pasteOff + (kitty ? kittyOff : ''));
    },
  };
}
