/** Node's errors about connections, as ChatError. */

import { ChatError, type NetworkReason } from '../core/error.ts';
import { optional } from '../core/optional.ts';
import { excerpt } from './excerpt.ts';

/**
 * For what went wrong before a response was there.
 * @param ownHint  in place of the one that the error suggests
 */
export function toNetworkError(error: unknown, target: string, ownHint?: string): ChatError {
  const { code, message } = readNodeError(mostTelling(error));
  const reason = reasonOf(code, message);
  const said = describe(reason, code, message);
  const hint = ownHint ?? (reason === 'tls' ? hintForTls(code, message) : undefined);
  return new ChatError(
    { kind: 'network', target, reason, ...optional('said', said), ...optional('hint', hint) },
    { cause: error },
  );
}

/** A host with IPv6 and IPv4 fails once for each; "no route" for one of them says least. */
function mostTelling(error: unknown): unknown {
  if (!(error instanceof AggregateError)) return error;
  const errors: readonly unknown[] = error.errors;
  return errors.find((one) => reasonOf(readNodeError(one).code, '') !== 'unreachable') ?? errors[0] ?? error;
}

function readNodeError(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : '', message: error.message };
}

const reasons: ReadonlyMap<string, NetworkReason> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['ETIMEDOUT', 'connect-timeout'],
  ['EPROTO', 'tls'],
]);

function reasonOf(code: string, message: string): NetworkReason {
  const known = reasons.get(code);
  if (known !== undefined) return known;
  if (message === 'socket hang up') return 'reset';
  return /^(?:ERR_TLS_|ERR_SSL_|CERT_)/.test(code) || certificateWords.has(code) ? 'tls' : 'other';
}

/** OpenSSL's verdicts on a certificate, in plain words. */
const certificateWords: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet (is the clock right?)'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate comes from an authority that is not trusted here'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate comes from an authority that is not known here'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'its certificate comes from an authority that is not known here'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate comes from an authority that is not known here'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host name'],
  ['CERT_REVOKED', 'its certificate was revoked'],
]);

const distrustCodes: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function hintForTls(code: string, message: string): string | undefined {
  if (distrustCodes.has(code)) return 'if you trust it, give its authority with --ca-cert FILE or NODE_EXTRA_CA_CERTS';
  if (code === 'CERT_HAS_EXPIRED') return 'is the clock of this machine right? if so, only the owner can renew it';
  // `… does not match certificate's altnames: Host: h. is not in the cert's altnames: DNS:other.example, DNS:…`
  const names =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? /altnames: ((?:DNS|IP Address):.*)$/.exec(message)?.[1] : undefined;
  return names === undefined ? undefined : `it is for ${excerpt(names.replaceAll(/(?:DNS|IP Address):/g, ''))}`;
}

function describe(reason: NetworkReason, code: string, message: string): string | undefined {
  const words = certificateWords.get(code);
  if (words !== undefined) return `${words} (${code})`;
  if (code.startsWith('HPE_')) return `its answer is not HTTP/1 (${message})`;
  if (reason === 'tls') return describeTls(message);
  return reason === 'other' ? message : undefined;
}

/** `write EPROTO 80…:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…`: one part is for people. */
function describeTls(message: string): string {
  const words = /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
  return /wrong version number|packet length too long/.test(words)
    ? 'it does not speak TLS (does the URL need http instead of https?)'
    : words;
}
