/** Ink writes a frame in three pieces or more; to the terminal it goes in one, and only what it changes. */

import { createChangedRows } from './changed-rows.ts';

/** The marks of a synchronised update, which Ink writes before and after each frame. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

/** The stream, but for what is written between the two marks, which waits for the second. */
export function wholeFrames(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  const changedRows = createChangedRows(() => (stdout.columns > 0 ? stdout.columns : 80));
  let frame: string | undefined;

  /** Of a frame that an error has cut off. */
  function writeUnfinished(): void {
    if (frame === undefined) return;
    changedRows.forget();
    stdout.write(begin + frame);
    frame = undefined;
  }

  function writeFrame(whole: string): void {
    frame = undefined;
    const changes = changedRows.of(whole);
    if (changes !== '') stdout.write(begin + changes + end);
  }

  function write(...written: Parameters<NodeJS.WriteStream['write']>): boolean {
    const [chunk, ...rest] = written;
    const isPiece = typeof chunk === 'string' && rest.every((argument) => argument === undefined);
    if (!isPiece || chunk === begin) writeUnfinished();
    if (!isPiece || (frame === undefined && chunk !== begin)) {
      if (chunk !== '') changedRows.forget();
      return stdout.write(...written);
    }
    if (chunk === end) writeFrame(frame ?? '');
    else if (frame !== undefined) frame += chunk;
    else {
      frame = '';
      // Ink draws a frame without a pause; one without an end must not keep back what comes after it.
      queueMicrotask(writeUnfinished);
    }
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
