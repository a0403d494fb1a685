import type { Received } from '../wire/index.ts';

/** How far an attempt came: that decides whether it may be repeated. */
export interface Progress {
  /** The status was no error. */
  isAccepted: boolean;
  /** A part of the answer was handed on. */
  hasBegun: boolean;
}

export async function* watchHeaders(received: AsyncIterable<Received>, progress: Progress): AsyncGenerator<Received> {
  for await (const item of received) {
    progress.isAccepted ||= item.type === 'headers';
    yield item;
  }
}
