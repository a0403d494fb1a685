/**
 * marked's lexer for answers: GFM, but for what would change the meaning of prose (`1~2`), and with what models write
 * besides (formulas, references, footnotes), which is kept readable as it stands. No reference is resolved: a later
 * definition would change blocks that are already on the screen. Every token is of marked's own kinds.
 */

import {
  Lexer,
  type MarkedOptions,
  type MarkedToken,
  type Token,
  Tokenizer,
  type TokenizerThis,
  type Tokens,
} from 'marked';

export function lexMarkdown(source: string): MarkedToken[] {
  // The extensions below make tokens of marked's own kinds.
  return new Lexer({ gfm: true, ...options, tokenizer: new ProseTokenizer() }).lex(source) as MarkedToken[];
}

class ProseTokenizer extends Tokenizer {
  /** No definitions: see above. */
  override def(): undefined {
    return undefined;
  }

  /** One tilde is a range (`10~15`, in Korean everywhere) or `about`; two strike out. */
  override del(...[src, ...rest]: Parameters<Tokenizer['del']>): Tokens.Del | undefined {
    return src.startsWith('~~') ? super.del(src, ...rest) : undefined;
  }

  /** Nothing begins at a mark that is none. */
  override emStrong(...[src, masked, ...rest]: Parameters<Tokenizer['emStrong']>): ReturnType<Tokenizer['emStrong']> {
    return masked[masked.length - src.length] === noMark ? undefined : super.emStrong(src, masked, ...rest);
  }
}

type Extension = (this: TokenizerThis, source: string) => Token | undefined;

const options: MarkedOptions = {
  extensions: {
    renderers: {},
    childTokens: {},
    block: [formulaBlock, definition, footnote],
    inline: [formula, lineBreak, footnoteMark, indexing, reference] satisfies Extension[],
    // Text is read up to here, so that the tokenizers are asked.
    startInline: [(source) => source.search(/\$|[\w)\]]\[[^\][\n]*\]\[/)],
  },
  hooks: {
    // The other hooks of marked are of no use to a lexer. The length has to stay.
    emStrongMask: (source: string) =>
      source
        .replace(formulas, (found) => `[${'a'.repeat(found.length - 2)}]`)
        .replace(writtenMarks, (found) => found.replace(/[*_]/g, noMark)),
  } as NonNullable<MarkedOptions['hooks']>,
};

/**
 * `2*3*4`, `2**3**2`, but not the end of `**S**pecific`; `__init__`, since models write bold with stars. Korean has
 * emphasis inside of words.
 */
const writtenMarks =
  /(?<=[A-Za-z0-9])(?<!(?<![A-Za-z0-9*])\*{1,3}[A-Za-z]{1,20})\*+(?=[A-Za-z0-9])|(?<![A-Za-z0-9_])__[A-Za-z0-9_]+__(?![A-Za-z0-9_])/g;
/** Stands for a mark that neither opens nor closes: neither a space nor punctuation, and in no answer. */
const noMark = '\0';

/**
 * `\(…\)`, `\[…\]`, `$$…$$`, and `$…$` as pandoc has it: no space inside next to the dollars, no digit behind them, so
 * that prices are none.
 */
const formulaForms = [
  /\\\((?:[^\n]|\n(?!\s*\n))*?\\\)/,
  /\\\[(?:[^\n]|\n(?!\s*\n))*?\\\]/,
  /\$\$(?:[^$\n]|\n(?!\s*\n))+\$\$/,
  /\$(?![\s$])(?:[^$\n\\`]|\\[^\n])*(?<!\s)\$(?!\d)/,
];
const formulaSource = formulaForms.map(({ source }) => source).join('|');
const formulaHere = new RegExp(`^(?:${formulaSource})`);
const formulas = new RegExp(formulaSource, 'g');

function formula(source: string): Token | undefined {
  const raw = formulaHere.exec(source)?.[0];
  return raw === undefined ? undefined : { type: 'escape', raw, text: raw };
}

/** Lines of a formula are no list and no heading, whatever they begin with. */
function formulaBlock(source: string): Token | undefined {
  const raw = /^ {0,3}(?:\$\$[^$]+\$\$|\\\[[\s\S]+?\\\])[ \t]*(?:\n|$)/.exec(source)?.[0];
  return raw === undefined ? undefined : { type: 'html', raw, text: raw, pre: false, block: true };
}

/** With the blanks and the line end behind it: a line begins there. */
function lineBreak(source: string): Token | undefined {
  const raw = /^<br\s*\/?>[ \t]*\n?[ \t]*/i.exec(source)?.[0];
  return raw === undefined ? undefined : { type: 'br', raw };
}

/** `[label]: https://host/ "title"`: the address stands where the definition does, behind its label. */
function definition(source: string): Token | undefined {
  const found =
    /^ {0,3}\[(?!\^)([^\][\n]+)\]:[ \t]*<?([^\s<>]*(?:[/#@:]|\.\w)[^\s<>]*)>?([ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?:\n|$)/.exec(
      source,
    );
  if (found === null) return undefined;
  const [raw, label = '', href = '', title = ''] = found;
  const link: Tokens.Link = { type: 'link', raw: href, href, text: href, tokens: [textToken(href)] };
  return { type: 'paragraph', raw, text: raw, tokens: [textToken(`[${label}] `), link, textToken(title)] };
}

/** `[^1]: text`, with the lines that belong to it. */
function footnote(this: TokenizerThis, source: string): Token | undefined {
  const found = /^ {0,3}\[\^([^\]\s]+)\]:[ \t]*(\S[^\n]*(?:\n(?!\s*\[\^[^\]\s]+\]:)[^\n]*\S[^\n]*)*)(?:\n|$)/.exec(
    source,
  );
  if (found === null) return undefined;
  const [raw, label = '', text = ''] = found;
  const tokens = this.lexer.inlineTokens(text.replace(/\n[ \t]+/g, '\n'));
  return { type: 'paragraph', raw, text: raw, tokens: [textToken(`[${markOf(label)}] `), ...tokens] };
}

/** Numbers alone: `[^a-z]` in prose is a part of a regular expression. */
function footnoteMark(source: string): Token | undefined {
  const found = /^\[\^(\d{1,4})\]/.exec(source);
  return found === null ? undefined : textToken(`[${found[1]}]`, found[0]);
}

/** A footnote whose mark in the text stays `[^name]` is called so here too. */
function markOf(label: string): string {
  return /^\d{1,4}$/.test(label) ? label : `^${label}`;
}

/** `rows[i][j]` is no reference. */
function indexing(source: string): Token | undefined {
  const raw = /^[\w)\]](?:\[[^\][\n]*\]){2,}(?!\()/.exec(source)?.[0];
  return raw === undefined ? undefined : textToken(raw);
}

/** `[text][label]`, with the label by which its definition is found: `text [label]`. `[i][j]` stays as it is. */
function reference(this: TokenizerThis, source: string): Token | undefined {
  const found = /^(!?)\[((?:[^\][\n\\`]|`[^`\n]*`)+)\]\[(?!\^)([^\][\n]*)\](?!\()/.exec(source);
  if (found === null) return undefined;
  const [raw, image, text = '', label = ''] = found;
  if (text.length < 3 || !/[^\d\s]/.test(text)) return undefined;
  if (label === '') return textToken(image === '' ? `[${text}]` : `[image: ${text}]`, raw);
  const inside = image === '' ? this.lexer.inlineTokens(text) : [textToken(`[image: ${text}]`)];
  // No text token: marked adds the text that follows to one.
  return { type: 'paragraph', raw, text: raw, tokens: [...inside, textToken(` [${label}]`)] };
}

function textToken(text: string, raw = text): Tokens.Text {
  return { type: 'text', raw, text };
}
