/**
 * Tells terminal control sequences from text, one code point at a time, as ECMA-48 and a VT500 parse them:
 *
 *   ESC x  ESC # 8  ESC ( 0          two or three characters
 *   CSI 3 1 m                        ESC [ or U+009B, parameters, one final character
 *   OSC 5 2 ; c ; ... BEL            ESC ] or U+009D, a payload, BEL or ST; DCS, SOS, PM and APC likewise
 *
 * Nothing is buffered, so a sequence of any length costs no memory, and one that never ends swallows text
 * until the stream ends, as it would in the terminal.
 */

export interface SequenceParser {
  /** Whether the next printable character would be text. */
  readonly inText: boolean;
  /** Takes the next code point; true when it belongs to a sequence and is no text. */
  swallows(codePoint: number): boolean;
  reset(): void;
}

type State = 'text' | 'escape' | 'csi' | 'string';

export function createSequenceParser(): SequenceParser {
  let state: State = 'text';
  return {
    get inText() {
      return state === 'text';
    },
    swallows(codePoint) {
      // Line ends and tabs act in the middle of ESC and CSI sequences: what they lay out must not disappear.
      if ((state === 'escape' || state === 'csi') && isLayout(codePoint)) return false;
      const next = step(state, codePoint);
      state = next ?? 'text';
      return next !== undefined;
    },
    reset() {
      state = 'text';
    },
  };
}

const bell = 0x07;
const cancel = 0x18;
const substitute = 0x1a;
const escapeCharacter = 0x1b;
const stringTerminator = 0x9c;

/** The state after a code point that is part of a sequence; undefined when it is text. */
function step(state: State, codePoint: number): State | undefined {
  if (codePoint === escapeCharacter) return 'escape';
  if (codePoint === cancel || codePoint === substitute) return 'text';
  if (state === 'string') return codePoint === bell || codePoint === stringTerminator ? 'text' : 'string';
  if (codePoint >= 0x80 && codePoint <= 0x9f) return afterC1(codePoint);
  if (state === 'text') return undefined;
  if (codePoint < 0x20 || codePoint === 0x7f) return state;
  if (codePoint >= 0xa0) return undefined;
  if (state === 'csi') return codePoint >= 0x40 ? 'text' : 'csi';
  return afterEscape(codePoint);
}

function isLayout(codePoint: number): boolean {
  return codePoint === 0x09 || codePoint === 0x0a || codePoint === 0x0d;
}

function afterEscape(codePoint: number): State {
  if (codePoint < 0x30) return 'escape';
  switch (String.fromCodePoint(codePoint)) {
    case '[':
      return 'csi';
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return 'string';
    default:
      return 'text';
  }
}

function afterC1(codePoint: number): State {
  switch (codePoint) {
    case 0x9b:
      return 'csi';
    case 0x90:
    case 0x98:
    case 0x9d:
    case 0x9e:
    case 0x9f:
      return 'string';
    default:
      return 'text';
  }
}
