/** A provider made the way the program makes it, in front of a server that answers as the test tells it to. */

import type { Profile } from '../../../src/core/profile.ts';
import type { ChatRequest, Provider } from '../../../src/core/provider.ts';
import { createProvider, type ProviderOptions } from '../../../src/providers/index.ts';
import { defaultLimits } from '../../../src/wire/index.ts';
import { type FaultServer, type Handler, startServer } from '../../support/fault-server.ts';
import { collect, type Outcome } from './play.ts';

export const never = new AbortController().signal;
export const key = 'sk-test-1234567890abcdef';

export const options: ProviderOptions = {
  apiKey: key,
  userAgent: 'banter/0.0.0',
  limits: { ...defaultLimits, retries: 0 },
  pause: async () => {},
};

export const request: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', text: 'Hi' }],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
};

export const withTool: ChatRequest = { ...request, tools: [{ name: 'get_time', description: '', parameters: true }] };

export const hello = [
  'data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}',
  'data: [DONE]',
];

export interface Served {
  readonly profile?: Partial<Profile>;
  readonly options?: Partial<ProviderOptions>;
}

export async function withServer(
  handler: Handler,
  use: (provider: Provider, server: FaultServer) => Promise<void>,
  more: Served = {},
): Promise<void> {
  const server = await startServer(handler);
  try {
    const profile: Profile = { name: 'test', kind: 'openai', baseUrl: `${server.url}/v1`, ...more.profile };
    await use(await createProvider(profile, { ...options, ...more.options }), server);
  } finally {
    await server.close();
  }
}

export function ask(provider: Provider, what: ChatRequest = request): Promise<Outcome> {
  return collect(provider.stream(what, never));
}

/** The error itself, where its words matter. */
export async function failureOf(provider: Provider, what: ChatRequest = request): Promise<unknown> {
  try {
    for await (const _ of provider.stream(what, never));
  } catch (error) {
    return error;
  }
  return undefined;
}

export function bodies(server: FaultServer): Record<string, unknown>[] {
  return server.requests.filter(({ body }) => body !== '').map(({ body }) => JSON.parse(body));
}
