/** Ink writes a frame in three pieces or more; to the terminal it goes in one, with fewer moves. */

import { mergeMoves } from './merge-moves.ts';

/** The marks of a synchronised update, which Ink writes before and after each frame. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

/** The stream, but for what is written between the two marks, which waits for the second. */
export function wholeFrames(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  let frame: string | undefined;

  function flush(): void {
    if (frame === undefined) return;
    const text = mergeMoves(frame);
    frame = undefined;
    stdout.write(text);
  }

  function write(...written: Parameters<NodeJS.WriteStream['write']>): boolean {
    const [chunk, ...rest] = written;
    const isPiece = typeof chunk === 'string' && rest.every((argument) => argument === undefined);
    if (!isPiece || chunk === begin) flush();
    if (!isPiece || (frame === undefined && chunk !== begin)) return stdout.write(...written);
    // Ink draws a frame without a pause; one that an error has cut off must not keep back what comes after it.
    if (frame === undefined) queueMicrotask(flush);
    frame = (frame ?? '') + chunk;
    if (chunk === end) flush();
    return true;
  }

  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
