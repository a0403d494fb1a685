/** What is asked about the calls of one answer, call by call: a pure state and what the answers do to it. */

import type { Decision, ProposedCall } from '../../core/approval.ts';
import { type Editor, type EditorAction, edit, emptyEditor } from '../editor/editor.ts';

export interface Asking {
  /** All of the answer, in order. */
  readonly calls: readonly ProposedCall[];
  /** By the id of the call; the first call without one is being asked about. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** The first line on screen of what is asked about. */
  readonly top: number;
  /** Why not, while it is being written. */
  readonly reason: Editor | undefined;
}

export type AskingAction =
  | { readonly type: 'allow'; readonly which: 'this' | 'all' | 'tool' }
  /** With the reason, if one was written. */
  | { readonly type: 'deny' }
  | { readonly type: 'reason'; readonly open: boolean }
  | { readonly type: 'edit-reason'; readonly action: EditorAction }
  /** @param last  the furthest that `top` may go */
  | { readonly type: 'scroll'; readonly by: number; readonly last: number };

export function startAsking(calls: readonly ProposedCall[]): Asking {
  return { calls, decisions: new Map(), top: 0, reason: undefined };
}

/** The calls that nobody has decided about, the one being asked about first. */
export function undecided({ calls, decisions }: Asking): readonly ProposedCall[] {
  return calls.filter(({ id }) => !decisions.has(id));
}

export function reduceAsking(asking: Asking, action: AskingAction): Asking {
  switch (action.type) {
    case 'allow':
      return allow(asking, action.which);
    case 'deny': {
      const reason = asking.reason?.text.trim();
      return decide(asking, undecided(asking).slice(0, 1), reason ? { kind: 'deny', reason } : { kind: 'deny' });
    }
    case 'reason':
      return { ...asking, reason: action.open ? emptyEditor : undefined };
    case 'edit-reason':
      return asking.reason === undefined ? asking : { ...asking, reason: edit(asking.reason, action.action) };
    case 'scroll':
      return { ...asking, top: Math.max(0, Math.min(asking.top + action.by, action.last)) };
    default:
      return action satisfies never;
  }
}

function allow(asking: Asking, which: 'this' | 'all' | 'tool'): Asking {
  const open = undecided(asking);
  switch (which) {
    case 'this':
      return decide(asking, open.slice(0, 1), { kind: 'run' });
    case 'all':
      return decide(asking, open, { kind: 'run' });
    case 'tool':
      return decide(
        asking,
        open.filter(({ tool }) => tool === open[0]?.tool),
        { kind: 'run-always' },
      );
    default:
      return which satisfies never;
  }
}

function decide(asking: Asking, calls: readonly ProposedCall[], decision: Decision): Asking {
  const decisions = new Map(asking.decisions);
  for (const { id } of calls) decisions.set(id, decision);
  return { ...asking, decisions, top: 0, reason: undefined };
}
