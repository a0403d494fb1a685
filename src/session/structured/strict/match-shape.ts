/** Which branch of a choice an answer took: by its kind, its constants and its keys. */

import type { JsonNode } from '../../../core/json-node.ts';
import { follow, type Shape } from './shape.ts';

/** How far a branch is looked at; what is deeper is taken to match. */
const maxLevels = 100;

export interface Matcher {
  /** The branch whose strict form the answer has; where it is wrong somewhere deep, the one it looks most like. */
  readonly choose: (branches: readonly Shape[], node: JsonNode) => Shape | undefined;
}

export function createMatcher(): Matcher {
  /** A choice inside a choice would be looked at again from each level. */
  const known = new Map<Shape, Map<JsonNode, boolean>>();

  return {
    choose: (branches, node) =>
      branches.find((branch) => matches(branch, node, maxLevels)) ??
      branches.find((branch) => matches(branch, node, 1)),
  };

  /** @param levels  how far to look; an answer is remembered when it saw enough to be as good as one from here */
  function matches(shape: Shape, node: JsonNode, levels: number): boolean {
    if (levels <= 0) return true;
    const isComplex = node.kind === 'object' || node.kind === 'array';
    if (!isComplex || levels < maxLevels / 2) return look(shape, node, levels);
    const answers = known.get(shape) ?? new Map<JsonNode, boolean>();
    known.set(shape, answers);
    const answer = answers.get(node);
    if (answer !== undefined) return answer;
    const found = look(shape, node, levels);
    answers.set(node, found);
    return found;
  }

  function look(shape: Shape, node: JsonNode, levels: number): boolean {
    switch (shape.kind) {
      case 'scalar':
        return isScalar(shape, node);
      case 'values':
        return shape.values.some((value) => isValue(node, value));
      case 'list': {
        if (node.kind !== 'array') return false;
        return node.items.every((item, index) => {
          const place = shape.leading[index] ?? shape.items;
          return place !== undefined && matches(place, item, levels - 1);
        });
      }
      case 'record':
        return isRecord(shape, node, levels);
      case 'map':
        return isEntries(shape, node, levels);
      case 'union':
        return shape.branches.some((branch) => matches(branch, node, levels));
      case 'reference':
        return matches(follow(shape), node, levels);
      case 'nothing':
        return false;
      default:
        return shape satisfies never;
    }
  }

  function isRecord({ members, others }: Extract<Shape, { kind: 'record' }>, node: JsonNode, levels: number): boolean {
    if (node.kind !== 'object') return false;
    for (const [name, { shape, optional }] of members) {
      const member = node.members.get(name);
      const isAbsent = member === undefined || (optional && member.kind === 'null');
      if (isAbsent ? !optional : !matches(shape, member, Math.max(levels - 1, isTag(shape) ? 1 : 0))) return false;
    }
    return [...node.members].every(([name, member]) => {
      if (members.has(name)) return true;
      return others !== undefined && name === others.name && isEntries(others.entries, member, levels - 1);
    });
  }

  function isEntries({ key, value }: Extract<Shape, { kind: 'map' }>, node: JsonNode, levels: number): boolean {
    if (node.kind !== 'array') return false;
    return node.items.every((entry) => {
      if (entry.kind !== 'object') return false;
      const [name, member] = [entry.members.get('key'), entry.members.get('value')];
      return (
        name !== undefined && member !== undefined && matches(key, name, levels) && matches(value, member, levels - 1)
      );
    });
  }
}

/** What tells the branches of a choice apart at a glance. */
function isTag(shape: Shape): boolean {
  return follow(shape).kind === 'values';
}

function isScalar({ type }: Extract<Shape, { kind: 'scalar' }>, node: JsonNode): boolean {
  return type === 'integer' ? node.kind === 'number' && Number.isInteger(Number(node.text)) : node.kind === type;
}

function isValue(node: JsonNode, value: unknown): boolean {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value === value;
    case 'number':
      return Number(node.text) === value;
    case 'null':
      return value === null;
    case 'object':
    case 'array':
      return false;
    default:
      return node satisfies never;
  }
}
