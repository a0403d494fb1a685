import type { KeyHelp } from '../keys/bindings.ts';

/** For `/help`: the terminal edits the line, so these few are all. */
export const plainKeys: KeyHelp = [
  ['Enter', 'send; while an answer arrives: queue'],
  ['\\ Enter', 'new line'],
  ['Enter alone', 'send what was pasted, or what a command put here'],
  ['Ctrl+C', 'stop the answer, drop what is not sent, twice: quit'],
  ['Ctrl+D', 'quit on an empty line; twice when something is not sent'],
];
