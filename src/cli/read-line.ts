/** Lines that a person types at a terminal, which echoes and edits them itself. */

import { StringDecoder } from 'node:string_decoder';

/**
 * One line, without its end; undefined when stdin ends or the signal aborts. A terminal hands over a line a read, so
 * what was pasted behind it waits there: see dropTypedAhead.
 */
export function readLine(stdin: NodeJS.ReadStream, signal: AbortSignal): Promise<string | undefined> {
  const decoder = new StringDecoder('utf8');
  let text = '';
  return new Promise((resolve) => {
    const finish = (line: string | undefined): void => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      signal.removeEventListener('abort', onEnd);
      stdin.pause();
      resolve(line);
    };
    const onEnd = (): void => finish(undefined);
    const onData = (chunk: Buffer): void => {
      text += decoder.write(chunk);
      const end = text.search(/[\r\n]/);
      if (end !== -1) finish(text.slice(0, end));
    };
    if (signal.aborted || stdin.readableEnded) {
      onEnd();
      return;
    }
    stdin.on('data', onData);
    stdin.once('end', onEnd);
    signal.addEventListener('abort', onEnd, { once: true });
    stdin.resume();
  });
}

/** For what the system has already to be handed over. */
const handOverMs = 50;

/** Drops the lines that have been typed so far. */
export async function dropTypedAhead(stdin: NodeJS.ReadStream): Promise<void> {
  const drop = (): void => {};
  stdin.on('data', drop);
  stdin.resume();
  await new Promise((resolve) => setTimeout(resolve, handOverMs));
  stdin.off('data', drop);
  stdin.pause();
}
