/** A response with an error status: what it says, what to do about it, and whether to ask again. */

import { isContextOverflow } from '../core/context-overflow.ts';
import { ChatError, type Fault, isChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';
import { readText } from './body.ts';
import { excerpt } from './excerpt.ts';
import type { Answer } from './exchange.ts';
import { extractError, type ServerSaid } from './extract-error.ts';
import type { WireRequest } from './request.ts';
import { adviseOnStatus, describeWait, type Failure, maxWaitMs, type RetryAdvice, readRetryAfter } from './retry.ts';

const maxErrorBytes = 64 * 1024;

/**
 * @param now  wall clock in milliseconds
 * @throws ChatError kind 'aborted'
 */
export async function readRefusal(answer: Answer, request: WireRequest, now: number): Promise<Failure> {
  const { status, headers, url } = answer;
  const { text, shortfall } = await readText(answer.body, maxErrorBytes);
  // Otherwise the status says more than the failure to read the rest of its explanation.
  if (shortfall?.kind === 'failure' && isChatError(shortfall.error, 'aborted')) throw shortfall.error;

  const read: ServerSaid = extractError(text) ?? { said: excerpt(text) };
  const { type, code, parameter, retryAfterMs } = read;
  const said = withoutStatus(read.said, status);
  const afterMs = readRetryAfter(headers, now) ?? retryAfterMs;
  const advice = adviseOnStatus({ status, said, type, code, told: headers['x-should-retry'], afterMs });
  const words = {
    target: url.origin,
    status,
    said,
    ...optional('type', type),
    ...optional('code', code),
    ...optional('hint', hintFor(answer, { said, type, code }, advice)),
  };
  const fault: Fault =
    status === 401 || status === 403
      ? { kind: 'auth', ...words, ...(!sendsCredential(request) && { sent: false }) }
      : { kind: 'server', ...words, ...optional('parameter', parameter), ...optional('retryAfterMs', afterMs) };
  return { error: new ChatError(fault, { secrets: request.secrets }), advice };
}

/** A page that only repeats the status (`502 Bad Gateway`): the number stands in the sentence already. */
function withoutStatus(said: string, status: number): string {
  return said.startsWith(`${status} `) ? said.slice(String(status).length + 1) : said;
}

/** By its name, where the value was not given as a secret. */
function sendsCredential({ secrets, headers }: WireRequest): boolean {
  return secrets.length > 0 || Object.keys(headers).some((name) => /auth|key|token|secret|cookie/i.test(name));
}

type Said = Pick<ServerSaid, 'said'> & { readonly type?: string | undefined; readonly code?: string | undefined };

function hintFor({ status, url }: Answer, said: Said, advice: RetryAdvice): string | undefined {
  if (advice.retry && (advice.afterMs ?? 0) > maxWaitMs) return `it asks to wait ${describeWait(advice.afterMs ?? 0)}`;
  if (status === 407) return proxyWantsPassword;
  if (status === 404 || status === 405) {
    return `asked for ${url.pathname}; check the base URL, which usually ends in /v1, and the model's name`;
  }
  if (isContextOverflow({ status, ...said }))
    return 'the conversation is too long for it: shorten it or start a new one';
  if (status === 402) return 'the account has no credit left';
  if (status === 429 && !advice.retry) return 'the account has no quota left; waiting does not help';
  return undefined;
}

/** No `//` before it, or it would be taken for a real password and blanked. */
export const proxyWantsPassword = 'the proxy wants a name and a password, given as NAME:PASSWORD@HOST:PORT';
