/** The process's streams as the outputs that `print/` writes to. */

import type { Output } from '../print/output.ts';

export interface ProcessOutput extends Output {
  /** Resolves when everything written has left the process, or never will. */
  flush(): Promise<void>;
  /** From now on nobody waits for the reader: what it has not taken after `graceMs` is given up. */
  abandon(graceMs: number): void;
  /** Set when the reader went away (`| head -1`): from then on writes are dropped. */
  readonly closed: boolean;
  /** Something written will never leave: the process does not end by itself while it waits for that. */
  readonly abandoned: boolean;
  /** A write failed for another reason, such as a full disk behind `>`. */
  readonly failure: Error | undefined;
}

/**
 * A write resolves only after the stream has drained: the pace of the reader becomes the pace of the request.
 * @param onEnd  called once, when writing can no longer succeed
 */
export function processOutput(stream: NodeJS.WriteStream, onEnd: () => void): ProcessOutput {
  let closed = false;
  let abandoned = false;
  let failure: Error | undefined;
  let waiting: (() => void)[] = [];
  const release = (): void => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const drained = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));

  stream.on('drain', release);
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (closed) return;
    closed = true;
    if (error.code !== 'EPIPE') failure = error;
    release();
    onEnd();
  });

  return {
    get closed() {
      return closed;
    },
    get abandoned() {
      return abandoned;
    },
    get failure() {
      return failure;
    },
    write(text) {
      if (closed || text === '') return;
      if (!stream.write(text)) return drained();
    },
    flush() {
      if (closed || stream.writableLength === 0) return Promise.resolve();
      stream.write('', release);
      return drained();
    },
    abandon(graceMs) {
      setTimeout(() => {
        if (stream.writableLength === 0) return;
        closed = true;
        abandoned = true;
        release();
      }, graceMs).unref();
    },
  };
}
