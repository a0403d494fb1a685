/**
 * What a person can do about a turn that failed, in one line. Each step does what it says when it is done to the
 * letter; what cannot be done from inside of the REPL says so.
 */

import { isContextOverflow } from '../core/context-overflow.ts';
import type { ChatError, Fault, ServerFault } from '../core/error.ts';
import type { FinishReason } from '../core/message.ts';
import type { TurnOutcome } from '../core/turn-event.ts';

export interface NextStepOptions {
  /** The answer is held to no format, and can be gone on with. */
  readonly isFree: boolean;
  /** The name of the profile that was asked. */
  readonly profile: string;
}

export interface AfterFailure extends Pick<NextStepOptions, 'profile'> {
  /** The answer is free, and some of its text has come. */
  readonly canGoOn: boolean;
}

/** Undefined when the error says it itself, or nothing can be done. */
export function nextStep({ fault }: ChatError, { canGoOn, profile }: AfterFailure): string | undefined {
  switch (fault.kind) {
    case 'auth':
      return stepForKey(fault, profile);
    case 'network':
      // What is wrong with a certificate or an address stays wrong.
      return fault.reason === 'tls' || fault.reason === 'redirect' ? otherServer : `/retry asks again; ${otherServer}`;
    case 'stream':
      if (fault.reason === 'malformed') return otherServer;
      return canGoOn && (fault.reason === 'cut' || fault.reason === 'silent')
        ? '/continue goes on from here; /retry asks again'
        : `/retry asks again; ${otherModel}`;
    case 'server':
      return stepForRefusal(fault);
    case 'schema':
      return '/retry asks again; /schema off makes answers free';
    case 'usage':
    case 'config':
    case 'storage':
    case 'aborted':
      return undefined;
    default:
      return fault satisfies never;
  }
}

const otherServer = '/profile speaks to another server';
const otherModel = '/model chooses another model';

const otherWords = `/edit changes your message; ${otherModel}`;

/** For an answer that ended well, but not by itself. */
export function stepAfter(finish: FinishReason, { isFree }: NextStepOptions): string | undefined {
  if (finish === 'length') return isFree ? '/continue goes on from here' : undefined;
  return finish === 'content-filter' || finish === 'refusal' ? otherWords : undefined;
}

/** For a turn in which too many tools were called. */
export function stepAfterLimit({ limit }: Limit, { isFree }: NextStepOptions): string {
  const again = limit === 'rounds' && isFree ? '/continue gives it as many again' : '/retry asks again';
  return `${again}; /tools NAME off takes a tool away`;
}

type Limit = Extract<TurnOutcome, { readonly kind: 'limit' }>;

function stepForKey({ status, sent }: Extract<Fault, { kind: 'auth' }>, profile: string): string {
  // The key was taken; this model or this place is not open to it.
  if (status === 403 && sent !== false) return `${otherModel}; ${otherServer}`;
  const again = `banter -P ${profile} -c`;
  // The sentence says what to set, and a program that runs does not see it.
  if (status === undefined) return `leave with Ctrl+D, do that, and go on here with: ${again}; ${otherServer}`;
  return `for a key: leave with Ctrl+D, banter keys set NAME, ${again} --key NAME; ${otherServer}`;
}

function stepForRefusal(fault: ServerFault): string | undefined {
  const { status, said, retryAfterMs } = fault;
  // Its hint says what the proxy wants, and that is set before the start.
  if (status === 407) return undefined;
  if (status === 402 || isOutOfCredit(fault)) return `${otherServer}; ${otherModel}`;
  if (isContextOverflow(fault)) {
    return '/compact sums up what came before, then /retry; /undo takes the last message back to be shortened';
  }
  if (status === 404 || status === 405) return `${otherModel}; ${otherServer}`;
  if (status === 429 || status >= 500) {
    return retryAfterMs === undefined || retryAfterMs < 1000
      ? `/retry asks again; ${otherModel}`
      : `/retry asks again, in ${waitWords(retryAfterMs)}; ${otherModel}`;
  }
  if (/content[_ ](?:filter|management|policy)/i.test(`${fault.code} ${said}`)) return otherWords;
  // Cerebras says nothing at all when a conversation is too long.
  if (said === '') return '/compact and then /retry, if it is too long; /prompt shows the request';
  return `/undo takes the message back; /prompt shows the request; ${otherModel}`;
}

function isOutOfCredit({ status, type, code }: ServerFault): boolean {
  return status === 429 && /quota|credit|billing/i.test(`${type} ${code}`);
}

function waitWords(waitMs: number): string {
  return waitMs < 120_000 ? `${Math.ceil(waitMs / 1000)} s` : `${Math.ceil(waitMs / 60_000)} min`;
}
