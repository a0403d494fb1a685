/** What a file of a conversation holds, in a line of a list: it is read once and hardly parsed. */

import { type FileHandle, open } from 'node:fs/promises';
import { isJsonObject, parseJson } from '../core/json.ts';
import { messageLineStart, readLines, titleLineStart } from './conversation-lines.ts';
import { titleFrom } from './title.ts';

export interface FileSummary {
  readonly title: string;
  /** Of all branches; a damaged line may count as one. */
  readonly messageCount: number;
  readonly changedAtMs: number;
}

/** Of the buffer, which is given so that many files are read into the same few. */
export const summaryBufferBytes = 262_144;

/** @throws what the system says of a file that cannot be read */
export async function summarizeFile(path: string, buffer: Buffer): Promise<FileSummary> {
  const file = await open(path, 'r');
  try {
    const { mtimeMs } = await file.stat();
    let messageCount = 0;
    let title: string | undefined;
    let untitled = '';
    // A line feed inside a message is escaped, so what looks like the beginning of a line is one.
    for (let position = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      const chunk = buffer.subarray(0, bytesRead);
      const seenBytes = position === 0 ? 0 : overlapBytes - (messageStart.length - 1);
      messageCount += countOf(messageStart, chunk.subarray(seenBytes));
      const titleAt = chunk.lastIndexOf(titleStart);
      if (titleAt !== -1) {
        const start = position + titleAt + 1;
        title = titleIn(chunk.subarray(titleAt + 1)) ?? titleIn(await readAt(file, start));
      }
      if (position === 0 && title === undefined) untitled = titleOfLines(chunk);
      if (bytesRead < buffer.length) break;
      position += bytesRead - overlapBytes;
    }
    return { title: title ?? untitled, messageCount, changedAtMs: mtimeMs };
  } finally {
    await file.close();
  }
}

const maxTitleBytes = 8192;
const messageStart = Buffer.from(`\n${messageLineStart}`);
const titleStart = Buffer.from(`\n${titleLineStart}`);
/** Enough of the previous chunk to see a beginning that was cut. */
const overlapBytes = Math.max(messageStart.length, titleStart.length) - 1;

async function readAt(file: FileHandle, position: number): Promise<Buffer> {
  const bytes = Buffer.alloc(maxTitleBytes);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
  return bytes.subarray(0, bytesRead);
}

function countOf(wanted: Buffer, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + wanted.length)) count++;
  return count;
}

/** `bytes` from the beginning of a title line; undefined when its end is not among them. */
function titleIn(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(0x0a);
  if (end === -1) return undefined;
  const line = parseJson(bytes.toString('utf8', 0, end));
  return isJsonObject(line) && typeof line.title === 'string' ? line.title : '';
}

/** For a file whose title line is missing. */
function titleOfLines(bytes: Buffer): string {
  for (const { message } of readLines(bytes).messages) {
    if (message.role === 'user') return titleFrom(message.text);
  }
  return '';
}
