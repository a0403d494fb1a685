/** Which key does what. The table is the documentation; `/help` lists the part people need to be told. */

import type { EditorAction } from '../editor/editor.ts';

export type Intent =
  | 'send'
  | 'newline'
  | 'up'
  | 'down'
  | 'interrupt'
  | 'stop'
  | 'end-of-input'
  | 'redraw'
  | 'suspend'
  | 'tool-details'
  | 'reasoning'
  | 'source'
  | 'take-back'
  | 'search-history'
  | 'edit-outside';

export type Bound = Intent | EditorAction;

export const bindings: Readonly<Record<string, Bound>> = {
  enter: 'send',
  'ctrl+j': 'newline',
  'alt+enter': 'newline',
  'shift+enter': 'newline',
  'ctrl+enter': 'newline',
  up: 'up',
  down: 'down',
  'ctrl+p': 'up',
  'ctrl+n': 'down',
  'alt+up': 'take-back',
  'ctrl+c': 'interrupt',
  escape: 'stop',
  'ctrl+d': 'end-of-input',
  'ctrl+l': 'redraw',
  'ctrl+z': 'suspend',
  'ctrl+o': 'tool-details',
  'ctrl+t': 'reasoning',
  'alt+m': 'source',
  'ctrl+r': 'search-history',
  'ctrl+g': 'edit-outside',
  'ctrl+x ctrl+e': 'edit-outside',

  left: { type: 'move', to: 'previous' },
  'ctrl+b': { type: 'move', to: 'previous' },
  right: { type: 'move', to: 'next' },
  'ctrl+f': { type: 'move', to: 'next' },
  'alt+b': { type: 'move', to: 'previous-word' },
  'alt+left': { type: 'move', to: 'previous-word' },
  'ctrl+left': { type: 'move', to: 'previous-word' },
  'alt+f': { type: 'move', to: 'next-word' },
  'alt+right': { type: 'move', to: 'next-word' },
  'ctrl+right': { type: 'move', to: 'next-word' },
  home: { type: 'move', to: 'line-start' },
  'ctrl+a': { type: 'move', to: 'line-start' },
  end: { type: 'move', to: 'line-end' },
  'ctrl+e': { type: 'move', to: 'line-end' },

  backspace: { type: 'delete', to: 'previous' },
  'shift+backspace': { type: 'delete', to: 'previous' },
  delete: { type: 'delete', to: 'next' },
  'ctrl+k': { type: 'kill', to: 'line-end' },
  'ctrl+u': { type: 'kill', to: 'line-start' },
  'ctrl+w': { type: 'kill', to: 'previous-run' },
  'alt+backspace': { type: 'kill', to: 'previous-word' },
  'ctrl+backspace': { type: 'kill', to: 'previous-word' },
  'alt+d': { type: 'kill', to: 'next-word' },
  'ctrl+y': { type: 'yank' },
  'alt+y': { type: 'yank-older' },
  'alt+u': { type: 'change-case', to: 'upper' },
  'alt+l': { type: 'change-case', to: 'lower' },
  'alt+c': { type: 'change-case', to: 'capital' },

  // Ctrl+_, as terminals of all kinds write it; Ctrl+/ is the same there.
  'ctrl+_': { type: 'undo' },
  'ctrl+shift+_': { type: 'undo' },
  'ctrl+shift+-': { type: 'undo' },
  'ctrl+-': { type: 'undo' },
  'ctrl+/': { type: 'undo' },
  'ctrl+x ctrl+u': { type: 'undo' },
  'ctrl+x ctrl+r': { type: 'redo' },
};

export type KeyHelp = readonly (readonly [keys: string, meaning: string])[];

export interface KeyHelpOptions {
  /** The terminal tells Shift+Enter from Enter: it answered to the kitty protocol. */
  readonly kittyKeys: boolean;
  readonly isVi: boolean;
}

const viHelp: KeyHelp = [
  ['vi: Esc', 'normal mode; there it stops the answer, and twice on an empty line writes your last message anew'],
  [
    'vi: h l w b e 0 ^ $ f t ; ,',
    'and their like move; d c y take them, or iw a" i( and their like; counts; . repeats',
  ],
  ['vi: j k', 'the rows of the draft, then earlier messages; / searches them'],
  ['vi: p P; u, Ctrl+R; v', 'put what was taken; undo, redo; write in $VISUAL or $EDITOR'],
  ['vi: Enter', 'sends, in both modes'],
];

/** Pairs for `/help`. */
export function keyHelp({ kittyKeys, isVi }: KeyHelpOptions): KeyHelp {
  return [
    ...(isVi ? viHelp : []),
    ['Enter', 'send; while an answer arrives: queue'],
    [`${kittyKeys ? 'Shift+Enter, ' : ''}Ctrl+J, Alt+Enter, \\ Enter`, 'new line'],
    ['Up, Down', 'earlier messages'],
    ['Ctrl+R', 'search earlier messages'],
    ['Ctrl+G', 'write in the editor of $VISUAL or $EDITOR'],
    ['Tab, Shift+Tab', 'complete a command, its argument, an @file; behind [pasted 120 lines]: show them'],
    ['Ctrl+_, Ctrl+X Ctrl+R', 'undo, redo'],
    [
      'Ctrl+U, Ctrl+K, Ctrl+W',
      'cut to the start, to the end, a word; Ctrl+Y puts it back, then Alt+Y what was cut before',
    ],
    ['Ctrl+C', 'stop the answer, clear the line, twice: quit'],
    ['Esc', 'stop the answer; twice on an empty line: write your last message anew'],
    ['Alt+Up', 'take a queued message back'],
    ['Ctrl+Z', 'suspend; fg comes back'],
    ['Ctrl+O', 'what went into tools and came out: print it, for later calls too; again: no more'],
    ['Ctrl+T', 'reasoning as one line, or as text'],
    ['Alt+M', 'answers as the model writes them, or rendered'],
    ['Ctrl+D', 'quit on an empty line'],
  ];
}
