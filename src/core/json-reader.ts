/** JSON text to a tree: the whole of it, or a preview while it is still arriving. */

import type { JsonNode } from './json-node.ts';
import { JsonScanner, type JsonSink, type ScalarKind } from './json-scanner.ts';

export type ReadJson =
  /** `repeatedKeys`: an object names a key twice; the last value is kept, as JSON.parse does. */
  | { readonly ok: true; readonly node: JsonNode; readonly repeatedKeys: boolean }
  /** `at` is an offset in UTF-16 units; `problem` is a clause for a model, without a full stop. */
  | { readonly ok: false; readonly at: number; readonly problem: string };

/** Reads one JSON text, strictly: accepts exactly what JSON.parse accepts, at any depth. Never throws. */
export function readJson(text: string): ReadJson {
  const tree = new TreeBuilder(text);
  const scanner = new JsonScanner(tree);
  scanner.push(text);
  scanner.end();
  if (scanner.problem !== undefined) return { ok: false, ...scanner.problem };
  if (tree.root === undefined) throw new Error('a JSON text without a problem has a root');
  return { ok: true, node: tree.root, repeatedKeys: tree.repeatedKeys };
}

/**
 * What can be shown of a JSON text that is still arriving: open strings, arrays and objects are closed, an
 * unfinished key, word or escape is left out, a number keeps what is a number (`1.` is 1). The whole text gives
 * what `readJson` gives. Reads from the beginning each time. Never throws.
 * @returns undefined when there is nothing to show yet, or when the text is malformed before its end
 */
export function completeJson(prefix: string): JsonNode | undefined {
  const tree = new TreeBuilder(prefix);
  const scanner = new JsonScanner(tree);
  scanner.push(prefix);
  if (scanner.problem !== undefined) return undefined;
  switch (scanner.inside) {
    case 'string':
    case 'escape':
    case 'hex':
      if (!scanner.inKey) {
        const shown = prefix.slice(scanner.tokenFrom + 1, scanner.inside === 'string' ? undefined : scanner.escapeFrom);
        // The second half of a character outside the BMP may be in the next piece.
        tree.add({ kind: 'string', value: decodeString(shown).replace(/[\uD800-\uDBFF]$/, '') });
      }
      break;
    case 'number': {
      const text = prefix.slice(scanner.tokenFrom).replace(/[^0-9]+$/, '');
      if (text !== '') tree.add({ kind: 'number', text });
      break;
    }
    case 'nothing':
    case 'true':
    case 'false':
    case 'null':
      break;
    default:
      scanner.inside satisfies never;
  }
  return tree.root;
}

/** The string these characters between two quotes mean; a scanner must have been over them. */
export function decodeString(contents: string): string {
  // Without control characters and bad escapes this cannot throw, and quotes make it a string.
  return contents.includes('\\') ? (JSON.parse(`"${contents}"`) as string) : contents;
}

type OpenNode =
  | { readonly kind: 'object'; readonly members: Map<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: JsonNode[] };

/** A container is in its parent from its opening bracket on, so the tree is a tree at every moment. */
class TreeBuilder implements JsonSink {
  root: JsonNode | undefined;
  repeatedKeys = false;
  readonly #text: string;
  readonly #open: OpenNode[] = [];
  /** The last key of each open container; '' for arrays. */
  readonly #keys: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  add(node: JsonNode): void {
    const depth = this.#open.length;
    const parent = this.#open[depth - 1];
    if (parent === undefined) {
      this.root = node;
    } else if (parent.kind === 'array') {
      parent.items.push(node);
    } else {
      const sizeBefore = parent.members.size;
      parent.members.set(this.#keys[depth - 1] ?? '', node);
      if (parent.members.size === sizeBefore) this.repeatedKeys = true;
    }
  }

  open(kind: 'object' | 'array'): void {
    const node: OpenNode = kind === 'object' ? { kind, members: new Map() } : { kind, items: [] };
    this.add(node);
    this.#open.push(node);
    this.#keys.push('');
  }

  close(): void {
    this.#open.pop();
    this.#keys.pop();
  }

  key(from: number, to: number): void {
    this.#keys[this.#keys.length - 1] = decodeString(this.#text.slice(from + 1, to - 1));
  }

  scalar(kind: ScalarKind, from: number, to: number): void {
    this.add(this.#toNode(kind, from, to));
  }

  #toNode(kind: ScalarKind, from: number, to: number): JsonNode {
    switch (kind) {
      case 'string':
        return { kind, value: decodeString(this.#text.slice(from + 1, to - 1)) };
      case 'number':
        return { kind, text: this.#text.slice(from, to) };
      case 'true':
      case 'false':
        return { kind: 'boolean', value: kind === 'true' };
      case 'null':
        return { kind };
      default:
        return kind satisfies never;
    }
  }
}
