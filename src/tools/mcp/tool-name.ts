import { createHash } from 'node:crypto';

const maxLength = 64;
/** Of a name that gets a mark. */
const keptLength = maxLength - 9;

/**
 * `server__tool` in the letters that every model server takes. One that is too long, or taken, ends in eight digits
 * that are the same in every run.
 */
export function toToolName(server: string, tool: string, taken: ReadonlySet<string>): string {
  const plain = plainName(`${server}__${tool}`);
  if (plain.length <= maxLength && !taken.has(plain)) return plain;
  const mark = createHash('sha256').update(`${server}\n${tool}`).digest('hex').slice(0, 8);
  return `${plain.slice(0, keptLength)}_${mark}`;
}

/** @param asked  the name of a tool, or `server__*` for all that begin so */
export function canBelongTo(server: string, asked: string): boolean {
  const start = plainName(`${server}__`).slice(0, keptLength);
  return asked.startsWith(start) || (asked.endsWith('__*') && start.startsWith(asked.slice(0, -1)));
}

function plainName(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_-]/gu, '_');
}
