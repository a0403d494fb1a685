/** Theme `auto`: the terminal is asked what its text stands on, and whatever it answers is no typing. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asksBackground } from '../../src/ui/ask-background.ts';
import { isIdle, openRepl, promptRow } from './open-repl.ts';

const query = '\x1b]11;?\x1b\\\x1b[c';
/** The grey of the status row on white, on black, and where nothing is known. */
const onWhite = '\x1b[38;5;241m';
const onBlack = '\x1b[38;5;248m';
const onEither = '\x1b[38;5;243m';

describe('the background', { concurrency: 2 }, () => {
  for (const [name, background, shade] of [
    ['white', '\x1b]11;rgb:ffff/ffff/ffff\x1b\\', onWhite],
    ['black, with BEL and short numbers', '\x1b]11;rgb:00/00/00\x07', onBlack],
    ['something else', '\x1b]11;a hue of plum\x1b\\', onEither],
    ['nothing', undefined, onEither],
  ] as const) {
    test(`a terminal that says ${name} gets shades that can be read on it, and a draft of what was typed`, async () => {
      const terminal = await openRepl({ env: { COLORS: '256' }, ...(background === undefined ? {} : { background }) });
      await terminal.waitFor((now) => isIdle(now) && now.raw.includes(shade));
      terminal.type('typed');
      await terminal.waitFor((now) => promptRow(now) === '> typed');
      assert.ok(terminal.raw.includes(query));
      assert.deepEqual(
        [onWhite, onBlack].filter((one) => terminal.raw.includes(one)),
        shade === onEither ? [] : [shade],
      );
    });
  }

  test('with colours of its own a terminal is not asked', async () => {
    const terminal = await openRepl();
    await terminal.waitFor(isIdle);
    assert.ok(!terminal.raw.includes(']11;'));
  });

  test('nor is one that would print the question, or for a theme that somebody has chosen', () => {
    const color = 2;
    for (const TERM of ['xterm-256color', 'tmux-256color', 'screen', 'alacritty', 'xterm-kitty']) {
      assert.ok(asksBackground('auto', color, { TERM }), TERM);
      assert.ok(!asksBackground('light', color, { TERM }) && !asksBackground('auto', 0, { TERM }), TERM);
    }
    for (const TERM of ['dumb', 'linux', '', 'vt100', undefined])
      assert.ok(!asksBackground('auto', color, { TERM }), TERM);
  });
});
