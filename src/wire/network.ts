/** By which way requests leave this machine, and whom they trust: proxies and certificate authorities. */

import { ChatError } from '../core/error.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import { isLoopback, readNoProxy } from './no-proxy.ts';

export interface Network {
  /**
   * The HTTP proxy for this URL; its userinfo, if any, is for the proxy.
   * @throws ChatError kind 'config' when the environment names one that cannot be used
   */
  proxyFor(url: URL): URL | undefined;
  /** PEM text, any number of certificates: trusted besides the authorities that Node brings along. */
  readonly ca?: string;
}

export interface NetworkFlags {
  /** For everything, loopback and NO_PROXY included; '' is no proxy at all, whatever the environment says. */
  readonly proxy?: string;
  /** The text of the file that `--ca-cert` names. */
  readonly ca?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Undefined when nothing is set, so that nothing is loaded for it. The environment's variables count in either case,
 * lower case first: `http_proxy` and `https_proxy` by the scheme of the URL, then `all_proxy`, except `no_proxy`.
 * Those of the environment are looked at when a URL needs them: one that cannot be used is no harm to a local server.
 * @throws ChatError kind 'usage' when a flag cannot be used
 */
export function networkFrom(environment: Environment, flags: NetworkFlags): Network | undefined {
  const { proxy, ca } = flags;
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    throw new ChatError({
      kind: 'usage',
      what: 'the file of --ca-cert has no certificate in PEM form',
      hint: 'openssl x509 -inform der -in FILE -out FILE.pem makes one of a binary file',
    });
  }
  const proxyFor = proxy === undefined ? proxiesOf(environment) : proxyOfFlag(proxy);
  if (proxyFor === undefined && ca === undefined) return undefined;
  return { proxyFor: proxyFor ?? (() => undefined), ...optional('ca', ca) };
}

/** What about the environment's network a person should know before a request goes out. */
export function networkNotices(environment: Environment): readonly Notice[] {
  // Node looks for exactly this text.
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return [];
  const text =
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: no certificate is checked, and whoever is in between can read the key and change the answer';
  return [{ level: 'warning', code: 'tls-unchecked', text }];
}

function proxyOfFlag(text: string): Network['proxyFor'] | undefined {
  if (text.trim() === '') return undefined;
  const proxy = parseProxy(text, { kind: 'usage', name: '--proxy' });
  return () => proxy;
}

function proxiesOf(environment: Environment): Network['proxyFor'] | undefined {
  const named = (scheme: 'http' | 'https') => find(environment, `${scheme}_proxy`) ?? find(environment, 'all_proxy');
  if (named('http') === undefined && named('https') === undefined) return undefined;
  const isExcepted = readNoProxy(find(environment, 'no_proxy')?.value ?? '');
  return (url) => {
    const found = named(url.protocol === 'https:' ? 'https' : 'http');
    if (found === undefined || isLoopback(url) || isExcepted(url)) return undefined;
    return parseProxy(found.value, { kind: 'config', name: found.name });
  };
}

/** An empty variable is none. */
function find(
  environment: Environment,
  variable: string,
): { readonly name: string; readonly value: string } | undefined {
  for (const name of [variable, variable.toUpperCase()]) {
    const value = environment[name]?.trim() ?? '';
    if (value !== '') return { name, value };
  }
  return undefined;
}

/** The value may hold a password: it is not shown. */
function parseProxy(text: string, from: { readonly kind: 'usage' | 'config'; readonly name: string }): URL {
  // `proxy.example:3128` would parse as a URL of the scheme "proxy.example".
  const whole = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const what = `${from.name}: ${url === undefined ? 'that is no URL of a proxy' : `a ${url.protocol.slice(0, -1)} proxy cannot be used`}`;
  throw new ChatError({ kind: from.kind, what, hint: 'an HTTP proxy can, such as http://proxy.example:3128' });
}
