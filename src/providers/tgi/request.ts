/**
 * The domain's request to the body of TGI's `POST /generate`, `/generate_stream` and `/`:
 *
 *     { "inputs": "<s>[INST] Hi [/INST]", "parameters": { "max_new_tokens": 1024, "return_full_text": false,
 *       "details": true, "stop": ["</s>"] }, "stream": true }
 */

import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ChatRequest, Sampling } from '../../core/provider.ts';
import { defaultMaxTokens } from '../answer-room.ts';
import { constrain, tgiGrammar } from '../constraint.ts';
import type { Prompt } from '../text-provider.ts';
import { wellFormed } from '../well-formed.ts';

/** What more there is goes unsent and ends the answer on our side (TGI launcher, --max-stop-sequences). */
const maxStopStrings = 4;

/** Fields beside `parameters`; `options` is the hosted API's. Every other field a person sets is a parameter. */
const outerFields = ['inputs', 'stream', 'options'];

/** The model's name is not sent: a TGI serves one, and takes any name for that of an adapter (router/src/lib.rs). */
export function toRequestBody(request: ChatRequest, prompt: Prompt): JsonObject {
  const { parameters: own, ...fields } = request.extraBody;
  const entries = Object.entries(fields);
  const body = {
    inputs: prompt.text,
    parameters: {
      ...toParameters(request, prompt),
      ...Object.fromEntries(entries.filter(([name]) => !outerFields.includes(name))),
      ...(isJsonObject(own) && own),
    },
    // Read by `POST /`; the other routes have it in their names.
    stream: request.stream,
    ...Object.fromEntries(entries.filter(([name]) => outerFields.includes(name))),
  };
  return wellFormed(body) as JsonObject; // an object in, an object out
}

function toParameters({ sampling, format }: ChatRequest, { stop }: Prompt): JsonObject {
  return {
    max_new_tokens: sampling.maxTokens ?? defaultMaxTokens,
    return_full_text: false,
    // Without it the last event does not say why the model stopped.
    details: true,
    ...(stop.length > 0 && { stop: stop.slice(0, maxStopStrings) }),
    ...(format?.mode === 'grammar' && constrain(format, tgiGrammar)),
    ...toSampling(sampling),
  };
}

function toSampling({ temperature, topP, topK, seed }: Sampling): JsonObject {
  return {
    // 0 is refused ("must be strictly positive"): greedy has a word of its own.
    ...(temperature === 0 && { do_sample: false }),
    ...(temperature !== undefined && temperature !== 0 && { do_sample: true, temperature }),
    // Must be below 1 (router/src/validation.rs); 1 means no limit, as does leaving it out.
    ...(topP !== undefined && topP < 1 && { top_p: topP }),
    ...optional('top_k', topK),
    ...optional('seed', seed),
  };
}
