/** What to leave out of a request, or to write otherwise, after the server refused a part of it. Pure. */

import type { ServerFault } from '../../core/error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Concession } from '../../core/learned.ts';
import type { Notice } from '../../core/notice.ts';
import { optional } from '../../core/optional.ts';

export interface Refusal {
  readonly concessions: readonly Concession[];
  readonly notice: Notice;
}

export const toolFields: readonly string[] = ['tools', 'tool_choice', 'parallel_tool_calls'];

const thinkingFields = ['reasoning_effort', 'reasoning', 'thinking', 'enable_thinking', 'chat_template_kwargs'];

/** Fields a person can do without; never those that carry the conversation, the format or an answer's shape. */
const optionalFields = [
  ...['stream_options', 'parallel_tool_calls', 'temperature', 'top_p', 'top_k', 'seed', 'random_seed', 'stop'],
  ...['max_tokens', 'max_completion_tokens'],
  ...thinkingFields,
];

const otherName: Readonly<Record<string, string>> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens',
};

/** Ollama, Xinference, vLLM, OpenRouter, llama.cpp without --jinja, and the usual phrasing elsewhere. */
const toolRefusals: readonly RegExp[] = [
  /(?:does not|doesn't|do not|not) support (?:any )?(?:tool|function)/i,
  /(?:tools?|functions?)(?: use| calls?| calling| choice)?(?: is| are)? (?:not supported|unsupported|not available|disabled)/i,
  /only .* support tool (?:calls|messages)/i,
  /requires --enable-auto-tool-choice/i,
  /tools param requires --jinja/i,
  /no endpoints found that support tool/i,
];

const unknownWords =
  /unsupported|not supported|unknown|unrecogni[sz]ed|unexpected|not permitted|not allowed|extra (?:inputs|fields)|additional propert|does not support|not available/i;

/** Ollama: `"x" does not support thinking`. */
const thinkingRefusal = /(?:does not|doesn't|do not|not) support (?:thinking|reasoning)/i;

/** The value is wrong, not the field: `Unsupported value: 'none' … Supported values are: 'low', …`, `at most 2`. */
const valueRefusal =
  /(?:unsupported|invalid) value|supported values|input should be|must be(?! (?:removed|omitted|absent|unset|empty|null))|at (?:most|least)|\bbetween\b|\blimit\b|\brange\b|maximum|minimum|(?:less|greater) than/i;

/** No other value is taken, so the field itself is not (OpenAI's reasoning models, of `temperature`). */
const onlyDefault = /only the default/i;

/**
 * @param body  what was refused
 * @param kept  fields the person set by hand (`--option`): a refusal of these is theirs to see
 * @returns undefined when leaving something out would not help, or would change what was asked for
 */
export function readRefusal(fault: ServerFault, body: JsonObject, kept: readonly string[]): Refusal | undefined {
  return readToolRefusal(fault, body) ?? readSchemaRefusal(fault, body, kept) ?? readFieldRefusal(fault, body, kept);
}

/** @param kept  as above: what was refused once is sent again when the person asks for it by hand */
export function concede(body: JsonObject, concessions: readonly Concession[], kept: readonly string[]): JsonObject {
  const fields = Object.entries(body).flatMap(([name, value]) => {
    const found = kept.includes(name) ? undefined : concessions.find(({ field }) => field === name);
    if (found === undefined) return [[name, value] as const];
    return found.renamedTo === undefined ? [] : [[found.renamedTo, value] as const];
  });
  return Object.fromEntries(fields);
}

/** The lesson of a TGI that was not known to be one: its schema goes under `value`; see NativeShape. */
const schemaInValue: Concession = { field: 'response_format.json_schema', renamedTo: 'value' };

export function isSchemaInValue({ field, renamedTo }: Concession): boolean {
  return field === schemaInValue.field && renamedTo === schemaInValue.renamedTo;
}

/** A tool that must be called cannot be left out: then the refusal stands. */
function readToolRefusal(fault: ServerFault, body: JsonObject): Refusal | undefined {
  if (!speaksOfTools(body) || (body.tool_choice !== undefined && body.tool_choice !== 'none')) return undefined;
  if (![400, 404, 422, 500, 501].includes(fault.status)) return undefined;
  if (!toolRefusals.some((pattern) => pattern.test(fault.said))) return undefined;
  const text = `${fault.target} takes no tools for this model (${fault.said}); asking without them.`;
  return {
    concessions: toolFields.map((field) => ({ field })),
    notice: { level: 'warning', code: 'tools-refused', text },
  };
}

/** In an offer, or in what was said earlier: Xinference refuses a tool message as well. */
function speaksOfTools({ tools, messages }: JsonObject): boolean {
  const isToolMessage = (message: Json) => isJsonObject(message) && message.role === 'tool';
  return tools !== undefined || (Array.isArray(messages) && messages.some(isToolMessage));
}

/**
 * TGI says, as text/plain: `Failed to deserialize the JSON body into the target type: response_format: missing field
 * `value` at line 1 column 168` (huggingface_hub#2744); before 3.1, which did not know the type: unknown variant
 * `json_schema`.
 */
function readSchemaRefusal(fault: ServerFault, body: JsonObject, kept: readonly string[]): Refusal | undefined {
  const format = kept.includes('response_format') ? undefined : body.response_format;
  if (fault.status !== 422 || !isJsonObject(format) || format.json_schema === undefined) return undefined;
  if (!/missing field `value`|unknown variant `json_schema`/.test(fault.said)) return undefined;
  const text = `${fault.target} takes a schema the way TGI does; asking so.`;
  return { concessions: [schemaInValue], notice: { level: 'info', code: 'retrying', text } };
}

function readFieldRefusal(fault: ServerFault, body: JsonObject, kept: readonly string[]): Refusal | undefined {
  if (fault.status !== 400 && fault.status !== 422) return undefined;
  const words = `${fault.said} ${fault.code ?? ''} ${fault.type ?? ''}`.replaceAll('_', ' ');
  if (!unknownWords.test(words)) return undefined;
  // Forgetting the field for one wrong value would forget the right ones too.
  if (valueRefusal.test(words) && !onlyDefault.test(words)) return undefined;
  const isOurs = (name: string) => body[name] !== undefined && !kept.includes(name);
  const sent = optionalFields.filter(isOurs);
  if (thinkingRefusal.test(fault.said)) {
    const ofThinking = sent.filter((name) => thinkingFields.includes(name));
    return refuse(ofThinking, fault);
  }

  // `stream_options.include_usage`, or FastAPI's `body.stream_options`.
  const named = fault.parameter?.split('.');
  const field = sent.find((name) => named?.includes(name) ?? names(fault.said, name));
  return field === undefined ? undefined : refuse([field], fault);
}

function refuse(fields: readonly string[], { target }: ServerFault): Refusal | undefined {
  const [first, ...others] = fields;
  if (first === undefined) return undefined;
  const renamedTo = otherName[first];
  const instead = renamedTo === undefined ? `without ${others.length === 0 ? 'it' : 'them'}` : `with ${renamedTo}`;
  const text = `${target} does not take ${fields.join(' and ')} for this model; asking ${instead}.`;
  return {
    concessions: fields.map((field) => ({ field, ...optional('renamedTo', renamedTo) })),
    notice: { level: 'warning', code: 'parameter-dropped', text },
  };
}

function names(said: string, field: string): boolean {
  return new RegExp(`(?<![a-z_])${field}(?![a-z_])`).test(said);
}
