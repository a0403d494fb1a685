/** The tool `fetch_url`: a page of the public internet, as text. Offered only where it is asked for by name. */

import type { Tool } from '../../core/tool.ts';
import type { Page, PageOptions } from './fetch-page.ts';

export type FetchUrlOptions = Omit<PageOptions, 'signal'>;

const limitMs = 15_000;
const standardCharacters = 16_000;

export function fetchUrl(options: FetchUrlOptions): Tool {
  return {
    name: 'fetch_url',
    description: 'Reads a web page or a text file from the public internet, as plain text with its links.',
    // The URL itself can carry something out.
    safe: false,
    parameters: {
      type: 'object',
      properties: {
        url: { type: 'string', description: 'http or https', minLength: 1, maxLength: 4_000 },
        max_chars: {
          type: 'integer',
          description: `Characters to return at most; ${standardCharacters} if left out`,
          minimum: 200,
          maximum: 30_000,
        },
      },
      required: ['url'],
      additionalProperties: false,
    },
    async run(args, { signal }) {
      // Loaded only when a call needs it.
      const { fetchPage } = await import('./fetch-page.ts');
      const limit = new AbortController();
      const timeUp = new Error(`${String(args.url)} was not read within ${limitMs / 1000} s`);
      const timer = setTimeout(() => limit.abort(timeUp), limitMs);
      try {
        const page = await fetchPage(String(args.url), { ...options, signal: AbortSignal.any([signal, limit.signal]) });
        return describe(page, typeof args.max_chars === 'number' ? args.max_chars : standardCharacters);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function describe({ url, status, title, text, isCut }: Page, maxCharacters: number): string {
  const heading = [`${url.href} (${status})`, ...(title === undefined ? [] : [`Title: ${title}`])];
  const rest = text.length - maxCharacters;
  const notes = [
    ...(rest > 0 ? [`[${rest} more characters left out]`] : []),
    ...(isCut ? ['[the page was too large and was read only in part]'] : []),
  ];
  // toWellFormed: the cut may fall inside a surrogate pair.
  const body = text === '' ? '(there is no text)' : text.slice(0, maxCharacters).toWellFormed();
  return [heading.join('\n'), '', body, ...notes].join('\n');
}
