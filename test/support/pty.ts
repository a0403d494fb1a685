/** A program on a real terminal: a pty of the kernel's, and xterm.js as the emulator that draws what it writes. */

import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { graphemeCells } from './grapheme-cells.ts';

export interface TerminalOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly columns?: number;
  readonly rows?: number;
  /** The whole environment of the program, besides PATH and TERM. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What the terminal answers when it is asked for its background (OSC 11); nothing when absent. */
  readonly background?: string;
  /** How long what either side writes is on its way, in milliseconds; 0 when absent. */
  readonly delayMs?: number;
}

export interface Terminal {
  /** As a keyboard would: bytes go to the program in one write. */
  type(text: string): void;
  /**
   * Waits until the marker is on the screen or in the scrollback, or the predicate holds after some output.
   * @throws Error with the screen as it is, after `timeoutMs` or when the program ends first
   */
  waitFor(marker: string | RegExp | ((terminal: Terminal) => boolean), timeoutMs?: number): Promise<void>;
  /** The rows of the screen, without trailing blanks. */
  screen(): string[];
  /** The rows above the screen, oldest first. */
  scrollback(): string[];
  /** Scrollback and screen as paragraphs: rows that the terminal wrapped are joined. */
  lines(): string[];
  cursor(): { readonly x: number; readonly y: number };
  resize(columns: number, rows: number): void;
  /** Everything the program wrote so far. */
  readonly raw: string;
  kill(signal: NodeJS.Signals): void;
  /** Hangs up, as a closed window does. */
  close(): void;
  readonly pid: number;
  /** Resolves with the exit code; 128 + n for a signal. */
  readonly exit: Promise<number>;
}

export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const { columns = 80, rows = 24 } = options;
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 50_000, allowProposedApi: true });
  emulator.unicode.register(graphemeCells);
  emulator.unicode.activeVersion = graphemeCells.version;

  const { PATH = '' } = process.env;
  const pty: IPty = spawn(options.command, [...options.args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });

  let raw = '';
  let exited = false;
  const watchers = new Set<() => void>();
  const notify = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const { background, delayMs } = options;
  const carry = (deliver: () => void): void => {
    if (delayMs === undefined) deliver();
    else setTimeout(deliver, delayMs);
  };
  const send = (data: string): void =>
    carry(() => {
      if (!exited) pty.write(data);
    });
  pty.onData((data) =>
    carry(() => {
      raw += data;
      emulator.write(data, notify);
    }),
  );
  // The emulator answers what the program asks (device attributes, cursor position).
  emulator.onData(send);
  if (background !== undefined) {
    emulator.parser.registerOscHandler(11, () => {
      send(background);
      return true;
    });
  }
  const exit = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      // What was written last may still be on its way: through the pty, then through the emulator.
      setImmediate(() =>
        emulator.write('', () => {
          exited = true;
          resolve(signal ? 128 + signal : exitCode);
          notify();
        }),
      );
    });
  });

  const row = (index: number): string => emulator.buffer.active.getLine(index)?.translateToString(true).trimEnd() ?? '';
  const range = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => row(from + index));
  const top = (): number => emulator.buffer.active.baseY;

  const terminal: Terminal = {
    type: send,
    waitFor(marker, timeoutMs = 10_000) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(timer);
          watchers.delete(check);
          settle();
        };
        const refuse = (why: string): void =>
          finish(() =>
            reject(new Error(`${why} while waiting for ${String(marker)}\n${terminal.screen().join('\n')}`)),
          );
        const check = (): void => {
          if (holds(terminal, marker)) finish(resolve);
          else if (exited) refuse('the program ended');
        };
        const timer = setTimeout(() => refuse('time ran out'), timeoutMs);
        watchers.add(check);
        check();
      });
    },
    screen: () => range(top(), top() + emulator.rows),
    scrollback: () => range(0, top()),
    lines() {
      const joined: string[] = [];
      for (let index = 0; index < top() + emulator.rows; index++) {
        const line = emulator.buffer.active.getLine(index);
        const text = line?.translateToString(false) ?? '';
        if (line?.isWrapped === true && joined.length > 0) joined.push((joined.pop() ?? '') + text);
        else joined.push(text);
      }
      return joined.map((line) => line.trimEnd());
    },
    cursor: () => ({ x: emulator.buffer.active.cursorX, y: emulator.buffer.active.cursorY }),
    resize(newColumns, newRows) {
      // The emulator first, as in a window: it wraps what it shows, then the program is told.
      emulator.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    get raw() {
      return raw;
    },
    kill: (signal) => pty.kill(signal),
    close: () => pty.kill('SIGHUP'),
    pid: pty.pid,
    exit,
  };
  return terminal;
}

function holds(terminal: Terminal, marker: string | RegExp | ((terminal: Terminal) => boolean)): boolean {
  if (typeof marker === 'function') return marker(terminal);
  const rows = [...terminal.scrollback(), ...terminal.screen()];
  return rows.some((row) => (typeof marker === 'string' ? row.includes(marker) : marker.test(row)));
}
