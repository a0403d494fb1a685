import type { JsonNode } from '../../core/json-node.ts';

/** Equal as JSON: the order of members does not count, numbers are compared as they are written. Any depth. */
export function isSameNode(a: JsonNode, b: JsonNode): boolean {
  const waiting: [JsonNode, JsonNode][] = [[a, b]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [left, right] = pair;
    if (left.kind === 'array' && right.kind === 'array') {
      if (left.items.length !== right.items.length) return false;
      for (const [index, item] of left.items.entries()) {
        const other = right.items[index];
        if (other !== undefined) waiting.push([item, other]);
      }
    } else if (left.kind === 'object' && right.kind === 'object') {
      if (left.members.size !== right.members.size) return false;
      for (const [key, member] of left.members) {
        const other = right.members.get(key);
        if (other === undefined) return false;
        waiting.push([member, other]);
      }
    } else if (!isSameScalar(left, right)) {
      return false;
    }
  }
  return true;
}

function isSameScalar(a: JsonNode, b: JsonNode): boolean {
  switch (a.kind) {
    case 'string':
    case 'boolean':
      return a.kind === b.kind && a.value === b.value;
    case 'number':
      return a.kind === b.kind && a.text === b.text;
    case 'null':
      return b.kind === 'null';
    case 'array':
    case 'object':
      return false;
    default:
      return a satisfies never;
  }
}
