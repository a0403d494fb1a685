import { isJsonObject, type JsonObject, nonEmptyString } from '../../core/json.ts';

/** A tool as its server describes it. Plain JSON in the protocol's own words, so that it can be kept on the disk. */
export interface DescribedTool extends JsonObject {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly annotations: { readonly readOnlyHint: boolean };
}

/** A server's essay would be sent with every request. */
const maxDescription = 4_000;
const maxSchemaCharacters = 64 * 1024;

/** A tool that no model can be offered, with the reason about `its schema`. */
export interface LeftOut {
  readonly name: string;
  readonly problem: string;
}

export type ReadTool =
  | { readonly tool: DescribedTool; readonly leftOut?: undefined }
  | { readonly tool?: undefined; readonly leftOut: LeftOut };

/**
 * Undefined for what is no description at all, and for tools that have to be run as a task, which we do not do: one
 * strange tool must not cost the others. The schema is only looked at, not compiled.
 */
export function readDescribedTool(value: unknown): ReadTool | undefined {
  if (!isJsonObject(value) || !isJsonObject(value.inputSchema)) return undefined;
  const name = nonEmptyString(value.name);
  if (name === undefined || JSON.stringify(value.inputSchema).length > maxSchemaCharacters) return undefined;
  if (isJsonObject(value.execution) && value.execution.taskSupport === 'required') return undefined;
  const { type = 'object' } = value.inputSchema;
  if (type !== 'object') {
    return { leftOut: { name, problem: `its schema is of type ${JSON.stringify(type)}, not "object"` } };
  }
  const description = nonEmptyString(value.description) ?? nonEmptyString(value.title) ?? name;
  const readOnlyHint = isJsonObject(value.annotations) && value.annotations.readOnlyHint === true;
  const tool = {
    name,
    description: description.slice(0, maxDescription).toWellFormed(),
    // Model servers insist on the type, which some MCP servers leave out.
    inputSchema: { type, ...value.inputSchema },
    annotations: { readOnlyHint },
  };
  return { tool };
}
