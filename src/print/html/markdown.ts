/** The markdown of an answer as HTML. Raw HTML in it is shown as the text it is. */

import type { MarkedToken, Token, Tokens } from 'marked';
import { createBlockSplitter } from '../../terminal/blocks.ts';
import { decodeEntities } from '../../terminal/entities.ts';
import { lexBlock } from '../../terminal/markdown.ts';
import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../../terminal/sanitize.ts';
import { renderCode } from './code.ts';
import { renderImage, renderLink } from './link.ts';
import { type Html, html, nothing } from './markup.ts';

/** @param source  sanitised before: marked resolves references, so its tokens are sanitised once more */
export function renderMarkdown(source: SafeText): readonly Html[] {
  return renderBlocks(joinPieces(lexWhole(source)));
}

/** By blocks, as on the screen: that bounds what the lexer gets at once. */
function lexWhole(source: SafeText): readonly MarkedToken[] {
  const splitter = createBlockSplitter();
  return [...splitter.push(source), ...splitter.end()].flatMap((block): readonly MarkedToken[] =>
    block.kind === 'code'
      ? [{ type: 'code', raw: block.opens ? '' : piece, text: block.source, lang: block.language }]
      : lexBlock(block),
  );
}

/** Marks code that goes on with the token before it. */
const piece = 'piece';

/** The splitter gives a list item by item, and a long fence in parts. The tokens are ours to change. */
function joinPieces(tokens: readonly MarkedToken[]): readonly MarkedToken[] {
  const joined: MarkedToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.type === 'list' && last?.type === 'list' && token.ordered === last.ordered) {
      last.items.push(...token.items);
    } else if (token.type === 'code' && token.raw === piece && last?.type === 'code') {
      last.text += token.text;
    } else if (token.type !== 'space') joined.push(token);
  }
  return joined;
}

function renderBlocks(tokens: readonly Token[]): readonly Html[] {
  // No extensions are installed, so every token is one of marked's own.
  return tokens.map((token) => renderBlock(token as MarkedToken));
}

function renderBlock(token: MarkedToken): Html {
  switch (token.type) {
    case 'heading': {
      // The page has its own two levels above.
      const inside = renderInline(token.tokens);
      if (token.depth === 1) return html`<h3 dir="auto">${inside}</h3>\n`;
      if (token.depth === 2) return html`<h4 dir="auto">${inside}</h4>\n`;
      return html`<h5 dir="auto">${inside}</h5>\n`;
    }
    case 'paragraph':
      return html`<p dir="auto">${renderInline(token.tokens)}</p>\n`;
    case 'text':
      return token.tokens === undefined ? html`${sanitize(token.text)}` : html`${renderInline(token.tokens)}`;
    case 'list':
      return renderList(token);
    case 'blockquote':
      return html`<blockquote>${renderBlocks(token.tokens)}</blockquote>\n`;
    case 'code':
      return renderCode(sanitize(token.text), sanitizeLine(token.lang ?? ''));
    case 'table':
      return renderTable(token);
    case 'hr':
      return html`<hr>\n`;
    case 'html':
      return html`<p dir="auto">${sanitize(token.text.trim())}</p>\n`;
    case 'space':
    case 'checkbox':
      return nothing;
    default:
      // An inline token at block level: marked wraps loose ones in paragraphs, but nothing said may vanish.
      return html`${renderInline([token])}`;
  }
}

function renderList(list: Tokens.List): Html {
  const items = list.items.map(
    ({ task, checked, tokens }) =>
      html`<li dir="auto">${task ? (checked === true ? safe`[x] ` : safe`[ ] `) : nothing}${renderBlocks(tokens)}</li>\n`,
  );
  return list.ordered ? html`<ol start="${Number(list.start)}">${items}</ol>\n` : html`<ul>${items}</ul>\n`;
}

function renderTable({ header, rows }: Tokens.Table): Html {
  const head = header.map(({ tokens }) => html`<th dir="auto">${renderInline(tokens)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map(({ tokens }) => html`<td dir="auto">${renderInline(tokens)}</td>`);
    return html`<tr>${cells}</tr>\n`;
  });
  return html`<div class="wide"><table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div>\n`;
}

function renderInline(tokens: readonly Token[]): readonly Html[] {
  // No extensions are installed, so every token is one of marked's own.
  return tokens.map((token) => renderSpan(token as MarkedToken));
}

function renderSpan(token: MarkedToken): Html {
  switch (token.type) {
    case 'strong':
      return html`<strong>${renderInline(token.tokens)}</strong>`;
    case 'em':
      return html`<em>${renderInline(token.tokens)}</em>`;
    case 'del':
      return html`<del>${renderInline(token.tokens)}</del>`;
    case 'codespan':
      return html`<code>${sanitizeLine(token.text)}</code>`;
    case 'br':
      return html`<br>`;
    case 'link':
      return renderLink(token, html`${renderInline(token.tokens)}`);
    case 'image':
      return renderImage(token);
    case 'html':
      return /^<br\s*\/?>$/i.test(token.text) ? html`<br>` : html`${sanitize(token.text)}`;
    case 'escape':
      return html`${sanitize(token.text)}`;
    case 'text':
      return token.tokens === undefined ? html`${decodeEntities(token.text)}` : html`${renderInline(token.tokens)}`;
    default:
      // Blocks do not occur here; if marked ever puts one, it is shown as written.
      return html`${sanitize(token.raw)}`;
  }
}
