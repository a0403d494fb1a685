/** What is made of typed lines: a message, a command, or a draft that waits for more. */

import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { ReplActions } from '../actions.ts';
import { readWritten } from '../commands/index.ts';
import { writtenText } from '../editor/editor.ts';
import type { Look } from '../look.ts';
import type { Repl } from '../repl.ts';
import type { Store } from '../store.ts';
import { noticePassage } from '../transcript.ts';
import type { Page } from './page.ts';

export interface Written {
  /** Lines that came at once: one is typed, several are pasted. */
  take(typed: readonly string[]): void;
  /** To the draft, and nothing is sent. */
  add(line: string): void;
  /** The draft may have been changed by something else: then the person is shown it. */
  follow(): void;
  /** Not sent; empty when there is nothing. */
  draft(): string;
  /** Puts a draft that would be lost into the history. */
  keep(draft: string): void;
  /** The line that was typed last does not go on any more. */
  interrupt(): void;
}

export interface WrittenOptions {
  readonly repl: Repl;
  readonly store: Store;
  readonly page: Page;
  readonly look: () => Look;
  readonly inputHistory: ReplActions['inputHistory'];
  /** Before a text is sent that stands on the page already. */
  readonly onSubmit: (text: string) => void;
}

export function createWritten({ repl, store, page, look, inputHistory, onSubmit }: WrittenOptions): Written {
  const { state, dispatch } = store;
  /** As it is known to the person. */
  let known = '';
  /** The last line ended in a backslash. */
  let goesOn = false;
  /** What is typed next takes the place of the draft. */
  let replaces = false;
  let explained = false;

  const draft = (): string => writtenText(state().editor);

  function submit(text: string): void {
    replaces = false;
    onSubmit(text);
    repl.submit(text);
  }

  function hold(text: string): void {
    known = text;
    replaces = false;
    dispatch({ type: 'edit', action: { type: 'replace', text } });
  }

  /** It leaves the draft where it is, unless it puts another in its place. */
  function runBeside(line: string, before: string): void {
    const { editing } = state();
    const wouldReplace = replaces;
    submit(line);
    if (state().editor.text === '') {
      hold(before);
      dispatch({ type: 'editing', editing });
    }
    if (draft() === before) {
      replaces = wouldReplace;
      page.line(safe`- your message is still not sent`);
    } else {
      keep(before);
    }
  }

  function keep(text: string): void {
    const unwritten = inputHistory.add(text);
    if (unwritten === undefined) return;
    for (const line of noticePassage({ level: 'warning', text: unwritten.message }, look()).lines) page.line(line);
  }

  function explain(lead: SafeText): void {
    page.line(safe`- ${lead}: an empty line sends it, Ctrl+C drops it`);
    if (!explained) page.line(safe`- what is written behind "." is added to it; a command runs beside it`);
    explained = true;
  }

  return {
    draft,
    keep,
    take(typed) {
      const before = replaces && typed.some((line) => line !== '') ? '' : draft();
      const [line = ''] = typed;
      const isOne = typed.length === 1;
      if (isOne && !goesOn && draft() !== '' && isCommand(line)) return runBeside(line, draft());
      const text = [...(before === '' ? [] : [before]), ...typed].join('\n');
      const wasGoingOn = goesOn;
      goesOn = isOne && text.endsWith('\\');
      if (isOne && !goesOn && (before === '' || wasGoingOn)) submit(text);
      else if (isOne && line === '') submit(before);
      else hold(goesOn ? text.slice(0, -1) : text);
      if (isOne) return;
      // The paste may go on with half a line, which the terminal has echoed and keeps.
      page.line(safe``);
      explain(safe`${typed.length} lines, not sent yet`);
    },
    add(line) {
      const before = draft();
      hold(before === '' ? line : `${before}\n${line}`);
    },
    follow() {
      const now = draft();
      const before = known;
      if (now === before) return;
      known = now;
      if (now === '') return;
      if (before !== '' && !now.includes(before)) keep(before);
      replaces = state().editing?.kind === 'message';
      if (replaces) page.line(safe`- what you write takes its place; an empty line sends it as it is, Ctrl+C drops it`);
      else explain(safe`not sent`);
      page.line(sanitize(now));
    },
    interrupt() {
      goesOn = false;
    },
  };
}

function isCommand(line: string): boolean {
  const { kind } = readWritten(line.trim());
  return kind === 'command' || kind === 'unknown';
}
