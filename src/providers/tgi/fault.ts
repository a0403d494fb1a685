/**
 * Failures TGI reports inside a 200, since its headers are sent before it validates (router/src/infer/mod.rs):
 *
 *     data: {"error":"Model is overloaded","error_type":"overloaded"}
 */

import { ChatError } from '../../core/error.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import { roomLeft } from '../answer-room.ts';
import { toChatError } from '../fault.ts';

/** The status that goes with each type where it can still be sent (router/src/server.rs). */
const statuses: Readonly<Record<string, number>> = {
  generation: 424,
  overloaded: 429,
  validation: 422,
  template_error: 422,
  missing_template_variable: 422,
  tool_error: 422,
  incomplete_generation: 500,
  incomplete_generation_stream: 500,
  stream_serialization_error: 500,
};

export function toTgiError(frame: Json, target: string, secrets: readonly string[]): ChatError {
  const error = toChatError(frame, target, secrets);
  const type = isJsonObject(frame) && typeof frame.error_type === 'string' ? frame.error_type : '';
  const status = Object.hasOwn(statuses, type) ? statuses[type] : undefined;
  const { fault } = error;
  if (status === undefined || (fault.kind !== 'server' && fault.kind !== 'stream')) return error;
  const hint = hintFor(error);
  const said = fault.said ?? '';
  return new ChatError(
    { kind: 'server', target, status, said, type, ...(hint !== undefined && { hint }) },
    { secrets },
  );
}

function hintFor(error: ChatError): string | undefined {
  const room = roomLeft(error);
  if (room !== undefined) return `try --max-tokens ${room}`;
  if (!/`inputs` must have less than|must be <= \d+\. Given/.test(error.message)) return undefined;
  return 'the conversation is too long for it: shorten it or start a new one';
}
