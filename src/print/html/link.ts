/** Links and images of an answer. An address is opened by a click and never fetched; an image is a link to it. */

import type { Tokens } from 'marked';
import { decodeEntities, resolveReferences } from '../../terminal/entities.ts';
import type { SafeText } from '../../terminal/safe.ts';
import { reveal } from '../../terminal/sanitize.ts';
import { type Html, html, nothing } from './markup.ts';

/** @param label  the inside of the link */
export function renderLink({ href, text }: Tokens.Link, label: Html): Html {
  return linkTo(href, text === '' ? undefined : { html: label, text: decodeEntities(text) });
}

export function renderImage({ href, text }: Tokens.Image): Html {
  const alt = decodeEntities(text);
  return linkTo(href, { html: html`[image: ${alt}]`, text: alt });
}

/** Where the label is not the address, the host stands beside it; what is no address of the web stays text. */
function linkTo(href: string, label: { readonly html: Html; readonly text: SafeText } | undefined): Html {
  const written = resolveReferences(href);
  const shown = reveal(written.length > maxShown ? `${written.slice(0, maxShown)}...` : written);
  const target = webAddress(written);
  if (target === undefined) return label === undefined ? html`${shown}` : html`${label.html} (${shown})`;
  const says =
    label === undefined || ['', 'http://', 'https://', 'mailto:'].some((scheme) => scheme + label.text === written);
  const beside = says ? nothing : html` <small>(${reveal(target.host)})</small>`;
  return html`<a href="${target.href}" rel="noopener noreferrer nofollow">${label?.html ?? html`${shown}`}</a>${beside}`;
}

/** In characters: `data:` addresses are files. */
const maxShown = 200;

interface WebAddress {
  readonly href: SafeText;
  readonly host: string;
}

function webAddress(written: string): WebAddress | undefined {
  if (!URL.canParse(written)) return undefined;
  const { protocol, href, host, pathname } = new URL(written);
  switch (protocol) {
    case 'http:':
    case 'https:':
      return { href: reveal(href), host };
    case 'mailto:':
      return { href: reveal(href), host: pathname };
    default:
      return undefined;
  }
}
