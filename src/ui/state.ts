/** Everything the screen shows, as one value. */

import type { ToolCall } from '../core/message.ts';
import type { Block } from '../terminal/blocks.ts';
import type { SafeText } from '../terminal/safe.ts';
import type { ReplStatus } from './actions.ts';
import type { Asking } from './approval/asking.ts';
import type { Completing } from './completion/completing.ts';
import type { Editing } from './edit-earlier.ts';
import { type Editor, emptyEditor } from './editor/editor.ts';
import type { Vi } from './editor/vi/vi.ts';
import type { Picking } from './picker/picking.ts';
import type { HeldOutput } from './printed.ts';
import type { Queued } from './queue.ts';
import type { EndedCall } from './tool-lines.ts';
import { firstView, type View } from './view.ts';

export interface ReplState {
  readonly columns: number;
  readonly rows: number;
  /** The size is still changing: nothing is drawn, and what arrives of an answer waits to be laid out. */
  readonly resizing: boolean;
  /** What has been said, laid out for the width of its time; on screen it belongs to the terminal's scrollback. */
  readonly printed: readonly Printed[];
  readonly running: Running | undefined;
  /** Calls of the running turn wait for the person; the keys answer. */
  readonly asking: Asking | undefined;
  /** A command lets the person choose; the keys choose. */
  readonly picking: Picking | undefined;
  /** What Tab has found, under the prompt. */
  readonly completing: Completing | undefined;
  /** The tool calls of the last turn, or of the one that runs. */
  readonly calls: readonly EndedCall[];
  /** Tool calls are printed with all that went in and came out. */
  readonly details: boolean;
  readonly editor: Editor;
  /** Undefined while vi mode is off. */
  readonly vi: Vi | undefined;
  /** What waits for the end of what runs, oldest first. */
  readonly queue: readonly Queued[];
  /** What ran was stopped or failed: the queue was written for another course of things, and waits for the person. */
  readonly queueHeld: boolean;
  /** What commands have said into the middle of an answer. */
  readonly held: readonly HeldOutput[];
  /** This key, once more, quits. */
  readonly quitArmed: QuitKey | undefined;
  /** The terminal speaks the kitty keyboard protocol: Shift+Enter is a key of its own. */
  readonly kittyKeys: boolean;
  /** An earlier message is being written anew. */
  readonly editing: Editing | undefined;
  /** How answers are shown. */
  readonly view: View;
  readonly status: ReplStatus;
  /** Nothing but what is printed is drawn any more. */
  readonly ended: boolean;
}

export type QuitKey = 'Ctrl+C' | 'Ctrl+D';

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
  /** What is waited for: a server that is asked again. */
  readonly note?: SafeText;
}

export type Tail = {
  /** Nothing of it is printed yet. */
  readonly first: boolean;
} & (
  | { readonly kind: 'answer'; readonly blocks: readonly Block[] }
  | { readonly kind: 'reasoning'; readonly line: SafeText }
  /** Reasoning that is one line, and how much of it there is. */
  | { readonly kind: 'folded'; readonly words: number }
  /** A structured answer so far, as the model writes it. */
  | { readonly kind: 'value'; readonly text: string }
  /** The same, too long to be drawn with every frame. */
  | { readonly kind: 'large-value'; readonly bytes: number }
);

export interface RunningTool {
  readonly call: ToolCall;
  readonly label: SafeText;
}

export const nothingLive: Live = { tail: undefined, tools: [] };

export function initialState(size: { readonly columns: number; readonly rows: number }, status: ReplStatus): ReplState {
  return {
    ...size,
    resizing: false,
    status,
    printed: [],
    running: undefined,
    asking: undefined,
    picking: undefined,
    completing: undefined,
    calls: [],
    details: false,
    editor: emptyEditor,
    vi: undefined,
    queue: [],
    queueHeld: false,
    held: [],
    quitArmed: undefined,
    kittyKeys: false,
    view: firstView,
    editing: undefined,
    ended: false,
  };
}
