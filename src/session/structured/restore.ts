/**
 * The answer to a strict schema, as an answer to the schema it was made of: maps are objects again, a null that
 * stood for an absent key goes, the wrapper of the root comes off.
 */

import type { JsonNode } from '../../core/json-node.ts';
import { createMatcher } from './strict/match-shape.ts';
import { follow, type MapKind, type Shape } from './strict/shape.ts';
import { isWrapped, wrapperKey } from './strict/write-shape.ts';

/** A whole answer. One that does not have the strict form is left as it is where it differs. */
export function restoreAnswer(root: Shape, node: JsonNode): JsonNode {
  return restoreShape(root, isWrapped(root) ? unwrap(node) : node);
}

/** Without the wrapper; a model that ignored it is not held to it. */
export function unwrap(node: JsonNode): JsonNode {
  if (node.kind !== 'object' || node.members.size !== 1) return node;
  return node.members.get(wrapperKey) ?? node;
}

/** One value of this shape. Nothing here recurses: any depth goes. */
export function restoreShape(shape: Shape, node: JsonNode): JsonNode {
  const matcher = createMatcher();
  const unfilled: (() => void)[] = [];
  const root = begin(shape, node);
  for (let fill = unfilled.pop(); fill !== undefined; fill = unfilled.pop()) fill();
  return root;

  function begin(of: Shape, from: JsonNode): JsonNode {
    const at = choose(of, from);
    switch (at.kind) {
      case 'list':
        return from.kind === 'array' ? beginList(at, from.items) : from;
      case 'record':
        return from.kind === 'object' ? beginRecord(at, from.members) : from;
      case 'map':
        return beginMap(at, from);
      case 'scalar':
      case 'values':
      case 'union':
      case 'reference':
      case 'nothing':
        return from;
      default:
        return at satisfies never;
    }
  }

  /** The branch that the answer took; the union itself when it took none. */
  function choose(of: Shape, from: JsonNode): Shape {
    let at = follow(of);
    while (at.kind === 'union') {
      const branch = matcher.choose(at.branches, from);
      if (branch === undefined) return at;
      at = follow(branch);
    }
    return at;
  }

  function beginList({ leading, items }: Extract<Shape, { kind: 'list' }>, from: readonly JsonNode[]): JsonNode {
    const restored: JsonNode[] = [];
    unfilled.push(() => {
      from.forEach((item, index) => {
        const place = leading[index] ?? items;
        restored.push(place === undefined ? item : begin(place, item));
      });
    });
    return { kind: 'array', items: restored };
  }

  function beginMap({ value }: MapKind, from: JsonNode): JsonNode {
    const entries = entriesOf(from);
    if (entries === undefined) return from;
    const restored = new Map<string, JsonNode>();
    unfilled.push(() => {
      for (const [key, item] of entries) restored.set(key, begin(value, item));
    });
    return { kind: 'object', members: restored };
  }

  function beginRecord(
    { members, others }: Extract<Shape, { kind: 'record' }>,
    from: ReadonlyMap<string, JsonNode>,
  ): JsonNode {
    const restored = new Map<string, JsonNode>();
    unfilled.push(() => {
      for (const [name, value] of from) {
        const member = members.get(name);
        const entries = member === undefined && name === others?.name ? entriesOf(value) : undefined;
        if (member !== undefined) {
          const standsForAbsence = member.optional && value.kind === 'null' && !member.nullStays;
          if (!standsForAbsence) restored.set(name, begin(member.shape, value));
        } else if (others !== undefined && entries !== undefined) {
          // A key that the schema names counts, not one of the same name among the others.
          for (const [key, item] of entries)
            if (!members.has(key)) restored.set(key, begin(others.entries.value, item));
        } else {
          restored.set(name, value);
        }
      }
    });
    return { kind: 'object', members: restored };
  }
}

/**
 * An object is taken as the map itself: the model wrote it as the original schema has it.
 * @returns undefined when it is neither that nor a list of keys and values with each key once: of two values for a
 * key, neither is known to be meant
 */
function entriesOf(node: JsonNode): ReadonlyMap<string, JsonNode> | undefined {
  if (node.kind === 'object') return node.members;
  if (node.kind !== 'array') return undefined;
  const entries = new Map<string, JsonNode>();
  for (const item of node.items) {
    if (item.kind !== 'object') return undefined;
    const [key, value] = [item.members.get('key'), item.members.get('value')];
    if (key?.kind !== 'string' || value === undefined || entries.has(key.value)) return undefined;
    entries.set(key.value, value);
  }
  return entries;
}
