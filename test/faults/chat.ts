/** One question through createProvider('openai') to a server that misbehaves, and what a person would have at the end. */

import type { TestContext } from 'node:test';
import { type Fault, isChatError } from '../../src/core/error.ts';
import type { ToolCall } from '../../src/core/message.ts';
import type { Profile } from '../../src/core/profile.ts';
import type { ChatRequest, Provider } from '../../src/core/provider.ts';
import type { FinishEvent } from '../../src/core/stream-event.ts';
import { createProvider } from '../../src/providers/index.ts';
import { defaultLimits, type WireLimits } from '../../src/wire/index.ts';
import { type FaultServer, type Handler, sse, startServer } from '../support/fault-server.ts';

/** `title` continues the id: "S34 a clean close …". */
export interface Case {
  readonly id: string;
  readonly title: string;
  run(context: TestContext): Promise<void>;
}

export const key = 'sk-fault-0123456789abcdef';

export interface Got {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** Code and text of each. */
  readonly notices: readonly string[];
  readonly finish: FinishEvent | undefined;
  readonly fault: Fault | undefined;
  /** `stream cut`, `server 503`, `network reset`, `auth 401`, `aborted`; '' for success. */
  readonly failure: string;
  /** The sentence for the failure. */
  readonly message: string;
}

export interface ChatOptions {
  readonly limits?: Partial<WireLimits>;
  readonly request?: Partial<ChatRequest>;
  readonly signal?: AbortSignal;
  /** Stops the turn after the first notice: for waits that nobody wants to sit through. */
  readonly stopAtNotice?: true;
  readonly profile?: Partial<Profile>;
  /** Called with the whole text so far, after each delta. */
  readonly onText?: (text: string) => void;
}

export const request: ChatRequest = {
  model: 'model-a',
  messages: [{ role: 'user', text: 'hi' }],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
};

export function makeProvider(baseUrl: string, options: ChatOptions = {}): Promise<Provider> {
  const profile: Profile = { name: 'test', kind: 'openai', baseUrl, ...options.profile };
  const limits = { ...defaultLimits, retries: 0, ...options.limits };
  return createProvider(profile, { apiKey: key, userAgent: 'banter/0.0.0', limits, pause: async () => {} });
}

/** An error that is no ChatError is thrown on: it is a bug. */
export async function chat(baseUrl: string, options: ChatOptions = {}): Promise<Got> {
  const provider = await makeProvider(baseUrl, options);
  const stop = new AbortController();
  const signal = options.signal ?? stop.signal;
  let text = '';
  const calls: ToolCall[] = [];
  const notices: string[] = [];
  let finish: FinishEvent | undefined;
  let fault: Fault | undefined;
  let message = '';
  try {
    for await (const event of provider.stream({ ...request, ...options.request }, signal)) {
      if (finish !== undefined) throw new Error(`${event.type} after finish`);
      if (event.type === 'text-delta') {
        text += event.text;
        options.onText?.(text);
      } else if (event.type === 'tool-call') calls.push(event.call);
      else if (event.type === 'finish') finish = event;
      else if (event.type === 'notice') {
        notices.push(`${event.notice.code}: ${event.notice.text}`);
        if (options.stopAtNotice) stop.abort();
      }
    }
  } catch (error) {
    if (!isChatError(error)) throw error;
    fault = error.fault;
    message = error.message;
  }
  return { text, calls, notices, finish, fault, failure: nameOf(fault), message };
}

function nameOf(fault: Fault | undefined): string {
  if (fault === undefined) return '';
  if (fault.kind === 'stream' || fault.kind === 'network') return `${fault.kind} ${fault.reason}`;
  return fault.kind === 'server' || fault.kind === 'auth' ? `${fault.kind} ${fault.status}` : fault.kind;
}

/** As `chat`, to a server of its own that answers every request like this. */
export async function chatWith(
  context: TestContext,
  handler: Handler,
  options: ChatOptions = {},
): Promise<Got & { readonly server: FaultServer }> {
  const server = await startServer(handler);
  context.after(() => server.close());
  return { ...(await chat(`${server.url}/v1`, options)), server };
}

/** Answers with these frames and a clean close. */
export const frames =
  (...all: readonly string[]): Handler =>
  (_request, response) =>
    sse(response, all);

/** One `data:` line of a chunk. */
export const chunk = (delta: unknown, finishReason: string | null = null): string =>
  `data: ${JSON.stringify({ model: 'model-a', choices: [{ index: 0, delta, finish_reason: finishReason }] })}`;

export const say = (content: string): string => chunk({ content });
export const stop = chunk({}, 'stop');
export const done = 'data: [DONE]';
export const hello = [say('Hello '), say('안녕'), stop, done] as const;
