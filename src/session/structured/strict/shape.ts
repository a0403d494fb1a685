/**
 * What a schema says, in the terms that the strict subset has words for. A schema is read into a shape, a shape is
 * written as a strict schema, and an answer to that is restored along the same shape.
 */

import type { Json, JsonObject } from '../../../core/json.ts';

export type ScalarType = 'string' | 'number' | 'integer' | 'boolean' | 'null';

export type Shape = Kind & {
  /** `title` and `description`. */
  readonly words?: JsonObject;
  /** Limits that the schema sent cannot state; they are told in its description. */
  readonly lost?: readonly string[];
};

type Kind =
  | { readonly kind: 'scalar'; readonly type: ScalarType; readonly limits: JsonObject }
  /** Some values of one scalar type. */
  | { readonly kind: 'values'; readonly type: ScalarType; readonly values: readonly Json[] }
  /** `leading` are the places of a tuple; `items` is what each further element is, absent when there are none. */
  | { readonly kind: 'list'; readonly leading: readonly Shape[]; readonly items?: Shape; readonly limits: JsonObject }
  | { readonly kind: 'record'; readonly members: ReadonlyMap<string, Member>; readonly others?: Others }
  /** An object with keys of any name: written as a list of `{ key, value }`. */
  | MapKind
  | { readonly kind: 'union'; readonly branches: readonly Shape[] }
  | { readonly kind: 'reference'; readonly definition: Definition }
  /** No value satisfies it. */
  | { readonly kind: 'nothing' };

export interface MapKind {
  readonly kind: 'map';
  readonly key: Shape;
  readonly value: Shape;
}

export interface Member {
  readonly shape: Shape;
  /** Written as required; null stands for an absent key. */
  readonly optional: boolean;
  /** The original schema accepts null here, so a null is an answer and no absence. */
  readonly nullStays: boolean;
}

/** The keys of a record that have no name in the schema: a map under a key of its own. */
export interface Others {
  readonly name: string;
  readonly entries: MapKind;
}

export interface Definition {
  readonly name: string;
  /** Filled in once, after the places that refer to it were met: that is how recursion stays recursion. */
  shape: Shape;
}

export const nothing: Shape = { kind: 'nothing' };

/** What a reference leads to, with the words of the place that refers. */
export function follow(shape: Shape): Shape {
  const seen = new Set<Definition>();
  let at = shape;
  while (at.kind === 'reference' && !seen.has(at.definition)) {
    seen.add(at.definition);
    at = at.definition.shape;
  }
  return at;
}

/** One of these; what allows nothing falls away, and unions without words of their own are taken apart. */
export function unionOf(shapes: readonly Shape[], words?: JsonObject): Shape {
  const [only] = shapes;
  if (shapes.length === 1 && only !== undefined) return withWords(only, words);
  const flat = shapes
    .flatMap((shape) => (shape.kind === 'union' && shape.words === undefined ? shape.branches : [shape]))
    .filter((shape) => shape.kind !== 'nothing');
  const [first, ...others] = flat;
  if (first === undefined) return nothing;
  if (others.length === 0) return withWords(first, words);
  return { kind: 'union', branches: flat, ...(words !== undefined && { words }) };
}

/** The outer words count; the shape's own say more than none. */
export function withWords(shape: Shape, words: JsonObject | undefined): Shape {
  return words === undefined ? shape : { ...shape, words: { ...shape.words, ...words } };
}

/** The branches of a union, down to those that are none. */
export function branchesOf(shape: Shape): readonly Shape[] {
  const found: Shape[] = [];
  const seen = new Set<Shape>();
  const open: Shape[] = [shape];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const at = follow(next);
    if (seen.has(at)) continue;
    seen.add(at);
    if (at.kind === 'union') open.push(...at.branches.toReversed());
    else found.push(at);
  }
  return found;
}

export function isNull(shape: Shape): boolean {
  return (shape.kind === 'scalar' || shape.kind === 'values') && shape.type === 'null';
}

/** A definition whose branches lead back to itself without an object or a list between. */
export function isChoiceOfItself(definition: Definition): boolean {
  const seen = new Set<Definition>();
  const open: Shape[] = [definition.shape];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'union') open.push(...next.branches);
    if (next.kind !== 'reference' || seen.has(next.definition)) continue;
    if (next.definition === definition) return true;
    seen.add(next.definition);
    open.push(next.definition.shape);
  }
  return false;
}
