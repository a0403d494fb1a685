/** The body of a 2xx response: events, or one JSON text; anything else is no answer. */

import { ChatError, type StreamReason } from '../core/error.ts';
import { parseJson } from '../core/json.ts';
import { readText } from './body.ts';
import { excerpt } from './excerpt.ts';
import type { Answer } from './exchange.ts';
import type { Received } from './received.ts';
import type { WireRequest } from './request.ts';
import { readEvents } from './sse.ts';

/** Of an event stream without a single event, how much is kept to find out what it is. */
const maxOpeningBytes = 64 * 1024;

type Content = Extract<Received, { type: 'event' | 'body' }>;

/** @throws ChatError kind 'stream' */
export async function* readAnswer(answer: Answer, request: WireRequest): AsyncGenerator<Content> {
  const { maxBodyBytes, maxEventBytes } = request.limits;
  const contentType = answer.headers['content-type'] ?? '';
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const fail = (reason: StreamReason, words: { readonly said?: string; readonly hint?: string } = {}) =>
    new ChatError({ kind: 'stream', target: answer.url.origin, reason, ...words }, { secrets: request.secrets });

  if (mediaType !== 'text/event-stream') {
    const { text, shortfall } = await readText(answer.body, maxBodyBytes);
    if (shortfall?.kind === 'limit') throw fail('too-long', { said: `a body of more than ${maxBodyBytes} bytes` });
    if (shortfall !== undefined) throw shortfall.error;
    yield toBody(text);
    return;
  }

  const opening: Uint8Array[] = [];
  let openingBytes = 0;
  let isOpening = true;
  async function* rememberOpening(): AsyncGenerator<Uint8Array> {
    for await (const chunk of answer.body) {
      if (isOpening && openingBytes < maxOpeningBytes) {
        opening.push(chunk);
        openingBytes += chunk.byteLength;
      }
      yield chunk;
    }
  }
  for await (const { name, data } of readEvents(rememberOpening(), { maxEventBytes, target: answer.url.origin })) {
    isOpening = false;
    opening.length = 0;
    yield { type: 'event', name, data };
  }
  // Errors without any framing inside an event stream: llm_wiki#619, lemonade#2826.
  if (isOpening) yield toBody(withoutComments(new TextDecoder().decode(Buffer.concat(opening))));

  function toBody(text: string): Content {
    if (text.trim() === '') throw fail('empty');
    if (parseJson(text) !== undefined) return { type: 'body', contentType, text };
    const said = `${mediaType || 'no content type'}, "${excerpt(text)}"`;
    const isExpectedType = /json$|event-stream$/.test(mediaType);
    throw fail(
      'malformed',
      isExpectedType ? { said } : { said, hint: 'is the base URL right? it usually ends in /v1' },
    );
  }
}

function withoutComments(text: string): string {
  return text.replace(/^:.*$/gm, '');
}
