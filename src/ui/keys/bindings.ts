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
  | 'take-back';

export const bindings: Readonly<Record<string, Intent | EditorAction>> = {
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
};

/** Pairs for `/help`. */
export const keyHelp: readonly (readonly [keys: string, meaning: string])[] = [
  ['Enter', 'send; while an answer arrives: queue'],
  ['Ctrl+J, Alt+Enter, \\ Enter', 'new line'],
  ['Up, Down', 'earlier messages'],
  ['Ctrl+C', 'stop the answer, clear the line, twice: quit'],
  ['Esc', 'stop the answer'],
  ['Alt+Up', 'take a queued message back'],
  ['Ctrl+D', 'quit on an empty line'],
];
