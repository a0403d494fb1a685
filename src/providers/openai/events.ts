/**
 * What the server sends to what the session reads.
 *
 *     data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}
 *     data: {"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}
 *     data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}
 *     data: [DONE]
 *
 * Any of the last three may be missing; see Answer.isProven for what has to be there.
 */

import type { StreamEvent } from '../../core/stream-event.ts';
import type { Received } from '../../wire/index.ts';
import { isBrokenEnd } from '../fault.ts';
import { Answer, type AnswerOptions } from './answer.ts';

/**
 * Reads one answer: a stream of chunks, or one `chat.completion` body. Stops reading at `[DONE]`.
 * @param target  names the server in errors
 * @throws ChatError kind 'stream': 'cut', 'empty', 'reported', 'malformed'; 'server' or 'auth' when the server
 *   reported a failure with a status; and what `received` throws
 */
export async function* readChunks(
  received: AsyncIterable<Received>,
  target: string,
  options: AnswerOptions = {},
): AsyncGenerator<StreamEvent> {
  const answer = new Answer(target, options);
  try {
    for await (const item of received) {
      if (item.type === 'notice') yield item;
      else if (item.type === 'event') yield* answer.readEvent(item.name, item.data);
      else if (item.type === 'body') yield* answer.readBody(item.text);
      if (answer.isDone) break;
    }
  } catch (error) {
    if (!answer.isProven || !isBrokenEnd(error)) {
      yield* answer.flush();
      throw error;
    }
    // The answer was complete; only the goodbye is missing.
  }
  yield* answer.finish();
}
