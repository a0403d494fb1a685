/** Who gets the REPL without a screen. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlain } from '../../src/cli/plain.ts';

test('--plain, ACCESSIBLE and TERM=dumb ask for lines alone; ACCESSIBLE=0 does not', () => {
  const screen = { TERM: 'xterm-256color' };
  assert.ok(isPlain({ plain: true }, screen));
  assert.ok(isPlain({}, { ...screen, ACCESSIBLE: '1' }));
  assert.ok(isPlain({}, { TERM: 'dumb' }));
  assert.deepEqual(
    [{}, { ACCESSIBLE: '' }, { ACCESSIBLE: '0' }].map((extra) => isPlain({}, { ...screen, ...extra })),
    [false, false, false],
  );
});
