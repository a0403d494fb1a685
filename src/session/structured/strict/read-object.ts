/** Objects: keys with a name, and maps, whose keys have none. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { pointerStep } from '../../../core/json-pointer.ts';
import { allowsAnything, limitsIn } from './keywords.ts';
import type { Reading } from './read-shape.ts';
import { isStrictPattern } from './rules.ts';
import { type MapKind, type Member, nothing, type Shape, unionOf } from './shape.ts';

export function readObject(schema: JsonObject, at: string, reading: Reading): Shape {
  const { log } = reading;
  if (hasDependentSchemas(schema)) return reading.refuse(at, 'schemas that depend on a key');
  const lost = limitsIn(schema, ['minProperties', 'maxProperties', 'dependentRequired', 'dependencies']);
  for (const limit of lost) log.leaveOut(at, limit);

  const members = readMembers(schema, at, reading);
  if (members === undefined) return nothing;
  return {
    ...(members.size === 0 ? readUnnamed(schema, at, reading) : readRecord(schema, members, at, reading)),
    lost,
  };
}

function hasDependentSchemas({ dependentSchemas, dependencies }: JsonObject): boolean {
  if (dependentSchemas !== undefined) return true;
  return isJsonObject(dependencies) && Object.values(dependencies).some((dependency) => !Array.isArray(dependency));
}

/** @returns undefined when a key that has to be there can have no value */
function readMembers(schema: JsonObject, at: string, reading: Reading): ReadonlyMap<string, Member> | undefined {
  const declared = new Map<string, Json | undefined>(
    isJsonObject(schema.properties) ? Object.entries(schema.properties) : [],
  );
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  for (const name of required) {
    if (typeof name === 'string' && !declared.has(name)) declared.set(name, undeclared(schema));
  }
  const members = new Map<string, Member>();
  for (const [name, value] of declared) {
    const place = `${at}/${pointerStep(name)}`;
    const shape = reading.read(value, place);
    const optional = !required.has(name);
    if (shape.kind === 'nothing') {
      if (!optional) return undefined;
      continue;
    }
    if (optional) reading.log.makeNullable(place);
    members.set(name, { shape, optional, nullStays: optional && reading.acceptsNull(value) });
  }
  return members;
}

/** Of a required key that `properties` does not name; which of several patterns it matches is not looked at. */
function undeclared({ patternProperties, additionalProperties }: JsonObject): Json {
  const [only, ...more] = isJsonObject(patternProperties) ? Object.values(patternProperties) : [];
  return only === undefined ? (additionalProperties ?? true) : more.length > 0 || only;
}

/** The schemas of the keys that `properties` does not name. */
function unnamedKeys({ patternProperties, additionalProperties, unevaluatedProperties }: JsonObject): {
  readonly byPattern: readonly Json[];
  readonly rest: Json;
} {
  const patterns = isJsonObject(patternProperties) ? Object.values(patternProperties) : [];
  return {
    byPattern: patterns.filter((schema) => schema !== undefined && schema !== false),
    rest: additionalProperties ?? unevaluatedProperties ?? true,
  };
}

/** Keys of which nothing is known cannot be asked for; without them the object is valid as well. */
function readRecord(schema: JsonObject, members: ReadonlyMap<string, Member>, at: string, reading: Reading): Shape {
  const { byPattern, rest } = unnamedKeys(schema);
  if ([...byPattern, rest].some(allowsAnything)) reading.log.close(at);
  const entries = readMap(schema, at, reading);
  if (entries === undefined) return { kind: 'record', members };
  const name = freeName(members);
  reading.log.convert(at, `its other keys are sent as a list of keys and values named ${name}`);
  return { kind: 'record', members, others: { name, entries } };
}

function readUnnamed(schema: JsonObject, at: string, reading: Reading): Shape {
  const { byPattern, rest } = unnamedKeys(schema);
  if (byPattern.length === 0 ? allowsAnything(rest) : byPattern.some(allowsAnything)) {
    return reading.refuse(at, 'a free-form object');
  }
  const map = readMap(schema, at, reading);
  if (map === undefined) return { kind: 'record', members: new Map() };
  reading.log.convert(at, 'a map is sent as a list of keys and values');
  return map;
}

/** @returns undefined when no key without a name can be asked for */
function readMap(schema: JsonObject, at: string, reading: Reading): MapKind | undefined {
  const { byPattern, rest } = unnamedKeys(schema);
  const schemas = [...byPattern, rest].filter((value) => value !== false && !allowsAnything(value));
  const value = unionOf(schemas.map((one) => reading.read(one, `${at}/*`)));
  if (value.kind === 'nothing') return undefined;
  return { kind: 'map', key: readKey(schema, at, reading), value };
}

function readKey(schema: JsonObject, at: string, { read, log }: Reading): Shape {
  const [pattern, ...more] = isJsonObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  const { rest } = unnamedKeys(schema);
  const isOnly = more.length === 0 && (rest === false || allowsAnything(rest));
  const limits = pattern !== undefined && isOnly && isStrictPattern(pattern) ? { pattern } : {};
  if (schema.propertyNames !== undefined) {
    const key = read({ allOf: [{ type: 'string', ...limits }, schema.propertyNames] }, `${at}/*`);
    if (key.kind === 'scalar' || key.kind === 'values') return key;
    log.leaveOut(at, 'propertyNames');
  }
  return { kind: 'scalar', type: 'string', limits };
}

function freeName(members: ReadonlyMap<string, Member>): string {
  let name = 'additionalProperties';
  while (members.has(name)) name += '_';
  return name;
}
