/** L67 without the terminal and the hours: as many turns as a long day has, through the session and the REPL's state. */

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ConversationLog, StoredMessage } from '../../src/core/conversation.ts';
import { createSession } from '../../src/session/index.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { runTurn } from '../../src/ui/run-turn.ts';
import { initialState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import { idleStatus } from '../support/idle-status.ts';
import { scriptedProvider, text } from '../support/scripted-provider.ts';
import type { Case } from './chat.ts';

const turns = 2_000;
const megabyte = 1024 * 1024;

export const longCases: readonly Case[] = [
  {
    id: 'L67',
    title: `${turns} turns leave no more behind than their text, and no timer`,
    async run() {
      const turn = openChat();
      for (let count = 0; count < 100; count++) await turn();
      const before = used();
      for (let count = 0; count < turns; count++) await turn();
      const after = used();
      const grownBy = (after.bytes - before.bytes) / megabyte;
      assert.ok(grownBy < 50, `${grownBy} MB more`);
      assert.ok(after.handles <= before.handles, `${after.handles} handles, ${before.handles} before`);
    },
  },
];

/** Returns what sends one message and draws its answer into the state. */
function openChat(): () => Promise<void> {
  const provider = {
    ...scriptedProvider([]),
    async *stream() {
      yield* text('# A heading\n\n', 'Some words, **strong** ones, ', 'and `code`.\n\n```js\nconst a = 1;\n```\n');
    },
  };
  const session = createSession(
    {
      ...{ provider, model: 'm', system: undefined, tools: [], toolChoice: 'auto', sampling: {}, extraBody: {} },
      ...{ stream: true, maxRounds: 16, toolTimeoutMs: 30_000, log: memoryLog() },
      approval: { policy: 'ask', rules: [], canAsk: false },
    },
    () => performance.now(),
  );
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  const look = () => ({ columns: 80, theme: createTheme({ color: 1 }), hyperlinks: false });
  return async () => {
    store.dispatch({ type: 'start-turn' });
    const events = session.send('a question', new AbortController().signal);
    await runTurn({ events, stop: () => {} }, { store, look, ask: () => {}, now: () => performance.now() });
    store.dispatch({ type: 'finish', status: idleStatus });
  };
}

function memoryLog(): ConversationLog {
  const messages: StoredMessage[] = [];
  return {
    id: 'memory',
    title: undefined,
    messages,
    async append(message) {
      const parentId = messages.at(-1)?.id ?? null;
      const stored = { id: String(messages.length + 1), parentId, at: '2026-01-01T00:00:00Z', message };
      messages.push(stored);
      return { message: stored };
    },
    following: [],
    branches: [],
    rewind() {},
    rename: async () => undefined,
    sync: async () => undefined,
  };
}

/** After what is not needed has been collected: Node offers that only behind a flag. */
function used(): { readonly bytes: number; readonly handles: number } {
  setFlagsFromString('--expose-gc');
  // The flag adds this function to contexts that are made after it.
  const collect = runInNewContext('gc') as () => void;
  collect();
  return { bytes: process.memoryUsage().heapUsed, handles: process.getActiveResourcesInfo().length };
}
