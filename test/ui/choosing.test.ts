/** Choosing with keys: the completion under the prompt and the lists in its place, in the cells of a terminal. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Terminal } from '../support/pty.ts';
import { isIdle, openRepl, promptRow } from './open-repl.ts';

const promptIs = (text: string) => (now: Terminal) => promptRow(now) === text;
const onScreen = (pattern: RegExp) => (now: Terminal) => now.screen().some((row) => pattern.test(row));

describe('choosing', { concurrency: 3 }, () => {
  test('Tab completes a command and its argument, lists what is left open, and Esc gives the written word back', async () => {
    const terminal = await openRepl();
    terminal.type('/mod\t');
    await terminal.waitFor(promptIs('> /model'));
    terminal.type('\t');
    await terminal.waitFor(onScreen(/^ {2}large$/));
    terminal.type('\t');
    await terminal.waitFor(promptIs('> /model small'));
    await terminal.waitFor(onScreen(/^> small$/));
    terminal.type('\x1b[Z');
    await terminal.waitFor(promptIs('> /model large'));
    terminal.type('\x1b');
    await terminal.waitFor((now) => promptIs('> /model')(now) && !onScreen(/large/)(now));
    terminal.type('l\t');
    await terminal.waitFor(promptIs('> /model large'));
    terminal.type('\r');
    await terminal.waitFor('Model: large');
  });

  test('a file is completed in a message, and its text goes along; one that cannot go brings the message back', async () => {
    const terminal = await openRepl({ columns: 40, rows: 15 });
    terminal.type('see @no\t');
    await terminal.waitFor(promptIs('> see @notes.txt'));
    terminal.type('\r');
    await terminal.waitFor('attached notes.txt, 3 lines');
    await terminal.waitFor('see @notes.txt with a file');
    await terminal.waitFor(isIdle);
    terminal.type('look at @cat.png\r');
    await terminal.waitFor('cat.png cannot be attached');
    await terminal.waitFor(promptIs('> look at @cat.png'));
  });

  test('a thousand models are filtered by typing and taken with Enter, on a screen of 20 by 5', async () => {
    const terminal = await openRepl({ columns: 20, rows: 5, env: { MODELS: '1000' } });
    terminal.type('/model\r');
    await terminal.waitFor(onScreen(/of 1000/));
    terminal.type('\x1b[F');
    await terminal.waitFor(onScreen(/^> .*-1000/));
    terminal.type('-777');
    await terminal.waitFor(onScreen(/^> .*-777/));
    assert.equal(terminal.cursor().x, 'Model: -777'.length);
    terminal.type('\r');
    await terminal.waitFor('vendor/모델-777');
    await terminal.waitFor(isIdle);
    assert.ok(!terminal.raw.includes('\x1b[3J'));
  });

  test('a completion that is still looked for does not keep the program', async () => {
    const terminal = await openRepl({ env: { MODELS: 'never' } });
    terminal.type('/model l\t');
    await terminal.waitFor('looking ...');
    terminal.type('\x15\x04');
    assert.equal(await terminal.exit, 0);
  });

  test('Esc leaves a list that does not arrive, and nothing has changed', async () => {
    const terminal = await openRepl({ env: { MODELS: 'never' } });
    terminal.type('/model\r');
    await terminal.waitFor('loading ...');
    terminal.type('\x1b');
    await terminal.waitFor((now) => isIdle(now) && promptRow(now) === '>');
    assert.ok(onScreen(/small/)(terminal), 'the status names the model as before');
  });

  test('/resume shows the conversations, and the end of the one that is taken', async () => {
    const terminal = await openRepl({ columns: 40, rows: 15 });
    terminal.type('/resume\r');
    await terminal.waitFor('A trip to Busan');
    terminal.type('날씨\r');
    await terminal.waitFor('Going on with: 서울 날씨');
    await terminal.waitFor('How is the weather?');
    await terminal.waitFor('It rains.');
  });
});
