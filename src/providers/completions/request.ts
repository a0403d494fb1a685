/**
 * The domain's request to the body of `POST /v1/completions`:
 *
 *     { "model": "m", "prompt": "<s>[INST] Hi [/INST]", "max_tokens": 1024, "stop": ["</s>"], "stream": true }
 */

import type { JsonObject } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ChatRequest, Sampling } from '../../core/provider.ts';
import type { ResponseFormat } from '../../core/response-format.ts';
import { defaultMaxTokens } from '../answer-room.ts';
import { type Constraint, constrain } from '../constraint.ts';
import { toSchemaObject } from '../schema-object.ts';
import type { Prompt } from '../text-provider.ts';
import { wellFormed } from '../well-formed.ts';

/** OpenAI and TGI take no more; the rest ends the answer on our side. */
const maxStopStrings = 4;

/** @param constraint  of the server, for a format that goes by its grammar */
export function toRequestBody(request: ChatRequest, { text, stop }: Prompt, constraint?: Constraint): JsonObject {
  const { sampling, format } = request;
  const body = {
    ...optional('model', request.model),
    prompt: text,
    max_tokens: sampling.maxTokens ?? defaultMaxTokens,
    ...toSampling(sampling),
    ...(stop.length > 0 && { stop: stop.slice(0, maxStopStrings) }),
    ...(format !== undefined && toFormatFields(format, constraint)),
    stream: request.stream,
    ...(request.stream && { stream_options: { include_usage: true } }),
    ...request.extraBody,
  };
  return wellFormed(body) as JsonObject; // an object in, an object out
}

function toSampling({ temperature, topP, topK, seed }: Sampling): JsonObject {
  return {
    ...optional('temperature', temperature),
    // 1 means no limit, as does leaving it out, and TGI refuses it.
    ...(topP !== undefined && topP < 1 && { top_p: topP }),
    ...optional('top_k', topK),
    ...optional('seed', seed),
  };
}

function toFormatFields(format: ResponseFormat, constraint: Constraint | undefined): JsonObject {
  if (format.mode === 'grammar') return constrain(format, constraint);
  if (format.mode !== 'native' || format.kind !== 'json-schema') return {};
  const { name, schema } = format;
  return { response_format: { type: 'json_schema', json_schema: { name, schema: toSchemaObject(schema) } } };
}
