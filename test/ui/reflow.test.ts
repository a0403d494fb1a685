/** How much may be drawn so that a terminal that becomes narrow at one stroke can still erase it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitizeLine } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { rowsThatFitNarrower } from '../../src/ui/reflow.ts';

const theme = createTheme({ color: 1 });
const rows = (count: number, cells: number) => Array.from({ length: count }, () => sanitizeLine('x'.repeat(cells)));

test('full rows are counted as the several rows they would become, short ones as themselves', () => {
  assert.equal(rowsThatFitNarrower(rows(40, 80), 80, 23), 8);
  assert.equal(rowsThatFitNarrower(rows(40, 200), 200, 49), 7);
  assert.equal(rowsThatFitNarrower(rows(40, 10), 80, 23), 17);
  assert.equal(rowsThatFitNarrower(rows(3, 80), 80, 23), 3);
});

test('styles are no cells, and wide characters are two', () => {
  assert.equal(rowsThatFitNarrower(rows(40, 40).map(theme.error), 80, 23), 17);
  assert.equal(
    rowsThatFitNarrower(
      Array.from({ length: 40 }, () => sanitizeLine('가'.repeat(40))),
      80,
      23,
    ),
    8,
  );
});
