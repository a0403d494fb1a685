/**
 * Failures a server reports inside a 200:
 *
 *     {"error":{"message":"Model is overloaded","http_status_code":422}}      TGI (the code is always 422)
 *     {"error":"Model is overloaded","error_type":"overloaded"}               TGI < 3, Xinference without the type
 *     {"error":{"message":"…","code":502},"choices":[…]}                      OpenRouter
 *     {"object":"error","message":"…","code":400}                             older vLLM, Mistral
 *     event: error                                                            Groq, LM Studio
 */

import { ChatError, type Fault, isChatError } from '../core/error.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import { extractError, type ServerSaid } from '../wire/index.ts';

/** Whether a frame reports a failure; a chunk with `error: null` does not. */
export function isErrorFrame(frame: Json, eventName: string | undefined): boolean {
  if (eventName === 'error') return true;
  if (Array.isArray(frame)) return isJsonObject(frame[0]) && isErrorFrame(frame[0], undefined); // Gemini: [{error}]
  if (!isJsonObject(frame)) return false;
  if (isFilled(frame.error) || frame.object === 'error') return true;
  if (frame.choices !== undefined || frame.usage !== undefined) return false;
  return isFilled(frame.detail) || typeof frame.message === 'string';
}

/** Gateways fill every chunk with `error: null`, `{}` or `{"code":0,"message":""}`, which report nothing. */
function isFilled(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).some(isFilled) : Boolean(value);
}

/** @param secrets  values that must not be repeated, should the server quote the request */
export function toChatError(frame: Json, target: string, secrets: readonly string[]): ChatError {
  const found = extractError(frame);
  const said = found?.said ?? JSON.stringify(frame).slice(0, 300);
  const status = statusOf(frame, `${said} ${found?.type ?? ''} ${found?.code ?? ''}`);
  return new ChatError(toFault({ target, status, said, found }), { secrets });
}

interface Report {
  readonly target: string;
  readonly status: number | undefined;
  readonly said: string;
  readonly found: ServerSaid | undefined;
}

function toFault({ target, status, said, found }: Report): Fault {
  if (status === undefined) return { kind: 'stream', target, reason: 'reported', said };
  if (status === 401 || status === 403) return { kind: 'auth', target, status, said };
  const words = {
    ...optional('type', found?.type),
    ...optional('code', found?.code),
    ...optional('parameter', found?.parameter),
    ...optional('retryAfterMs', found?.retryAfterMs),
  };
  return { kind: 'server', target, status, said, ...words };
}

/** Busy by its words first, since TGI's number is wrong for those. */
function statusOf(frame: Json, words: string): number | undefined {
  if (/overloaded|server busy|currently unavailable|try again later|at capacity/i.test(words)) return 503;
  if (/rate.?limit|too many requests/i.test(words)) return 429;
  const object = Array.isArray(frame) ? frame[0] : frame;
  if (!isJsonObject(object)) return undefined;
  const inner: JsonObject = isJsonObject(object.error) ? object.error : object;
  const codes = [inner.status_code, inner.code, inner.http_status_code, inner.status, object.status_code, object.code];
  return codes.map(Number).find((code) => Number.isInteger(code) && code >= 400 && code <= 599);
}

/** The connection failed, as opposed to a failure the server reported or an abort. */
export function isBrokenEnd(error: unknown): boolean {
  if (!isChatError(error)) return false;
  const { fault } = error;
  return fault.kind === 'network' || (fault.kind === 'stream' && (fault.reason === 'cut' || fault.reason === 'silent'));
}
