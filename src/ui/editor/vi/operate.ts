/** What the commands of normal mode do to the text: deleting, changing, taking, putting, and the small ones. */

import { lineEnd, lineStart, nextGrapheme, snap } from '../boundaries.ts';
import { splice } from '../changes.ts';
import type { Editor } from '../editor.ts';
import { addKill } from '../kill-ring.ts';
import type { InsertPlace, Operator } from './command.ts';
import { graphemesAway, lineText } from './motions.ts';
import type { Part } from './parts.ts';

/** In UTF-16 units: a count must not fill the memory. */
const mostRepeated = 1024 * 1024;

export function repeated(text: string, count: number): string {
  return text.repeat(Math.max(1, Math.min(count, Math.floor(mostRepeated / Math.max(1, text.length)))));
}

/** What was taken is the newest of the kill ring: whole lines end with a line end. */
export function operate(editor: Editor, operator: Operator, part: Part): Editor {
  const { start, end, isLines } = part;
  const taken = takenBy(editor, part);
  const kills = taken === '' ? editor.kills : addKill(editor.kills, taken, undefined);
  switch (operator) {
    case 'yank':
      return {
        ...editor,
        kills,
        caret: isLines && lineStart(editor.text, editor.caret) === start ? editor.caret : start,
      };
    case 'change':
      return { ...splice(editor, { start, end, text: '' }), kills };
    case 'delete':
      return { ...(isLines ? withoutLines(editor, part) : splice(editor, { start, end, text: '' })), kills };
    default:
      return operator satisfies never;
  }
}

export function takenBy({ text }: Editor, { start, end, isLines }: Part): string {
  return text.slice(start, end) + (isLines ? '\n' : '');
}

function withoutLines(editor: Editor, { start, end }: Part): Editor {
  const isLast = end === editor.text.length;
  const cut = splice(
    editor,
    isLast ? { start: Math.max(0, start - 1), end, text: '' } : { start, end: end + 1, text: '' },
  );
  return { ...cut, caret: lineText(cut.text, cut.caret) };
}

export interface Putting {
  readonly text: string;
  readonly side: 'before' | 'behind';
  readonly count: number;
  readonly isLines: boolean;
}

export function put(editor: Editor, { text: one, side, count, isLines }: Putting): Editor {
  const { text, caret } = editor;
  if (isLines) {
    const lines = repeated(one, count).replace(/\n$/, '');
    const at = side === 'before' ? lineStart(text, caret) : lineEnd(text, caret);
    const made = splice(editor, { start: at, end: at, text: side === 'before' ? `${lines}\n` : `\n${lines}` });
    return { ...made, caret: lineText(made.text, snap(made.text, side === 'before' ? at : at + 1)) };
  }
  const at = side === 'before' ? caret : graphemesAway(text, caret, { by: 1, times: 1 });
  const made = splice(editor, { start: at, end: at, text: repeated(one, count) });
  // Behind what was put; normal mode steps back on its last grapheme. Several lines are seen from their beginning.
  return {
    ...made,
    caret: one.includes('\n') ? snap(made.text, at) : graphemesAway(made.text, made.caret, { by: -1, times: 1 }),
  };
}

/** Undefined when the line has fewer graphemes than were counted. */
export function replaceGraphemes(editor: Editor, grapheme: string, count: number): Editor | undefined {
  const { text, caret } = editor;
  const before = graphemesAway(text, caret, { by: 1, times: count - 1 });
  if (before >= lineEnd(text, caret)) return undefined;
  const made = splice(editor, { start: caret, end: nextGrapheme(text, before), text: grapheme.repeat(count) });
  return { ...made, caret: graphemesAway(made.text, made.caret, { by: -1, times: 1 }) };
}

export function switchCase(editor: Editor, count: number): Editor {
  const { text, caret } = editor;
  const end = graphemesAway(text, caret, { by: 1, times: count });
  const switched = text.slice(caret, end).replace(/\p{L}/gu, (letter) => {
    const upper = letter.toUpperCase();
    return letter === upper ? letter.toLowerCase() : upper;
  });
  return splice(editor, { start: caret, end, text: switched });
}

/** @param count  lines that become one; two at least. A blank stands where the line end was, unless there is one. */
export function joinLines(editor: Editor, count: number): Editor {
  let joined = editor;
  for (let left = Math.max(2, count) - 1; left > 0; left--) {
    const end = lineEnd(joined.text, joined.caret);
    if (end === joined.text.length) break;
    const next = lineText(joined.text, end + 1);
    const needsBlank = !/\s/.test(joined.text[end - 1] ?? ' ') && /[^\s)]/.test(joined.text[next] ?? ' ');
    const made = splice(joined, { start: end, end: next, text: needsBlank ? ' ' : '' });
    joined = { ...made, caret: snap(made.text, end) };
  }
  return joined;
}

/** Makes room where writing begins. */
export function openPlace(editor: Editor, place: InsertPlace): Editor {
  const { text, caret } = editor;
  const to = (offset: number): Editor => ({ ...editor, caret: offset, goal: undefined });
  switch (place) {
    case 'here':
      return to(caret);
    case 'behind':
      return to(graphemesAway(text, caret, { by: 1, times: 1 }));
    case 'line-text':
      return to(lineText(text, caret));
    case 'line-end':
      return to(lineEnd(text, caret));
    case 'below': {
      const end = lineEnd(text, caret);
      return splice(editor, { start: end, end, text: '\n' });
    }
    case 'above': {
      const start = lineStart(text, caret);
      return { ...splice(editor, { start, end: start, text: '\n' }), caret: start };
    }
    default:
      return place satisfies never;
  }
}
