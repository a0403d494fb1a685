/** Which key says what while a person is asked whether calls may run. No key that is pressed by habit allows anything. */

export type Answer =
  | 'allow-this'
  | 'allow-all'
  | 'allow-tool'
  | 'deny'
  | 'write-reason'
  | 'line-up'
  | 'line-down'
  | 'page-up'
  | 'page-down'
  | 'to-start'
  | 'to-end'
  | 'redraw'
  | 'stop';

/** The second of each pair is the same key on a Korean keyboard (two-set). */
const letters: readonly (readonly [string, string, Answer])[] = [
  ['y', 'ㅛ', 'allow-this'],
  ['a', 'ㅁ', 'allow-all'],
  ['t', 'ㅅ', 'allow-tool'],
  ['n', 'ㅜ', 'deny'],
  ['r', 'ㄱ', 'write-reason'],
];

export const answerTexts: ReadonlyMap<string, Answer> = new Map(
  letters.flatMap(([latin, korean, answer]) => [latin, latin.toUpperCase(), korean].map((key) => [key, answer])),
);

export const answerChords: ReadonlyMap<string, Answer> = new Map([
  ['up', 'line-up'],
  ['ctrl+p', 'line-up'],
  ['down', 'line-down'],
  ['ctrl+n', 'line-down'],
  ['page-up', 'page-up'],
  ['page-down', 'page-down'],
  ['home', 'to-start'],
  ['end', 'to-end'],
  ['ctrl+l', 'redraw'],
  ['escape', 'stop'],
  ['ctrl+c', 'stop'],
]);
