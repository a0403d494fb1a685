/**
 * The domain's request to the body of `POST /chat/completions`:
 *
 *     { "model": "m", "messages": [{ "role": "user", "content": "Hi" }], "tools": [...], "stream": true,
 *       "stream_options": { "include_usage": true } }
 */

import type { JsonObject } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ChatRequest, Sampling } from '../../core/provider.ts';
import type { ResponseFormat } from '../../core/response-format.ts';
import type { ToolDefinition } from '../../core/tool.ts';
import { formatInWords } from '../format-in-words.ts';
import { toSchemaObject } from '../schema-object.ts';
import { wellFormed } from '../well-formed.ts';
import { answerTool } from './answer-tool.ts';
import type { Dialect } from './dialect.ts';
import { toMessages } from './messages.ts';
import { toFormatFields } from './response-format.ts';

/** Every string in the result is well-formed: servers refuse half a surrogate pair, and with it the conversation. */
export function toRequestBody(request: ChatRequest, dialect: Dialect): JsonObject {
  const { format } = request;
  const offer = offerOf(request);
  const stream = request.stream && (format === undefined || isStreamed(format, dialect));
  const messages = toMessages(request.messages, dialect, format && formatInWords(format));
  const continued = toContinued(request, messages, dialect);
  const body = {
    // First: the Hugging Face router reads the provider from a short prefix of the body.
    ...optional('model', request.model ?? dialect.modelWhenNoneNamed),
    messages: continued ?? messages,
    // `tools: []` is refused by vLLM, and by TGI next to response_format.
    ...(offer.tools.length > 0 && toTools(offer, dialect)),
    ...(format !== undefined && toFormatFields(format, dialect)),
    ...toSampling(request.sampling, dialect),
    ...(request.thinking !== undefined && dialect.thinking?.[request.thinking]),
    stream,
    // vLLM refuses stream_options without stream; TGI refuses null.
    ...(stream && { stream_options: { include_usage: true } }),
    ...(continued !== undefined && dialect.continuing?.body),
    ...request.extraBody,
  };
  return wellFormed(body) as JsonObject; // an object in, an object out
}

/** The messages when the last is the model's own and this server goes on with it. */
function toContinued(
  { messages: asked }: ChatRequest,
  messages: readonly JsonObject[],
  { continuing }: Dialect,
): readonly JsonObject[] | undefined {
  if (continuing === undefined || asked.at(-1)?.role !== 'assistant') return undefined;
  return messages.with(-1, { ...messages.at(-1), ...continuing.message });
}

/** Whether a call has to be made, be it only to bring the answer. */
export function mustCall(request: ChatRequest): boolean {
  const { toolChoice } = offerOf(request);
  return toolChoice !== 'auto' && toolChoice !== 'none';
}

type Offer = Pick<ChatRequest, 'tools' | 'toolChoice'>;

/** The tools there are; or, where a call brings the answer, that one alone. */
function offerOf(request: ChatRequest): Offer {
  const tool = answerTool(request);
  return tool === undefined ? request : { tools: [tool], toolChoice: { name: tool.name } };
}

function isStreamed({ mode }: ResponseFormat, { streamsFormats }: Dialect): boolean {
  return streamsFormats || mode === 'tool' || mode === 'prompt';
}

/** The default choice, auto, is left out; a name goes as the object, which all understand (vLLM refuses the bare string). */
function toTools({ tools, toolChoice }: Offer, dialect: Dialect): JsonObject {
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
