/** The block that is open while markdown is scanned, and what becomes of it: lines are added, then it is finished. */

import type { Block, CodeBlock } from './blocks.ts';
import type { Fence, HtmlEnd, ListMarker } from './markdown-line.ts';
import { markSafe } from './safe.ts';

export interface Scan {
  open: Open | undefined;
  /** A blank line was seen since the last block. */
  blank: boolean;
  last: Kind | undefined;
  finished: Block[];
}

export function startScan(): Scan {
  return { open: undefined, blank: false, last: undefined, finished: [] };
}

export type Kind = 'text' | 'quote' | 'heading' | 'rule' | 'list' | 'code' | 'html' | 'formula';

/** A block with its lines so far. `pendingBlank`: its last lines are blank and may turn out to follow it. */
interface OpenCommon {
  source: string;
  readonly gap: boolean;
  pendingBlank: boolean;
}

export type Open = OpenCommon &
  (
    | { readonly kind: 'text' | 'quote' | 'heading' | 'rule' | 'indented' }
    | { readonly kind: 'html'; readonly end: HtmlEnd }
    | { readonly kind: 'formula'; readonly end: RegExp }
    | { readonly kind: 'list'; readonly marker: ListMarker; readonly number: number | undefined }
    | { readonly kind: 'fence'; readonly fence: Fence; opened: boolean }
  );

export function begin(scan: Scan, kind: Kind, line: string): OpenCommon {
  const first = scan.last === undefined;
  const gap = !first && (scan.blank || kind === 'heading' || isApart(kind) || isApart(scan.last));
  return { source: kind === 'code' && line === '' ? '' : `${line}\n`, gap, pendingBlank: false };
}

/** Kinds with an empty line around them even where the source has none. */
function isApart(kind: Kind | undefined): boolean {
  return kind === 'code' || kind === 'quote' || kind === 'rule';
}

export function add(open: Open, line: string): void {
  open.source += `${line}\n`;
  open.pendingBlank = false;
}

/** Closes the open block, if there is one. */
export function finish(scan: Scan, kind?: Kind): void {
  const { open } = scan;
  if (open === undefined) return;
  scan.open = undefined;
  scan.blank = open.pendingBlank;
  scan.last = kind ?? (open.kind === 'fence' || open.kind === 'indented' ? 'code' : open.kind);
  scan.finished.push(open.kind === 'fence' ? codePiece(open, true) : wholeBlock(open));
}

function wholeBlock(open: Exclude<Open, { kind: 'fence' }>): Block {
  const source = markSafe(open.source.trimEnd());
  if (open.kind === 'list') return { kind: 'item', source, number: open.number, gap: open.gap };
  return { kind: 'markdown', source, gap: open.gap };
}

function codePiece(open: Open & { kind: 'fence' }, closes: boolean): CodeBlock {
  const language = markSafe(open.fence.language);
  const piece = { kind: 'code', source: markSafe(open.source), language, opens: !open.opened, closes } as const;
  return { ...piece, gap: open.gap && !open.opened };
}

/** Gives away the finished lines of a fence that is still open. */
export function giveCode(scan: Scan): void {
  const { open } = scan;
  if (open?.kind !== 'fence' || open.source === '') return;
  scan.finished.push(codePiece(open, false));
  open.source = '';
  open.opened = true;
}
