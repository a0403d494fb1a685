/**
 * One whole control sequence to a key. The forms terminals send:
 *   ESC [ A                 up; also H F (home, end) and ESC O A in application mode
 *   ESC [ 1 ; 5 C           right with modifiers: 5 - 1 = 4 = ctrl (1 shift, 2 alt, 4 ctrl, 8 and above others)
 *   ESC [ 3 ~               delete
 *   ESC [ 99 ; 5 u          kitty: code point ; modifiers; `code:shifted:base` where the layout is not Latin
 *   ESC [ 27 ; 2 ; 13 ~     xterm's modifyOtherKeys: modifiers ; code point
 *   ESC [ ? 5 u             kitty: the answer to `ESC [ ? u`
 *   ESC [ ? 2004 ; 1 $ y    pastes are marked: the answer to `ESC [ ? 2004 $ p`; 2 is not now, 0 not known
 *   ESC [ ? 62 ; 22 c       device attributes: the answer to `ESC [ c`
 *   ESC [ I, ESC [ O        the window gained the keyboard, or lost it
 * Everything else (mouse, cursor reports) is no key: undefined.
 * @see https://sw.kovidgoyal.net/kitty/keyboard-protocol/
 */

import { chord, type Key, type Modifiers, noModifiers } from './key.ts';

export function readSequence(sequence: string): Key | undefined {
  if (/^\x1b\[\?\d+u$/.test(sequence)) return { type: 'kitty-protocol' };
  if (/^\x1b\[\?2004;[13]\$y$/.test(sequence)) return { type: 'paste-marks' };
  if (/^\x1b\[\?[\d;]*c$/.test(sequence)) return { type: 'device-attributes' };
  if (sequence === '\x1b[I' || sequence === '\x1b[O') return { type: 'focus', gained: sequence === '\x1b[I' };

  const [, parameters, final] = /^\x1b(?:\[|O)([\d;:]*)([A-Za-z~])$/.exec(sequence) ?? [];
  if (parameters === undefined || final === undefined) return undefined;
  const [first = '', second = '', third = ''] = parameters.split(';');

  if (final === 'u') return codePointKey(first, second);
  if (final === '~' && first === '27') return codePointKey(third, second);
  const name = final === '~' ? numbered[first] : lettered[final];
  if (name === undefined) return undefined;
  // rxvt and the Linux console send ESC [ Z for shift+tab without a modifier.
  if (final === 'Z') return chord(name, { ...noModifiers, shift: true });
  return withModifiers(name, second);
}

const lettered: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  M: 'enter',
  Z: 'tab',
};

const numbered: Readonly<Record<string, string>> = {
  '1': 'home',
  '2': 'insert',
  '3': 'delete',
  '4': 'end',
  '5': 'page-up',
  '6': 'page-down',
  '7': 'home',
  '8': 'end',
};

const namedCodePoints: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  13: 'enter',
  27: 'escape',
  127: 'backspace',
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57423: 'home',
  57424: 'end',
  57426: 'delete',
};

/** @param codes  `code`, or `code:shifted:base`, where base is the key's place on a Latin keyboard */
function codePointKey(codes: string, modifierField: string): Key | undefined {
  const [code = '', , base = ''] = codes.split(':');
  const modifiers = readModifiers(modifierField);
  if (modifiers === undefined || code === '') return undefined;

  const codePoint = Number(code);
  const name = namedCodePoints[codePoint];
  if (name !== undefined) return chord(name, modifiers);
  // Kitty keeps functional keys in the private use area; beyond U+10FFFF is no character at all.
  if (codePoint < 32 || codePoint > 0x10ffff || (codePoint >= 0xe000 && codePoint <= 0xf8ff)) return undefined;

  const text = String.fromCodePoint(codePoint);
  if (!modifiers.ctrl && !modifiers.alt) return { type: 'text', text };
  // Ctrl+C on a Korean or Russian layout is still Ctrl+C.
  return chord((base === '' ? text : String.fromCodePoint(Number(base))).toLowerCase(), modifiers);
}

function withModifiers(name: string, field: string): Key | undefined {
  const modifiers = readModifiers(field);
  return modifiers === undefined ? undefined : chord(name, modifiers);
}

/** undefined for a key's release, and for super and other modifiers nothing here is bound to. */
function readModifiers(field: string): Modifiers | undefined {
  const [value = '', event = ''] = field.split(':');
  if (event === '3') return undefined;
  // Caps lock (64) and num lock (128) change nothing about a chord.
  const bits = (value === '' ? 0 : Number(value) - 1) & ~(64 | 128);
  if (bits > 7) return undefined;
  return { shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0 };
}
