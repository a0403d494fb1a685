/**
 * Names of conversations and messages.
 *
 * A file is `20260131T120102Z-k7f3q9m2ab.jsonl`: the time in front, so that a folder listing is in order, then
 * the id. The id is random from its first character, so that the first three or four are enough to name a
 * conversation among hundreds; with the time in front people would have to type nearly all of it.
 */

/** Digits and lower-case letters without those that look like another (i, l, o, u). */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 10;

/**
 * 50 random bits: among 10,000 two are equal with a chance of one in twenty million.
 * @param random  as `Math.random`: a number in [0, 1)
 */
export function newId(random: () => number): string {
  return Array.from({ length: idLength }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
}

export function conversationFileName(id: string, createdAt: Date): string {
  return `${createdAt.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${id}.jsonl`;
}

export interface ConversationName {
  readonly id: string;
  /** ISO 8601; undefined for a file somebody else named. */
  readonly createdAt?: string;
}

/** A file with another name is a conversation too, with its whole stem as id; undefined for what is none. */
export function readConversationFileName(name: string): ConversationName | undefined {
  if (!name.endsWith('.jsonl') || name.startsWith('.')) return undefined;
  const [, year, month, day, hour, minute, second, id] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([0-9a-z]+)\.jsonl$/.exec(name) ?? [];
  if (id === undefined) return { id: name.slice(0, -'.jsonl'.length) };
  return { id, createdAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z` };
}
