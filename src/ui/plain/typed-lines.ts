/** Lines from a terminal that edits and echoes them itself. */

export interface TypedLines {
  /**
   * The next burst goes here instead of to `onLines`, its first line only; undefined when none will come.
   * @param isOver  nobody wants an answer any more
   */
  readAnswer(isOver: () => boolean): Promise<string | undefined>;
  /** Ends the wait of `readAnswer`. */
  cancelAnswer(): void;
  close(): void;
}

export interface TypedLinesOptions {
  readonly stdin: NodeJS.ReadStream;
  /** Lines that came at once: one is typed, several are pasted. Without their ends. */
  readonly onLines: (lines: readonly string[]) => void;
  /** Ctrl+D on an empty line; or twice on one that was begun, which is handed over. */
  readonly onEnd: (unfinished: string) => 'goes-on' | 'over';
  /** The terminal once more, after an end that was none. */
  readonly reopen: () => NodeJS.ReadStream;
  /** The terminal is gone. */
  readonly onGone: () => void;
}

/** A terminal hands lines over one by one, also those of a paste; nobody types two within this time. */
const burstMs = 25;

/** What was typed before a question was there is no answer to it; the system has it already, or hands it over soon. */
const typedAheadMs = 50;

export function openTypedLines({ stdin: first, onLines, onEnd, reopen, onGone }: TypedLinesOptions): TypedLines {
  let stdin = first;
  let open = '';
  let burst: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let answer: ((line: string | undefined) => void) | undefined;
  let dropping = false;
  let ended = false;

  const settle = (line: string | undefined): void => {
    const resolve = answer;
    answer = undefined;
    resolve?.(line);
  };
  const deliver = (): void => {
    const lines = burst;
    burst = [];
    if (lines.length === 0 || dropping) return;
    if (answer === undefined) onLines(lines);
    else settle(lines[0]);
  };
  const onData = (chunk: string): void => {
    const lines = (open + chunk).split(/\r\n|[\r\n]/);
    open = lines.pop() ?? '';
    burst.push(...lines.map(withoutKeys));
    clearTimeout(timer);
    timer = setTimeout(deliver, burstMs);
  };
  const finish = (): void => {
    clearTimeout(timer);
    const unfinished = answer === undefined ? withoutKeys(open) : '';
    open = '';
    deliver();
    settle(undefined);
    unfollow();
    if (onEnd(unfinished) === 'goes-on') followAgain();
    else ended = true;
  };

  function followAgain(): void {
    try {
      follow(reopen());
    } catch {
      // The end was the terminal's own: there is nothing to open any more.
      ended = true;
      onGone();
    }
  }

  function follow(stream: NodeJS.ReadStream): void {
    stdin = stream;
    // The decoder behind setEncoding keeps characters whole that are cut between reads.
    stdin.setEncoding('utf8');
    stdin.on('data', onData);
    stdin.on('end', finish);
    stdin.on('error', onGone);
  }
  function unfollow(): void {
    stdin.off('data', onData);
    stdin.off('end', finish);
  }
  follow(first);

  return {
    async readAnswer(isOver) {
      dropping = true;
      await new Promise((resolve) => setTimeout(resolve, typedAheadMs));
      dropping = false;
      burst = [];
      if (ended || isOver()) return undefined;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    cancelAnswer: () => settle(undefined),
    close() {
      clearTimeout(timer);
      settle(undefined);
      unfollow();
      stdin.pause();
      stdin.unref?.();
    },
  };
}

/** Keys that the terminal's own editing does not know come as their sequences (`^[[D` for an arrow) and as controls. */
function withoutKeys(line: string): string {
  return line.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~])?|[\x00-\x08\x0b-\x1f\x7f]/g, '');
}
