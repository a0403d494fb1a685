/**
 * The only way from text of others to a terminal. No sequence, control, bidi control or invisible character
 * gets through; line ends become LF; emoji, Korean, Chinese and the joining scripts pass unchanged.
 * The rules and their cases come from ECMA-48, UTS #51 and the attacks seen on chat clients (terminal-dillma).
 * Loaded by the pipe path: nothing heavy may be imported here.
 */

import { createCharacterFilter } from './character-filter.ts';
import { createSequenceParser } from './escape-sequences.ts';
import { isInvisible, isMark, maxMarks, plainRange } from './invisible.ts';
import { markSafe, type SafeText } from './safe.ts';

/** One per stream: a sequence may be cut anywhere between two pushes, also inside a surrogate pair. */
export interface Sanitizer {
  /**
   * What may be shown of this chunk, at once. Only what no one can see yet is held back: half a surrogate
   * pair, and a joiner or flag tags that need to see their end. The outputs joined do not depend on the cuts.
   */
  push(chunk: string): SafeText;
  /** What was held back, where it counts; forgets an open sequence. Ready for the next stream afterwards. */
  end(): SafeText;
}

export function createSanitizer(): Sanitizer {
  const sequences = createSequenceParser();
  const characters = createCharacterFilter();
  let highSurrogate = '';

  function take(text: string): string {
    let shown = '';
    let index = 0;
    while (index < text.length) {
      if (sequences.inText && !characters.holding) {
        plainRun.lastIndex = index;
        const run = plainRun.exec(text)?.[0];
        if (run !== undefined) {
          shown += characters.takePlain(run);
          index += run.length;
          continue;
        }
      }
      const codePoint = text.codePointAt(index) ?? 0;
      index += codePoint > 0xffff ? 2 : 1;
      if (!sequences.swallows(codePoint)) shown += characters.take(codePoint);
    }
    return shown;
  }

  return {
    push(chunk) {
      if (highSurrogate === '' && sequences.inText && !characters.holding && plain.test(chunk)) {
        return markSafe(characters.takePlain(chunk));
      }
      const text = highSurrogate + chunk;
      highSurrogate = endsInHighSurrogate(text) ? text.slice(-1) : '';
      return markSafe(take(highSurrogate === '' ? text : text.slice(0, -1)));
    },
    end() {
      const shown = take(highSurrogate);
      highSurrogate = '';
      sequences.reset();
      characters.reset();
      return markSafe(shown);
    },
  };
}

/** A whole text at once. */
export function sanitize(text: string): SafeText {
  const sanitizer = createSanitizer();
  return markSafe(sanitizer.push(text) + sanitizer.end());
}

/** A text that has to stay on one line (title, name, model id, error, file name): line ends and tabs become spaces. */
export function sanitizeLine(text: string): SafeText {
  return markSafe(sanitize(text).replace(/[\n\t]+/g, ' '));
}

/**
 * For decisions (may this command run?): nothing is removed. What a person could not see or would misread is
 * written out, `\u{200B}`; line ends and tabs as `\n`, `\r`, `\t`, so the result is one line.
 */
export function reveal(text: string): SafeText {
  let shown = '';
  let marks = 0;
  for (const character of text) {
    marks = isMark(character) ? marks + 1 : 0;
    shown += isInvisible(character) || marks > maxMarks ? writeOut(character) : character;
  }
  return markSafe(shown);
}

function writeOut(character: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  }
}

const plain = new RegExp(`^[${plainRange}]*$`);
const plainRun = new RegExp(`[${plainRange}]+`, 'y');

function endsInHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
