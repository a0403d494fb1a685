/** What a management command says on stdout. */

import type { Notice } from '../../core/notice.ts';
import type { SafeText } from '../../terminal/safe.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { displayWidth } from '../../terminal/width.ts';
import type { Host } from '../host.ts';

export async function printLine(host: Host, line: SafeText): Promise<void> {
  await host.out.write(safe`${line}\n`);
}

/** Something to know that is not what was asked for: on stderr. */
export async function printWarning(host: Host, text: string): Promise<void> {
  await host.err.write(safe`! ${sanitizeLine(text)}\n`);
}

/** What a run would say beside its answer, in the same form. */
export async function printNotice(host: Host, { level, text }: Notice): Promise<void> {
  if (level === 'warning') return printWarning(host, text);
  await host.err.write(safe`- ${sanitizeLine(text)}\n`);
}

/** Columns two spaces apart, each as wide as its widest cell; cells may come from outside. */
export async function printTable(host: Host, rows: readonly (readonly string[])[]): Promise<void> {
  const cells = rows.map((row) => row.map(sanitizeLine));
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell));
    });
  }
  for (const row of cells) {
    const padded = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell)));
    await printLine(host, sanitizeLine(padded.join('  ').trimEnd()));
  }
}
