/** Where an answer that was cut goes on: in code, if its last fence is still open. */

import { takeLine } from './block-scan.ts';
import { readFence } from './markdown-line.ts';
import { startScan } from './open-block.ts';
import type { SafeText } from './safe.ts';

/** The line that opens the fence which is open at the end of the text, with its line end if that has come; else ''. */
export function openFence(text: SafeText): string {
  return openingIn(text.split('\n'));
}

function openingIn(lines: readonly string[]): string {
  const scan = startScan();
  let opening = '';
  lines.forEach((line, index) => {
    const before = scan.open;
    takeLine(scan, line);
    scan.finished = [];
    if (scan.open !== before) opening = index === lines.length - 1 ? line : `${line}\n`;
  });
  const { open } = scan;
  if (open?.kind === 'fence') return opening;
  return open?.kind === 'list' ? openingInItem(open.source, open.marker.contentIndent) : '';
}

/** With its indent, which the lines that follow have too. Deeper than a fence may stand by itself there is none. */
function openingInItem(source: string, indent: number): string {
  const inside = openingIn(source.split('\n').map((line) => line.slice(indent)));
  const opening = `${' '.repeat(indent)}${inside}`;
  return readFence(opening.trimEnd()) === undefined ? '' : opening;
}
