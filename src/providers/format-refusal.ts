/** Whether a refusal is about the format the answer was to be held to: then another way of holding it may be taken. */

import { ChatError, isChatError, type ServerFault } from '../core/error.ts';
import type { ChatRequest } from '../core/provider.ts';
import type { SchemaMode } from '../core/response-format.ts';

/** The error, marked where it refuses the format; only for a request of which no text has come yet. */
export function markFormatRefusal(error: unknown, { format, extraBody }: ChatRequest): unknown {
  if (format === undefined || format.mode === 'prompt') return error;
  if (!isChatError(error) || error.fault.kind !== 'server') return error;
  // A field that was given by hand is the person's to mend.
  if (formatFields.some((field) => extraBody[field] !== undefined)) return error;
  if (!isFormatRefusal(error.fault, format.mode)) return error;
  return new ChatError({ ...error.fault, about: 'format' }, { cause: error });
}

/**
 * Groq answers 400 when what the model wrote does not satisfy the format (`failed_generation` has it): the model's
 * failure, once, rather than the format's.
 */
export function isFailedGeneration(error: unknown): boolean {
  if (!isChatError(error) || error.fault.kind !== 'server') return false;
  return error.fault.code === 'json_validate_failed' || error.fault.code === 'tool_use_failed';
}

/** Every body field that says how the answer has to look, on any server. */
const formatFields = [
  ...['response_format', 'structured_outputs', 'grammar', 'json_schema', 'regex', 'ebnf'],
  ...['guided_json', 'guided_regex', 'guided_choice', 'guided_grammar', 'tools', 'tool_choice'],
];

export function isFormatRefusal(fault: ServerFault, mode: SchemaMode): boolean {
  const { status, said, code = '', type = '', parameter = '' } = fault;
  if (status === 501) return true;
  if (![400, 404, 405, 415, 422, 500].includes(status)) return false;
  const words = `${said} ${code} ${type} ${parameter}`;
  if (otherReasons.some((pattern) => pattern.test(words))) return false;
  if (formatWords.some((pattern) => pattern.test(words))) return true;
  if (mode === 'tool' && toolWords.test(words)) return true;
  const field = notDeserialized.exec(said);
  if (field !== null) return field[1] === undefined;
  return (status === 400 || status === 422) && (said === '' || saysNothing.test(said));
}

/** They may speak of a schema or of tools as well: as what took the room, or in the name of a field. */
const otherReasons: readonly RegExp[] = [
  /context[ _](?:length|size|window)|context_length_exceeded|exceed_context_size|maximum prompt length/i,
  /prompt is too long|reduce the length of|input token count|exceeded model token limit|must have less than \d+ tokens/i,
  /`inputs` tokens \+ `max_new_tokens`/i,
  /insufficient[ _](?:quota|balance|credits?)|billing|rate[ _]limit|overloaded|at capacity/i,
  /content[ _](?:policy|filter|management)|flagged|moderation|safety system/i,
  /model[ _]not[ _]found|model .{0,200}(?:not found|does not exist|not exist)|api[ _]key|authenticat/i,
  /tool_call_id|role ['"`]?tool\b|preceding message|tool (?:messages|results?)|roles must alternate/i,
];

const formatWords: readonly RegExp[] = [
  /response[ _-]?(?:format|schema|mime)|text\.format|(?:invalid|required for|output|this) format/i,
  /json[ _-]?(?:schema|object|mode|validate)|structured[ _-]?output|schema\b|\bstrict\b|additionalProperties/i,
  /grammar|guided|\bgbnf\b|\bebnf\b|xgrammar|outlines|\bregex|regular expression|samplers/i,
  // OpenRouter, when no provider of the model takes all the fields.
  /no endpoints found that (?:can handle|support)/i,
];

/** Anthropic: a forced call beside thinking; DeepSeek: `Thinking mode does not support this tool_choice`. */
const toolWords = /\btools?\b|\btool[ _](?:choice|use|call)|functions?\b|function[ _]call|jinja/i;

/** TGI and other servers in Rust: `… into the target type: response_format: missing field …`; it may name no field. */
const notDeserialized = /failed to deserialize(?:.*?target type: ([\w.[\]]+): )?/i;

const saysNothing =
  /^(?:\d{3}:? ?)?(?:bad request|invalid (?:request|input|parameters?|arguments?)|unsupported(?: \w+)?|not (?:supported|implemented)|unprocessable (?:entity|content)|validation error|provider returned error|(?:unknown |upstream )?error|request failed)(?: error)?[.!]?$/i;
