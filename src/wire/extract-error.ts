/**
 * What a server says went wrong, out of every shape it says it in:
 *
 *     {"error":{"message","type","code","param"}}            OpenAI and most others; code may be a number
 *     {"error":"…","error_type":"validation"}                TGI; a bare string: Xinference in a stream
 *     {"error":["…"]}                                        Hugging Face
 *     {"error":"Model is loading","estimated_time":44.5}     Hugging Face
 *     {"error":{"message","metadata":{"raw"}}}               OpenRouter: raw is what its provider said
 *     {"object":"error","message","type","code"}             vLLM, Mistral (message may be an object)
 *     {"detail":"…"}, {"detail":[{"loc","msg"}]}             FastAPI: Xinference, vLLM, Mistral
 *     {"message":"…"}, {"errors":[{"message"}]}              gateways
 *     [{"error":{"message","status","details":[…]}}]         Gemini
 *     text, a web page, nothing                              axum, proxies
 */

import { isJsonObject, type Json, type JsonObject, nonEmptyString, parseJson } from '../core/json.ts';
import { excerpt } from './excerpt.ts';

export interface ServerSaid {
  /** One line, at most 300 characters, never empty. */
  readonly said: string;
  /** The server's machine words: `error.type`, `error.code`, `error.param`. */
  readonly type?: string;
  readonly code?: string;
  readonly parameter?: string;
  /** How long the body asks to wait. */
  readonly retryAfterMs?: number;
}

/**
 * @param body  a whole body or the data of one event, as text or already parsed. Text that is no JSON is taken for
 *   the error itself: of an event's data, ask only about JSON
 * @returns `undefined` when it reports no error: an ordinary chunk, an empty body
 */
export function extractError(body: Json): ServerSaid | undefined {
  const value = typeof body === 'string' ? parseText(body) : body;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = Array.isArray(item) ? undefined : extractError(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value === 'string') return withWait(excerpt(value), {}, undefined);
  return isJsonObject(value) ? fromObject(value) : undefined;
}

/** Text that is no JSON stands for itself. */
function parseText(text: string): Json {
  const value = parseJson(text);
  return value === undefined ? text : value;
}

function fromObject(body: JsonObject): ServerSaid | undefined {
  const { error } = body;
  if (isJsonObject(error)) {
    const message = wordsOf(error.message) || wordsOf(error) || excerpt(JSON.stringify(error));
    const raw = isJsonObject(error.metadata) ? wordsOf(error.metadata.raw) : '';
    return withWait(raw === '' ? message : `${message}: ${raw}`, error, body);
  }
  if (wordsOf(error) !== '') return withWait(wordsOf(error), body, body);
  if (Array.isArray(body.choices)) return undefined;
  return withWait(wordsOf(body), body, body);
}

/** The words in a value of unknown shape, '' if it has none where words are usually kept. */
function wordsOf(value: Json | undefined, depth = 0): string {
  if (depth > maxDepth) return '';
  if (typeof value === 'string') {
    const inner = value.trimStart().startsWith('{') ? parseJson(value) : undefined;
    return (isJsonObject(inner) && wordsOf(inner.error ?? inner, depth + 1)) || value;
  }
  if (Array.isArray(value)) {
    const parts = value.map((item) => wordsOf(item, depth + 1));
    return parts.filter(Boolean).join('; ');
  }
  if (!isJsonObject(value)) return '';
  // `message` is also the field of an answer (Ollama's own API), with a role.
  if (isJsonObject(value.message) && 'role' in value.message) return '';
  if (typeof value.msg === 'string' && Array.isArray(value.loc)) return `${value.loc.join('.')}: ${value.msg}`;
  for (const key of ['message', 'detail', 'errors', 'error', 'msg', 'error_message', 'error_msg']) {
    const words = wordsOf(value[key], depth + 1);
    if (words !== '') return words;
  }
  return '';
}

/** No server wraps its words this often; one that means harm could. */
const maxDepth = 8;

function withWait(words: string, error: JsonObject, body: JsonObject | undefined): ServerSaid | undefined {
  const said = excerpt(words);
  if (said === '') return undefined;
  const type = nonEmptyString(error.type) ?? nonEmptyString(error.error_type) ?? nonEmptyString(error.status);
  const code = typeof error.code === 'number' ? String(error.code) : nonEmptyString(error.code);
  const parameter = nonEmptyString(error.param);
  const retryAfterMs = readWait(said, error, body);
  return {
    said,
    ...(type !== undefined && { type }),
    ...(code !== undefined && { code }),
    ...(parameter !== undefined && { parameter }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function readWait(said: string, error: JsonObject, body: JsonObject | undefined): number | undefined {
  const estimated = body?.estimated_time ?? error.estimated_time;
  if (typeof estimated === 'number' && estimated >= 0) return Math.round(estimated * 1000);
  for (const detail of Array.isArray(error.details) ? error.details : []) {
    // Gemini, google.rpc.RetryInfo.
    if (isJsonObject(detail) && typeof detail.retryDelay === 'string') return readDuration(detail.retryDelay);
  }
  const asked = /(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)/i.exec(said)?.[1];
  return asked === undefined ? undefined : readDuration(asked);
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `5.2s`, `20ms`, `6m0s`, `1 minute 3 seconds`; undefined when nothing of it is a duration. */
function readDuration(text: string): number | undefined {
  let totalMs: number | undefined;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|milli|[smhd])/gi)) {
    totalMs = (totalMs ?? 0) + Number(amount) * (unitMs[unit === 'milli' ? 'ms' : (unit?.toLowerCase() ?? '')] ?? 0);
  }
  return totalMs === undefined ? undefined : Math.round(totalMs);
}
