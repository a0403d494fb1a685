/**
 * What TGI sends to what the session reads. No `[DONE]`: the last event is the one with generated_text.
 *
 *     data: {"index":1,"token":{"id":5,"text":" Hi","special":false},"generated_text":null,"details":null}
 *     data: {"index":2,"token":{"id":2,"text":"</s>","special":true},"generated_text":" Hi",
 *            "details":{"finish_reason":"eos_token","generated_tokens":2,"input_length":4}}
 *
 * Not streamed: {"generated_text":" Hi","details":{…}}, or a list of one such object from `POST /`.
 */

import { isJsonObject, type Json, nonEmptyString } from '../../core/json.ts';
import type { Usage } from '../../core/message.ts';
import { optional } from '../../core/optional.ts';
import type { StreamEvent } from '../../core/stream-event.ts';
import type { Received } from '../../wire/index.ts';
import { readTextAnswer, type TextAnswerOptions, type TextFrame } from '../text-answer.ts';
import { toTgiError } from './fault.ts';

export interface TokenOptions extends TextAnswerOptions {
  /** Some hosted models repeat it in spite of return_full_text. */
  readonly prompt?: string;
}

/** Reads one answer. @throws ChatError as readTextAnswer does; kind 'server' for failures with an `error_type` */
export function readTokens(
  received: AsyncIterable<Received>,
  target: string,
  { prompt = '', ...options }: TokenOptions = {},
): AsyncGenerator<StreamEvent> {
  const readBody = (body: Json, headers: Headers) =>
    readGenerated(Array.isArray(body) ? body[0] : body, prompt, headers);
  return readTextAnswer(
    received,
    target,
    { readEvent: (frame) => readToken(frame, prompt) ?? readBody(frame, {}), readBody, toError: toTgiError },
    options,
  );
}

type Headers = Readonly<Record<string, string>>;

/** generated_text repeats what the tokens said, so its text counts only if they said nothing. */
function readToken(frame: Json, prompt: string): TextFrame | undefined {
  if (!isJsonObject(frame) || !isJsonObject(frame.token)) return undefined;
  const { text, special } = frame.token;
  const generated = typeof frame.generated_text === 'string' ? frame.generated_text : undefined;
  return {
    text: special === true || typeof text !== 'string' ? '' : text,
    ...optional('whole', generated === undefined ? undefined : withoutPrompt(generated, prompt)),
    ...readDetails(frame.details, {}),
    isLast: generated !== undefined,
  };
}

function readGenerated(body: Json | undefined, prompt: string, headers: Headers): TextFrame | undefined {
  if (!isJsonObject(body) || typeof body.generated_text !== 'string') return undefined;
  const whole = withoutPrompt(body.generated_text, prompt);
  return { text: '', whole, ...readDetails(body.details, headers), isLast: true };
}

/** Only streams have `input_length`; the whole answer has its count in a header. */
function readDetails(details: Json | undefined, headers: Headers): Pick<TextFrame, 'finishWord' | 'usage'> {
  if (!isJsonObject(details)) return {};
  const usage: Usage = {
    ...optional('promptTokens', countOf(details.input_length) ?? countOf(Number(headers['x-prompt-tokens']))),
    ...optional('completionTokens', countOf(details.generated_tokens)),
  };
  return {
    ...optional('finishWord', nonEmptyString(details.finish_reason)),
    ...optional('usage', Object.keys(usage).length === 0 ? undefined : usage),
  };
}

function countOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 ? value : undefined;
}

function withoutPrompt(text: string, prompt: string): string {
  return prompt !== '' && text.startsWith(prompt) ? text.slice(prompt.length) : text;
}
