/** An OpenAI-compatible server for end-to-end tests: answers from a list, one entry a request. */

import type { ServerResponse } from 'node:http';
import { after } from 'node:test';
import type { JsonObject } from '../../src/core/json.ts';
import { type FaultServer, type RecordedRequest, startServer } from './fault-server.ts';

export type Answer =
  | string
  | readonly JsonObject[]
  | ((response: ServerResponse, request: RecordedRequest) => void | Promise<void>);

export interface ChatServer extends FaultServer {
  /** What OPENAI_BASE_URL or --base-url takes. */
  readonly baseUrl: string;
  /** The bodies of the chat requests so far. */
  bodies(): readonly ChatBody[];
}

export interface ChatBody {
  readonly model?: string;
  readonly stream?: boolean;
  readonly messages: readonly { readonly role: string; readonly content?: string; readonly tool_call_id?: string }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly tool_choice?: unknown;
  readonly response_format?: JsonObject;
  readonly [field: string]: unknown;
}

/**
 * Text is streamed word by word and finished with `stop`; a list is sent as chunks, each one the `choices[0]`
 * of an event, then `[DONE]`; a function does what it likes with the response. Closed when the file's tests end.
 */
export async function startChatServer(answers: readonly Answer[]): Promise<ChatServer> {
  let next = 0;
  const server = await startServer(async (request, response) => {
    if (request.path.endsWith('/models')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"object":"list","data":[{"id":"model-a"},{"id":"model-b"}]}');
      return;
    }
    // What a probe asks of servers that this is none of.
    if (request.method === 'GET') {
      response.writeHead(404).end();
      return;
    }
    const answer = answers[next++];
    if (answer === undefined) throw new Error('no answer is left');
    if (typeof answer === 'function') return answer(response, request);
    sendChunks(response, typeof answer === 'string' ? textChoices(answer) : answer);
  });
  after(() => server.close());
  return {
    ...server,
    get requests() {
      return server.requests;
    },
    baseUrl: `${server.url}/v1`,
    bodies: () =>
      server.requests.filter(({ path }) => path.endsWith('/chat/completions')).map(({ body }) => JSON.parse(body)),
  };
}

export function textChoices(text: string, finish = 'stop'): JsonObject[] {
  const words = text.match(/\S+\s*|\s+/g) ?? [];
  return [
    ...words.map((content) => ({ index: 0, delta: { content }, finish_reason: null })),
    { index: 0, delta: {}, finish_reason: finish },
  ];
}

export function callChoices(...calls: readonly (readonly [id: string, name: string, args: string])[]): JsonObject[] {
  return [
    ...calls.map(([id, name, args], index) => ({
      index: 0,
      delta: { tool_calls: [{ index, id, type: 'function', function: { name, arguments: args } }] },
      finish_reason: null,
    })),
    { index: 0, delta: {}, finish_reason: 'tool_calls' },
  ];
}

export function sendChunks(response: ServerResponse, choices: readonly JsonObject[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const choice of choices) response.write(frame(choice));
  response.end('data: [DONE]\n\n');
}

export function frame(choice: JsonObject): string {
  return `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'model-a', choices: [choice] })}\n\n`;
}
