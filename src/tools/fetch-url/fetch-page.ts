/** From a URL to the text of the page behind it. Every step is checked anew: the URL, its addresses, each redirect. */

import type { IncomingMessage } from 'node:http';
import type { SecureContext } from 'node:tls';
import { optional } from '../../core/optional.ts';
import { decodeText } from './decode-text.ts';
import { get, readBody } from './get.ts';
import { isPublicAddress } from './public-address.ts';

export interface PageOptions {
  readonly userAgent: string;
  /** Addresses of this machine, which may be public and still reach what a firewall hides from others. */
  readonly ownAddresses: () => readonly string[];
  readonly secureContext?: SecureContext;
  /** For tests, whose servers are local; `isPublicAddress` otherwise. */
  readonly isAllowed?: (address: string) => boolean;
  readonly signal: AbortSignal;
}

export interface Page {
  /** Where the redirects ended. */
  readonly url: URL;
  readonly status: number;
  readonly title?: string;
  readonly text: string;
  /** The page is longer than what was read. */
  readonly isCut: boolean;
}

const maxRedirects = 5;
const maxBytes = 2 * 1024 * 1024;

/** @throws Error with a sentence for the model, or the signal's reason */
export async function fetchPage(address: string, options: PageOptions): Promise<Page> {
  const own = new Set(options.ownAddresses());
  const { isAllowed = isPublicAddress, signal } = options;
  const getOptions = {
    isAllowed: (candidate: string) => isAllowed(candidate) && !own.has(candidate),
    headers: { accept: 'text/html, application/json, text/*;q=0.9, */*;q=0.1', 'user-agent': options.userAgent },
    ...optional('secureContext', options.secureContext),
    signal,
  };
  let url = parseUrl(address);
  for (let followed = 0; ; followed++) {
    const incoming = await get(url, getOptions);
    try {
      const next = redirectOf(incoming, url);
      if (next === undefined) return await readPage(incoming, url, signal);
      if (followed === maxRedirects) throw new Error(`${address} was redirected more than ${maxRedirects} times`);
      url = next;
    } finally {
      incoming.destroy();
    }
  }
}

function parseUrl(text: string, from?: URL): URL {
  if (!URL.canParse(text, from?.href)) throw new Error(`${JSON.stringify(text)} is no URL`);
  const url = new URL(text, from?.href);
  const fault = faultOf(url, from);
  if (fault === undefined) return url;
  // The origin of what is not of the web is the text "null".
  const what = url.origin === 'null' ? `a ${url.protocol} URL` : url.origin;
  throw new Error(`${from === undefined ? '' : `${from.origin} redirects to `}${what}: ${fault}`);
}

function faultOf(url: URL, from: URL | undefined): string | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'only http and https are fetched';
  if (url.username !== '' || url.password !== '') return 'a URL with a user name or password is not fetched';
  if (from?.protocol === 'https:' && url.protocol === 'http:') return 'a redirect from https to http is not followed';
  // Below are the services that a line of HTTP could be smuggled to: mail, FTP, SSH.
  const port = url.port === '' ? 443 : Number(url.port);
  if (port !== 80 && port !== 443 && port < 1024) return `port ${port} is not for web pages`;
  return undefined;
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  return parseUrl(headers.location, url);
}

async function readPage(incoming: IncomingMessage, url: URL, signal: AbortSignal): Promise<Page> {
  const { statusCode: status = 0, statusMessage = '', headers } = incoming;
  if (status < 200 || status > 299) throw new Error(`${url.href} answered ${`${status} ${statusMessage}`.trim()}`);
  const contentType = headers['content-type'] ?? '';
  const mediaType = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (!isText(mediaType)) throw new Error(`${url.href} is ${mediaType}, which cannot be read as text`);
  const { bytes, isCut } = await readBody(incoming, { url, maxBytes, signal });
  if (mediaType === '' && bytes.includes(0)) throw new Error(`${url.href} is no text`);
  const text = decodeText(bytes, contentType);
  const isHtml = mediaType === 'text/html' || mediaType === 'application/xhtml+xml';
  if (!isHtml) return { url, status, text: text.replaceAll('\r\n', '\n'), isCut };
  // Loaded only for web pages: 15 to 25 ms.
  const { htmlToText, titleOf } = await import('./to-text.ts');
  return { url, status, text: htmlToText(text, url), isCut, ...optional('title', titleOf(text)) };
}

const textTypes =
  /^$|^text\/|[/+](?:json|jsonl|x-ndjson|ndjson|json-seq|xml|yaml|x-yaml|toml|javascript|x-javascript|ecmascript|x-sh)$/;

function isText(mediaType: string): boolean {
  return textTypes.test(mediaType);
}
