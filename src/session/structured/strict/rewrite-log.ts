/** What happens to a schema on its way into the strict subset, in words: what is changed, and what cannot be said. */

export interface RewriteLog {
  /** A limit that the subset has no word for; answers are validated against it here all the same. */
  readonly leaveOut: (at: string, limit: string) => void;
  /** Something that is said in another way. */
  readonly convert: (at: string, how: string) => void;
  /** Keys that may be absent and are asked for as null. */
  readonly makeNullable: (at: string) => void;
  /** An object that allowed keys without naming them. */
  readonly close: (at: string) => void;
  /** A keyword that limits nothing. */
  readonly drop: (keyword: string) => void;
  /** Something that cannot be expressed. */
  readonly refuse: (at: string, what: string) => void;
  readonly changes: () => readonly string[];
  readonly reasons: () => readonly string[];
}

const maxLines = 12;
const maxPlaces = 5;

export function createRewriteLog(): RewriteLog {
  const leftOut = new Set<string>();
  const converted = new Set<string>();
  const nullable = new Places();
  const closed = new Places();
  const dropped = new Set<string>();
  const refused = new Set<string>();
  return {
    leaveOut: (at, limit) => void leftOut.add(`${orRoot(at)}: ${limit} is left out`),
    convert: (at, how) => void converted.add(`${orRoot(at)}: ${how}`),
    makeNullable: (at) => nullable.add(at),
    close: (at) => closed.add(at),
    drop: (keyword) => void dropped.add(keyword),
    refuse: (at, what) => void refused.add(`${orRoot(at)}: ${what}`),
    changes: () =>
      shorten([
        ...leftOut,
        ...converted,
        ...nullable.summary('keys that may be absent are asked for as null'),
        ...closed.summary('keys without a name in the schema are not asked for'),
        ...(dropped.size > 0 ? [`left out because they limit nothing: ${[...dropped].join(', ')}`] : []),
      ]),
    reasons: () => shorten([...refused]),
  };
}

/** At most 12 lines, the last of which counts the others. */
export function shorten(lines: readonly string[]): readonly string[] {
  if (lines.length <= maxLines) return lines;
  return [...lines.slice(0, maxLines - 1), `and ${lines.length - maxLines + 1} more`];
}

/** Where the same thing happens again and again: some places, and the number of the others. */
class Places {
  readonly #first: string[] = [];
  #count = 0;

  add(at: string): void {
    this.#count++;
    if (this.#first.length < maxPlaces) this.#first.push(orRoot(at));
  }

  summary(what: string): readonly string[] {
    if (this.#count === 0) return [];
    const others = this.#count - this.#first.length;
    return [`${what}: ${this.#first.join(', ')}${others > 0 ? ` and ${others} more` : ''}`];
  }
}

function orRoot(at: string): string {
  return at === '' ? '/' : at;
}
