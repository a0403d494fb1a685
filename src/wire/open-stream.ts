/** The way to ask a server: redirects, retries and everything a response can turn out to be are dealt with here. */

import { type ChatError, isChatError } from '../core/error.ts';
import { wait } from './abort.ts';
import type { Answer } from './exchange.ts';
import { checkHeaders } from './headers.ts';
import { readAnswer } from './read-answer.ts';
import type { Received } from './received.ts';
import { exchangeFollowing } from './redirect.ts';
import { readRefusal } from './refusal.ts';
import type { WireRequest } from './request.ts';
import { adviseOnError, describeWait, type Failure, planWait } from './retry.ts';

/** What a test pins down. */
export interface Chance {
  random(): number;
  /** Wall clock in milliseconds. */
  now(): number;
}

/**
 * Sends one request and yields what comes back. The end of the generator is a clean end of the body: whether the
 * answer in it is whole is the caller's to judge. Leaving the loop early closes the connection.
 * @throws ChatError of kind 'usage' (a header that cannot be sent), 'auth', 'network', 'server', 'stream', 'aborted'
 */
export async function* openStream(
  request: WireRequest,
  chance: Chance = { random: Math.random, now: Date.now },
): AsyncGenerator<Received> {
  checkHeaders(request.headers);
  const allowed = request.limits.retries;
  let waitedMs = 0;
  let counted = 0;
  for (let made = 0; ; made++) {
    const failure = yield* attempt(request, chance.now());
    if (failure === undefined) return;
    const { error, advice } = failure;
    const waitMs = planWait(advice, { made, counted, waitedMs, allowed }, chance.random());
    if (waitMs === undefined) throw error;
    const isLoading = advice.retry && advice.loading === true;
    if (!isLoading) counted++;
    const place = isLoading ? '' : ` (${counted} of ${allowed})`;
    yield retrying(error, `trying again in ${describeWait(waitMs)}${place}`);
    await wait(waitMs, request.signal);
    waitedMs += waitMs;
  }
}

/** Returns the failure if there was one before the first event; later ones are thrown, since they cannot be undone. */
async function* attempt(request: WireRequest, now: number): AsyncGenerator<Received, Failure | undefined> {
  let answer: Answer | undefined;
  let hasBegun = false;
  try {
    answer = await exchangeFollowing(request);
    const { status, headers } = answer;
    if (status < 200 || status > 299) return await readRefusal(answer, request, now);
    for await (const content of readAnswer(answer, request)) {
      if (!hasBegun) {
        hasBegun = true;
        yield { type: 'headers', status, headers };
      }
      yield content;
    }
    return undefined;
  } catch (error) {
    if (hasBegun || !isChatError(error)) throw error;
    return { error, advice: adviseOnError(error) };
  } finally {
    answer?.close();
  }
}

function retrying(error: ChatError, plan: string): Received {
  return { type: 'notice', notice: { level: 'warning', code: 'retrying', text: `${error.message}; ${plan}` } };
}
