/**
 * Links that cannot lie: where the label is not the address, the address (or, inside a hyperlink, its host)
 * stands beside it. Nothing is ever fetched.
 */

import type { Tokens } from 'marked';
import { decodeEntities, resolveReferences } from './entities.ts';
import type { MarkdownOptions } from './markdown.ts';
import { markSafe, type SafeText, safe } from './safe.ts';
import { reveal } from './sanitize.ts';

/** @param label  the inside of the link, styled */
export function renderLink(token: Tokens.Link, label: SafeText, { theme, hyperlinks }: MarkdownOptions): SafeText {
  const address = readAddress(token.href);
  const linked = hyperlinks && address.isLinkable;
  const says = namesItself(decodeEntities(token.text), address) || label === '';
  const shown = theme.link(label === '' ? address.text : label);
  const beside = linked ? address.host : address.text;
  const text = says ? shown : markSafe(`${shown}${theme.dim(safe` (${beside})`)}`);
  return linked ? hyperlink(text, address.text) : text;
}

export function renderImage(token: Tokens.Image): SafeText {
  const words = token.text.trim() === '' ? safe`image` : safe`image: ${decodeEntities(token.text)}`;
  return safe`[${words}] (${readAddress(token.href).text})`;
}

interface Address {
  /** One line; what could mislead is written out. */
  readonly text: SafeText;
  /** What a person should judge it by: the host, or the mail address. */
  readonly host: SafeText;
  readonly isLinkable: boolean;
}

/** The longest address browsers and terminals agree on (the old limit of Internet Explorer). */
const maxLinkLength = 2083;

function readAddress(href: string): Address {
  const written = resolveReferences(href);
  const text = reveal(written);
  const plain = { text, host: text, isLinkable: false };
  if (!/^[\x21-\x7e]+$/.test(written) || text.length > maxLinkLength || !URL.canParse(text)) return plain;
  const { protocol, host, pathname } = new URL(text);
  switch (protocol) {
    case 'http:':
    case 'https:':
      return { text, host: reveal(host), isLinkable: true };
    case 'mailto:':
      return { text, host: reveal(pathname), isLinkable: true };
    default:
      return plain;
  }
}

/** `https://a.example/` written as itself, or without its scheme as people and GFM do. */
function namesItself(label: string, address: Address): boolean {
  return ['', 'http://', 'https://', 'mailto:'].some((scheme) => scheme + label === address.text);
}

function hyperlink(text: SafeText, target: SafeText): SafeText {
  return markSafe(`\x1b]8;;${target}\x1b\\${text}\x1b]8;;\x1b\\`);
}
