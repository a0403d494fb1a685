/** Everything the screen shows, as one value, and the only function that changes it. */

import type { Block } from '../terminal/blocks.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import type { ReplStatus } from './actions.ts';
import { type Editor, type EditorAction, edit, emptyEditor } from './editor/editor.ts';

export interface ReplState {
  readonly columns: number;
  readonly rows: number;
  /** The size is still changing: only what is needed to write is drawn, so that little can be left behind. */
  readonly resizing: boolean;
  /** What has been said, laid out for the width of its time; on screen it belongs to the terminal's scrollback. */
  readonly printed: readonly Printed[];
  readonly running: Running | undefined;
  readonly editor: Editor;
  /** Messages waiting for the end of the turn, oldest first. */
  readonly queue: readonly string[];
  /** Ctrl+C was pressed on an empty prompt: once more quits. */
  readonly quitArmed: boolean;
  readonly status: ReplStatus;
  /** Nothing but what is printed is drawn any more. */
  readonly ended: boolean;
}

export interface Printed {
  readonly id: number;
  readonly text: SafeText;
}

/** Lines to print together. */
export interface Passage {
  readonly lines: readonly SafeText[];
  /** Set off from what stands above by an empty line. */
  readonly apart: boolean;
}

/** A turn, or a command that takes its time. */
export interface Running {
  readonly seconds: number;
  readonly stopping: boolean;
  readonly live: Live;
}

/** The part of an answer that is not finished and may still change. */
export interface Live {
  readonly tail: Tail | undefined;
  readonly tools: readonly RunningTool[];
}

export type Tail = {
  /** Nothing of it is printed yet. */
  readonly first: boolean;
} & (
  | { readonly kind: 'answer'; readonly blocks: readonly Block[] }
  | { readonly kind: 'reasoning'; readonly line: SafeText }
);

export interface RunningTool {
  readonly callId: string;
  readonly label: SafeText;
}

export type ReplAction =
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'resize-end' }
  | { readonly type: 'print'; readonly passages: readonly Passage[]; readonly live?: Live }
  | { readonly type: 'edit'; readonly action: EditorAction }
  | { readonly type: 'start' }
  | { readonly type: 'tick' }
  | { readonly type: 'stopping' }
  | { readonly type: 'finish'; readonly status: ReplStatus }
  | { readonly type: 'enqueue'; readonly text: string }
  | { readonly type: 'dequeue' }
  /** The last one, or all, back into the editor, before what is there. */
  | { readonly type: 'take-back'; readonly which: 'last' | 'all' }
  | { readonly type: 'arm-quit'; readonly armed: boolean }
  | { readonly type: 'end' };

export const nothingLive: Live = { tail: undefined, tools: [] };

export function initialState(size: { readonly columns: number; readonly rows: number }, status: ReplStatus): ReplState {
  return {
    ...size,
    resizing: false,
    status,
    printed: [],
    running: undefined,
    editor: emptyEditor,
    queue: [],
    quitArmed: false,
    ended: false,
  };
}

export function reduce(state: ReplState, action: ReplAction): ReplState {
  switch (action.type) {
    case 'resize':
      return { ...state, columns: action.columns, rows: action.rows, resizing: true };
    case 'resize-end':
      return { ...state, resizing: false };
    case 'print':
      return {
        ...state,
        printed: print(state.printed, action.passages),
        running: state.running && { ...state.running, live: action.live ?? state.running.live },
      };
    case 'edit':
      return { ...state, editor: edit(state.editor, action.action), quitArmed: false };
    case 'start':
      return { ...state, running: { seconds: 0, stopping: false, live: nothingLive } };
    case 'tick':
      return { ...state, running: state.running && { ...state.running, seconds: state.running.seconds + 1 } };
    case 'stopping':
      return { ...state, running: state.running && { ...state.running, stopping: true } };
    case 'finish':
      return { ...state, running: undefined, status: action.status };
    case 'enqueue':
      return { ...state, queue: [...state.queue, action.text] };
    case 'dequeue':
      return { ...state, queue: state.queue.slice(1) };
    case 'take-back':
      return takeBack(state, action.which);
    case 'arm-quit':
      return { ...state, quitArmed: action.armed };
    case 'end':
      return { ...state, running: undefined, ended: true };
    default:
      return action satisfies never;
  }
}

/** The list only ever grows at its end: Ink's Static counts on it. */
function print(printed: readonly Printed[], passages: readonly Passage[]): readonly Printed[] {
  const added = passages
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, apart }, index) => ({
      id: printed.length + index,
      text: joinSafe(apart && printed.length + index > 0 ? [safe``, ...lines] : lines, safe`\n`),
    }));
  return added.length === 0 ? printed : [...printed, ...added];
}

function takeBack(state: ReplState, which: 'last' | 'all'): ReplState {
  const kept = which === 'all' ? [] : state.queue.slice(0, -1);
  const taken = state.queue.slice(kept.length);
  if (taken.length === 0) return state;
  const { text } = state.editor;
  const together = [...taken, ...(text === '' ? [] : [text])].join('\n');
  return { ...state, queue: kept, editor: edit(state.editor, { type: 'replace', text: together }) };
}
