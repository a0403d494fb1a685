/**
 * The REPL with a scripted partner, run on a pty by the tests of this folder. What is sent chooses the script:
 * `slow TEXT` word by word, `hang` a few words and then waiting to be stopped, `silent` no word at all,
 * `lines N` a list, `paragraph N` words in one block, `hold N` the same at once and then waiting, `fail`, `tool`, `think`, `attack`, `crash`; else TEXT is answered.
 */

import { ChatError } from '../../src/core/error.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import type { ReplActions, RunningTurn } from '../../src/ui/actions.ts';
import { startRepl } from '../../src/ui/index.tsx';

const done: TurnOutcome = { kind: 'done', finish: 'stop' };
const text = (words: string): TurnEvent => ({ type: 'text-delta', text: words });
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function* script(prompt: string, stopped: AbortSignal): AsyncGenerator<TurnEvent> {
  const [name = '', ...rest] = prompt.split(' ');
  const argument = rest.join(' ');
  switch (name) {
    case 'slow':
      for (const word of argument.split(' ')) {
        if (stopped.aborted) break;
        yield text(`${word} `);
        await pause(20);
      }
      break;
    case 'hang':
      yield text('first words');
      await untilAborted(stopped);
      break;
    case 'silent':
      await untilAborted(stopped);
      break;
    case 'lines':
      for (let line = 1; line <= Number(argument); line++) {
        if (stopped.aborted) break;
        yield text(`- line ${line}\n`);
        if (line % 10 === 0) await pause(5);
      }
      break;
    case 'paragraph':
      for (let word = 1; word <= Number(argument); word++) {
        if (stopped.aborted) break;
        yield text(`word${word} `);
        if (word % 20 === 0) await pause(10);
      }
      break;
    case 'hold':
      yield text(Array.from({ length: Number(argument) }, (_, index) => `word${index + 1}`).join(' '));
      await untilAborted(stopped);
      break;
    case 'fail':
      yield {
        type: 'turn-end',
        usage: {},
        outcome: {
          kind: 'failed',
          partial: false,
          error: new ChatError({ kind: 'network', target: 'http://127.0.0.1:9', reason: 'refused' }),
        },
      };
      return;
    case 'tool':
      yield { type: 'tool-start', call: { id: 'a', name: 'get_time', arguments: '{"place":"Seoul"}' } };
      await pause(20);
      yield { type: 'tool-end', callId: 'a', name: 'get_time', outcome: 'ok', text: '09:03 KST', elapsedMs: 120 };
      yield text('It is three past nine.');
      break;
    case 'think':
      yield { type: 'reasoning-delta', text: 'Let me see.\nYes' };
      yield { type: 'reasoning-delta', text: ', that is it.' };
      yield text('The answer.');
      break;
    case 'crash':
      throw new Error('a bug in the session');
    case 'attack':
      yield text('before\x1b]0;owned\x07\x1b[2J\x1b[3J after');
      break;
    default:
      yield text(argument === '' ? `you said ${prompt}` : argument);
  }
  yield { type: 'turn-end', usage: {}, outcome: stopped.aborted ? { kind: 'aborted' } : done };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function start(prompt: string): RunningTurn {
  const abort = new AbortController();
  return { events: script(prompt, abort.signal), stop: () => abort.abort() };
}

const entries: string[] = ['an older message'];
let model = 'small';
let last: string | undefined;
const tools = [{ name: 'get_time', description: 'the time somewhere', enabled: true }];

const actions: ReplActions = {
  preview: (text) => ({ method: 'POST', url: 'http://scripted.test', headers: {}, body: { text: text ?? null } }),
  status: () => ({
    profile: 'test',
    kind: 'demo',
    model,
    target: 'nowhere',
    conversationId: 'c1',
    saved: true,
    system: undefined,
    tools,
  }),
  send(prompt) {
    last = prompt;
    return start(prompt);
  },
  retry: () => (last === undefined ? undefined : start(last)),
  newConversation() {
    last = undefined;
  },
  setModel(name) {
    model = name;
  },
  setSystem() {},
  setTool(name, enabled) {
    const index = tools.findIndex((tool) => tool.name === name);
    tools.splice(index, 1, { name, description: 'the time somewhere', enabled });
  },
  profiles: () => [{ name: 'test', kind: 'demo', description: 'a script', current: true }],
  async setProfile(name) {
    throw new ChatError({ kind: 'config', what: `there is no profile ${name}`, hint: '/profile lists them' });
  },
  listModels: async () => [{ id: 'small' }, { id: 'large' }],
  inputHistory: {
    entries,
    add(entry) {
      entries.push(entry);
      return undefined;
    },
  },
};

const shutdown = new AbortController();
const { INITIAL, HANDLE_SIGTERM } = process.env;
if (HANDLE_SIGTERM !== undefined) process.on('SIGTERM', () => shutdown.abort(143));

const { exitCode } = await startRepl({
  actions,
  stdin: process.stdin,
  stdout: process.stdout,
  color: 1,
  hyperlinks: false,
  greeting: ['hello from the harness'],
  environment: process.env,
  shutdown: shutdown.signal,
  ...(INITIAL === undefined ? {} : { initialPrompt: INITIAL }),
});
process.stdout.write(`ended ${exitCode} raw=${String(process.stdin.isRaw)}\n`);
process.exitCode = exitCode;
