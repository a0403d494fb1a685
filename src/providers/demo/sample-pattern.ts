/** A text that matches a regular expression: literals, classes, groups, alternatives, quantifiers. */

/**
 * @param minLength  in characters; open quantifiers (`+`, `*`, `{2,}`) are stretched to reach it
 * @returns undefined when the pattern uses more than that, or is no pattern
 */
export function sampleOfPattern(pattern: string, minLength: number): string | undefined {
  const matcher = compile(pattern);
  if (matcher === undefined) return undefined;
  for (const extra of [0, minLength]) {
    const text = new PatternReader(pattern, extra).read();
    if (text !== undefined && text.length >= minLength && matcher.test(text)) return text;
  }
  return undefined;
}

/** A schema is outside data: what it calls a pattern may be none. */
function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

/** Of a sample, in UTF-16 units. */
const maxLength = 1000;

/** Characters a class is tried with, plain ones first. */
const candidates = [
  ...'a1A_- .@/,:;!#$%&+=?~"\'()*<>[]^`{|}\\\t\n',
  '가',
  '中',
  'é',
  'あ',
  ...'bcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ023456789',
];

class PatternReader {
  readonly #pattern: string;
  readonly #extra: number;
  #at = 0;

  constructor(pattern: string, extra: number) {
    this.#pattern = pattern;
    this.#extra = extra;
  }

  read(): string | undefined {
    const text = this.#alternatives();
    return this.#at === this.#pattern.length ? text : undefined;
  }

  /** Reads all, gives the first. */
  #alternatives(): string | undefined {
    const first = this.#sequence();
    while (first !== undefined && this.#pattern[this.#at] === '|') {
      this.#at++;
      if (this.#sequence() === undefined) return undefined;
    }
    return first;
  }

  #sequence(): string | undefined {
    let text = '';
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at] ?? '')) {
      const atom = this.#atom();
      if (atom === undefined) return undefined;
      text += atom.repeat(Math.min(this.#times(), maxLength));
      if (text.length > maxLength) return undefined;
    }
    return text;
  }

  #atom(): string | undefined {
    const rest = this.#pattern.slice(this.#at);
    const anchor = /^(?:[\^$]|\\[bB])/.exec(rest)?.[0];
    if (anchor !== undefined) return this.#skip(anchor, '');
    const group = /^\((?:\?:|\?<[A-Za-z]\w*>)?(?!\?)/.exec(rest)?.[0];
    if (group !== undefined) {
      this.#at += group.length;
      const inner = this.#alternatives();
      return this.#pattern[this.#at] === ')' ? this.#skip(')', inner) : undefined;
    }
    const set =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\p\{[^}]*\}|\\u\{[0-9a-f]+\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[^1-9]|\.)/iu.exec(
        rest,
      )?.[0];
    if (set !== undefined) return this.#skip(set, memberOf(set));
    const literal = /^[^\\()[\]{}*+?|]/u.exec(rest)?.[0];
    return literal === undefined ? undefined : this.#skip(literal, literal);
  }

  #times(): number {
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(this.#pattern.slice(this.#at))?.[0];
    if (quantifier === undefined) return 1;
    this.#at += quantifier.length;
    const [, least, rest] = /^\{(\d+)(,\d*)?/.exec(quantifier) ?? [];
    const low = least === undefined ? (quantifier.startsWith('+') ? 1 : 0) : Number(least);
    const high = quantifier.startsWith('?')
      ? 1
      : least === undefined || rest === ','
        ? Number.POSITIVE_INFINITY
        : Number(rest?.slice(1) ?? least);
    return Math.min(low + this.#extra, high);
  }

  #skip(read: string, text: string | undefined): string | undefined {
    this.#at += read.length;
    return text;
  }
}

function memberOf(set: string): string | undefined {
  const matcher = compile(`^${set}$`);
  const escaped = /^\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2}))$/i.exec(set);
  const code = escaped?.[1] ?? escaped?.[2] ?? escaped?.[3];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  const first = /^\[([^\\^\]])/u.exec(set)?.[1];
  return [...candidates, ...(first === undefined ? [] : [first])].find((character) => matcher?.test(character));
}
