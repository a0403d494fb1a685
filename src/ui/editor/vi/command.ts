/**
 * What is typed in normal mode, read as a command: `[count] [d|c|y [count]] what`, where what is a motion, a text
 * object, the operator's own letter for whole lines, or a command that stands alone.
 */

import { type Motion, readMotion } from './motions.ts';
import { readTextObject, type TextObject } from './text-objects.ts';

export type Operator = 'delete' | 'change' | 'yank';

export type InsertPlace = 'here' | 'behind' | 'line-text' | 'line-end' | 'below' | 'above';

export type Command = {
  /** Undefined when none was typed. */
  readonly count: number | undefined;
} & (
  | { readonly type: 'move'; readonly motion: Motion }
  | { readonly type: 'operate'; readonly operator: Operator; readonly on: Motion | TextObject | Lines }
  | { readonly type: 'insert'; readonly place: InsertPlace }
  | { readonly type: 'put'; readonly side: 'before' | 'behind' }
  | { readonly type: 'replace'; readonly grapheme: string }
  | { readonly type: 'switch-case' | 'join-lines' | 'undo' | 'redo' | 'repeat' | 'edit-outside' | 'search-history' }
);

/** As many lines as are counted, from the caret's on. */
export interface Lines {
  readonly type: 'lines';
}

/** 'open' is the beginning of a command, 'none' of no command there is. */
export type Reading = Command | 'open' | 'none';

/** Nobody counts further; a slip of the hand must not take minutes. */
const mostCounted = 9999;

/** Ctrl+R among the keys; no text is this. */
export const redoKey = '\x12';

/** @param keys  graphemes as they were typed, or `redoKey` */
export function readCommand(keys: readonly string[]): Reading {
  // Each key is one grapheme; the argument of `f` or `r` may be any.
  const [, first, letter = '', second, rest = ''] =
    /^([1-9]\d*)?(?:([dcy])([1-9]\d*)?)?(.*)$/su.exec(keys.join('')) ?? [];
  const count = countOf(first, second);
  if (rest === '') return 'open';
  const operator = operators[letter];
  const motion = readMotion(rest);
  if (operator === undefined) {
    if (motion === 'open') return 'open';
    return motion === 'none' ? readAlone(rest, count) : { type: 'move', motion, count };
  }
  if (rest === letter) return { type: 'operate', operator, on: { type: 'lines' }, count };
  const on = motion === 'none' ? readTextObject(rest) : motion;
  return typeof on === 'string' ? on : { type: 'operate', operator, on, count };
}

const operators: Readonly<Record<string, Operator>> = { d: 'delete', c: 'change', y: 'yank' };

function countOf(first: string | undefined, second: string | undefined): number | undefined {
  if (first === undefined && second === undefined) return undefined;
  return Math.min(mostCounted, Number(first ?? 1) * Number(second ?? 1));
}

/** What stands for an operator and its motion. */
const short: Readonly<Record<string, readonly string[]>> = {
  x: ['d', 'l'],
  X: ['d', 'h'],
  D: ['d', '$'],
  C: ['c', '$'],
  S: ['c', 'c'],
  s: ['c', 'l'],
  Y: ['y', 'y'],
};

const places: Readonly<Record<string, InsertPlace>> = {
  i: 'here',
  a: 'behind',
  I: 'line-text',
  A: 'line-end',
  o: 'below',
  O: 'above',
};

const alone = {
  '~': 'switch-case',
  J: 'join-lines',
  u: 'undo',
  [redoKey]: 'redo',
  '.': 'repeat',
  v: 'edit-outside',
  '/': 'search-history',
  '?': 'search-history',
} as const;

function readAlone(rest: string, count: number | undefined): Reading {
  const long = short[rest];
  if (long !== undefined) {
    const read = readCommand(long);
    return typeof read === 'string' ? read : { ...read, count };
  }
  const place = places[rest];
  if (place !== undefined) return { type: 'insert', place, count };
  if (rest === 'p' || rest === 'P') return { type: 'put', side: rest === 'p' ? 'behind' : 'before', count };
  if (rest === 'r') return 'open';
  if (rest.startsWith('r') && !rest.endsWith(redoKey)) return { type: 'replace', grapheme: rest.slice(1), count };
  return isAlone(rest) ? { type: alone[rest], count } : 'none';
}

function isAlone(rest: string): rest is keyof typeof alone {
  return Object.hasOwn(alone, rest);
}
