import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Host } from '../../src/cli/host.ts';
import { createSteering } from '../../src/cli/repl-steering.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createSession } from '../../src/session/index.ts';
import { createMeter } from '../../src/session/meter.ts';
import { createConversation, listConversations } from '../../src/store/conversations.ts';
import { temporaryPaths } from '../store/folder.ts';
import { type Script, scriptedProvider, text } from '../support/scripted-provider.ts';

function open(script: readonly Script[]) {
  const paths = temporaryPaths();
  const host: Partial<Host> = { paths, environment: {} };
  const newLog = () => createConversation({ paths });
  const session = createSession(
    {
      provider: scriptedProvider(script),
      model: 'm',
      system: 'Be brief.',
      tools: [],
      toolChoice: 'auto',
      sampling: {},
      extraBody: { from_profile: true },
      stream: true,
      maxRounds: 4,
      toolTimeoutMs: 1000,
      approval: { policy: 'all', rules: [], canAsk: false },
      log: newLog(),
    },
    () => 0,
  );
  const price = { prompt: 1_000_000, completion: 2_000_000 };
  const meter = createMeter({ now: () => 0, subject: () => session.settings.log.id, price: () => price });
  const steering = createSteering(
    // Nothing else of the host is used but to copy.
    host as Host,
    {
      session,
      meter,
      profile: () => ({ name: 'p', kind: 'openai', contextWindow: 100, price }),
      newLog,
      follow: (start) => {
        const events = start(new AbortController().signal);
        return events && { events: meter.follow(events), stop() {} };
      },
    },
  );
  const ask = async (words: string) => drain(meter.follow(session.send(words, new AbortController().signal)));
  return { paths, session, steering, ask };
}

async function drain(events: AsyncIterable<TurnEvent>): Promise<void> {
  for await (const _ of events);
}

test('a fork has the history and a title of its own, and both are kept', async () => {
  const { paths, session, steering, ask } = open([text('a1'), text('a2')]);
  await ask('q1');
  const before = session.settings.log;
  assert.match(await steering.fork(), new RegExp(`${before.id} stays as it was\\.$`));
  await ask('q2');
  assert.equal(before.messages.length, 3);
  assert.deepEqual(
    session.settings.log.messages.map(({ message }) => message.text),
    ['Be brief.', 'q1', 'a1', 'q2', 'a2'],
  );
  assert.deepEqual((await listConversations(paths)).map(({ title }) => title).sort(), ['q1', 'q1 (fork)']);
});

test('what is sent is counted, and what it took is counted since the start', async () => {
  const { steering, ask, session } = open([text('one', 'two')]);
  await session.settings.log.append({ role: 'user', text: '', correction: true });
  await ask('q');
  const { counts, estimatedTokens, reportedTokens, window } = await steering.context(new AbortController().signal);
  assert.deepEqual(counts, { system: 1, user: 1, assistant: 1, tool: 0 });
  assert.deepEqual([estimatedTokens, reportedTokens, window], [6, 3, 100]);
  assert.deepEqual([steering.usage().turns, steering.usage().cost], [1, 5]);
  await steering.fork();
  assert.equal(steering.usage().turns, 1);
});

test('what was set is known apart from what the profile says, for another server', () => {
  const { session, steering } = open([]);
  steering.setOption('min_p', '0.1');
  steering.setOption('temperature', '1');
  assert.deepEqual(session.settings.extraBody, { from_profile: true, min_p: 0.1 });
  assert.deepEqual([steering.extraBody, session.settings.sampling], [{ min_p: 0.1 }, { temperature: 1 }]);
  steering.setOption('from_profile', undefined);
  assert.deepEqual(session.settings.extraBody, { min_p: 0.1 });
});

test('the text of attached files does not come back with a message', async () => {
  const { steering, ask } = open([text('a')]);
  await ask('Read @a.txt\n\n<file path="a.txt">\nlong\n</file>');
  assert.deepEqual(
    [steering.written()[0]?.text, steering.answers(), await steering.undo()],
    ['Read @a.txt', ['a'], { text: 'Read @a.txt', attached: ['a.txt'], unsaved: undefined }],
  );
  assert.equal(steering.goOn(), undefined);
});
