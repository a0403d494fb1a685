/**
 * Turns what a terminal sends into keys, however it is cut into reads.
 *
 * Ink has a parser of its own (`useInput`); it is not used because it hands OSC replies and control characters
 * in the middle of a read to the program as text, gives a cut sequence 20 ms, and scans an unfinished paste
 * from its start with each read (ink 8.0.0, build/input-parser.js).
 */

import { readBackground } from './background.ts';
import { chord, type Key, noModifiers } from './key.ts';
import { readSequence } from './sequence.ts';

export interface KeyParser {
  /** @param chunk  decoded text: characters are whole, sequences need not be */
  push(chunk: string): readonly Key[];
  /** How long to wait for more before `flush`, in milliseconds; undefined when nothing is open. */
  waitMs(): number | undefined;
  /** The rest did not come: a lone Escape is the key, a cut sequence is dropped, a paste ends here. */
  flush(): readonly Key[];
}

const esc = '\x1b';
export const pasteStart = '\x1b[200~';
export const pasteEnd = '\x1b[201~';
const longestSequence = 256;

/** An Escape may be the start of a sequence that a slow line delivers late (SSH). */
const escapeWaitMs = 100;
const sequenceWaitMs = 1000;
/** A terminal that never closes a paste must not swallow the keyboard. */
const pasteWaitMs = 2000;

type Mode =
  | { readonly kind: 'ground' }
  /** Between `ESC [ 200 ~` and its end; the pieces are joined once. */
  | { readonly kind: 'paste'; readonly pieces: string[] }
  /** Inside an OSC, DCS, APC, PM or SOS string, which begins with `ESC ]` or its like. */
  | { readonly kind: 'string'; readonly start: string; readonly pieces: string[] };

const lateTail = /^\x1b(?:(?:\[[\d;]*|O)[A-Za-z~]$|\][\d;:/a-gr]*(?:\x07|\x1b\\))/i;

/** @param isEscapeAlone  Esc and a character right behind it are two keys, not Alt with it: vi is typed fast */
export function createKeyParser(isEscapeAlone: () => boolean = () => false): KeyParser {
  let mode: Mode = { kind: 'ground' };
  /** The start of a sequence, or in a paste what may be the start of its end. */
  let held = '';
  /** The start of what was given up for being late. */
  let late = '';

  function push(chunk: string): readonly Key[] {
    const keys: Key[] = [];
    let input = held + chunk;
    held = '';
    // The tail of a sequence whose Escape was taken for the key: `[A` alone in a read is no typing. Nor is the rest of
    // what a terminal says of its colours.
    if (late !== '' && lateTail.test(late + chunk)) input = late + input;
    late = '';
    while (input !== '') input = step(input, keys);
    return keys;
  }

  /** Takes at least one character or holds everything; returns what is left. */
  function step(input: string, keys: Key[]): string {
    switch (mode.kind) {
      case 'ground':
        return input.startsWith(esc) ? stepEscape(input, keys) : stepText(input, keys);
      case 'paste':
        return stepPaste(mode.pieces, input, keys);
      case 'string':
        return stepString(mode, input, keys);
      default:
        return mode satisfies never;
    }
  }

  function stepEscape(input: string, keys: Key[]): string {
    const found = cutSequence(input);
    if (found === 'open') {
      // Too long to be a key; its end, whatever comes, will be text of no harm.
      if (input.length <= longestSequence) held = input;
      return '';
    }
    const { sequence, rest } = found;
    if (sequence === pasteStart) mode = { kind: 'paste', pieces: [] };
    else if (/^\x1b[\]P_^X]$/.test(sequence)) mode = { kind: 'string', start: sequence, pieces: [] };
    else keys.push(...(apart(sequence) ?? keysOf(sequence)));
    return rest;
  }

  function apart(sequence: string): readonly Key[] | undefined {
    const [, text] = /^\x1b([^\x00-\x1f\x7f-\x9f])$/u.exec(sequence) ?? [];
    return text === undefined || !isEscapeAlone() ? undefined : [chord('escape'), { type: 'text', text }];
  }

  function stepPaste(pieces: string[], input: string, keys: Key[]): string {
    const end = input.indexOf(pasteEnd);
    if (end === -1) {
      const kept = overlap(input, pasteEnd);
      pieces.push(input.slice(0, input.length - kept));
      held = input.slice(input.length - kept);
      return '';
    }
    pieces.push(input.slice(0, end));
    keys.push(pasteKey(pieces.join('')));
    mode = { kind: 'ground' };
    return input.slice(end + pasteEnd.length);
  }

  /** Ends at BEL, or at an Escape, which begins the terminator `ESC \` or something new. */
  function stepString({ start, pieces }: Extract<Mode, { kind: 'string' }>, input: string, keys: Key[]): string {
    const end = input.search(/[\x07\x1b\x9c]/);
    pieces.push(end === -1 ? input : input.slice(0, end));
    if (end === -1) return '';
    const rest = input.slice(end);
    if (rest === esc) {
      held = rest;
      return '';
    }
    mode = { kind: 'ground' };
    const shade = start === '\x1b]' ? readBackground(pieces.join('')) : undefined;
    if (shade !== undefined) keys.push({ type: 'background', shade });
    return rest.startsWith('\x1b\\') ? rest.slice(2) : rest.startsWith(esc) ? rest : rest.slice(1);
  }

  return {
    push,
    waitMs() {
      if (mode.kind === 'paste') return pasteWaitMs;
      if (mode.kind === 'string') return sequenceWaitMs;
      if (held === '') return undefined;
      return held.length <= 2 ? escapeWaitMs : sequenceWaitMs;
    },
    flush() {
      const open = held;
      const was = mode;
      held = '';
      mode = { kind: 'ground' };
      if (was.kind === 'paste') return [pasteKey(was.pieces.join('') + open)];
      late = was.kind === 'string' ? was.start + open : open.endsWith(esc) ? esc : open === `${esc}]` ? open : '';
      if (was.kind === 'string') return [];
      if (open.endsWith(esc)) return [chord('escape')];
      // ESC ] and its like, alone, are Alt with that key; so is ESC [.
      if (open.length === 2) return apart(open) ?? [chord(open.slice(1).toLowerCase(), { ...noModifiers, alt: true })];
      return [];
    },
  };
}

/** Up to the next Escape. A carriage return is the Enter key unless text follows it in the same read. */
function stepText(input: string, keys: Key[]): string {
  const end = input.indexOf(esc);
  const run = end === -1 ? input : input.slice(0, end);
  // A terminal without bracketed paste delivers a paste as typing. A line end with text behind it in one read is
  // taken for one, and then nothing in that read sends: a prompt must not go out half pasted.
  if (/[\r\n][^\x00-\x1f\x7f]/.test(run)) keys.push(pasteKey(run));
  else for (const [part] of run.matchAll(/[^\x00-\x1f\x7f\x80-\x9f]+|[\s\S]/g)) keys.push(...keysOf(part));
  return end === -1 ? '' : input.slice(end);
}

function pasteKey(text: string): Key {
  return { type: 'paste', text: text.replace(/\r\n?/g, '\n') };
}

/** The sequence at the start of the input, which begins with an Escape; or 'open' when its end has not come. */
function cutSequence(input: string): { readonly sequence: string; readonly rest: string } | 'open' {
  const cut = (length: number) => ({ sequence: input.slice(0, length), rest: input.slice(length) });
  // Some terminals send Alt with a function key as ESC before its sequence.
  const start = /^\x1b\x1b[[O]/.test(input) ? 2 : 1;
  const introducer = input[start];
  if (introducer === undefined) return 'open';
  if (introducer === esc) return input.length === 2 ? 'open' : cut(1);
  // Alone in a read it may be Alt with that key; more behind it makes it a string.
  if (']P_^X'.includes(introducer)) return input.length === start + 1 ? 'open' : cut(start + 1);
  if (introducer === 'O') return input.length === start + 1 ? 'open' : cut(start + 2);
  if (introducer !== '[') return cut(start + String.fromCodePoint(input.codePointAt(start) ?? 0).length);

  // X10 mouse reports carry three raw bytes, the Linux console's function keys one.
  if (input[start + 1] === 'M') return input.length < start + 5 ? 'open' : cut(start + 5);
  if (input[start + 1] === '[') return input.length < start + 3 ? 'open' : cut(start + 3);
  const body = /^[\x20-\x3f]*/.exec(input.slice(start + 1))?.[0] ?? '';
  const final = input[start + 1 + body.length];
  if (final === undefined) return 'open';
  // What cannot be part of it breaks it off and counts for itself: Ctrl+C inside a cut sequence still stops.
  return cut(start + 1 + body.length + (final >= '@' && final <= '~' ? 1 : 0));
}

/** A whole sequence, a control character or plain text. */
function keysOf(part: string): readonly Key[] {
  if (part.startsWith('\x1b\x1b') && part.length > 2) {
    const key = readSequence(part.slice(1));
    return key?.type === 'chord' ? [{ type: 'chord', chord: `alt+${key.chord}` }] : [];
  }
  if (part === esc) return [chord('escape')];
  if (/^\x1b[[O]/.test(part)) {
    const key = readSequence(part);
    return key === undefined ? [] : [key];
  }
  if (part.startsWith(esc)) {
    const name = nameOfControl(part.slice(1));
    if (name === undefined) return [chord(part.slice(1).toLowerCase(), { ...noModifiers, alt: true })];
    return [chord(name.name, { ...noModifiers, ctrl: name.ctrl, alt: true })];
  }
  const control = nameOfControl(part);
  if (control !== undefined) return [chord(control.name, { ...noModifiers, ctrl: control.ctrl })];
  return /^[\x80-\x9f]/.test(part) ? [] : [{ type: 'text', text: part }];
}

function nameOfControl(character: string): { readonly name: string; readonly ctrl: boolean } | undefined {
  const code = character.length === 1 ? character.charCodeAt(0) : 32;
  if (code === 9) return { name: 'tab', ctrl: false };
  if (code === 13) return { name: 'enter', ctrl: false };
  if (code === 8 || code === 127) return { name: 'backspace', ctrl: false };
  if (code >= 32) return undefined;
  return { name: String.fromCharCode(code === 0 ? 32 : code + (code <= 26 ? 96 : 64)), ctrl: true };
}

/** How many characters at the end of the text are the start of the marker. */
function overlap(text: string, marker: string): number {
  for (let length = Math.min(marker.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(marker.slice(0, length))) return length;
  }
  return 0;
}
