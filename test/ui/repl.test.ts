/** The REPL without a screen: what is typed, in which order, and what comes of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import type { ReplActions, ReplStatus, RunningTurn } from '../../src/ui/actions.ts';
import { createRepl } from '../../src/ui/repl.ts';
import { initialState, type ReplState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import { scriptedSteering } from './scripted-steering.ts';

const status: ReplStatus = {
  ...{ profile: 'p', kind: 'demo', model: 'm', target: 't', conversationId: 'c', saved: true, system: undefined },
  ...{ tools: [], approval: 'ask', format: undefined },
};

test('a message written in the place of an earlier one branches off when it is sent', async () => {
  const chat = openChat();
  for (const text of ['first', 'second', '/edit 2']) await chat.say(text);
  assert.equal(chat.state().editor.text, 'first');
  await chat.say('first again');
  assert.deepEqual(chat.written(), ['first again']);
});

test('a command drops the message that was being written anew: the next one is a new one', async () => {
  const chat = openChat();
  for (const text of ['first', 'second', '/edit 2', '/usage', 'third']) await chat.say(text);
  assert.deepEqual(chat.written(), ['first', 'second', 'third']);
});

test('a queued message that is taken back stands in the place of the earlier one as before', async () => {
  const chat = openChat();
  for (const text of ['first', 'second', '/edit 2']) await chat.say(text);
  chat.dispatch({ type: 'start' });
  chat.submit('first again');
  assert.deepEqual(
    chat.state().queue.map(({ replaces }) => replaces?.id),
    ['w0'],
  );
  chat.dispatch({ type: 'take-back', which: 'last' });
  assert.deepEqual([chat.state().editor.text, chat.state().editing?.kind], ['first again', 'message']);
});

test('a command that fails while it may run at any time is a line in the chat', async () => {
  const chat = openChat();
  await chat.say('/prompt hello');
  await chat.until(({ printed }) => printed.some(({ text }) => text.includes('no grammar here')));
  await chat.say('still here');
  assert.deepEqual(chat.written(), ['still here']);
});

function openChat() {
  const steering = scriptedSteering(() => turn());
  const actions: Partial<ReplActions> = {
    status: () => status,
    send(text) {
      steering.wrote(text);
      return turn();
    },
    preview: () => Promise.reject(new ChatError({ kind: 'usage', what: 'no grammar here' })),
    steering,
    inputHistory: { entries: [], add: () => undefined },
  };
  const store = createStore(initialState({ columns: 80, rows: 24 }, status));
  const repl = createRepl({
    // Nothing else is asked for here.
    actions: actions as ReplActions,
    ...{ store, theme: createTheme({ color: 0 }), hyperlinks: false, redraw: () => {}, now: () => 0 },
  });
  const until = (holds: (state: ReplState) => boolean) =>
    new Promise<void>((resolve) => {
      const check = (): void => {
        if (!holds(store.state())) return;
        stop();
        resolve();
      };
      const stop = store.subscribe(check);
      check();
    });
  return {
    ...{ state: store.state, dispatch: store.dispatch, until, submit: repl.submit },
    /** Of the branch, oldest first. */
    written: () =>
      steering
        .written()
        .map(({ text }) => text)
        .reverse(),
    /** As if typed in the place of what is there, and waits until that is over. */
    async say(text: string) {
      repl.submit(text);
      await until(({ running }) => running === undefined);
    },
  };
}

function turn(): RunningTurn {
  async function* events(): AsyncGenerator<TurnEvent> {
    yield { type: 'turn-end', usage: {}, outcome: { kind: 'done', finish: 'stop' } };
  }
  return { events: events(), stop() {} };
}
