/** A schema of any draft, read as a shape: references, choices, and the type of each place. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { draftOf } from '../../schema-draft.ts';
import { createNullTest } from './accepts-null.ts';
import { type Flattening, flatten, tooLarge } from './flatten.ts';
import { isConstraint, wordsOf } from './keywords.ts';
import { readTypes } from './read-types.ts';
import { createReferences, type References, withPointers } from './references.ts';
import type { RewriteLog } from './rewrite-log.ts';
import { type Definition, isChoiceOfItself, nothing, type Shape, unionOf, withWords } from './shape.ts';

/** What reading one place needs of the rest. */
export interface Reading {
  readonly log: RewriteLog;
  readonly acceptsNull: (schema: Json | undefined) => boolean;
  /** @param at  where values of this schema are, as a JSON pointer; `*` for every element or key */
  readonly read: (schema: Json | undefined, at: string) => Shape;
  readonly refuse: (at: string, what: string) => Shape;
}

/** Some tenths of a second; what needs more is far beyond the strict limits. */
const maxSteps = 30_000;
const maxDepth = 100;
const maxBranches = 64;

/**
 * What cannot be expressed is in the log as refused; the shape is then of no use.
 * @throws ChatError kind 'usage' for a draft that is not known
 */
export function readShape(schema: JsonObject, log: RewriteLog): Shape {
  const draft = draftOf(schema);
  const document = withPointers(schema, draft);
  const references = createReferences(document, draft);
  const root: Definition = { name: 'root', shape: nothing };
  const definitions = new Map<JsonObject, Definition>([[document, root]]);
  const names = new Set(['root']);
  const unread: { readonly schema: JsonObject; readonly definition: Definition; readonly at: string }[] = [];
  let steps = 0;
  let depth = 0;

  const reading: Reading = { log, acceptsNull: createNullTest(references), read, refuse };
  const flattening: Flattening = { references, spend };

  root.shape = read(document, '');
  for (let next = unread.pop(); next !== undefined; next = unread.pop()) {
    next.definition.shape = readPlace(next.schema, next.at);
  }
  for (const definition of definitions.values()) {
    if (isChoiceOfItself(definition)) log.refuse('', `${definition.name} is a choice of itself`);
  }
  return root.shape;

  function read(schema: Json | undefined, at: string): Shape {
    if (schema === false) return nothing;
    if (!isJsonObject(schema)) return refuse(at, 'any value');
    const target = soleTarget(schema, references);
    if (target === undefined) return readPlace(schema, at);
    if (target === false) return nothing;
    if (target === true) return refuse(at, 'any value');
    return withWords({ kind: 'reference', definition: define(target, schema, at) }, wordsOf(schema));
  }

  function readPlace(schema: JsonObject, at: string): Shape {
    if (depth > maxDepth || steps > maxSteps) return refuse('', tooLarge);
    depth++;
    const shape = readFlat(schema, at);
    depth--;
    return shape;
  }

  function readFlat(schema: JsonObject, at: string): Shape {
    const flat = flatten(schema, flattening);
    if (flat.kind === 'nothing') return nothing;
    if (flat.kind === 'refused') return refuse(flat.why === tooLarge ? '' : at, flat.why);
    for (const [keyword, how] of conversions) {
      if (schema[keyword] !== undefined && references.isWritten(schema)) log.convert(at, how);
    }
    return flat.choices.length === 0 ? readTypes(flat.base, at, reading) : readChoices(flat.base, flat.choices, at);
  }

  function readChoices(base: JsonObject, choices: readonly (readonly Json[])[], at: string): Shape {
    if (choices.reduce((product, choice) => product * choice.length, 1) > maxBranches) {
      return refuse(at, 'too many combinations of anyOf and oneOf');
    }
    const { title: _title, description: _description, discriminator: _discriminator, ...limits } = base;
    const combinations = choices.reduce<readonly (readonly Json[])[]>(
      (rows, choice) => rows.flatMap((row) => choice.map((branch) => [...row, branch])),
      [[]],
    );
    const branches = combinations.map((combination) => {
      const parts = saysMore(limits, combination) ? [limits, ...combination] : combination;
      return read(parts.length === 1 ? parts[0] : { allOf: parts }, at);
    });
    const union = unionOf(branches, wordsOf(base));
    if (union.kind === 'union') spend(union.branches.length);
    return union;
  }

  /** A bare `type` beside the choice says nothing that each branch does not say itself, and would take them apart. */
  function saysMore(limits: JsonObject, branches: readonly Json[]): boolean {
    const keywords = Object.keys(limits).filter(isConstraint);
    if (keywords.length !== 1 || keywords[0] !== 'type') return keywords.length > 0;
    return !branches.every((branch) => {
      const target = isJsonObject(branch) ? (soleTarget(branch, references) ?? branch) : branch;
      return isJsonObject(target) && target.type === limits.type && target.nullable !== true;
    });
  }

  function define(target: JsonObject, holder: JsonObject, at: string): Definition {
    const known = definitions.get(target);
    if (known !== undefined) return known;
    const reference = references.read(holder) ?? '';
    const definition = { name: uniqueName(reference), shape: nothing };
    if (!/^#\/(?:\$defs|definitions)\/[^/]*$/.test(reference)) {
      log.convert(at, `$ref ${JSON.stringify(reference)} is sent as $defs/${definition.name}`);
    }
    definitions.set(target, definition);
    unread.push({ schema: target, definition, at });
    return definition;
  }

  function uniqueName(reference: string): string {
    const last = /[^/#]*$/.exec(reference)?.[0] ?? '';
    const stem = last.replaceAll(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 60) || 'part';
    let name = stem;
    for (let count = 2; names.has(name); count++) name = `${stem}_${count}`;
    names.add(name);
    return name;
  }

  function spend(count: number): boolean {
    steps += count;
    return steps <= maxSteps;
  }

  function refuse(at: string, what: string): Shape {
    log.refuse(at, what);
    // Any shape but nothing, which would draw the places around it in.
    return { kind: 'scalar', type: 'null', limits: {} };
  }
}

const conversions = [
  ['allOf', 'allOf is merged into one schema'],
  ['oneOf', 'oneOf is sent as anyOf'],
  ['if', 'if, then and else are sent as anyOf'],
] as const;

/**
 * The schema that this one only refers to, through any number of references.
 * @returns undefined when it says something itself, or leads nowhere
 */
function soleTarget(schema: JsonObject, references: References): JsonObject | boolean | undefined {
  const seen = new Set<JsonObject>();
  let at: JsonObject | boolean = schema;
  while (isJsonObject(at) && isSole(at, references)) {
    if (seen.has(at)) return undefined;
    seen.add(at);
    const target = references.resolve(at);
    if (target === undefined) return undefined;
    at = target;
  }
  return at === schema ? undefined : at;
}

function isSole(schema: JsonObject, references: References): boolean {
  const reference = references.read(schema);
  if (reference === undefined) return false;
  return references.standAlone || Object.keys(schema).filter(isConstraint).length === 1;
}
