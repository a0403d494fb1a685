/**
 * vi's insert and normal mode over the editor: a pure state, and what a key does to it and to the text. In insert mode
 * every key means what it means without vi, but Esc; in normal mode keys are commands (`command.ts`). Undo, the kill
 * ring and the history are the editor's own.
 */

import { graphemes } from '../../../terminal/width.ts';
import { lineStart, previousGrapheme } from '../boundaries.ts';
import { browse, splice } from '../changes.ts';
import { atHistoryEdge, type Editor, edit } from '../editor.ts';
import { recordStep } from '../undo.ts';
import { type Command, readCommand } from './command.ts';
import type { Find } from './find.ts';
import { reach } from './motions.ts';
import { onGrapheme } from './normal-caret.ts';
import { joinLines, openPlace, operate, put, repeated, replaceGraphemes, switchCase, takenBy } from './operate.ts';
import { partOf } from './parts.ts';
import { writtenSince } from './written-since.ts';

export interface Vi {
  readonly mode: 'insert' | 'normal';
  /** Of a command that is not whole yet. */
  readonly typed: readonly string[];
  /** What is being written, for `u` and `.`; undefined in normal mode. */
  readonly writing: Writing | undefined;
  /** For `.` */
  readonly change: Change | undefined;
  /** For `;` and `,`. */
  readonly find: Find | undefined;
  /** The newest kill when it was whole lines, which are put between lines. */
  readonly lines: string | undefined;
}

interface Writing {
  /** Undone in one step, the command that began it included. */
  readonly before: Editor;
  readonly from: Editor;
  readonly command: Command;
}

interface Change {
  readonly command: Command;
  /** What was written after it, where it led to insert mode. */
  readonly written: string;
}

/** What a key has led to. */
export interface Pressed {
  readonly vi: Vi;
  readonly editor: Editor;
  /** Not the editor's to do. */
  readonly asks?: 'edit-outside' | 'search-history';
}

export interface ViContext {
  /** Cells a row of the editor has. */
  readonly columns: number;
  /** Of the history, oldest first. */
  readonly entries: readonly string[];
}

const justWriting: Command = { type: 'insert', place: 'here', count: undefined };

/** In insert mode, as for every new message. What is remembered of earlier ones stays. */
export function startVi(editor: Editor, earlier?: Vi): Vi {
  return {
    mode: 'insert',
    typed: [],
    writing: { before: editor, from: editor, command: justWriting },
    change: earlier?.change,
    find: earlier?.find,
    lines: earlier?.lines,
  };
}

/** Esc in insert mode. */
export function toNormal({ vi, editor }: Pressed): Pressed {
  const { writing } = vi;
  if (writing === undefined) return { vi, editor };
  const { before, command } = writing;
  const written = writtenSince(writing.from, editor);
  const times = command.type === 'insert' ? (command.count ?? 1) : 1;
  const more = times === 1 || written === '' ? '' : repeated(lineOf(command) + written, times - 1);
  const whole = more === '' ? editor : splice(editor, { start: editor.caret, end: editor.caret, text: more });
  const caret =
    whole.caret === lineStart(whole.text, whole.caret) ? whole.caret : previousGrapheme(whole.text, whole.caret);
  return {
    vi: { ...vi, mode: 'normal', typed: [], writing: undefined, change: { command, written } },
    editor: asOneStep(before, { ...whole, caret }),
  };
}

/** Each of several lines is opened anew. */
function lineOf(command: Command): string {
  return command.type === 'insert' && (command.place === 'below' || command.place === 'above') ? '\n' : '';
}

/** Text in normal mode: each grapheme is a key. An input method may deliver several. */
export function typeNormal(pressed: Pressed, text: string, context: ViContext): Pressed {
  let now = pressed;
  for (const [index, key] of graphemes(text).entries()) {
    // A command may have led to insert mode, and the rest of the same read is to be written.
    if (now.vi.mode === 'insert') {
      const rest = graphemes(text).slice(index).join('');
      return { ...now, editor: edit(now.editor, { type: 'insert', text: rest }) };
    }
    now = pressNormal(now, key, context);
    if (now.asks !== undefined) return now;
  }
  return now;
}

/** @param key  one grapheme, or `redoKey` */
export function pressNormal({ vi, editor }: Pressed, key: string, context: ViContext): Pressed {
  const typed = [...vi.typed, key];
  const command = readCommand(typed);
  if (command === 'open') return { vi: { ...vi, typed }, editor };
  const ready = { ...vi, typed: [] };
  return command === 'none' ? { vi: ready, editor } : run({ vi: ready, editor }, command, context);
}

/** A paste is text in normal mode too: behind the caret, or before it at a line's start. It ends what was typed. */
export function pasteNormal({ vi, editor }: Pressed, text: string): Pressed {
  const isAtStart = editor.caret === lineStart(editor.text, editor.caret);
  const opened = openPlace(editor, isAtStart ? 'here' : 'behind');
  const pasted = edit(opened, { type: 'paste', text });
  const last = previousGrapheme(pasted.text, pasted.caret);
  return { vi: { ...vi, typed: [] }, editor: inNormal(asOneStep(editor, { ...pasted, caret: last })) };
}

function run(pressed: Pressed, command: Command, context: ViContext): Pressed {
  const { vi, editor } = pressed;
  const { text, caret } = editor;
  const count = command.count ?? 1;
  switch (command.type) {
    case 'move':
      return move(pressed, command, context);
    case 'operate': {
      const found = foundBy(vi, command.on);
      const part = partOf(command, { text, caret, lastFind: found.find });
      if (part === undefined) return { vi: found, editor };
      const taken = takenBy(editor, part);
      const now = { ...found, lines: part.isLines ? taken : found.lines };
      const done = operate(editor, command.operator, part);
      if (command.operator === 'yank') return { vi: now, editor: inNormal({ ...done, goal: undefined }) };
      if (command.operator === 'change') return write(now, { before: editor, from: done, command });
      return changed(now, { before: editor, after: done, command });
    }
    case 'insert':
      return write(vi, { before: editor, from: openPlace(editor, command.place), command });
    case 'put': {
      const newest = editor.kills[0];
      if (newest === undefined) return pressed;
      const putting = { text: newest, side: command.side, count, isLines: newest === vi.lines };
      return changed(vi, { before: editor, after: put(editor, putting), command });
    }
    case 'replace': {
      const after = replaceGraphemes(editor, command.grapheme, count);
      return after === undefined ? pressed : changed(vi, { before: editor, after, command });
    }
    case 'switch-case':
      return changed(vi, { before: editor, after: switchCase(editor, count), command });
    case 'join-lines':
      return changed(vi, { before: editor, after: joinLines(editor, count), command });
    case 'undo':
      return { vi, editor: inNormal(times(editor, count, (now) => edit(now, { type: 'undo' }))) };
    case 'redo':
      return { vi, editor: inNormal(times(editor, count, (now) => edit(now, { type: 'redo' }))) };
    case 'repeat':
      return repeat(pressed, command.count, context);
    case 'edit-outside':
    case 'search-history':
      return { ...pressed, asks: command.type };
    default:
      return command satisfies never;
  }
}

function move(
  { vi, editor }: Pressed,
  { motion, count }: Extract<Command, { type: 'move' }>,
  context: ViContext,
): Pressed {
  if (motion.type === 'up' || motion.type === 'down') {
    const by = motion.type === 'up' ? -1 : 1;
    return { vi, editor: times(editor, count ?? 1, (now) => moveRow(now, by, context)) };
  }
  const found = foundBy(vi, motion);
  const { text, caret } = editor;
  const reached = reach(motion, { text, caret, count, lastFind: found.find });
  if (reached === undefined) return { vi: found, editor };
  const goal = motion.type === 'line-end' ? Number.POSITIVE_INFINITY : undefined;
  return { vi: found, editor: { ...inNormal({ ...editor, caret: reached.to, last: 'move' }), goal } };
}

/** As Up and Down: the rows of the draft, then the history. */
function moveRow(editor: Editor, by: 1 | -1, { columns, entries }: ViContext): Editor {
  // The caret on the last grapheme stands for one behind it: the entry is as it came.
  const isUntouched = editor.browsing !== undefined && editor.caret === onGrapheme(editor.text, editor.text.length);
  const moved =
    isUntouched || atHistoryEdge(editor, by, columns)
      ? browse(editor, by, entries)
      : edit(editor, { type: 'move-row', by, columns });
  return inNormal(moved);
}

function foundBy(vi: Vi, on: { readonly type: string; readonly find?: Find }): Vi {
  return on.find === undefined ? vi : { ...vi, find: on.find };
}

function write(vi: Vi, writing: Writing): Pressed {
  return { vi: { ...vi, mode: 'insert', writing }, editor: { ...writing.from, last: undefined } };
}

interface Changed {
  readonly before: Editor;
  readonly after: Editor;
  readonly command: Command;
}

function changed(vi: Vi, { before, after, command }: Changed): Pressed {
  return { vi: { ...vi, change: { command, written: '' } }, editor: inNormal(asOneStep(before, after)) };
}

/** A count that is typed takes the place of the first one, for later repetitions too. */
function repeat(pressed: Pressed, count: number | undefined, context: ViContext): Pressed {
  const { change } = pressed.vi;
  if (change === undefined) return pressed;
  const command = count === undefined ? change.command : { ...change.command, count };
  const begun = run(pressed, command, context);
  if (begun.vi.mode === 'normal') return begun;
  const { caret } = begun.editor;
  return toNormal({ ...begun, editor: splice(begun.editor, { start: caret, end: caret, text: change.written }) });
}

/** However many steps there were between. */
function asOneStep(before: Editor, after: Editor): Editor {
  const log = after.text === before.text ? before.log : recordStep(before.log, before);
  return { ...after, log, last: undefined };
}

function inNormal(editor: Editor): Editor {
  return { ...editor, caret: onGrapheme(editor.text, editor.caret) };
}

/** Ends early when nothing changes any more. */
function times(editor: Editor, count: number, step: (editor: Editor) => Editor): Editor {
  let now = editor;
  for (let left = count; left > 0; left--) {
    const next = step(now);
    if (next.text === now.text && next.caret === now.caret && next.browsing === now.browsing) return next;
    now = next;
  }
  return now;
}
