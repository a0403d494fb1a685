/**
 * Markdown as lines for a terminal. Code has no gutter, no frame and, in colours, no name of its language above it, so
 * that what is copied with the mouse is the code; rules and marks are ASCII, whose width no terminal disputes (U+2500
 * is two cells wide in some East Asian settings).
 */

import type { MarkedToken, Token, Tokens } from 'marked';
import { optional } from '../core/optional.ts';
import type { Block, CodeBlock } from './blocks.ts';
import { languageOf, readLines } from './code/highlighter.ts';
import { paintLine } from './code/paint.ts';
import { renderInline } from './markdown-inline.ts';
import { lexMarkdown } from './markdown-lexer.ts';
import { renderTable } from './markdown-table.ts';
import { joinSafe, markSafe, type SafeText, safe } from './safe.ts';
import { sanitize, sanitizeLine } from './sanitize.ts';
import type { Theme } from './theme.ts';
import { displayWidth, type Verbatim, wrapExactly, wrapText, wrapVerbatim } from './width.ts';

export interface MarkdownOptions {
  /** Cells in a line. */
  readonly columns: number;
  readonly theme: Theme;
  /** The terminal understands OSC 8. */
  readonly hyperlinks: boolean;
  /** `cut` if absent. */
  readonly verbatim?: Verbatim;
}

/**
 * The lines of one block, none wider than `columns` but verbatim ones that stay whole; the empty line that sets it apart
 * from the block before comes first. Its source has been sanitised.
 */
export function renderBlock(block: Block, options: MarkdownOptions): readonly SafeText[] {
  const lines = block.kind === 'code' ? renderCode(block, options) : renderTokens(lexBlock(block), options);
  return block.gap && lines.length > 0 ? [safe``, ...lines] : lines;
}

/** Deeper than this a text is an attack on the parser's stack, not an outline. */
const maxNesting = 40;
const tooDeep = new RegExp(`^(?:[ \\t]*(?:>|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${maxNesting}}`, 'm');
/** Emphasis marks this many and this dense, in no emphasis that ends, cost marked quadratic time (seconds for 16 KiB). */
const tooDense = /(?:[*_][^*_|]{0,8}){600}/;

/** The tokens of one block, from a lexer that no text keeps busy. */
export function lexBlock(block: Exclude<Block, CodeBlock>): readonly MarkedToken[] {
  if (tooDeep.test(block.source) || tooDense.test(block.source)) return [plainText(block.source)];
  const tokens = lexMarkdown(block.source);
  if (block.kind === 'markdown' || block.number === undefined) return tokens;
  const { number } = block;
  return tokens.map((token, index) => (index === 0 && token.type === 'list' ? { ...token, start: number } : token));
}

function plainText(text: string): Tokens.HTML {
  return { type: 'html', raw: text, text, pre: false, block: true };
}

function renderTokens(tokens: readonly MarkedToken[], options: MarkdownOptions): SafeText[] {
  const lines: SafeText[] = [];
  let previous: MarkedToken | undefined;
  let blank = false;
  for (const token of tokens) {
    if (token.type === 'space') {
      blank = true;
      continue;
    }
    const rendered = renderToken(token, options);
    if (rendered.length === 0) continue;
    const gap = blank || token.type === 'heading' || isApart(token) || (previous !== undefined && isApart(previous));
    if (previous !== undefined && gap) lines.push(safe``);
    lines.push(...rendered);
    previous = token;
    blank = /\n[ \t]*\n$/.test(token.raw);
  }
  return lines;
}

function isApart(token: MarkedToken): boolean {
  return token.type === 'code' || token.type === 'table' || token.type === 'blockquote' || token.type === 'hr';
}

function renderToken(token: MarkedToken, options: MarkdownOptions): readonly SafeText[] {
  const { columns, theme } = options;
  switch (token.type) {
    case 'heading': {
      const text = renderInline(token.tokens, options);
      const marks = theme.plain ? markSafe(`${'#'.repeat(token.depth)} `) : safe``;
      return wrapText(theme.heading(token.depth)(joinSafe([marks, text])), columns);
    }
    case 'paragraph':
      return wrapText(renderInline(token.tokens, options), columns);
    case 'text':
      return wrapText(token.tokens === undefined ? sanitize(token.text) : renderInline(token.tokens, options), columns);
    case 'list':
      return renderList(token, options);
    case 'blockquote':
      return renderQuote(token, options);
    case 'code':
      return renderCode(asCodeBlock(token), options);
    case 'table':
      return renderTable(token, options);
    case 'hr':
      return [theme.dim(markSafe('-'.repeat(Math.min(columns, 24))))];
    case 'html':
      return wrapText(sanitize(token.text.replace(/\n+$/, '')), columns);
    case 'checkbox':
    case 'space':
      return [];
    default:
      // An inline token at block level: marked wraps loose ones in paragraphs, but nothing said may vanish.
      return wrapText(renderInline([token], options), columns);
  }
}

function renderList(list: Tokens.List, options: MarkdownOptions): SafeText[] {
  const first = list.start === '' ? 1 : list.start;
  return list.items.flatMap((item, index) => {
    const apart = index > 0 && /\n[ \t]*\n[ \t]*$/.test(list.items[index - 1]?.raw ?? '');
    const bullet = list.ordered ? `${first + index}.` : '-';
    const lines = item.task
      ? renderTask(item, markSafe(`${bullet} `), options)
      : renderItem(item.tokens, markSafe(`${bullet} `), options);
    return apart ? [safe``, ...lines] : lines;
  });
}

function renderItem(tokens: readonly Token[], marker: SafeText, options: MarkdownOptions): readonly SafeText[] {
  return hang(marker, (columns) => renderItemTokens(tokens, { ...options, columns }), options);
}

/** The text hangs behind its box; what is nested stands under the text, as in an item without one. */
function renderTask(item: Tokens.ListItem, marker: SafeText, options: MarkdownOptions): readonly SafeText[] {
  const found = item.tokens.findIndex(({ type }) => type === 'list');
  const nested = found < 0 ? item.tokens.length : found;
  const text = item.tokens.slice(0, nested);
  const lines = renderItem(text, joinSafe([marker, item.checked ? safe`[x] ` : safe`[ ] `]), options);
  if (nested === item.tokens.length) return lines;
  const gap = /\n[ \t]*\n$/.test(text.at(-1)?.raw ?? '') ? [safe``] : [];
  const width = options.columns - displayWidth(marker) < minColumns ? 0 : displayWidth(marker);
  const below = renderItemTokens(item.tokens.slice(nested), { ...options, columns: options.columns - width });
  return [...lines, ...gap, ...indent(below, width)];
}

function renderItemTokens(tokens: readonly Token[], options: MarkdownOptions): SafeText[] {
  // Every token is one of marked's own kinds (markdown-lexer.ts).
  return renderTokens(tokens as readonly MarkedToken[], options);
}

/** Too narrow to indent any further: what is nested goes on below its marker. */
const minColumns = 10;

function hang(marker: SafeText, render: (columns: number) => SafeText[], options: MarkdownOptions): SafeText[] {
  const { theme } = options;
  const width = displayWidth(marker);
  const columns = options.columns - width;
  if (columns < minColumns) return [theme.accent(markSafe(marker.trimEnd())), ...render(options.columns)];
  const [first = safe``, ...others] = render(columns);
  return [markSafe((theme.accent(marker) + first).trimEnd()), ...indent(others, width)];
}

function indent(lines: readonly SafeText[], width: number): readonly SafeText[] {
  const blanks = markSafe(' '.repeat(width));
  return lines.map((line) => (line === '' ? line : joinSafe([blanks, line])));
}

/** Not with `>`: that is the mark of what the person said. */
function renderQuote(quote: Tokens.Blockquote, options: MarkdownOptions): SafeText[] {
  const { theme } = options;
  const columns = Math.max(options.columns - 2, Math.min(options.columns, minColumns));
  // Every token is one of marked's own kinds (markdown-lexer.ts).
  const [first = safe``, ...rest] = renderTokens(quote.tokens as MarkedToken[], { ...options, columns });
  const lines = [alertTitle(first, theme) ?? first, ...rest];
  if (columns + 2 > options.columns) return lines;
  return lines.map((line) => (line === '' ? theme.dim(safe`|`) : joinSafe([theme.dim(safe`| `), line])));
}

/** `[!NOTE]`, as GitHub has it. */
function alertTitle(line: SafeText, theme: Theme): SafeText | undefined {
  const kind = /^\[!(note|tip|important|warning|caution)\]$/i.exec(line)?.[1]?.toLowerCase();
  return kind === undefined ? undefined : theme.strong(markSafe(kind.replace(/^./, (letter) => letter.toUpperCase())));
}

function asCodeBlock(token: Tokens.Code): CodeBlock {
  const source = sanitize(token.text === '' ? '' : `${token.text}\n`);
  const language = sanitizeLine(token.lang ?? '');
  const lines = readLines(source, { language: languageOf(language), open: '' });
  return { kind: 'code', source, language, ...optional('lines', lines), opens: true, closes: true, gap: false };
}

function renderCode(block: CodeBlock, { columns, theme, verbatim }: MarkdownOptions): readonly SafeText[] {
  const coloured = theme.plain ? undefined : block.lines;
  const plain = block.source === '' ? [] : block.source.slice(0, -1).split('\n');
  const lines = coloured?.map((tokens) => paintLine(tokens, theme)) ?? plain.map((line) => theme.code(markSafe(line)));
  const code = lines.flatMap((line) => wrapVerbatim(line, { columns, verbatim }));
  if (!theme.plain) return code;
  return [
    ...(block.opens ? wrapExactly(safe`\`\`\`${block.language}`, columns) : []),
    ...code,
    ...(block.closes ? [safe`\`\`\``] : []),
  ];
}
