/**
 * Server-sent events from bytes.
 *
 *     : keep-alive               a comment, skipped
 *     event: delta               optional
 *     data: {"choices":[…]}      one or more lines
 *                                the blank line that sends it
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */

import { createParser } from 'eventsource-parser';
import { ChatError } from '../core/error.ts';

export interface ServerEvent {
  /** `undefined` where the server gave no `event:` field, or an empty one. */
  readonly name: string | undefined;
  readonly data: string;
}

export interface EventOptions {
  readonly maxEventBytes: number;
  /** For the error. */
  readonly target: string;
}

/**
 * Yields each event in order.
 * @param bytes  as received; may be cut anywhere, also inside a UTF-8 character
 * A last event without its blank line is still yielded, where the standard drops it: whether the answer is
 * whole is the caller's to judge. A line `error: …` is yielded as an event named `error`.
 * @throws ChatError kind 'stream', reason 'too-long', when one event passes maxEventBytes
 */
export async function* readEvents(
  bytes: AsyncIterable<Uint8Array>,
  { maxEventBytes, target }: EventOptions,
): AsyncGenerator<ServerEvent> {
  let ready: ServerEvent[] = [];
  let overflowed = false;
  const parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent: (event) => ready.push({ name: event.event, data: event.data }),
    onError: (problem) => {
      if (problem.type === 'max-buffer-size-exceeded') overflowed = true;
      // llama.cpp before 2025-09 (PR #16109) sent its failures in a field of this name.
      if (problem.type === 'unknown-field' && problem.field === 'error') {
        ready.push({ name: 'error', data: problem.value ?? '' });
      }
    },
  });
  const feed = keepErrorLinesWhole(parser.feed);

  // The parser takes one BOM off; a decoder that did so too would accept two.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of bytes) {
    feed(decoder.decode(chunk, { stream: true }));
    yield* ready;
    ready = [];
    if (overflowed) throw new ChatError({ kind: 'stream', target, reason: 'too-long' });
  }
  // Ends the line and then the event, if either is open; after a whole event two more blank lines mean nothing.
  feed(`${decoder.decode()}\n\n`);
  yield* ready;
}

/**
 * The parser skips an unfinished line as soon as it can be none of the standard's fields, so a line `error: …`
 * cut by a chunk's end would vanish. Such an end of a chunk is held until the rest of its line is there.
 */
function keepErrorLinesWhole(feed: (text: string) => void): (text: string) => void {
  let held = '';
  let insideLine = false;
  return (text) => {
    const all = held + text;
    const lastLineAt = Math.max(all.lastIndexOf('\n'), all.lastIndexOf('\r')) + 1;
    const lastLine = all.slice(lastLineAt);
    const isWhole = lastLineAt > 0 || !insideLine;
    held = isWhole && lastLine.length <= maxHeld && 'error:'.startsWith(lastLine.slice(0, 6)) ? lastLine : '';
    feed(all.slice(0, all.length - held.length));
    insideLine = lastLine.length > held.length || (insideLine && lastLineAt === 0);
  };
}

/** In UTF-16 units. A longer error line is not waited for; the parser then skips it. */
const maxHeld = 64 * 1024;
