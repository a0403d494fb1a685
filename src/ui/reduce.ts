/** The only function that changes what the screen shows. */

import type { ProposedCall } from '../core/approval.ts';
import type { ReplStatus } from './actions.ts';
import { type AskingAction, reduceAsking, startAsking } from './approval/asking.ts';
import { type CompletingAction, follow, reduceCompleting } from './completion/completing.ts';
import type { Editing } from './edit-earlier.ts';
import { type Editor, type EditorAction, edit } from './editor/editor.ts';
import { followEdit } from './editor/vi/follow-edit.ts';
import type { Vi } from './editor/vi/vi.ts';
import { type PickingAction, reducePicking } from './picker/picking.ts';
import { type HeldOutput, printed, released } from './printed.ts';
import { dequeued, type Queued, takenBack } from './queue.ts';
import { type Live, nothingLive, type Passage, type QuitKey, type ReplState } from './state.ts';
import type { EndedCall } from './tool-lines.ts';
import { reduceView, type ViewAction } from './view.ts';

export type ReplAction =
  | { readonly type: 'resize'; readonly columns: number; readonly rows: number }
  | { readonly type: 'resize-end' }
  | { readonly type: 'print'; readonly passages: readonly Passage[]; readonly live?: Live }
  | { readonly type: 'edit'; readonly action: EditorAction }
  /** A key of vi's has led to this; or vi mode is switched, which leaves the editor as it is. */
  | { readonly type: 'vi'; readonly vi: Vi | undefined; readonly editor: Editor }
  | { readonly type: 'start' }
  | { readonly type: 'start-turn' }
  | { readonly type: 'call-ended'; readonly call: EndedCall }
  | { readonly type: 'details'; readonly on: boolean }
  | { readonly type: 'tick' }
  | { readonly type: 'ask'; readonly calls: readonly ProposedCall[] }
  | { readonly type: 'asking'; readonly action: AskingAction }
  | { readonly type: 'asked' }
  | { readonly type: 'picking'; readonly action: PickingAction }
  | { readonly type: 'completing'; readonly action: CompletingAction }
  | { readonly type: 'stopping' }
  | { readonly type: 'finish'; readonly status: ReplStatus }
  | { readonly type: 'enqueue'; readonly queued: Queued }
  | { readonly type: 'dequeue' }
  | { readonly type: 'hold-queue' }
  /** Printed at once, or when the answer that is being written has ended. */
  | { readonly type: 'print-between'; readonly output: HeldOutput }
  /** The last one, or all, back into the editor, before what is there. */
  | { readonly type: 'take-back'; readonly which: 'last' | 'all' }
  | { readonly type: 'arm-quit'; readonly key: QuitKey | undefined }
  | { readonly type: 'kitty-keys' }
  | { readonly type: 'view'; readonly action: ViewAction }
  | { readonly type: 'editing'; readonly editing: Editing | undefined }
  | { readonly type: 'end' };

export function reduce(state: ReplState, action: ReplAction): ReplState {
  switch (action.type) {
    case 'resize':
      return { ...state, columns: action.columns, rows: action.rows, resizing: true };
    case 'resize-end':
      return { ...state, resizing: false };
    case 'print':
      return released({
        ...state,
        printed: printed(state.printed, action.passages),
        running: state.running && { ...state.running, live: action.live ?? state.running.live },
      });
    case 'print-between':
      return released({ ...state, held: [...state.held, action.output] });
    case 'edit':
      return follows({ ...state, ...edited(state, action.action), quitArmed: undefined, ...disarmed(state) });
    case 'vi':
      return follows({ ...state, vi: action.vi, editor: action.editor, quitArmed: undefined, ...disarmed(state) });
    case 'start':
      return { ...state, running: { seconds: 0, stopping: false, live: nothingLive } };
    case 'start-turn':
      return { ...reduce(state, { type: 'start' }), calls: [] };
    case 'call-ended':
      return { ...state, calls: [...state.calls, action.call] };
    case 'details':
      return { ...state, details: action.on };
    case 'tick':
      return { ...state, running: state.running && { ...state.running, seconds: state.running.seconds + 1 } };
    case 'ask':
      // A turn that is being stopped answers the question itself.
      return state.running?.stopping === false ? { ...state, asking: startAsking(action.calls) } : state;
    case 'asking':
      return { ...state, asking: state.asking && reduceAsking(state.asking, action.action) };
    case 'asked':
      return { ...state, asking: undefined };
    case 'picking':
      return { ...state, picking: reducePicking(state.picking, action.action) };
    case 'completing':
      return { ...state, ...reduceCompleting(state, action.action) };
    case 'stopping':
      return {
        ...state,
        asking: undefined,
        picking: undefined,
        running: state.running && { ...state.running, stopping: true },
      };
    case 'finish':
      return released(finish(state, action.status));
    case 'enqueue':
      return { ...state, queue: [...state.queue, action.queued] };
    case 'dequeue':
      return { ...state, ...dequeued(state) };
    case 'hold-queue':
      return { ...state, queueHeld: state.queue.length > 0 };
    case 'take-back':
      return follows(takenBack(state, action.which));
    case 'arm-quit':
      return { ...state, quitArmed: action.key };
    case 'view':
      return { ...state, view: reduceView(state.view, action.action) };
    case 'kitty-keys':
      return { ...state, kittyKeys: true };
    case 'editing':
      return { ...state, editing: action.editing };
    case 'end':
      return released({ ...state, asking: undefined, picking: undefined, running: undefined, ended: true });
    default:
      return action satisfies never;
  }
}

function finish(state: ReplState, status: ReplStatus): ReplState {
  return { ...state, asking: undefined, picking: undefined, running: undefined, status };
}

/** Whoever types means no second Esc. */
function disarmed({ editing }: ReplState): Pick<ReplState, 'editing'> {
  return { editing: editing?.kind === 'armed' ? undefined : editing };
}

function edited({ vi, editor }: ReplState, action: EditorAction): Pick<ReplState, 'vi' | 'editor'> {
  return followEdit({ vi, editor: edit(editor, action) }, action.type);
}

/** What is offered has to fit what is written. */
function follows(state: ReplState): ReplState {
  return { ...state, completing: follow(state.completing, state.editor) };
}
