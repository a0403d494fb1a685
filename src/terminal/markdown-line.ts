/**
 * What one line of markdown begins, as the lexer of `marked` (GFM) decides it. Only what is needed to find where
 * a block ends: its inside is the lexer's.
 */

export function isBlank(line: string): boolean {
  return /^[ \t]*$/.test(line);
}

export interface Fence {
  /** The mark repeated at the opening, at least three times. */
  readonly marks: string;
  /** Leading spaces, taken off every line of the code. */
  readonly indent: number;
  readonly language: string;
}

export function readFence(line: string): Fence | undefined {
  const found = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(line);
  if (found === null) return undefined;
  const [, indent = '', marks = '', language = ''] = found;
  return { marks, indent: indent.length, language: language.trim() };
}

export function closesFence(line: string, fence: Fence): boolean {
  const marks = /^ {0,3}(`+|~+) *$/.exec(line)?.[1];
  return marks?.startsWith(fence.marks) ?? false;
}

export function isHeading(line: string): boolean {
  return /^ {0,3}#{1,6}(?:\s|$)/.test(line);
}

export function isRule(line: string): boolean {
  return /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(line);
}

/** The line under a heading, `===` or `---`. */
export function isUnderline(line: string): boolean {
  return /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
}

/** The first line of a formula of several, `$$` or `\[`. @returns what its last line matches */
export function readFormula(line: string): RegExp | undefined {
  const [, opens, rest = ''] = /^ {0,3}(\$\$|\\\[)(.*)$/.exec(line) ?? [];
  if (opens === undefined) return undefined;
  const closes = opens === '$$' ? /\$\$/ : /\\\]/;
  return closes.test(rest) ? undefined : closes;
}

export function isQuote(line: string): boolean {
  return /^ {0,3}>/.test(line);
}

/** The row of dashes that makes the line before it the head of a table. */
export function isTableRule(line: string): boolean {
  return /[|:]/.test(line) && /^ {0,3}(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*(?:\| *)?$/.test(line);
}

export interface ListMarker {
  /** Items with the same one belong to the same list: `-`, `*`, `+`, `.` or `)`. */
  readonly type: string;
  readonly number: number | undefined;
  readonly indent: number;
  /** Column of the item's text; lines indented as far belong to the item. */
  readonly contentIndent: number;
  readonly isEmpty: boolean;
}

export function readListMarker(line: string): ListMarker | undefined {
  const found = /^( {0,3})(?:([*+-])|(\d{1,9})([.)]))(?:([ \t]+)(.*)|)$/.exec(line);
  if (found === null) return undefined;
  const [, indent = '', bullet, digits = '', delimiter = '', space = '', rest = ''] = found;
  const bulletEnd = indent.length + (bullet ?? digits + delimiter).length;
  const gap = indentOf(' '.repeat(bulletEnd) + space) - bulletEnd;
  const isEmpty = isBlank(rest);
  return {
    type: bullet ?? delimiter,
    number: bullet === undefined ? Number(digits) : undefined,
    indent: indent.length,
    // More than four spaces are one space and indented code.
    contentIndent: bulletEnd + (isEmpty || gap > 4 ? 1 : gap),
    isEmpty,
  };
}

/** Columns of leading white space; a tab goes on to the next multiple of four. */
export function indentOf(line: string): number {
  let column = 0;
  for (const character of line) {
    if (character === '\t') column += 4 - (column % 4);
    else if (character === ' ') column += 1;
    else break;
  }
  return column;
}

/** How a block of HTML ends: with the line that matches, or before the next blank line. */
export type HtmlEnd = RegExp | 'blank-line';

const blockTag =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|' +
  'fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|' +
  'menuitem|meta|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|' +
  'track|ul';
const startsBlockTag = new RegExp(`^ {0,3}</?(?:${blockTag})(?:[ \\t]+|/?>|$)`, 'i');
const startsOtherTag = /^ {0,3}<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>[ \t]*$/i;

/** The seven kinds of CommonMark 4.6; all but the last (a lone tag of any name) interrupt a paragraph. */
export function readHtml(line: string, { inParagraph }: { readonly inParagraph: boolean }): HtmlEnd | undefined {
  if (!/^ {0,3}</.test(line)) return undefined;
  const verbatim = /^ {0,3}<(script|pre|style|textarea)(?:[\s>]|$)/i.exec(line)?.[1];
  if (verbatim !== undefined) return new RegExp(`</${verbatim}>`, 'i');
  if (/^ {0,3}<!--/.test(line)) return /-->|<!--?>/;
  if (/^ {0,3}<\?/.test(line)) return /\?>/;
  if (/^ {0,3}<!\[CDATA\[/.test(line)) return /\]\]>/;
  if (/^ {0,3}<![A-Za-z]/.test(line)) return />/;
  if (startsBlockTag.test(line) || (!inParagraph && startsOtherTag.test(line))) return 'blank-line';
  return undefined;
}
