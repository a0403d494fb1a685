/** How the text of an answer is written to stdout: sanitised as it comes, as it came, or as rendered markdown. */

import { trustedAsIs } from '../terminal/raw.ts';
import { safe } from '../terminal/safe.ts';
import { createSanitizer } from '../terminal/sanitize.ts';
import type { Output } from './output.ts';

export interface AnswerWriter {
  write(delta: string): void | Promise<void>;
  /** Something else is going to write on the same screen: takes away what is not final. */
  pause?(): void | Promise<void>;
  /** Ends the text of one answer with a newline if it has none; may be called again, and before any text. */
  end(): Promise<void>;
}

/** The model's text, control sequences removed. */
export function plainAnswer(out: Output): AnswerWriter {
  let sanitizer = createSanitizer();
  let last = '';
  return {
    write(delta) {
      const text = sanitizer.push(delta);
      if (text === '') return;
      last = text;
      return out.write(text);
    },
    async end() {
      const rest = sanitizer.end();
      sanitizer = createSanitizer();
      if (rest !== '') {
        last = rest;
        await out.write(rest);
      }
      if (last !== '' && !last.endsWith('\n')) await out.write(safe`\n`);
      last = '';
    },
  };
}

/** `--raw-output`: every byte the model sent, and only those. The person asked for it by name. */
export function rawAnswer(out: Output): AnswerWriter {
  return {
    write: (delta) => out.write(trustedAsIs(delta)),
    end: async () => {},
  };
}
