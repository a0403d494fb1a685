/** What a tool says about itself, checked. */

import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

export interface Description {
  readonly name: string;
  readonly description: string;
  /** Of type object. */
  readonly parameters: JsonObject;
  readonly safe: boolean;
  /** Names of environment variables the tool wants besides the harmless ones. */
  readonly env: readonly string[];
}

export type ReadDescription =
  | { readonly description: Description; readonly problem?: undefined }
  | { readonly description?: undefined; readonly problem: string };

/** Of a file that used up the time there is at a start. */
export const noTime: ReadDescription = {
  problem: 'there was no time to describe it; `banter tools list` takes the time',
};

/**
 * @param fileName  gives the name of a tool that does not say it: `weather` for `weather.py`
 * @returns what is wrong with it where something is; the schema is only looked at, not compiled
 */
export function readDescription(value: Json | undefined, fileName: string): ReadDescription {
  if (!isJsonObject(value)) return { problem: 'its description is no JSON object' };
  const { name = nameOf(fileName), description, parameters, safe = false, env = [] } = value;
  if (typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    return { problem: `its name ${JSON.stringify(name)} is not made of 1 to 64 letters, digits, _ and -` };
  }
  if (typeof description !== 'string' || description.trim() === '') return { problem: 'it has no description' };
  if (!isJsonObject(parameters) || parameters.type !== 'object') {
    return { problem: 'its parameters are no JSON Schema of type object' };
  }
  if (typeof safe !== 'boolean') return { problem: 'its safe is neither true nor false' };
  if (!Array.isArray(env) || !env.every(isVariableName)) {
    return { problem: 'its env is no list of names of environment variables' };
  }
  return { description: { name, description: description.trim(), parameters, safe, env } };
}

function nameOf(fileName: string): string {
  return fileName
    .replace(/\.[^.]+$/, '')
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .slice(0, 64);
}

function isVariableName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value);
}
