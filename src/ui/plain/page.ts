/** Output that is only ever added to: it knows whether a line stands open, and moves no cursor. */

import { type SafeText, safe } from '../../terminal/safe.ts';

export interface Page {
  /** Goes on where the last text ended; after a prompt that waits, on a new line. */
  text(text: SafeText): void;
  /** Whole lines, on a new one. */
  line(text: SafeText): void;
  /** What stands before the line that is awaited. */
  prompt(mark: SafeText): void;
  /** The terminal has echoed a line end. */
  entered(): void;
  /** Nothing follows: what comes after it, of others, stands on a line of its own. */
  end(): void;
}

export function createPage(write: (text: SafeText) => void): Page {
  let open: 'no' | 'text' | 'prompt' = 'no';
  const closeLine = (): void => {
    if (open !== 'no') write(safe`\n`);
    open = 'no';
  };
  return {
    text(text) {
      if (text === '') return;
      if (open === 'prompt') closeLine();
      write(text);
      open = text.endsWith('\n') ? 'no' : 'text';
    },
    line(text) {
      closeLine();
      write(safe`${text}\n`);
    },
    prompt(mark) {
      closeLine();
      write(mark);
      open = 'prompt';
    },
    entered() {
      open = 'no';
    },
    end: closeLine,
  };
}
