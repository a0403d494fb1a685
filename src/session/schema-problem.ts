/** What is wrong with a value, in words that let a model correct itself: where, what was expected, what came. */

import { cutText } from '../core/cut-text.ts';

export interface Problem {
  /** `/days: expected integer, got "3"` */
  readonly text: string;
  /** The keyword of the schema that it is about; '' for what no schema allows. */
  readonly keyword: string;
}

/** The fields of ajv's ErrorObject that are read here; `params` is as ajv documents it for each keyword. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  readonly schema?: unknown;
  readonly parentSchema?: unknown;
}

const maxProblems = 10;
const maxValueCharacters = 60;

/** @param errors  made with ajv's `verbose` option; order is kept, repetitions are dropped */
export function describeProblems(errors: readonly SchemaError[]): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of joinTypes(errors)) {
    const text = problemAt(error.instancePath, describeKeyword(error));
    if (!problems.has(text)) problems.set(text, { text, keyword: error.keyword });
  }
  const all = [...problems.values()];
  if (all.length <= maxProblems) return all;
  return [...all.slice(0, maxProblems - 1), { text: `and ${all.length - maxProblems + 1} more`, keyword: '' }];
}

/** @param path  a JSON pointer */
export function problemAt(path: string, what: string): string {
  return `${path === '' ? '/' : path}: ${what}`;
}

/**
 * What is wrong with a schema, judged by the schema of schemas. That one says of most keywords that they are one
 * thing or another and so complains of each; of those, what lies deepest says it best.
 */
export function describeSchemaProblems(errors: readonly SchemaError[]): readonly Problem[] {
  let rest = errors;
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const path = union.instancePath;
    const branches = rest.filter((error) => error !== union && isAtOrBelow(error, path));
    const below = branches.filter((error) => error.instancePath !== path);
    const kept = below.length > 0 ? below : branches.slice(0, 1);
    if (kept.length > 0) rest = rest.filter((error) => !isAtOrBelow(error, path) || kept.includes(error));
  }
  return describeProblems(rest);
}

function isAtOrBelow({ instancePath }: SchemaError, path: string): boolean {
  return instancePath === path || instancePath.startsWith(`${path}/`);
}

/** A choice of mere types, such as "string or null", is one expectation, not one for each branch and one for all. */
function joinTypes(errors: readonly SchemaError[]): readonly SchemaError[] {
  const joined: SchemaError[] = [];
  for (const error of errors) {
    const branches = error.keyword === 'anyOf' && Array.isArray(error.schema) ? error.schema.length : 0;
    const tail = branches === 0 ? [] : joined.slice(-branches);
    const areTypes = tail.every(
      ({ keyword, instancePath }) => keyword === 'type' && instancePath === error.instancePath,
    );
    if (tail.length === 0 || tail.length < branches || !areTypes) {
      joined.push(error);
    } else {
      joined.splice(-branches);
      joined.push({ ...error, keyword: 'type', params: { type: tail.flatMap(({ params }) => params.type) } });
    }
  }
  return joined;
}

function describeKeyword(error: SchemaError): string {
  const { keyword, params, data } = error;
  switch (keyword) {
    case 'required':
      return `${quote(params.missingProperty)} is missing`;
    case 'additionalProperties':
      return `${quote(params.additionalProperty)} is not allowed${allowedKeys(error.parentSchema)}`;
    case 'unevaluatedProperties':
      return `${quote(params.unevaluatedProperty)} is not allowed`;
    case 'type':
      return `expected ${[params.type].flat().join(' or ')}, got ${quote(data)}`;
    case 'enum':
      return `expected one of ${list(params.allowedValues)}, got ${quote(data)}`;
    case 'const':
      return `expected ${literal(params.allowedValue)}, got ${quote(data)}`;
    case 'false schema':
      return 'nothing is allowed here';
    default:
      return isScalar(data) ? `${error.message ?? keyword}, got ${quote(data)}` : (error.message ?? keyword);
  }
}

function allowedKeys(parentSchema: unknown): string {
  const properties = readProperties(parentSchema);
  return properties.length === 0 ? '' : `; allowed are ${list(properties)}`;
}

function readProperties(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  return typeof schema.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : [];
}

function list(values: unknown): string {
  if (!Array.isArray(values)) return literal(values);
  const shown = values.slice(0, 30).map(literal).join(', ');
  return values.length > 30 ? `${shown} and ${values.length - 30} more` : shown;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function quote(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return literal(value);
}

function literal(value: unknown): string {
  return cutText(JSON.stringify(value) ?? String(value), maxValueCharacters);
}
