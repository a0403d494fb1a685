/** The dialog over a real session: whatever a person does in it, the conversation can be sent again. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tool } from '../../../src/core/tool.ts';
import { createSession } from '../../../src/session/index.ts';
import { memoryLog } from '../../../src/store/memory-log.ts';
import { createTheme } from '../../../src/terminal/theme.ts';
import type { ReplActions } from '../../../src/ui/actions.ts';
import { layFrame } from '../../../src/ui/frame.ts';
import { createRepl } from '../../../src/ui/repl.ts';
import { initialState, type ReplState } from '../../../src/ui/state.ts';
import { createStore } from '../../../src/ui/store.ts';
import { idleStatus } from '../../support/idle-status.ts';
import { call, finish, type Script, scriptedProvider, text } from '../../support/scripted-provider.ts';

function converse(script: readonly Script[]) {
  const ran: string[] = [];
  const write: Tool = {
    name: 'write',
    description: 'Writes.',
    parameters: { type: 'object', properties: { path: { type: 'string' } } },
    safe: false,
    run: async ({ path }) => void ran.push(String(path)),
  };
  const provider = scriptedProvider(script);
  const log = memoryLog();
  const session = createSession(
    {
      ...{ provider, model: 'm', system: undefined, tools: [write], toolChoice: 'auto', sampling: {}, extraBody: {} },
      ...{ stream: true, maxRounds: 16, toolTimeoutMs: 30_000, log },
      approval: { policy: 'ask', rules: [], canAsk: true },
    },
    () => performance.now(),
  );
  const actions: Partial<ReplActions> = {
    status: () => idleStatus,
    send(message) {
      const stop = new AbortController();
      return { events: session.send(message, stop.signal), stop: () => stop.abort() };
    },
    inputHistory: { entries: [], add: () => undefined },
  };
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  const theme = createTheme({ color: 0 });
  let nowMs = 0;
  const repl = createRepl({
    // Nothing else is asked for here.
    actions: actions as ReplActions,
    ...{ store, theme, hyperlinks: false, redraw: () => {} },
    now: () => nowMs,
  });
  return {
    ...{ repl, store, log, provider, ran },
    until: (holds: (state: ReplState) => boolean) =>
      new Promise<void>((resolve) => {
        const stop = store.subscribe(() => check());
        const check = (): void => {
          if (!holds(store.state())) return;
          stop();
          resolve();
        };
        check();
      }),
    /** Draws the dialog, reads it, presses the key. */
    async answer(key: string) {
      await this.until(({ asking }) => asking !== undefined);
      repl.onDrawn(layFrame(store.state(), { columns: 80, theme, hyperlinks: false }, { lines: [], above: 0 }));
      nowMs += 10_000;
      repl.handleKeys([key.length === 1 ? { type: 'text', text: key } : { type: 'chord', chord: key }]);
    },
  };
}

const asksTwice: Script = [
  call('write', '{"path":"a"}', '1'),
  call('write', '{"path":"b"}', '2'),
  finish('tool-calls'),
];

test('Ctrl+C in the dialog runs nothing, and leaves a conversation that can be sent again', async () => {
  const chat = converse([asksTwice, text('done')]);
  chat.repl.submit('go');
  await chat.answer('ctrl+c');
  await chat.until(({ running }) => running === undefined);
  assert.deepEqual(
    chat.log.messages.map(({ message }) => (message.role === 'tool' ? message.outcome : message.role)),
    ['user', 'assistant', 'cancelled', 'cancelled'],
  );
  assert.equal(chat.store.state().asking, undefined);
  chat.repl.submit('again');
  await chat.until(({ running }) => running === undefined);
  assert.deepEqual(
    chat.provider.requests[1]?.messages.map(({ role }) => role),
    ['user', 'assistant', 'tool', 'tool', 'user'],
  );
  assert.deepEqual(chat.ran, []);
});

test('of two calls exactly the one that was allowed runs', async () => {
  const chat = converse([asksTwice, text('done')]);
  chat.repl.submit('go');
  await chat.answer('n');
  await chat.answer('y');
  await chat.until(({ running }) => running === undefined);
  assert.deepEqual(chat.ran, ['b']);
});

test('a tool allowed for the conversation is not asked about again in it', async () => {
  const chat = converse([
    asksTwice,
    text('done'),
    [call('write', '{"path":"c"}', '3'), finish('tool-calls')],
    text('done'),
  ]);
  chat.repl.submit('go');
  await chat.answer('t');
  await chat.until(({ running }) => running === undefined);
  chat.repl.submit('more');
  await chat.until(({ running }) => running === undefined);
  assert.deepEqual(chat.ran, ['a', 'b', 'c']);
});

test('a message that was being written stands in the prompt again after the dialog', async () => {
  const chat = converse([asksTwice, text('done')]);
  chat.repl.submit('go');
  chat.repl.handleKeys([{ type: 'text', text: 'and th' }]);
  await chat.until(({ asking }) => asking !== undefined);
  chat.repl.handleKeys([{ type: 'text', text: 'en' }]);
  await chat.answer('a');
  await chat.until(({ running }) => running === undefined);
  assert.equal(chat.store.state().editor.text, 'and then');
  assert.deepEqual(chat.ran, ['a', 'b']);
});
