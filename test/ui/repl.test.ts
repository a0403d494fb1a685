/** The REPL without a screen: what is typed, in which order, and what comes of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import type { ReplActions, RunningTurn } from '../../src/ui/actions.ts';
import { createRepl } from '../../src/ui/repl.ts';
import { initialState, type ReplState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import { idleStatus } from '../support/idle-status.ts';
import { scriptedSteering } from './scripted-steering.ts';

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
    chat.state().queue.map((queued) => queued.kind === 'message' && queued.replaces?.id),
    ['w0'],
  );
  chat.dispatch({ type: 'take-back', which: 'last' });
  assert.deepEqual([chat.state().editor.text, chat.state().editing?.kind], ['first again', 'message']);
});

test('what is told of a command keeps its indent where it wraps', async () => {
  const chat = openChat();
  chat.dispatch({ type: 'resize', columns: 30, rows: 24 });
  await chat.say('/help save');
  const [, title = '', ...told] = chat.printed().split('\n');
  assert.match(title, /^\/save/);
  assert.ok(told.length > 4);
  for (const line of told) assert.match(line, /^ {2}\S.{0,27}$/);
});

test('a command that fails while it may run at any time is a line in the chat', async () => {
  const chat = openChat();
  await chat.say('/prompt hello');
  await chat.until(({ printed }) => printed.some(({ text }) => text.includes('no grammar here')));
  await chat.say('still here');
  assert.deepEqual(chat.written(), ['still here']);
});

test('what is refused leaves the prompt empty, is one Up away, and is never sent', async () => {
  const chat = openChat();
  for (const text of ['/hepl', '/hepl/help', '/etc/hosts is odd']) await chat.say(text);
  assert.deepEqual(chat.written(), ['/etc/hosts is odd']);
  assert.equal(chat.state().editor.text, '');
  assert.deepEqual(chat.remembered.slice(0, 2), ['/hepl', '/hepl/help']);
  assert.match(chat.printed(), /error: there is no command \/hepl \(did you mean \/help\?/);
});

test('what a command says stands right below it, a failure below an empty line', async () => {
  const chat = openChat();
  await chat.say('/rename a trip');
  assert.match(chat.printed(), /> \/rename a trip\nrenamed a trip/);
  await chat.say('/rename');
  assert.match(chat.printed(), /> \/rename\n\nerror: \/rename needs a title/);
});

test('a command that takes nothing refuses what follows it', async () => {
  const chat = openChat();
  await chat.say('/quit please');
  assert.match(chat.printed(), /error: \/quit takes no argument/);
});

test('a command that cannot run beside an answer runs when the answer has ended', async () => {
  const chat = openChat();
  await writing(chat);
  chat.submit('/rename A trip');
  assert.deepEqual(
    chat.state().queue.map(({ text }) => text),
    ['/rename A trip'],
  );
  chat.press('alt+up');
  assert.equal(chat.state().editor.text, '/rename A trip');
  chat.press('escape');
  await chat.until(({ running }) => running === undefined);
});

test('what a command says beside an answer comes below it; one line comes at once', async () => {
  const chat = openChat();
  await writing(chat);
  chat.submit('/help save');
  chat.submit('/copy');
  await chat.until(({ held, printed }) => held.length > 0 && printed.some(({ text }) => /^- Copied/.test(text)));
  assert.doesNotMatch(chat.printed(), /\/save|\/copy/);
  chat.press('escape');
  await chat.until(({ running }) => running === undefined);
  assert.match(chat.printed(), /some words[\s\S]*\[stopped\][\s\S]*> \/help save[\s\S]*\/save/);
});

test('/usage beside an answer counts that answer, and does not wait in the queue', async () => {
  const chat = openChat();
  await writing(chat);
  chat.submit('later');
  chat.submit('/usage');
  assert.deepEqual(
    chat.state().held.map(({ command }) => command),
    ['/usage'],
  );
  assert.equal(chat.usageAsked(), 0);
  chat.press('escape');
  await chat.until(({ running }) => running === undefined);
  assert.deepEqual([chat.usageAsked(), chat.state().held, chat.state().queue.length], [1, [], 1]);
  assert.match(chat.printed(), /\[stopped\][\s\S]*> \/usage[\s\S]*turns/);
});

test('a queued command that fills the prompt waits while a draft stands there', async () => {
  for (const command of ['/undo', '/edit']) {
    const chat = openChat();
    await chat.say('first');
    chat.submit('second');
    chat.submit(command);
    chat.dispatch({ type: 'edit', action: { type: 'insert', text: 'half typed' } });
    await chat.until(({ running, queueHeld }) => running === undefined && queueHeld);
    assert.equal(chat.state().editor.text, 'half typed');
    await chat.say('half typed, and sent');
    assert.deepEqual(chat.written(), ['first', 'second', 'half typed, and sent']);
    await chat.say('');
    assert.equal(chat.state().editor.text, 'half typed, and sent');
  }
});

test('a list that a queued command opens takes no key until the hands have rested', async () => {
  const chat = openChat();
  await chat.say('first');
  chat.submit('second');
  chat.submit('/model');
  chat.dispatch({ type: 'edit', action: { type: 'insert', text: 'half ' } });
  await chat.until(({ picking }) => picking?.choices !== undefined);
  chat.wait(400);
  chat.type('typed');
  chat.wait(400);
  chat.press('enter', 'up');
  assert.deepEqual([chat.state().editor.text, chat.state().picking?.filter.text], ['half typed', '']);
  chat.wait(500);
  chat.type('large');
  chat.press('enter');
  await chat.until(({ running }) => running === undefined);
  assert.equal(chat.state().editor.text, 'half typed');
  assert.match(chat.printed(), /Model: large/);
});

test('a list that is asked for takes the next key', async () => {
  const chat = openChat();
  chat.submit('/model');
  await chat.until(({ picking }) => picking?.choices !== undefined);
  chat.type('large');
  chat.press('enter');
  await chat.until(({ running }) => running === undefined);
  assert.match(chat.printed(), /Model: large/);
});

test('after a failure the queue waits as it is, and Enter on the empty prompt sends the first of it', async () => {
  const chat = openChat();
  await writing(chat);
  chat.submit('fail');
  chat.submit('later');
  chat.dispatch({ type: 'edit', action: { type: 'insert', text: 'half typed' } });
  chat.press('escape');
  await chat.until(({ running }) => running === undefined);
  assert.deepEqual(
    [chat.state().editor.text, chat.state().queue.length, chat.state().queueHeld],
    ['half typed', 2, true],
  );
  await chat.say('/usage');
  await chat.say('hello');
  assert.equal(chat.state().queue.length, 2);
  await chat.say('');
  assert.deepEqual([chat.written(), chat.state().queueHeld], [['hang', 'hello', 'fail'], true]);
  await chat.say('');
  assert.deepEqual([chat.written(), chat.state().queue], [['hang', 'hello', 'fail', 'later'], []]);
});

test('what waits when Ctrl+C quits is in the input history', async () => {
  const chat = openChat();
  await writing(chat);
  chat.submit('later');
  chat.press('ctrl+c');
  await chat.until(({ running }) => running === undefined);
  chat.press('ctrl+c', 'ctrl+c');
  assert.equal(await chat.ended, 130);
  assert.equal(chat.remembered.at(-1), 'later');
});

test('Ctrl+D asks once more while an answer arrives, and quits at once when nothing is lost', async () => {
  const chat = openChat();
  await writing(chat);
  chat.press('ctrl+d');
  assert.equal(chat.state().quitArmed, 'Ctrl+D');
  chat.press('ctrl+d');
  assert.equal(await chat.ended, 0);
  const idle = openChat();
  idle.press('ctrl+d');
  assert.equal(await idle.ended, 0);
});

async function writing(chat: ReturnType<typeof openChat>): Promise<void> {
  chat.submit('hang');
  await chat.until(({ running }) => running?.live.tail !== undefined);
}

function openChat() {
  const remembered: string[] = [];
  const scripted = scriptedSteering(() => turn());
  let usageAsked = 0;
  const steering: typeof scripted = {
    ...scripted,
    usage() {
      usageAsked += 1;
      return scripted.usage();
    },
  };
  const actions: Partial<ReplActions> = {
    status: () => idleStatus,
    send(text) {
      steering.wrote(text);
      return turn(text);
    },
    kindOfFile: (path) => (path === '/etc/hosts' ? 'file' : undefined),
    preview: () => Promise.reject(new ChatError({ kind: 'usage', what: 'no grammar here' })),
    steering,
    knownModels: () => ['small', 'large'],
    listModels: async () => [{ id: 'small' }, { id: 'large' }],
    setModel() {},
    inputHistory: {
      entries: remembered,
      add(text) {
        remembered.push(text);
        return undefined;
      },
    },
  };
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  let nowMs = 0;
  const repl = createRepl({
    // Nothing else is asked for here.
    actions: actions as ReplActions,
    ...{ store, theme: createTheme({ color: 0 }), hyperlinks: false, redraw: () => {}, now: () => nowMs },
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
    ...{ state: store.state, dispatch: store.dispatch, until, submit: repl.submit, remembered, ended: repl.ended },
    press: (...chords: readonly string[]) => repl.handleKeys(chords.map((chord) => ({ type: 'chord', chord }))),
    usageAsked: () => usageAsked,
    type: (text: string) => repl.handleKeys([{ type: 'text', text }]),
    wait: (milliseconds: number) => {
      nowMs += milliseconds;
    },
    printed: () =>
      store
        .state()
        .printed.map(({ text }) => text)
        .join('\n'),
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

/** `hang` writes and waits to be stopped, `fail` fails, all else ends at once. */
function turn(text = ''): RunningTurn {
  const abort = new AbortController();
  async function* events(): AsyncGenerator<TurnEvent> {
    if (text === 'hang') {
      yield { type: 'text-delta', text: 'some words' };
      await new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
      const message = { role: 'assistant', text: 'some words', toolCalls: [], ending: 'aborted' } as const;
      yield { type: 'message', message: { id: 'm', parentId: null, at: '2026-01-01T00:00:00Z', message } };
    }
    const error = new ChatError({ kind: 'network', target: 'http://t', reason: 'refused' });
    const outcome = abort.signal.aborted
      ? ({ kind: 'aborted' } as const)
      : text === 'fail'
        ? ({ kind: 'failed', error, partial: false } as const)
        : ({ kind: 'done', finish: 'stop' } as const);
    yield { type: 'turn-end', usage: {}, outcome };
  }
  return { events: events(), stop: () => abort.abort() };
}
