/** Asks the person at the keyboard whether calls may run. One question at a time; its answers go back together. */

import type { ApprovalQuestion, ProposedCall } from '../../core/approval.ts';
import type { EditorAction } from '../editor/editor.ts';
import { type Answer, answerChords, answerTexts } from '../keys/answer-keys.ts';
import { bindings } from '../keys/bindings.ts';
import type { Key } from '../keys/key.ts';
import { quietMs } from '../quiet.ts';
import type { Store } from '../store.ts';
import { type Asking, type AskingAction, undecided } from './asking.ts';
import type { Dialog } from './dialog.ts';

export interface PersonAsker {
  ask(question: ApprovalQuestion): void;
  /** The dialog is on screen. */
  onDrawn(dialog: Dialog): void;
  /** While `state.asking` stands all keys come here. */
  handleKey(key: Key): void;
}

export interface PersonAskerOptions {
  readonly store: Store;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly stop: () => void;
  readonly redraw: () => void;
}

/** `quietMs` for the calls after the first: a key that is held down repeats faster than this, a person does not. */
const quietBetweenMs = 200;

type WrittenKey = Extract<Key, { readonly text: string }>;

export function createPersonAsker({ store, now, stop, redraw }: PersonAskerOptions): PersonAsker {
  const { dispatch, state } = store;
  let question: ApprovalQuestion | undefined;
  let drawn: Dialog | undefined;
  let quietSinceMs = 0;

  function change(action: AskingAction): void {
    dispatch({ type: 'asking', action });
    const { asking } = state();
    if (asking === undefined || undecided(asking).length > 0) return;
    dispatch({ type: 'asked' });
    question?.answer(asking.decisions);
  }

  const scroll = (by: number): void => change({ type: 'scroll', by, last: drawn?.last ?? 0 });
  const pageRows = (): number => Math.max(1, (drawn?.page ?? 1) - 1);

  /** What is not on screen to its end is not allowed: the key shows more of it, as the dialog says. */
  function allow(which: 'this' | 'all' | 'tool'): void {
    const { asking } = state();
    const open = asking === undefined ? [] : undecided(asking);
    const covered = which === 'this' ? 1 : which === 'all' ? open.length : lastOf(open) + 1;
    const isSeen = (drawn?.bottom ?? 0) >= (drawn?.ends[covered - 1] ?? Number.POSITIVE_INFINITY);
    if (isSeen) change({ type: 'allow', which });
    else scroll(pageRows());
  }

  const perform: Readonly<Record<Answer, () => void>> = {
    'allow-this': () => allow('this'),
    'allow-all': () => allow('all'),
    'allow-tool': () => allow('tool'),
    deny: () => change({ type: 'deny' }),
    'write-reason': () => change({ type: 'reason', open: true }),
    'line-up': () => scroll(-1),
    'line-down': () => scroll(1),
    'page-up': () => scroll(-pageRows()),
    'page-down': () => scroll(pageRows()),
    'to-start': () => scroll(Number.NEGATIVE_INFINITY),
    'to-end': () => scroll(Number.POSITIVE_INFINITY),
    redraw,
    stop,
  };

  function answer({ type, text }: WrittenKey, asking: Asking): void {
    const isFirst = asking.decisions.size === 0;
    const isRead = drawn?.asks === undecided(asking)[0] && now() - quietSinceMs >= (isFirst ? quietMs : quietBetweenMs);
    quietSinceMs = now();
    const meant = type === 'text' ? answerTexts.get(text) : undefined;
    if (isRead && meant !== undefined) perform[meant]();
    // It goes on with the message that was being written.
    else if (!isRead && isFirst) dispatch({ type: 'edit', action: { type: 'insert', text } });
  }

  function writeReason(key: Key): void {
    const edit = (action: EditorAction): void => change({ type: 'edit-reason', action });
    if (key.type === 'text' || key.type === 'paste') edit({ type: 'insert', text: key.text.replace(/\s+/g, ' ') });
    if (key.type !== 'chord') return;
    const bound = bindings[key.chord];
    if (key.chord === 'enter') change({ type: 'deny' });
    else if (key.chord === 'escape') change({ type: 'reason', open: false });
    else if (key.chord === 'ctrl+c') stop();
    else if (typeof bound === 'object') edit(bound);
  }

  return {
    ask(asked) {
      question = asked;
      dispatch({ type: 'ask', calls: asked.calls });
    },
    onDrawn(dialog) {
      if (dialog.asks !== drawn?.asks) quietSinceMs = now();
      drawn = dialog;
    },
    handleKey(key) {
      const { asking } = state();
      if (asking === undefined) return;
      if (asking.reason !== undefined) return writeReason(key);
      if (key.type === 'text' || key.type === 'paste') return answer(key, asking);
      const meant = key.type === 'chord' ? answerChords.get(key.chord) : undefined;
      if (meant !== undefined) perform[meant]();
    },
  };
}

/** Where the last call of the same tool as the first stands. */
function lastOf(open: readonly ProposedCall[]): number {
  return open.findLastIndex(({ tool }) => tool === open[0]?.tool);
}
