/** Follows one turn onto a page: the answer as it comes, word by word, everything else as lines. */

import type { ApprovalQuestion, Decision } from '../../core/approval.ts';
import type { TurnOutcome } from '../../core/turn-event.ts';
import { type SafeText, safe } from '../../terminal/safe.ts';
import { createSanitizer, sanitize } from '../../terminal/sanitize.ts';
import type { RunningTurn } from '../actions.ts';
import type { Look } from '../look.ts';
import type { Store } from '../store.ts';
import { createTurnDisplay } from '../turn-display.ts';
import type { Page } from './page.ts';

export interface FollowOptions {
  readonly store: Store;
  readonly look: () => Look;
  readonly page: Page;
  readonly ask: (question: ApprovalQuestion) => Promise<ReadonlyMap<string, Decision>>;
}

export async function followTurn(turn: RunningTurn, options: FollowOptions): Promise<TurnOutcome['kind']> {
  const { store, look, page, ask } = options;
  const { dispatch, state } = store;
  const { format, profile } = state().status;
  const failing = { isFree: format === undefined, profile };
  const display = createTurnDisplay(look, { failing, details: () => state().details });
  const answer = createPlainAnswer(page);
  let outcome: TurnOutcome['kind'] = 'failed';
  let reasons = false;
  for await (const event of turn.events) {
    // What comes after Ctrl+C is kept, but not read out: the person has turned to something else.
    const isStopped = state().running?.stopping === true;
    if (isStopped) answer.drop();
    if (isStopped && (event.type === 'text-delta' || event.type === 'reasoning-delta')) continue;
    if (event.type === 'text-delta') {
      reasons = false;
      answer.push(event.text);
      continue;
    }
    // Reasoning that is read aloud keeps the person from the answer.
    if (event.type === 'reasoning-delta') {
      if (!reasons) page.line(safe`(thinking)`);
      reasons = true;
      continue;
    }
    answer.end();
    if (event.type === 'turn-end') outcome = event.outcome.kind;
    const { passages, ended } = display.show(event);
    dispatch({ type: 'print', passages });
    if (ended !== undefined) dispatch({ type: 'call-ended', call: ended });
    if (event.type === 'approval') event.question.answer(await ask(event.question));
  }
  return outcome;
}

/** A text without spaces is not held back for longer, in UTF-16 units. */
const longestHeld = 60;

interface PlainAnswer {
  push(delta: string): void;
  end(): void;
  /** Nothing that is held is written any more. */
  drop(): void;
}

/** Half a word is not written: what reads the screen aloud would say it so. */
function createPlainAnswer(page: Page): PlainAnswer {
  let sanitizer = createSanitizer();
  let held = '';
  const write = (text: string): void => {
    const words: SafeText = sanitize(text);
    page.text(words);
  };
  function drop(): void {
    sanitizer = createSanitizer();
    held = '';
  }
  return {
    drop,
    push(delta) {
      const text = held + sanitizer.push(delta);
      const end = text.length > longestHeld ? text.length : text.search(/\S*$/);
      held = text.slice(end);
      write(text.slice(0, end));
    },
    end() {
      const rest = held + sanitizer.end();
      drop();
      write(rest);
    },
  };
}
