/** The addresses in a schema: which of its parts are schemas with a name of their own, and what a reference names. */

import type { JsonObject } from '../core/json.ts';
import { childSchemas } from './subschemas.ts';

/** A schema with an address: the whole, and each part with an `$id`. */
export interface Resource {
  readonly schema: JsonObject;
  /** A JSON pointer from the root of the whole, as a URI fragment without `#`. */
  readonly pointer: string;
  /** Pointers from here, by name. */
  readonly dynamicAnchors: Map<string, string>;
}

export interface Target {
  readonly resource: Resource;
  /** A pointer from the resource. */
  readonly steps: string;
  /** The dynamic anchor by which it was found. */
  readonly dynamicName?: string;
}

/** The address of a schema that has none. */
const unnamed = 'http://schema.invalid/';

export class SchemaIdentities {
  readonly root: Resource;
  readonly #refStandsAlone: boolean;
  readonly #resources = new Map<string, Resource>();
  readonly #anchors = new Map<string, Target>();
  /** What each schema object belongs to, and the address that its references are relative to. */
  readonly #homes = new Map<JsonObject, { readonly resource: Resource; readonly base: string }>();
  readonly #resourcesByPointer = new Map<string, Resource>();

  /** @param refStandsAlone  up to draft-07 nothing beside a `$ref` counts */
  constructor(schema: JsonObject, refStandsAlone: boolean) {
    this.#refStandsAlone = refStandsAlone;
    this.root = { schema, pointer: '', dynamicAnchors: new Map() };
    this.#resources.set(unnamed, this.root);
    this.#collect(schema, '', this.root, unnamed);
  }

  get resources(): readonly Resource[] {
    return [...new Set(this.#resources.values())];
  }

  resourceOf(schema: JsonObject): Resource {
    return this.#homes.get(schema)?.resource ?? this.root;
  }

  /** @returns undefined for what is not in the schema */
  find(reference: string, from: JsonObject): Target | undefined {
    const address = split(reference, this.#homes.get(from)?.base ?? unnamed);
    if (address === undefined) return undefined;
    if (address.fragment !== '' && !address.fragment.startsWith('/')) return this.#anchors.get(join(address));
    const start = this.#resources.get(address.resource);
    if (start === undefined) return undefined;
    const pointer = start.pointer + address.fragment;
    const resource = this.#resourcesByPointer.get(pointer) ?? start;
    return { resource, steps: pointer.slice(resource.pointer.length) };
  }

  #collect(schema: JsonObject, pointer: string, outer: Resource, outerBase: string): void {
    const isReference = this.#refStandsAlone && typeof schema.$ref === 'string';
    const { resource, base } = isReference
      ? { resource: outer, base: outerBase }
      : this.#identify(schema, pointer, outer, outerBase);
    this.#homes.set(schema, { resource, base });
    this.#resourcesByPointer.set(pointer, resource);
    for (const [steps, child] of childSchemas(schema)) this.#collect(child, pointer + steps, resource, base);
  }

  #identify(
    schema: JsonObject,
    pointer: string,
    outer: Resource,
    outerBase: string,
  ): { resource: Resource; base: string } {
    const { $id, $anchor, $dynamicAnchor } = schema;
    const address = typeof $id === 'string' ? split($id, outerBase) : undefined;
    const isResource = address !== undefined && address.fragment === '';
    const base = isResource ? address.resource : outerBase;
    const isNested = isResource && pointer !== '';
    const resource = isNested ? { schema, pointer, dynamicAnchors: new Map<string, string>() } : outer;
    if (isResource) this.#resources.set(base, resource);
    const steps = pointer.slice(resource.pointer.length);
    // Until draft-07 an anchor was a fragment as `$id`.
    if (address !== undefined && !isResource) this.#anchors.set(join(address), { resource, steps });
    if (typeof $anchor === 'string')
      this.#anchors.set(join({ resource: base, fragment: $anchor }), { resource, steps });
    if (typeof $dynamicAnchor === 'string') {
      const target = { resource, steps, dynamicName: $dynamicAnchor };
      this.#anchors.set(join({ resource: base, fragment: $dynamicAnchor }), target);
      resource.dynamicAnchors.set($dynamicAnchor, steps);
    }
    return { resource, base };
  }
}

interface Address {
  readonly resource: string;
  /** Without `#`. */
  readonly fragment: string;
}

function split(reference: string, base: string): Address | undefined {
  if (!URL.canParse(reference, base)) return undefined;
  const url = new URL(reference, base);
  const fragment = url.hash.slice(1);
  url.hash = '';
  return { resource: url.href, fragment };
}

function join({ resource, fragment }: Address): string {
  return `${resource}#${fragment}`;
}
