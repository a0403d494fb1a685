/** What becomes of drawn rows when a terminal is made narrower, and how much may be drawn so that it can be erased. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsThatFitNarrower, rowsWrapped } from '../../src/terminal/reflow.ts';
import { sanitizeLine } from '../../src/terminal/sanitize.ts';
import { terminalReflows } from '../../src/terminal/terminal-reflows.ts';
import { createTheme } from '../../src/terminal/theme.ts';

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

test('rows that a narrower terminal wraps are several', () => {
  const written = ['0123456789', '01234', '', '가나'].map((text) => sanitizeLine(text));
  assert.equal(rowsWrapped(written, 10), 0);
  assert.equal(rowsWrapped(written, 4), 3);
  assert.equal(rowsWrapped(written.map(theme.error), 3), 3 + 1 + 1);
});

test('terminals that cut instead of wrapping are known', () => {
  assert.equal(terminalReflows({ TERM: 'xterm-256color' }), true);
  assert.equal(terminalReflows({ TERM: 'screen', TMUX: '/tmp/tmux' }), true);
  assert.equal(terminalReflows({ TERM: 'screen' }), false);
  assert.equal(terminalReflows({ TERM: 'linux' }), false);
  assert.equal(terminalReflows({ TERM: 'xterm', XTERM_VERSION: 'XTerm(390)' }), false);
});
