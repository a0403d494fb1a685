/** The inside of a paragraph as one styled text; line ends in the source stay line ends. */

import type { MarkedToken, Token } from 'marked';
import { decodeEntities } from './entities.ts';
import type { MarkdownOptions } from './markdown.ts';
import { renderImage, renderLink } from './markdown-link.ts';
import { joinSafe, markSafe, type SafeText, safe } from './safe.ts';
import { sanitize, sanitizeLine } from './sanitize.ts';

/**
 * Every piece of text goes through the sanitiser again: marked resolves `&#27;` and takes marks out from between
 * characters, so that its tokens are no longer the text that was sanitised.
 * Without styles the marks of markdown stay, so that nothing they said is lost.
 */
export function renderInline(tokens: readonly Token[], options: MarkdownOptions): SafeText {
  // Every token is one of marked's own kinds (markdown-lexer.ts).
  return joinSafe(tokens.map((token) => renderSpan(token as MarkedToken, options)));
}

function renderSpan(token: MarkedToken, options: MarkdownOptions): SafeText {
  const { theme } = options;
  const marked = (mark: string, text: SafeText) => (theme.plain ? markSafe(mark + text + mark) : text);
  switch (token.type) {
    case 'strong':
      return theme.strong(marked('**', renderInline(token.tokens, options)));
    case 'em':
      return theme.emphasis(marked('*', renderInline(token.tokens, options)));
    case 'del':
      return theme.strike(marked('~~', renderInline(token.tokens, options)));
    case 'codespan':
      return theme.code(marked('`', sanitizeLine(token.text)));
    case 'br':
      return safe`\n`;
    case 'link':
      return renderLink(token, renderInline(token.tokens, options), options);
    case 'image':
      return renderImage(token);
    case 'html':
      return sanitize(token.text);
    case 'paragraph':
      // A reference.
      return renderInline(token.tokens, options);
    case 'checkbox':
      // It is drawn with the marker of its item.
      return safe``;
    case 'escape':
      return sanitize(token.text);
    case 'text':
      return token.tokens === undefined ? decodeEntities(token.text) : renderInline(token.tokens, options);
    default:
      // Blocks do not occur here; if marked ever puts one, it is shown as written.
      return sanitize(token.raw);
  }
}
