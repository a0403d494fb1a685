/**
 * Writes every reference within a schema as a JSON pointer from its root, so that the identities in it (`$id`,
 * `$anchor`) are needed no more: the validator takes what looks like one for one wherever it stands, also in data,
 * and loses its way among nested ones. What is not in the schema stays as it is.
 */

import type { JsonObject } from '../core/json.ts';
import { fragmentStep } from '../core/json-pointer.ts';
import { type Resource, SchemaIdentities, type Target } from './schema-identities.ts';
import { mapSchemas } from './subschemas.ts';

/** @param refStandsAlone  up to draft-07 nothing beside a `$ref` counts */
export function withLocalRefs(schema: JsonObject, refStandsAlone: boolean): JsonObject {
  const identities = new SchemaIdentities(schema, refStandsAlone);
  const names = identities.resources.flatMap(({ dynamicAnchors }) => [...dynamicAnchors.keys()]);
  const isAmbiguous = new Set(names).size < names.length;
  if (isAmbiguous) return new DynamicScopes(identities).unfold();
  const toPointer = ({ resource, steps }: Target): string => `#${resource.pointer}${steps}`;
  return mapSchemas(schema, (part, original) => rewrite(part, original, identities, toPointer));
}

function rewrite(
  part: JsonObject,
  original: JsonObject,
  identities: SchemaIdentities,
  toPointer: (target: Target, isDynamic: boolean) => string,
): JsonObject {
  const { $id: _id, $anchor: _anchor, $dynamicAnchor: _dynamicAnchor, $ref, $dynamicRef, ...rest } = part;
  const pointers = [$ref, $dynamicRef].flatMap((reference, index) => {
    if (typeof reference !== 'string') return [];
    const target = identities.find(reference, original);
    return [target === undefined ? reference : toPointer(target, index === 1)];
  });
  const [pointer, ...more] = pointers;
  const others = Array.isArray(rest.allOf) ? rest.allOf : [];
  return {
    ...rest,
    ...(pointer !== undefined && { $ref: pointer }),
    ...(more.length > 0 && { allOf: [...others, ...more.map((other) => ({ $ref: other }))] }),
  };
}

/** Of each dynamic anchor's name, the resource that was entered first of those that have it. */
type Scope = ReadonlyMap<string, Resource>;

/**
 * Where a `$dynamicRef` leads depends on the resources that were entered on the way to it. There are only so many
 * such ways, so each resource is written out once for each, and then every reference is a plain one.
 */
class DynamicScopes {
  readonly #identities: SchemaIdentities;
  readonly #names = new Map<string, string>();
  readonly #copies: Record<string, JsonObject> = {};

  constructor(identities: SchemaIdentities) {
    this.#identities = identities;
  }

  unfold(): JsonObject {
    const { root } = this.#identities;
    const scope = enter(new Map(), root);
    this.#names.set(keyOf(root, scope), '');
    const whole = this.#copy(root, scope);
    return { ...whole, $defs: { ...(typeof whole.$defs === 'object' && whole.$defs), ...this.#copies } };
  }

  #copy(resource: Resource, scope: Scope): JsonObject {
    return mapSchemas(
      resource.schema,
      (part, original) =>
        rewrite(part, original, this.#identities, (target, isDynamic) => this.#pointerTo(target, isDynamic, scope)),
      (schema) => {
        const home = this.#identities.resourceOf(schema);
        return home === resource ? undefined : { $ref: this.#pointerTo({ resource: home, steps: '' }, false, scope) };
      },
    );
  }

  #pointerTo({ resource, steps, dynamicName }: Target, isDynamic: boolean, scope: Scope): string {
    const inside = enter(scope, resource);
    const first = isDynamic && dynamicName !== undefined ? inside.get(dynamicName) : undefined;
    const firstSteps = first?.dynamicAnchors.get(dynamicName ?? '');
    if (first !== undefined && firstSteps !== undefined) return this.#place(first, inside) + firstSteps;
    return this.#place(resource, inside) + steps;
  }

  /** The pointer of the copy of a resource for a scope, which is made when it is first asked for. */
  #place(resource: Resource, scope: Scope): string {
    const key = keyOf(resource, scope);
    const known = this.#names.get(key);
    if (known !== undefined) return `#${known}`;
    const name = `in scope ${this.#names.size}`;
    const pointer = `/$defs/${fragmentStep(name)}`;
    this.#names.set(key, pointer);
    this.#copies[name] = this.#copy(resource, scope);
    return `#${pointer}`;
  }
}

function enter(scope: Scope, resource: Resource): Scope {
  const inside = new Map(scope);
  for (const name of resource.dynamicAnchors.keys()) if (!inside.has(name)) inside.set(name, resource);
  return inside;
}

function keyOf(resource: Resource, scope: Scope): string {
  const entries = [...scope].map(([name, { pointer }]) => [name, pointer]).sort();
  return JSON.stringify([resource.pointer, entries]);
}
