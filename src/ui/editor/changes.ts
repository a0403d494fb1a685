/** What each action of the editor does to the text and the caret. */

import {
  lineEnd,
  lineStart,
  nextGrapheme,
  nextWord,
  previousGrapheme,
  previousRun,
  previousWord,
  snap,
} from './boundaries.ts';
import type { DraftPart } from './draft-parts.ts';
import type { Editor, Target, WordCase } from './editor.ts';
import { addKill, rotate } from './kill-ring.ts';
import { collapse, fold, hasMark, pasteAt } from './paste.ts';
import type { UndoStep } from './undo.ts';

interface Part {
  readonly start: number;
  readonly end: number;
}

export function changed(editor: Editor, text: string, caret: number): Editor {
  // A mark typed or pasted may join the grapheme before it or after it: the caret stands behind the whole.
  return { ...editor, text, caret: snap(text, caret), goal: undefined, browsing: undefined };
}

export function splice(editor: Editor, { start, end, text }: Part & { readonly text: string }): Editor {
  return changed(editor, editor.text.slice(0, start) + text + editor.text.slice(end), start + text.length);
}

export function insert(editor: Editor, text: string): Editor {
  return splice(editor, { start: editor.caret, end: editor.caret, text });
}

export function paste(editor: Editor, pasted: string): Editor {
  const { text, pastes } = collapse(pasted, editor.text, editor.pastes);
  return { ...insert(editor, text), pastes };
}

export function restore(editor: Editor, parts: readonly DraftPart[]): Editor {
  let { pastes } = editor;
  let text = '';
  for (const part of parts) {
    const made =
      part.isFolded || hasMark(part.text) ? fold(part.text, editor.text + text, pastes) : { text: part.text, pastes };
    text += made.text;
    pastes = made.pastes;
  }
  return { ...changed(editor, text, text.length), pastes };
}

export function expandPaste(editor: Editor): Editor {
  const found = pasteAt(editor.text, editor.caret, editor.pastes);
  return found === undefined ? editor : splice(editor, { ...found, text: found.paste.text });
}

export function cut(editor: Editor, to: Target): Editor {
  const part = partTo(editor, to);
  return part.start === part.end ? editor : splice(editor, { ...part, text: '' });
}

export function kill(editor: Editor, to: Target): Editor {
  const { start, end } = partTo(editor, to);
  if (start === end) return editor;
  const join = editor.last !== 'kill' ? undefined : end <= editor.caret ? 'before' : 'behind';
  return { ...cut(editor, to), kills: addKill(editor.kills, editor.text.slice(start, end), join) };
}

export function yank(editor: Editor): Editor {
  return insert(editor, editor.kills[0] ?? '');
}

/** Only right behind a yank; the ring turns with it, so that the next yank brings the same. */
export function yankOlder(editor: Editor): Editor {
  const [yanked = ''] = editor.kills;
  const start = editor.caret - yanked.length;
  const isBehind = editor.last === 'yank' || editor.last === 'yank-older';
  if (!isBehind || editor.text.slice(Math.max(0, start), editor.caret) !== yanked) return editor;
  const kills = rotate(editor.kills);
  return { ...splice(editor, { start, end: editor.caret, text: kills[0] ?? '' }), kills };
}

/** Of the word at or behind the caret, from the caret on. */
export function changeCase(editor: Editor, to: WordCase): Editor {
  const part = partTo(editor, 'next-word');
  const word = editor.text.slice(part.start, part.end);
  return splice(editor, { ...part, text: inCase(word, to) });
}

function inCase(word: string, to: WordCase): string {
  switch (to) {
    case 'upper':
      return word.toUpperCase();
    case 'lower':
      return word.toLowerCase();
    case 'capital':
      return word.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase());
    default:
      return to satisfies never;
  }
}

export function stepTo(editor: Editor, step: UndoStep | undefined): Editor {
  if (step === undefined) return editor;
  return { ...changed(editor, step.to.text, step.to.caret), log: step.log };
}

export function browse(editor: Editor, by: 1 | -1, entries: readonly string[]): Editor {
  const age = (editor.browsing?.age ?? -1) - by;
  const draft = editor.browsing?.draft ?? editor.text;
  if (age >= entries.length || age < -1) return editor;
  const text = age === -1 ? draft : (entries[entries.length - 1 - age] ?? '');
  return { ...editor, text, caret: text.length, goal: undefined, browsing: age === -1 ? undefined : { age, draft } };
}

export function endSearch(editor: Editor, take: 'found' | 'nothing'): Editor {
  const found = take === 'found' ? editor.search?.found : undefined;
  const left = { ...editor, search: undefined };
  return found === undefined ? left : changed(left, found.text, found.text.length);
}

export function target({ text, caret }: Editor, to: Target): number {
  switch (to) {
    case 'previous':
      return previousGrapheme(text, caret);
    case 'next':
      return nextGrapheme(text, caret);
    case 'previous-word':
      return previousWord(text, caret);
    case 'next-word':
      return nextWord(text, caret);
    case 'previous-run':
      return previousRun(text, caret);
    case 'line-start':
      return lineStart(text, caret);
    case 'line-end':
      return lineEnd(text, caret);
    case 'all':
      return 0;
    default:
      return to satisfies never;
  }
}

function partTo(editor: Editor, to: Target): Part {
  if (to === 'all') return { start: 0, end: editor.text.length };
  const until = target(editor, to);
  return { start: Math.min(editor.caret, until), end: Math.max(editor.caret, until) };
}
