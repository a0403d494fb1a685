/**
 * The SDK waits for ever for an answer whose stream has ended without it. Here every request learns that it will get
 * none, as an error in the protocol's own form.
 *
 *     POST {"id":3,"method":"tools/call"}  ->  200 text/event-stream
 *     id: 7                                     such a stream may end early on purpose: it is taken up again by
 *     data:                                     GET with last-event-id, and is lost only when that fails
 */

import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, isJSONRPCRequest, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import { parseJson } from '../../core/json.ts';

export interface AnswerWatch {
  readonly fetch: FetchLike;
  /** To be called before the transport is connected. */
  attach(transport: Transport): void;
}

/** For the last bytes to become a message: they pass through two more streams. */
const settleMs = 100;

export function watchAnswers(fetch: FetchLike): AnswerWatch {
  let deliver = (_message: JSONRPCMessage): void => {};
  const unanswered = new Set<RequestId>();
  const resuming = new Set<RequestId>();

  const lose = (id: RequestId): void => {
    if (!unanswered.delete(id)) return;
    resuming.delete(id);
    const error = { code: ErrorCode.ConnectionClosed, message: lostAnswer.message, data: lostAnswer };
    deliver({ jsonrpc: '2.0', id, error });
  };
  const onStreamEnd = (id: RequestId, end: StreamEnd): void => {
    if (!unanswered.has(id)) return;
    if (end === 'resumable') resuming.add(id);
    else setTimeout(() => lose(id), settleMs);
  };
  const loseResuming = (): void => {
    for (const id of [...resuming]) lose(id);
  };

  return {
    attach(transport) {
      transport.onmessage = (message) => {
        if (!('id' in message) || message.id === undefined || 'method' in message) return;
        unanswered.delete(message.id);
        resuming.delete(message.id);
      };
      deliver = (message) => transport.onmessage?.(message);
    },
    async fetch(url, init) {
      const id = requestIdOf(init);
      const resumes = new Headers(init?.headers).has('last-event-id');
      let response: Response;
      try {
        response = await fetch(url, init);
      } catch (error) {
        if (resumes) loseResuming();
        throw error;
      }
      if (resumes && !response.ok) loseResuming();
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (id === undefined || response.body === null || !response.ok || !isStream) return response;
      unanswered.add(id);
      const body = observe(response.body, (end) => onStreamEnd(id, end));
      return new Response(body, { status: response.status, headers: response.headers });
    },
  };
}

/** The `data` of such an error, by which it is told from one that a server sent. */
export const lostAnswer = { message: 'the connection broke off before the answer' } as const;

function requestIdOf(init: RequestInit | undefined): RequestId | undefined {
  const message = typeof init?.body === 'string' ? parseJson(init.body) : undefined;
  return isJSONRPCRequest(message) ? message.id : undefined;
}

type StreamEnd = 'final' | 'resumable';

function observe(body: ReadableStream<Uint8Array>, onEnd: (end: StreamEnd) => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let sawEventId = false;
  let tail = '';
  const end = (): void => onEnd(sawEventId ? 'resumable' : 'final');
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          end();
          return;
        }
        if (!sawEventId) {
          const text = tail + decoder.decode(value, { stream: true });
          sawEventId = /(?:^|[\r\n])id:/.test(text);
          tail = text.slice(-3);
        }
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        end();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
