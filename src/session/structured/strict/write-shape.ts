/** A shape, written as a schema of the strict subset. */

import type { JsonObject } from '../../../core/json.ts';
import { branchesOf, type Definition, follow, isNull, type Member, type Shape, unionOf } from './shape.ts';

/** The key under which a root stands that is no record. */
export const wrapperKey = 'value';

/** Answers are asked for with the root under a key of its own. */
export function isWrapped(root: Shape): boolean {
  return follow(root).kind !== 'record';
}

export function writeShape(root: Shape): JsonObject {
  const met = new Set<Definition>();
  const unwritten: Definition[] = [];
  const record = follow(root);

  const written: JsonObject = isWrapped(root) ? object([[wrapperKey, write(root)]]) : write(record);
  const definitions: [string, JsonObject][] = [];
  for (let next = unwritten.pop(); next !== undefined; next = unwritten.pop()) {
    definitions.push([next.name, write(next.shape)]);
  }
  return definitions.length === 0 ? written : { ...written, $defs: Object.fromEntries(definitions) };

  function write(shape: Shape): JsonObject {
    const words = describe(shape);
    switch (shape.kind) {
      case 'scalar':
        return { type: shape.type, ...words, ...shape.limits };
      case 'values': {
        const [first = null, ...others] = shape.values;
        return { type: shape.type, ...words, ...(others.length === 0 ? { const: first } : { enum: shape.values }) };
      }
      case 'list': {
        const items = unionOf([...shape.leading, ...(shape.items === undefined ? [] : [shape.items])]);
        // A list that is always empty still has to say what is in it.
        const element = items.kind === 'nothing' ? { type: 'string' } : write(items);
        return { type: 'array', ...words, items: element, ...shape.limits };
      }
      case 'record': {
        const members = [...shape.members].map(([name, member]): [string, JsonObject] => [name, writeMember(member)]);
        const { others } = shape;
        return {
          ...object([...members, ...(others ? [[others.name, write(others.entries)] as const] : [])]),
          ...words,
        };
      }
      case 'map':
        return {
          type: 'array',
          ...words,
          items: object([
            ['key', write(shape.key)],
            ['value', write(shape.value)],
          ]),
        };
      case 'union':
        return { ...words, ...writeUnion(shape.branches) };
      case 'reference': {
        const reference = { $ref: refer(shape.definition) };
        // Nothing may stand beside a $ref.
        return words === undefined ? reference : { ...words, anyOf: [reference] };
      }
      case 'nothing':
        return { not: {} };
      default:
        return shape satisfies never;
    }
  }

  function writeMember({ shape, optional }: Member): JsonObject {
    if (!optional || branchesOf(shape).some(isNull)) return write(shape);
    const { words, lost, ...bare } = shape;
    const orNull = unionOf([bare, { kind: 'scalar', type: 'null', limits: {} }], words);
    return write({ ...orNull, ...(lost && { lost }) });
  }

  function writeUnion(branches: readonly Shape[]): JsonObject {
    const [first, second] = branches;
    const isNullable = branches.length === 2 && second !== undefined && isNull(second);
    if (isNullable && first?.kind === 'scalar' && !isNull(first) && describe(first) === undefined) {
      return { ...write(first), type: [first.type, 'null'] };
    }
    // Branches that differ in what is left out here come out the same.
    const distinct = new Map(branches.map((branch) => write(branch)).map((schema) => [JSON.stringify(schema), schema]));
    const [only = {}, ...more] = distinct.values();
    return more.length === 0 ? only : { anyOf: [...distinct.values()] };
  }

  function refer(definition: Definition): string {
    if (definition.shape === record && !isWrapped(root)) return '#';
    if (!met.has(definition)) unwritten.push(definition);
    met.add(definition);
    return `#/$defs/${definition.name}`;
  }
}

function object(members: readonly (readonly [string, JsonObject])[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(members),
    required: members.map(([name]) => name),
    additionalProperties: false,
  };
}

function describe({ words, lost = [] }: Shape): JsonObject | undefined {
  if (lost.length === 0) return words;
  const limits = `(${lost.join(', ')})`;
  const said = words?.description;
  return { ...words, description: typeof said === 'string' ? `${said} ${limits}` : limits };
}
