/** The elements of one array, given out while the JSON text inside and around it is still arriving. */

import { misplaced, nameCharacter } from './json-problem.ts';
import { decodeString } from './json-reader.ts';
import { JsonScanner, type JsonSink, type ScalarKind } from './json-scanner.ts';

export interface ItemReader {
  /** Takes the next piece of the answer; gives the texts of the elements it finishes, as written, in order. */
  push(delta: string): readonly string[];
  /**
   * `before`: the JSON has not begun. `inside`: its outermost bracket is open. `done`: that bracket is closed.
   * `lost`: it is broken, or something else stands before it; no more elements will come.
   */
  readonly state: 'before' | 'inside' | 'done' | 'lost';
  /** Elements finished so far. */
  readonly count: number;
  /** Once `lost`: why, as a clause for a model. */
  readonly problem: string | undefined;
  /** What follows the JSON, but for white space and a closing fence; at most 100 characters of it. */
  readonly trailing: string;
  /** Once `done`: the JSON text with `[]` in the place of the array. */
  skeleton(): string | undefined;
}

/**
 * Reads the array at `path`: `[]` for the outermost value, `['items']` for that member of the outermost object.
 * A byte order mark, white space and the opening line of a code fence may stand before the JSON. Prose or a
 * `<think>` block there makes it `lost` before any element: the answer can then only be judged as a whole.
 * The path named a second time makes it `lost` too: JSON.parse would keep that value, and the first is given out.
 * Reads each character once. Holds the unfinished element and the text around the array.
 */
export function createItemReader(path: readonly string[]): ItemReader {
  return new GrowingJson(path);
}

const fenceLine = /^```[\w-]*[ \t]*\r?\n/;
const unfinishedFenceLine = /^(`{1,2}|```[\w-]{0,40}[ \t]{0,40}\r?)$/;
const longestTrailing = 100;

/** Finds where the JSON begins and ends in the answer. */
class GrowingJson implements ItemReader {
  state: ItemReader['state'] = 'before';
  problem: string | undefined;
  trailing = '';
  #lead = '';
  #fenced = false;
  readonly #array: GrowingArray;

  constructor(path: readonly string[]) {
    this.#array = new GrowingArray(path);
  }

  get count(): number {
    return this.#array.count;
  }

  skeleton(): string | undefined {
    return this.state === 'done' ? this.#array.skeleton : undefined;
  }

  push(delta: string): readonly string[] {
    switch (this.state) {
      case 'lost':
        return [];
      case 'done':
        this.#trail(delta);
        return [];
      case 'before':
        return this.#read(this.#skipLead(delta));
      case 'inside':
        return this.#read(delta);
      default:
        return this.state satisfies never;
    }
  }

  #read(json: string): readonly string[] {
    if (json === '') return [];
    const { items, rest } = this.#array.push(json);
    if (this.#array.problem !== undefined) {
      this.#lose(this.#array.problem);
    } else if (rest !== undefined) {
      this.state = 'done';
      this.#trail(rest);
    }
    return items;
  }

  /** @returns the JSON's first characters, or '' while they have not come */
  #skipLead(delta: string): string {
    // Trimmed at each piece, so that a flood of white space is neither kept nor read again. Takes a BOM, too.
    let lead = (this.#lead + delta).trimStart();
    if (!this.#fenced && fenceLine.test(lead)) {
      this.#fenced = true;
      lead = lead.replace(fenceLine, '').trimStart();
    }
    this.#lead = lead;
    if (lead === '' || (!this.#fenced && unfinishedFenceLine.test(lead))) return '';
    this.#lead = '';
    if (lead.startsWith('[') || lead.startsWith('{')) {
      this.state = 'inside';
      return lead;
    }
    this.#lose(misplaced('root', nameCharacter(lead, 0)));
    return '';
  }

  #trail(text: string): void {
    if (this.trailing.length >= longestTrailing) return;
    const trailing = (this.trailing + text).trimStart();
    this.trailing = (this.#fenced ? trailing.replace(/^```\s*$/, '') : trailing).slice(0, longestTrailing);
  }

  #lose(problem: string): void {
    this.state = 'lost';
    this.problem = problem;
  }
}

/** Cuts the array's elements out of a JSON text, and keeps what is around it. */
class GrowingArray implements JsonSink {
  count = 0;
  skeleton = '';
  problem: string | undefined;
  readonly #path: readonly string[];
  readonly #scanner = new JsonScanner(this);
  #items: string[] = [];
  /** The piece being read, and the offset of its first character. */
  #piece = '';
  #pieceFrom = 0;
  /** What earlier pieces hold of the element or token that is not finished. */
  #held = '';
  /** Offset of the unfinished element, if that is an object or an array. */
  #itemFrom: number | undefined;
  /** Offset from which the text belongs to the skeleton; undefined between the array's brackets. */
  #aroundFrom: number | undefined = 0;
  #endedAt: number | undefined;
  #depth = 0;
  /** How many of the open containers, from the outermost on, are the objects that lead to the array. */
  #followed = 0;
  /** The next value is the one the path leads to. */
  #onPath = true;
  #arrayDepth: number | undefined;
  #found = false;

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  /** `rest` is what follows the outermost closing bracket, once that has come. */
  push(piece: string): { readonly items: readonly string[]; readonly rest: string | undefined } {
    this.#piece = piece;
    this.#items = [];
    this.#scanner.push(piece);
    if (this.#endedAt !== undefined) {
      return { items: this.#items, rest: piece.slice(this.#endedAt - this.#pieceFrom) };
    }
    this.problem ??= this.#scanner.problem?.problem;
    this.#keepAround(this.#pieceFrom + piece.length);
    this.#hold();
    this.#pieceFrom += piece.length;
    return { items: this.#items, rest: undefined };
  }

  open(kind: 'object' | 'array', at: number): void {
    this.#depth++;
    if (this.#arrayDepth !== undefined) {
      if (this.#depth === this.#arrayDepth + 1) this.#itemFrom = at;
    } else if (this.#takeOnPath()) {
      if (kind === 'object' && this.#followed < this.#path.length) {
        this.#followed++;
      } else if (kind === 'array' && this.#followed === this.#path.length) {
        this.#keepAround(at + 1);
        this.#aroundFrom = undefined;
        this.#arrayDepth = this.#depth;
        this.#found = true;
      }
    }
  }

  close(at: number): void {
    if (this.#depth === this.#arrayDepth) {
      this.#arrayDepth = undefined;
      this.#aroundFrom = at;
    } else if (this.#itemFrom !== undefined && this.#depth - 1 === this.#arrayDepth) {
      this.#give(this.#itemFrom, at + 1);
      this.#itemFrom = undefined;
    }
    this.#depth--;
    if (this.#followed > this.#depth) this.#followed = this.#depth;
    if (this.#depth === 0) {
      this.#keepAround(at + 1);
      this.#endedAt = at + 1;
    }
  }

  key(from: number, to: number): void {
    if (this.#arrayDepth !== undefined || this.#depth !== this.#followed) return;
    const key = decodeString(this.#text(from, to).slice(1, -1));
    this.#onPath = key === this.#path[this.#depth - 1];
    if (this.#onPath && this.#found) this.problem ??= `the key ${JSON.stringify(key)} stands twice`;
  }

  scalar(_kind: ScalarKind, from: number, to: number): void {
    if (this.#arrayDepth === undefined) this.#takeOnPath();
    else if (this.#depth === this.#arrayDepth) this.#give(from, to);
  }

  #takeOnPath(): boolean {
    const onPath = this.#onPath;
    this.#onPath = false;
    return onPath;
  }

  #give(from: number, to: number): void {
    if (this.problem !== undefined) return;
    this.#items.push(this.#text(from, to));
    this.count++;
  }

  #text(from: number, to: number): string {
    const end = to - this.#pieceFrom;
    if (from >= this.#pieceFrom) return this.#piece.slice(from - this.#pieceFrom, end);
    return this.#held + this.#piece.slice(0, end);
  }

  #keepAround(to: number): void {
    if (this.#aroundFrom === undefined) return;
    this.skeleton += this.#piece.slice(this.#aroundFrom - this.#pieceFrom, to - this.#pieceFrom);
    this.#aroundFrom = to;
  }

  /** Keeps of the piece what an element or a key that goes on in the next one will need. */
  #hold(): void {
    const from = this.#itemFrom ?? (this.#scanner.inside === 'nothing' ? undefined : this.#scanner.tokenFrom);
    if (from === undefined) this.#held = '';
    else if (from >= this.#pieceFrom) this.#held = this.#piece.slice(from - this.#pieceFrom);
    else this.#held += this.#piece;
  }
}
