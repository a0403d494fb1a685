/** The elements of an answer's array, checked and given out while the model is still writing. */

import { createItemReader } from '../../core/json-growing.ts';
import { type JsonNode, printJson, readJson, toJsonValue } from '../../core/json-node.ts';
import type { WantedItems } from './index.ts';

export interface ItemPlace {
  /** Where the array is in what the model writes, which may be another place than in the value asked for. */
  readonly path: readonly string[];
  /** Of one element. */
  readonly restore: (node: JsonNode) => JsonNode;
}

export type Item =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false /** Counted from 1. */; readonly number: number; readonly problems: readonly string[] };

export class ItemStream {
  readonly #wanted: WantedItems;
  readonly #place: ItemPlace;
  readonly #reader: ReturnType<typeof createItemReader>;
  readonly #problems: string[] = [];
  #count = 0;
  #given = 0;

  constructor(wanted: WantedItems, place: ItemPlace) {
    this.#wanted = wanted;
    this.#place = place;
    this.#reader = createItemReader(place.path);
  }

  /** What was given out cannot be asked for again. */
  get hasGivenOut(): boolean {
    return this.#given > 0;
  }

  /** The text that was pushed is of no more use: its elements have been given out or refused. */
  get isDiscardable(): boolean {
    return this.#wanted.discard && this.#wanted.validateAround !== undefined && this.#given > 0;
  }

  /** The elements that this piece of the answer finishes, in order. */
  push(delta: string): readonly Item[] {
    return this.#reader.push(delta).map((text) => this.#check(text));
  }

  /**
   * After the whole answer: everything that is wrong with it; undefined where only the whole text can tell.
   * @param restore  of the whole answer
   */
  problems(restore: (node: JsonNode) => JsonNode): readonly string[] | undefined {
    const { validateAround } = this.#wanted;
    if (validateAround === undefined) return undefined;
    const { problem = 'it ends before its array does', trailing } = this.#reader;
    const skeleton = this.#reader.skeleton();
    const around = skeleton === undefined ? undefined : readJson(skeleton);
    if (around?.ok !== true) return [...this.#problems, problem];
    // Prose may follow the value, as it may elsewhere; another value makes it two answers.
    const second = /[[{]/.test(trailing) ? ['a second JSON value follows the first'] : [];
    return [...this.#problems, ...second, ...validateAround(toJsonValue(restore(around.node)), this.#count)];
  }

  #check(text: string): Item {
    this.#count++;
    const read = readJson(text);
    const node = read.ok ? this.#place.restore(read.node) : undefined;
    const problems = node === undefined ? ['it is no JSON'] : this.#wanted.validate(toJsonValue(node));
    if (node !== undefined && problems.length === 0) {
      this.#given++;
      return { ok: true, json: printJson(node) };
    }
    if (this.#problems.length < maxProblems) this.#problems.push(`element ${this.#count}: ${problems.join('; ')}`);
    return { ok: false, number: this.#count, problems };
  }
}

const maxProblems = 10;
