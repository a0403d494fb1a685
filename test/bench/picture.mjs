/**
 * Draws .assets/repl.svg for the README: the screen of a real run on the demo, cell by cell.
 *
 *     npm run build && node test/bench/picture.mjs
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { toSvg } from './repl/svg.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const columns = 84;
const rows = 38;
const script = ['show markdown', 'What time is it in Seoul?'];

const home = mkdtempSync(join(tmpdir(), 'banter-picture-'));
const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
const pty = spawn(process.execPath, [join(root, 'bin/banter.js'), '-P', 'demo'], {
  name: 'xterm-256color',
  cols: columns,
  rows,
  env: { PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', HOME: home, BANTER_HOME: home },
});
let check = () => {};
pty.onData((text) => terminal.write(text, () => check()));
terminal.onData((text) => pty.write(text));

await idle();
for (const prompt of script) {
  pty.write(prompt);
  await shown((lines) => lines.some((line) => line.includes(`> ${prompt}`)));
  pty.write('\r');
  await shown((lines) => lines.some((line) => /Ctrl\+C stops/.test(line)));
  await idle();
}
mkdirSync(join(root, '.assets'), { recursive: true });
writeFileSync(join(root, '.assets/repl.svg'), toSvg(terminal));
pty.kill('SIGKILL');
rmSync(home, { recursive: true, force: true });

function idle() {
  return shown((lines) => /\/help\s*$/.test(lines.at(-1) ?? ''));
}

/** Resolves when the lines down to the last that is not empty are as they should be. */
function shown(isRight, timeoutMs = 30_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it never came:\n${linesOf().join('\n')}`)), timeoutMs);
    check = () => {
      if (!isRight(linesOf())) return;
      clearTimeout(timer);
      check = () => {};
      resolve();
    };
    check();
  });
}

function linesOf() {
  const { active } = terminal.buffer;
  const lines = Array.from({ length: rows }, (_, y) => active.getLine(active.baseY + y)?.translateToString(true) ?? '');
  while (lines.length > 0 && lines.at(-1).trim() === '') lines.pop();
  return lines;
}
