/**
 * The domain's request to the body of `POST /chat/completions`:
 *
 *     { "model": "m", "messages": [{ "role": "user", "content": "Hi" }], "tools": [...], "stream": true,
 *       "stream_options": { "include_usage": true } }
 */

import type { JsonObject } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ChatRequest, ResponseFormat, Sampling } from '../../core/provider.ts';
import type { ToolDefinition } from '../../core/tool.ts';
import { schemaInWords } from '../schema-in-words.ts';
import { toSchemaObject } from '../schema-object.ts';
import { wellFormed } from '../well-formed.ts';
import type { Dialect } from './dialect.ts';
import { toMessages } from './messages.ts';
import { isEnforced, toResponseFormat } from './response-format.ts';

/** Every string in the result is well-formed: servers refuse half a surrogate pair, and with it the conversation. */
export function toRequestBody(request: ChatRequest, dialect: Dialect): JsonObject {
  const tools = withholdsTools(request, dialect) ? [] : request.tools;
  const format = withholdsSchema(request, dialect) ? undefined : request.format;
  const instruction = format === undefined || isEnforced(dialect.schemaForm) ? undefined : schemaInWords(format);
  const body = {
    // First: the Hugging Face router reads the provider from a short prefix of the body.
    ...optional('model', request.model ?? dialect.modelWhenNoneNamed),
    messages: toMessages(request.messages, dialect, instruction),
    // `tools: []` is refused by vLLM, and by TGI next to response_format.
    ...(tools.length > 0 && toTools({ ...request, tools }, dialect)),
    ...(format !== undefined && toFormat(format, dialect)),
    ...toSampling(request.sampling, dialect),
    ...(request.thinking !== undefined && dialect.thinking?.[request.thinking]),
    stream: request.stream,
    // vLLM refuses stream_options without stream; TGI refuses null.
    ...(request.stream && { stream_options: { include_usage: true } }),
    ...request.extraBody,
  };
  return wellFormed(body) as JsonObject; // an object in, an object out
}

/** Where tools and a schema exclude each other, a call that must be made comes first, and otherwise the schema. */
export function withholdsTools(request: ChatRequest, dialect: Dialect): boolean {
  return isEitherOr(request, dialect) && !mustCall(request);
}

export function withholdsSchema(request: ChatRequest, dialect: Dialect): boolean {
  return isEitherOr(request, dialect) && mustCall(request);
}

export function mustCall({ toolChoice }: ChatRequest): boolean {
  return toolChoice !== 'auto' && toolChoice !== 'none';
}

function isEitherOr({ tools, format }: ChatRequest, { toolsBesideSchema }: Dialect): boolean {
  return !toolsBesideSchema && format !== undefined && tools.length > 0;
}

/** The default choice, auto, is left out; a name goes as the object, which all understand (vLLM refuses the bare string). */
function toTools({ tools, toolChoice }: ChatRequest, dialect: Dialect): JsonObject {
  const all = { tools: tools.map(toTool) };
  if (toolChoice === 'auto') return all;
  if (toolChoice === 'none') return { ...all, tool_choice: 'none' };
  if (toolChoice === 'required') return { ...all, tool_choice: dialect.anyToolWord };
  const { name } = toolChoice;
  if (dialect.namedTool === 'by-name') return { ...all, tool_choice: { type: 'function', function: { name } } };
  return { tools: tools.filter((tool) => tool.name === name).map(toTool), tool_choice: dialect.anyToolWord };
}

function toTool({ name, description, parameters }: ToolDefinition): JsonObject {
  return { type: 'function', function: { name, description, parameters: toSchemaObject(parameters) } };
}

function toFormat(format: ResponseFormat, dialect: Dialect): JsonObject {
  return optional('response_format', toResponseFormat(format, dialect.schemaForm));
}

function toSampling(sampling: Sampling, dialect: Dialect): JsonObject {
  const isNoLimit = dialect.topPBelowOne && sampling.topP === 1;
  return {
    ...optional('temperature', sampling.temperature),
    ...optional(dialect.maxTokensField, sampling.maxTokens),
    ...optional('top_p', isNoLimit ? undefined : sampling.topP),
    ...optional('top_k', sampling.topK),
    ...optional(dialect.seedField, sampling.seed),
    // Always a list: TGI refuses a bare string.
    ...(sampling.stop !== undefined && sampling.stop.length > 0 && { stop: sampling.stop }),
  };
}
