/**
 * Expected failures: one class, a kind, and data. The sentence a person reads is made here, once.
 * Anything thrown that is no ChatError is a bug and keeps its stack.
 */

import { plural } from './plural.ts';
import { redact } from './redact.ts';

export type Fault =
  /** Wrong usage or input: flag, file, schema, stdin, an unknown tool. */
  | { readonly kind: 'usage'; readonly what: string; readonly hint?: string }
  /** Settings that cannot be used: unknown profile, no server, damaged file. */
  | { readonly kind: 'config'; readonly what: string; readonly hint?: string }
  /** 401, 403, or no key where one is needed. */
  | {
      readonly kind: 'auth';
      readonly target: string;
      readonly status?: number;
      /** false: neither a key nor anything like one went with the request. */
      readonly sent?: false;
      readonly said?: string;
      readonly type?: string;
      readonly code?: string;
      readonly hint?: string;
    }
  /** No HTTP response came back. */
  | {
      readonly kind: 'network';
      readonly target: string;
      readonly reason: NetworkReason;
      readonly said?: string;
      readonly hint?: string;
    }
  /** A response with an error status. */
  | ServerFault
  /** The body of a 200 was not a whole answer. */
  | {
      readonly kind: 'stream';
      readonly target: string;
      readonly reason: StreamReason;
      readonly said?: string;
      readonly hint?: string;
    }
  /** The answer does not satisfy what it is held to after all attempts. `raw` is the last answer. */
  | {
      readonly kind: 'schema';
      readonly wanted: 'schema' | 'regex' | 'choice' | 'grammar';
      readonly problems: readonly string[];
      readonly attempts: number;
      readonly raw: string;
    }
  /** The disk: `path` could not be read or written. */
  | { readonly kind: 'storage'; readonly path: string; readonly what: string; readonly hint?: string }
  /** The person or the program stopped it; never shown as an error. */
  | { readonly kind: 'aborted' };

export interface ServerFault {
  readonly kind: 'server';
  readonly target: string;
  readonly status: number;
  /** What the body said, one line, at most 300 characters; '' for an empty body. */
  readonly said: string;
  /** The server's machine words, where it gave them: `error.type`, `error.code`, `error.param`. */
  readonly type?: string;
  readonly code?: string;
  readonly parameter?: string;
  /** What of the request was refused, where that is known: the format the answer was to be held to. */
  readonly about?: 'format';
  /** How long the server asked to wait before trying again. */
  readonly retryAfterMs?: number;
  readonly hint?: string;
}

export type NetworkReason =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'reset'
  | 'tls'
  | 'connect-timeout'
  | 'first-byte-timeout'
  | 'redirect'
  | 'other';

export type StreamReason =
  /** The body ended before the answer was proven complete. */
  | 'cut'
  /** No byte for longer than the idle limit. */
  | 'silent'
  /** The server reported an error inside the body. */
  | 'reported'
  /** Not the protocol that was asked for: HTML, broken JSON, a wrong encoding. */
  | 'malformed'
  /** A 200 or 204 with nothing in it. */
  | 'empty'
  /** One event beyond the size limit. */
  | 'too-long';

export type FaultKind = Fault['kind'];

export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly fault: Fault;

  /** @param secrets  values that must not appear in the message or the data, besides what looks like a key */
  constructor(fault: Fault, options: { readonly cause?: unknown; readonly secrets?: readonly string[] } = {}) {
    const clean = redactFault(fault, options.secrets ?? []);
    super(describeFault(clean), options.cause === undefined ? undefined : { cause: options.cause });
    this.fault = clean;
  }

  get kind(): FaultKind {
    return this.fault.kind;
  }
}

export function isChatError(error: unknown, kind?: FaultKind): error is ChatError {
  return error instanceof ChatError && (kind === undefined || error.kind === kind);
}

/** One sentence: what was tried, on what, what came back, and if known what to do. */
function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'usage':
    case 'config':
      return withHint(fault.what, fault.hint);
    case 'storage':
      return withHint(`${fault.path}: ${fault.what}`, fault.hint);
    case 'auth':
      return withHint(describeAuth(fault), fault.hint);
    case 'network':
      return withHint(`${fault.target} ${networkWords[fault.reason]}${saying(fault.said)}`, fault.hint);
    case 'server':
      return withHint(`${fault.target} answered ${fault.status}${saying(fault.said)}`, fault.hint);
    case 'stream':
      return withHint(`${fault.target} ${streamWords[fault.reason]}${saying(fault.said)}`, fault.hint);
    case 'schema':
      return `the answer does not satisfy the ${fault.wanted} after ${plural(fault.attempts, 'attempt')}: ${fault.problems.join('; ')}`;
    case 'aborted':
      return 'stopped';
    default:
      return fault satisfies never;
  }
}

const networkWords: Readonly<Record<NetworkReason, string>> = {
  refused: 'refused the connection; is the server running?',
  dns: 'could not be found: its name does not resolve',
  unreachable: 'cannot be reached from here',
  reset: 'closed the connection before answering',
  tls: 'could not be trusted: the TLS handshake failed',
  'connect-timeout': 'did not accept a connection in time',
  'first-byte-timeout': 'did not start to answer in time',
  redirect: 'redirected to where the request must not go',
  other: 'could not be asked',
};

const streamWords: Readonly<Record<StreamReason, string>> = {
  cut: 'broke off before the answer was complete',
  silent: 'went silent in the middle of the answer',
  reported: 'reported an error',
  malformed: 'sent something that is no answer',
  empty: 'sent an empty answer',
  'too-long': 'sent an event beyond the size limit',
};

function describeAuth({ target, status, sent, said }: Extract<Fault, { kind: 'auth' }>): string {
  if (status === undefined) return `${target} needs a key and none is set`;
  const [unknown, withoutKey] =
    status === 401 ? ['refused the key', 'wants a key'] : ['does not allow this', 'does not allow this without a key'];
  return `${target} ${sent === false ? withoutKey : unknown} (${status})${saying(said)}`;
}

function saying(said: string | undefined): string {
  return said === undefined || said === '' ? '' : `: ${said}`;
}

/** A hint of one line stands in brackets; one of several lines stands below. */
function withHint(what: string, hint: string | undefined): string {
  if (hint === undefined) return what;
  return hint.includes('\n') ? `${what}\n${hint}` : `${what} (${hint})`;
}

function redactFault(fault: Fault, secrets: readonly string[]): Fault {
  const clean: Record<string, unknown> = { ...fault };
  for (const [key, value] of Object.entries(clean)) {
    // Our own words: a key that happens to be one ("server", for a server that wants none) must not change the arm.
    if (key === 'kind' || key === 'reason' || key === 'about' || key === 'wanted') continue;
    if (typeof value === 'string') clean[key] = redact(value, secrets);
    else if (Array.isArray(value)) clean[key] = value.map((item: string) => redact(item, secrets));
  }
  // Same keys, strings stay strings and lists of strings lists of strings: the arm of the union is unchanged.
  return clean as unknown as Fault;
}
