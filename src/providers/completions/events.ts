/**
 * What /v1/completions sends to what the session reads.
 *
 *     data: {"choices":[{"index":0,"text":" Hi","finish_reason":""}]}       "" on TGI, null elsewhere
 *     data: {"choices":[{"index":0,"text":"","finish_reason":"stop"}]}
 *     data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}
 *     data: [DONE]                                                          not from Xinference
 */

import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { StreamEvent } from '../../core/stream-event.ts';
import type { Received } from '../../wire/index.ts';
import { toChatError } from '../fault.ts';
import { isFinishWord } from '../finish.ts';
import { readTextAnswer, type TextAnswerOptions, type TextFrame } from '../text-answer.ts';
import { usageOf } from '../usage.ts';

/** Reads one answer. @throws ChatError as readTextAnswer does */
export function readChunks(
  received: AsyncIterable<Received>,
  target: string,
  options: TextAnswerOptions = {},
): AsyncGenerator<StreamEvent> {
  return readTextAnswer(received, target, { readEvent: readChunk, readBody: readChunk, toError: toChatError }, options);
}

function readChunk(chunk: Json): TextFrame | undefined {
  if (!isJsonObject(chunk) || !Array.isArray(chunk.choices)) return undefined;
  const choices: readonly Json[] = chunk.choices;
  // Several prompts or n > 1 interleave their choices; only the first was asked for.
  const choice = choices.filter(isJsonObject).find(({ index }) => index === undefined || index === null || index === 0);
  if (choice === undefined && choices.length > 0) return { text: '', isLast: false };
  const finishWord = isFinishWord(choice?.finish_reason) ? choice.finish_reason : undefined;
  const text = choice === undefined ? '' : textOf(choice);
  return {
    // TGI 2 sends the end token itself as the last piece of text.
    text: text === '</s>' && finishWord === 'eos_token' ? '' : text,
    ...optional('finishWord', finishWord),
    ...optional('usage', usageOf(chunk, choice)),
    ...optional('model', nonEmptyString(chunk.model)),
    isLast: false,
  };
}

/** Gateways that only know chat answer in its shape. */
function textOf(choice: JsonObject): string {
  const { text, delta, message } = choice;
  const candidates = [text, isJsonObject(delta) && delta.content, isJsonObject(message) && message.content];
  return candidates.find((candidate) => typeof candidate === 'string') ?? '';
}
