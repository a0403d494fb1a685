/**
 * The REPL with a scripted partner, run on a pty by the tests of this folder. What is sent chooses the script:
 * `slow TEXT` word by word, `hang` a few words and then waiting to be stopped, `silent` no word at all,
 * `json TEXT` a value of that text in pieces, `json-hold TEXT` the same and then waiting, `json-again` a wrong one first,
 * `json-wrong` one that stays wrong, `json-cut` one that is cut, `lines N` a list, `paragraph N` words in one block,
 * `hold N` the same at once and then waiting, `fail`, `tool`, `ask JSON` a question about a call with each element of
 * the list as its arguments, `ask-later JSON` the same a moment later, `think`, `attack`, `log`, the bugs `crash`,
 * `reject`, `throw-later` and `break-screen`; else TEXT is
 * answered.
 */

import { ReadStream } from 'node:tty';
import { decide } from '../../src/cli/approve.ts';
import { jobControl } from '../../src/cli/job-control.ts';
import { windowSize } from '../../src/cli/window-size.ts';
import type { Decision } from '../../src/core/approval.ts';
import { ChatError } from '../../src/core/error.ts';
import { optional } from '../../src/core/optional.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import type { ReplActions, ReplStatus, RunningTurn, ToolLine } from '../../src/ui/actions.ts';
import { startRepl } from '../../src/ui/index.tsx';
import { startPlain } from '../../src/ui/plain/index.ts';
import { scriptedFinding } from './scripted-finding.ts';
import { scriptedSteering } from './scripted-steering.ts';

const done = { kind: 'done', finish: 'stop' } as const satisfies TurnOutcome;
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
    case 'ask-later':
      await pause(400);
      yield* askAbout(argument, stopped);
      break;
    case 'ask':
      yield* askAbout(argument, stopped);
      break;
    case 'think':
      yield { type: 'reasoning-delta', text: 'Let me see.\nYes' };
      yield { type: 'reasoning-delta', text: ', that is it.' };
      yield text('The answer.');
      break;
    case 'json':
      yield* inPieces(argument);
      yield whole(argument);
      yield satisfied(argument);
      return;
    case 'json-hold':
      yield* inPieces(argument);
      await untilAborted(stopped);
      break;
    case 'json-again':
      yield text('{"wrong": tr');
      yield whole('{"wrong": tr');
      yield { type: 'notice', notice: { level: 'warning', code: 'schema-retry', text: 'asking again (1 of 2)' } };
      yield text('{"right": true}');
      yield whole('{"right": true}');
      yield satisfied('{"right": true}');
      return;
    case 'json-wrong': {
      const raw = '{"name": "not **this**"}';
      yield text(raw);
      yield whole(raw);
      const error = new ChatError({
        kind: 'schema',
        wanted: 'schema',
        problems: ['/age is missing'],
        attempts: 3,
        raw,
      });
      yield { type: 'turn-end', usage: {}, outcome: { kind: 'failed', error, partial: false } };
      return;
    }
    case 'json-cut':
      yield text('{"items": [1, 2');
      yield whole('{"items": [1, 2');
      yield { type: 'turn-end', usage: {}, outcome: { kind: 'done', finish: 'length' } };
      return;
    case 'reject':
      void Promise.reject(new Error('nobody waited for it'));
      break;
    case 'throw-later':
      setTimeout(() => {
        throw new Error('thrown in a timer');
      }, 10);
      await untilAborted(stopped);
      break;
    case 'break-screen':
      // What a view cannot draw.
      model = Symbol('no text') as unknown as string;
      break;
    case 'log':
      console.log('a library speaks');
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

async function* askAbout(listOfArguments: string, stopped: AbortSignal): AsyncGenerator<TurnEvent> {
  // The scripts of these tests are lists.
  const calls = (JSON.parse(listOfArguments) as unknown[]).map((args, index) => ({
    id: `c${index + 1}`,
    tool: 'write_file',
    arguments: JSON.stringify(args),
  }));
  let decide: (decisions: ReadonlyMap<string, Decision>) => void = () => {};
  const decided = new Promise<ReadonlyMap<string, Decision>>((resolve) => {
    decide = resolve;
    stopped.addEventListener('abort', () => resolve(new Map()), { once: true });
  });
  yield { type: 'approval', question: { calls, answer: decide } };
  const decisions = await decided;
  for (const { id, tool: name, arguments: args } of calls) {
    const decision = decisions.get(id);
    const outcome = decision === undefined ? 'cancelled' : decision.kind === 'deny' ? 'denied' : 'ok';
    const words = decision?.kind === 'deny' ? (decision.reason ?? 'no reason') : (decision?.kind ?? '');
    yield { type: 'tool-start', call: { id, name, arguments: args } };
    yield { type: 'tool-end', callId: id, name, outcome, text: words, elapsedMs: 0 };
  }
}

async function* inPieces(words: string): AsyncGenerator<TurnEvent> {
  for (let start = 0; start < words.length; start += 7) {
    yield text(words.slice(start, start + 7));
    await pause(2);
  }
}

function whole(words: string): TurnEvent {
  const message = { role: 'assistant', text: words, toolCalls: [], ending: 'stop' } as const;
  return { type: 'message', message: { id: 'm', parentId: null, at: '2026-01-01T00:00:00Z', message } };
}

function satisfied(value: string): TurnEvent {
  const report = { kind: 'json-schema', mode: 'native', changes: [], attempts: [] } as const;
  const structured = { kind: 'json-schema', text: value, report } as const;
  return { type: 'turn-end', usage: {}, outcome: { ...done, structured } };
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
let format: ReplStatus['format'];
let approval: ReplStatus['approval'] = 'ask';
const tools: ToolLine[] = [
  {
    name: 'get_time',
    description: 'the time somewhere',
    enabled: true,
    safe: true,
    source: 'built in',
    parameters: { type: 'object', properties: { place: { type: 'string' } } },
  },
];

const steering = scriptedSteering(start);

const actions: ReplActions = {
  preview: async (text) => ({ method: 'POST', url: 'http://scripted.test', headers: {}, body: { text: text ?? null } }),
  status: () => ({
    profile: 'test',
    kind: 'demo',
    model,
    target: 'nowhere',
    conversationId: 'c1',
    system: undefined,
    tools,
    approval,
    format,
  }),
  send(prompt) {
    last = prompt;
    steering.wrote(prompt);
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
  async setSchema(source) {
    if (source?.startsWith('missing')) throw new ChatError({ kind: 'usage', what: `there is no file ${source}` });
    format = source === undefined ? undefined : { kind: 'json-schema', source };
  },
  save: async (path, { replace }) => `saved ${path}${replace ? ' in place of the old one' : ''}`,
  setTool(name, enabled) {
    const index = tools.findIndex((tool) => tool.name === name);
    const tool = tools[index];
    if (tool !== undefined) tools.splice(index, 1, { ...tool, enabled });
  },
  askAbout() {},
  setApproval(policy) {
    approval = policy;
  },
  profiles: () => [{ name: 'test', kind: 'demo', description: 'a script', current: true }],
  async setProfile(name) {
    throw new ChatError({ kind: 'config', what: `there is no profile ${name}`, hint: '/profile lists them' });
  },
  ...scriptedFinding(process.env.MODELS),
  async editText(written) {
    if (written === 'fail') throw new ChatError({ kind: 'config', what: 'the editor ended with code 1' });
    await pause(50);
    return `${written}, edited`;
  },
  steering,
  inputHistory: {
    entries,
    add(entry) {
      entries.push(entry);
      return undefined;
    },
  },
};

const shutdown = new AbortController();
const { INITIAL, HANDLE_SIGTERM, PLAIN } = process.env;
if (HANDLE_SIGTERM !== undefined) process.on('SIGTERM', () => shutdown.abort(143));

const common = {
  actions,
  stdin: process.stdin,
  stdout: process.stdout,
  color: process.env.COLORS === undefined ? 1 : 2,
  greeting: ['hello from the harness'],
  shutdown: shutdown.signal,
  ...(INITIAL === undefined ? {} : { initialPrompt: INITIAL }),
} as const;

const { exitCode } =
  PLAIN === undefined
    ? await startRepl({
        ...common,
        hyperlinks: false,
        environment: process.env,
        windowSize: windowSize(process),
        ...optional('jobControl', jobControl(process)),
      })
    : await startPlain({
        ...common,
        color: 0,
        reopenStdin: () => new ReadStream(0),
        onInterrupt: (listener) => process.on('SIGINT', listener),
        ask: ({ calls }, dialogue) => decide(calls, dialogue),
        ...optional('onContinue', jobControl(process)?.onContinue),
      });
process.stdout.write(`last entry: ${entries.at(-1)}\n`);
process.stdout.write(`ended ${exitCode} raw=${String(process.stdin.isRaw)}\n`);
process.exitCode = exitCode;
