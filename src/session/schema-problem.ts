/** What is wrong with a value, in words that let a model correct itself: where, what was expected, what came. */

/** The fields of ajv's ErrorObject that are read here; `params` is as ajv documents it for each keyword. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  readonly parentSchema?: unknown;
}

const maxProblems = 10;
const maxValueCharacters = 60;

/** @param errors  made with ajv's `verbose` option; order is kept, repetitions are dropped */
export function describeProblems(errors: readonly SchemaError[]): readonly string[] {
  const problems = [...new Set(errors.map(describeProblem))];
  if (problems.length <= maxProblems) return problems;
  return [...problems.slice(0, maxProblems - 1), `and ${problems.length - maxProblems + 1} more`];
}

function describeProblem(error: SchemaError): string {
  return `${error.instancePath === '' ? '/' : error.instancePath}: ${describeKeyword(error)}`;
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
  const text = JSON.stringify(value) ?? String(value);
  return text.length > maxValueCharacters ? `${text.slice(0, maxValueCharacters)}…` : text;
}
