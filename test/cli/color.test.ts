import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WriteStream } from 'node:tty';
import { type ColorLevel, colorLevel } from '../../src/cli/color.ts';
import type { Environment } from '../../src/cli/resolve-server.ts';

/** Node's own judgement of the environment, without a terminal under it. */
const terminal = { isTTY: true, getColorDepth: WriteStream.prototype.getColorDepth };
const pipe = {};

type Row = readonly [
  when: 'auto' | 'always' | 'never',
  environment: Environment,
  onTerminal: ColorLevel,
  inPipe: ColorLevel,
];

const color256 = { TERM: 'xterm-256color' };
const rows: readonly Row[] = [
  ['auto', color256, 2, 0],
  ['auto', { TERM: 'xterm' }, 1, 0],
  ['auto', { TERM: 'xterm', COLORTERM: 'truecolor' }, 3, 0],
  ['auto', { TERM: 'linux' }, 1, 0],
  ['auto', { TERM: 'screen' }, 1, 0],
  ['auto', { TERM: 'dumb' }, 0, 0],
  ['auto', {}, 0, 0],
  ['auto', { ...color256, NO_COLOR: '1' }, 0, 0],
  ['auto', { ...color256, NO_COLOR: '0' }, 0, 0],
  ['auto', { ...color256, NO_COLOR: '' }, 2, 0],
  ['auto', { ...color256, NO_COLOR: '1', FORCE_COLOR: '1' }, 0, 0],
  ['auto', { ...color256, NO_COLOR: '1', CLICOLOR_FORCE: '1' }, 0, 0],
  ['auto', { ...color256, FORCE_COLOR: '0' }, 0, 0],
  ['auto', { ...color256, FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, 0, 0],
  ['auto', { ...color256, FORCE_COLOR: '1' }, 1, 1],
  ['auto', { ...color256, FORCE_COLOR: '3' }, 3, 1],
  ['auto', { ...color256, CLICOLOR_FORCE: '1' }, 2, 1],
  ['auto', { ...color256, CLICOLOR_FORCE: '0' }, 2, 0],
  ['auto', { ...color256, CLICOLOR_FORCE: '' }, 2, 0],
  ['auto', { TERM: 'dumb', FORCE_COLOR: '1' }, 1, 1],
  ['never', color256, 0, 0],
  ['never', { ...color256, FORCE_COLOR: '3', CLICOLOR_FORCE: '1' }, 0, 0],
  ['always', color256, 2, 1],
  ['always', { ...color256, NO_COLOR: '1' }, 2, 1],
  ['always', { ...color256, FORCE_COLOR: '0' }, 1, 1],
  ['always', { TERM: 'dumb' }, 1, 1],
  ['always', {}, 1, 1],
];

for (const [when, environment, onTerminal, inPipe] of rows) {
  test(`--color ${when} with ${JSON.stringify(environment)}: ${onTerminal} on a terminal, ${inPipe} in a pipe`, () => {
    assert.equal(colorLevel(when, environment, terminal), onTerminal);
    assert.equal(colorLevel(when, environment, pipe), inPipe);
    assert.equal(colorLevel(when, environment, { isTTY: false }), inPipe);
  });
}

test('a terminal that does not say how many colours it has gets none, unless they are forced', () => {
  assert.equal(colorLevel('auto', color256, { isTTY: true }), 0);
  assert.equal(colorLevel('always', color256, { isTTY: true }), 1);
});
