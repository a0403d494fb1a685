/**
 * A JSON value that keeps what JSON.parse loses: numbers are their text, `__proto__` is a key like others.
 * A repeated key keeps its first place and its last value, as in JSON.parse. Nothing here recurses: any depth goes.
 */

import { isJsonObject, type Json } from './json.ts';

export { printJson } from './json-printer.ts';
export { completeJson, type ReadJson, readJson } from './json-reader.ts';

export type JsonNode =
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, JsonNode> }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

/** The plain value, as JSON.parse gives it: `1e400` is Infinity, `__proto__` an own property. */
export function toJsonValue(node: JsonNode): Json {
  const unfilled: (() => void)[] = [];
  const root = begin(node);
  for (let fill = unfilled.pop(); fill !== undefined; fill = unfilled.pop()) fill();
  return root;

  function begin(from: JsonNode): Json {
    switch (from.kind) {
      case 'object': {
        const value: Record<string, Json> = {};
        unfilled.push(() => {
          for (const [key, member] of from.members) setOwn(value, key, begin(member));
        });
        return value;
      }
      case 'array': {
        const value: Json[] = [];
        unfilled.push(() => {
          for (const item of from.items) value.push(begin(item));
        });
        return value;
      }
      case 'string':
      case 'boolean':
        return from.value;
      case 'number':
        return Number(from.text);
      case 'null':
        return null;
      default:
        return from satisfies never;
    }
  }
}

/** A plain value as a node. What JSON has no word for is as in JSON.stringify: NaN is null, undefined members are left out. */
export function toJsonNode(value: Json): JsonNode {
  const unfilled: (() => void)[] = [];
  const root = begin(value);
  for (let fill = unfilled.pop(); fill !== undefined; fill = unfilled.pop()) fill();
  return root;

  function begin(from: Json): JsonNode {
    if (from === null) return { kind: 'null' };
    if (typeof from === 'string') return { kind: 'string', value: from };
    if (typeof from === 'boolean') return { kind: 'boolean', value: from };
    if (typeof from === 'number') return numberNode(from);
    if (isJsonObject(from)) {
      const members = new Map<string, JsonNode>();
      unfilled.push(() => {
        for (const [key, member] of Object.entries(from)) {
          if (member !== undefined) members.set(key, begin(member));
        }
      });
      return { kind: 'object', members };
    }
    const items: JsonNode[] = [];
    unfilled.push(() => {
      for (const item of from) items.push(begin(item));
    });
    return { kind: 'array', items };
  }
}

function setOwn(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

function numberNode(value: number): JsonNode {
  if (Number.isNaN(value)) return { kind: 'null' };
  // JSON.parse makes Infinity of a number too large and keeps the sign of -0; both must come back the same.
  if (!Number.isFinite(value)) return { kind: 'number', text: value > 0 ? '1e400' : '-1e400' };
  return { kind: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
}
