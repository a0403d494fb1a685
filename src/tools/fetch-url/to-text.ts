/** A web page as text: headings, lists and links stay recognisable, pictures and programs are left out. */

import { compile, type HtmlToTextOptions } from 'html-to-text';

/** @param base  what relative links are relative to */
export function htmlToText(html: string, base: URL): string {
  const page = html.replaceAll(/<!--(?:>|[\s\S]*?(?:-->|$))|<(script|style)\b[\s\S]*?(?:<\/\1\b[^<>]*>|$)/gi, '');
  const text = isDeeperThan(page, maxNesting)
    ? compile({ wordwrap: false })(page.replaceAll(/<[^<>]*>/g, ' ').replaceAll('<', '&lt;'))
    : compile({ ...options, selectors: [...selectors, linkSelector(base)] })(page);
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

export function titleOf(html: string): string | undefined {
  const title = /<title[^<>]*>([^<]{1,2000})/i.exec(html)?.[1];
  const text = title === undefined ? '' : compile({ wordwrap: false })(title).replaceAll(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}

/** The parser takes time in the square of the depth: 100 s for 2 MiB of `<div>`. Such a page loses its markup. */
const maxNesting = 1_000;

const leftOut = [
  ...[
    'title',
    'script',
    'style',
    'noscript',
    'template',
    'svg',
    'canvas',
    'img',
    'picture',
    'video',
    'audio',
    'iframe',
  ],
  ...['object', 'embed', 'button', 'input', 'select', 'textarea', 'dialog'],
];

type Selectors = NonNullable<HtmlToTextOptions['selectors']>;

const selectors: Selectors = [
  ...leftOut.map((selector) => ({ selector, format: 'skip' })),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector, index) => ({
    selector,
    format: 'markedHeading',
    options: { prefix: `${'#'.repeat(index + 1)} ` },
  })),
  { selector: 'ul', options: { itemPrefix: '- ' } },
  { selector: 'hr', options: { length: 3 } },
  // Columns padded to the same width would be mostly spaces, and many tables are there for the layout only.
  { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' | ' } })),
];

const options: HtmlToTextOptions = {
  wordwrap: false,
  selectors,
  // Deeper than pages of people are, and shallower than the stack.
  limits: { maxDepth: 200, ellipsis: '…' },
  formatters: {
    markedHeading(element, walk, builder, { prefix }) {
      builder.openBlock({ leadingLineBreaks: 2 });
      builder.addInline(String(prefix), { noWordTransform: true });
      walk(element.children, builder);
      builder.closeBlock({ trailingLineBreaks: 2 });
    },
  },
};

function linkSelector(base: URL): Selectors[number] {
  const pathRewrite = (path: string): string => {
    if (!URL.canParse(path, base.href)) return '';
    const { protocol, href } = new URL(path, base.href);
    return protocol === 'http:' || protocol === 'https:' || protocol === 'mailto:' ? href : '';
  };
  return { selector: 'a', options: { pathRewrite, hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } };
}

const emptyElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;
/** `<li>one<li>two`: the parser sees it, too. */
const endedByTheNext = /^(?:dd|dt|li|option|p|td|th|tr)$/;

/** Other elements whose end is only implied count as open, so that the guess errs to the safe side. */
function isDeeperThan(html: string, limit: number): boolean {
  const open: string[] = [];
  for (const [, slash, word = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    const name = word.toLowerCase();
    if (slash === '/') {
      const at = open.lastIndexOf(name);
      if (at >= 0) open.length = at;
    } else if (!emptyElements.test(name) && !(endedByTheNext.test(name) && open.at(-1) === name)) {
      open.push(name);
    }
    if (open.length > limit) return true;
  }
  return false;
}
