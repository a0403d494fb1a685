import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../../src/core/error.ts';
import type { TurnEvent } from '../../../src/core/turn-event.ts';
import { createTheme } from '../../../src/terminal/theme.ts';
import type { ReplStatus } from '../../../src/ui/actions.ts';
import { followTurn } from '../../../src/ui/plain/follow-turn.ts';
import { createPage } from '../../../src/ui/plain/page.ts';
import { initialState } from '../../../src/ui/state.ts';
import { createStore } from '../../../src/ui/store.ts';
import { idleStatus } from '../../support/idle-status.ts';

/** What is said of an answer that broke off. */
async function saidOf(format: ReplStatus['format']): Promise<string> {
  const store = createStore(initialState({ columns: 80, rows: 24 }, { ...idleStatus, format }));
  const error = new ChatError({ kind: 'stream', target: 'http://x', reason: 'cut' });
  async function* events(): AsyncGenerator<TurnEvent> {
    yield { type: 'turn-end', outcome: { kind: 'failed', error, partial: true }, usage: {} };
  }
  await followTurn(
    { events: events(), stop() {} },
    {
      store,
      look: () => ({ columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false }),
      page: createPage(() => {}),
      ask: async () => new Map(),
    },
  );
  return store
    .state()
    .printed.map(({ text }) => text)
    .join('\n');
}

test('going on is offered for a free answer, and not for a structured one', async () => {
  assert.match(await saidOf(undefined), /\/continue/);
  assert.doesNotMatch(await saidOf({ kind: 'json-schema', source: 'a.json' }), /\/continue/);
  assert.match(await saidOf({ kind: 'json-schema', source: 'a.json' }), /\/retry asks again/);
});
