/**
 * Where blocks end, decided by each line as it comes. Agrees with marked's lexer on what models write; where it
 * does not (HTML after a fence inside an item), the lexer sees the block a line too long or too short.
 */

import {
  closesFence,
  indentOf,
  isBlank,
  isHeading,
  isQuote,
  isRule,
  isTableRule,
  isUnderline,
  readFence,
  readFormula,
  readHtml,
  readListMarker,
} from './markdown-line.ts';
import { add, begin, finish, type Open, type Scan } from './open-block.ts';

/**
 * In UTF-16 units. A block (or line) that grows past it is cut, so that drawing the tail stays cheap whatever
 * arrives: a table starts over with its head, anything else goes on as a paragraph.
 */
export const maxBlockLength = 8192;

/** Takes pieces off the front of a line until the rest is of a size; decided by the line alone, not by the deltas. */
export function takeOverlong(scan: Scan, line: string): string {
  let rest = line;
  while (rest.length > maxBlockLength) {
    const cut = cutBefore(rest, maxBlockLength);
    takeLine(scan, rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return rest;
}

/** At a space in the second half if there is one; never inside a surrogate pair. */
function cutBefore(text: string, limit: number): number {
  const space = text.lastIndexOf(' ', limit - 1);
  if (space > limit / 2) return space + 1;
  const unit = text.charCodeAt(limit);
  return unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
}

export function takeLine(scan: Scan, line: string): void {
  const { open } = scan;
  if (open === undefined) start(scan, line);
  else if (open.kind === 'fence') continueFence(scan, open, line);
  else if (open.kind === 'list') continueItem(scan, open, line);
  else if (open.kind === 'html') continueHtml(scan, open, line);
  else if (open.kind === 'formula') continueFormula(scan, open, line);
  else if (open.kind === 'indented') continueIndented(scan, open, line);
  else continueText(scan, open, line);
  cutOverlong(scan);
}

function start(scan: Scan, line: string): void {
  if (isBlank(line)) {
    scan.blank = true;
    return;
  }
  const fence = readFence(line);
  const marker = readListMarker(line);
  const html = readHtml(line, { inParagraph: false });
  const formulaEnd = readFormula(line);
  if (fence !== undefined) {
    scan.open = { kind: 'fence', fence, opened: false, ...begin(scan, 'code', '') };
  } else if (isHeading(line)) {
    scan.open = { kind: 'heading', ...begin(scan, 'heading', line) };
    finish(scan);
  } else if (isRule(line)) {
    scan.open = { kind: 'rule', ...begin(scan, 'rule', line) };
    finish(scan);
  } else if (indentOf(line) >= 4) {
    scan.open = { kind: 'indented', ...begin(scan, 'code', line) };
  } else if (isQuote(line)) {
    scan.open = { kind: 'quote', ...begin(scan, 'quote', line) };
  } else if (marker !== undefined) {
    scan.open = { kind: 'list', marker, number: marker.number, ...begin(scan, 'list', line) };
  } else if (html !== undefined) {
    scan.open = { kind: 'html', end: html, ...begin(scan, 'html', line) };
    if (html !== 'blank-line' && html.test(line)) finish(scan);
  } else if (formulaEnd !== undefined) {
    scan.open = { kind: 'formula', end: formulaEnd, ...begin(scan, 'formula', line) };
  } else {
    scan.open = { kind: 'text', ...begin(scan, 'text', line) };
  }
}

function continueText(scan: Scan, open: Open, line: string): void {
  if (isBlank(line)) {
    finish(scan);
    scan.blank = true;
  } else if (open.kind === 'text' && isUnderline(line) && !open.source.split('\n').some(isTableRule)) {
    add(open, line);
    finish(scan, 'heading');
  } else if (interruptsText(line, open.kind === 'quote') || (endsInEmptyQuote(open) && !isQuote(line))) {
    finish(scan);
    start(scan, line);
  } else {
    add(open, line);
  }
}

function interruptsText(line: string, inQuote: boolean): boolean {
  if (readFence(line) !== undefined || isHeading(line) || isRule(line)) return true;
  if (!inQuote && isQuote(line)) return true;
  if (readHtml(line, { inParagraph: true }) !== undefined || readFormula(line) !== undefined) return true;
  const marker = readListMarker(line);
  if (marker === undefined) return false;
  return inQuote || (!marker.isEmpty && (marker.number === undefined || marker.number === 1));
}

/** After `>` alone there is no paragraph that a line without its own `>` could continue. */
function endsInEmptyQuote(open: Open): boolean {
  return open.kind === 'quote' && /(?:^|\n)[ >]*\n$/.test(open.source);
}

function continueItem(scan: Scan, open: Open & { kind: 'list' }, line: string): void {
  const { marker, number } = open;
  if (isBlank(line)) {
    open.source += '\n';
    open.pendingBlank = true;
    return;
  }
  const indent = indentOf(line);
  const next = isRule(line) ? undefined : readListMarker(line);
  if (indent >= marker.contentIndent) {
    add(open, line);
  } else if (next?.type === marker.type) {
    finish(scan);
    const following = number === undefined ? undefined : number + 1;
    scan.open = { kind: 'list', marker: next, number: following, ...begin(scan, 'list', line) };
  } else if (open.pendingBlank || next !== undefined || isEmptyItem(open) || interruptsText(line, false)) {
    finish(scan);
    start(scan, line);
  } else {
    add(open, line);
  }
}

/** Only the marker so far: there is no paragraph in it that a line could continue. */
function isEmptyItem(open: Open & { kind: 'list' }): boolean {
  return open.marker.isEmpty && open.source.indexOf('\n') === open.source.length - 1;
}

function continueIndented(scan: Scan, open: Open, line: string): void {
  if (isBlank(line)) {
    open.source += `${line}\n`;
    open.pendingBlank = true;
  } else if (indentOf(line) >= 4) {
    add(open, line);
  } else {
    finish(scan);
    start(scan, line);
  }
}

function continueHtml(scan: Scan, open: Open & { kind: 'html' }, line: string): void {
  if (open.end !== 'blank-line') {
    add(open, line);
    if (open.end.test(line)) finish(scan);
  } else if (isBlank(line)) {
    finish(scan);
    scan.blank = true;
  } else {
    add(open, line);
  }
}

/** A formula without an end is no formula; the next empty line ends it. */
function continueFormula(scan: Scan, open: Open & { kind: 'formula' }, line: string): void {
  if (isBlank(line)) {
    finish(scan);
    scan.blank = true;
    return;
  }
  add(open, line);
  if (open.end.test(line)) finish(scan);
}

function continueFence(scan: Scan, open: Open & { kind: 'fence' }, line: string): void {
  if (closesFence(line, open.fence)) finish(scan);
  else open.source += `${line.slice(Math.min(open.fence.indent, /^ */.exec(line)?.[0].length ?? 0))}\n`;
}

function cutOverlong(scan: Scan): void {
  const { open } = scan;
  if (open === undefined || open.kind === 'fence' || open.source.length <= maxBlockLength) return;
  const [head = '', rule = ''] = open.source.split('\n', 2);
  finish(scan);
  if (open.kind === 'text' && isTableRule(rule)) {
    scan.open = { kind: 'text', source: `${head}\n${rule}\n`, gap: true, pendingBlank: false };
  }
}
