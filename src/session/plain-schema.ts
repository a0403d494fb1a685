/** A quick yes for the schemas that most people write, so that the schema of schemas need not be compiled (15 ms). */

import { isJsonObject, type Json } from '../core/json.ts';

const deepest = 50;

/**
 * true: every keyword in it is one of the everyday ones and has a value of its kind, so it is a schema in every
 * draft since 06. false says nothing: what is rare is for the schema of schemas to judge.
 */
export function isPlainSchema(schema: Json | undefined, depth = 0): boolean {
  if (typeof schema === 'boolean') return true;
  if (!isJsonObject(schema) || depth > deepest) return false;
  const inner = (value: Json | undefined): boolean => isPlainSchema(value, depth + 1);
  return Object.entries(schema).every(([keyword, value]) => {
    if (schemaKeywords.has(keyword)) return inner(value);
    if (mapKeywords.has(keyword)) return isJsonObject(value) && Object.values(value).every(inner);
    if (listKeywords.has(keyword)) return Array.isArray(value) && value.length > 0 && value.every(inner);
    return Object.hasOwn(plainKeywords, keyword) && plainKeywords[keyword]?.(value) === true;
  });
}

const schemaKeywords = new Set(['additionalProperties', 'items', 'not']);
const mapKeywords = new Set(['$defs', 'definitions', 'properties']);
const listKeywords = new Set(['allOf', 'anyOf', 'oneOf']);

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const isText = (value: Json | undefined): boolean => typeof value === 'string';
const isNumber = (value: Json | undefined): boolean => typeof value === 'number';
const isCount = (value: Json | undefined): boolean => Number.isInteger(value) && Number(value) >= 0;
const isType = (value: Json | undefined): boolean => typeof value === 'string' && types.includes(value);

const plainKeywords: Readonly<Record<string, (value: Json | undefined) => boolean>> = {
  $ref: isText,
  const: () => true,
  default: () => true,
  description: isText,
  enum: (value) => isSet(value) && value.length > 0 && value.every((member) => typeof member !== 'object'),
  exclusiveMaximum: isNumber,
  exclusiveMinimum: isNumber,
  format: isText,
  maxItems: isCount,
  maxLength: isCount,
  maximum: isNumber,
  minItems: isCount,
  minLength: isCount,
  minimum: isNumber,
  pattern: isText,
  required: (value) => isSet(value) && value.every(isText),
  title: isText,
  type: (value) => isType(value) || (isSet(value) && value.length > 0 && value.every(isType)),
  uniqueItems: (value) => typeof value === 'boolean',
};

function isSet(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && new Set(value).size === value.length;
}
