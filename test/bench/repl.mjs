/**
 * What the REPL costs on a terminal of 120x40, beside an Ink app of one line on the same Node. Linux only.
 *
 *     npm run build && node test/bench/repl.mjs [--starts N] [--answers N] [--program FILE]
 *
 *   prompt   process start to the prompt on the terminal, in turn with the Ink app
 *   answer   1,000 deltas of markdown at 100 a second: processor time (user and system, all threads) and bytes
 *            written, per delta; the first answer of a conversation and the last of `--answers` (16), between
 *            which the others are sent faster
 *   length   500 deltas at the start of an answer and 500 after 10,000 lines of the same answer
 *   key      a letter typed to its echo, idle and while an answer streams
 *   idle     processor time in ten seconds at the prompt
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleInkApp } from './repl/ink-app.mjs';
import { openScreen } from './repl/screen.mjs';
import { startServer } from './repl/server.mjs';
import { lineDeltas, markdownDeltas } from './repl/text.mjs';

const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '11' },
    answers: { type: 'string', default: '16' },
    program: { type: 'string', default: fileURLToPath(new URL('../../bin/banter.js', import.meta.url)) },
  },
});
const perSecond = 100;
const home = mkdtempSync(join(tmpdir(), 'banter-bench-'));
const server = await startServer();
const inkApp = await bundleInkApp(home);
const promptDrawn = /\/help/;

console.log(`Node ${process.version}, 120x40`);
await measureStart(Number(values.starts));
await measureAnswers(Number(values.answers));
await measureLength();
await measureKeysAndIdle();
server.close();
rmSync(home, { recursive: true, force: true });

function openRepl() {
  return openScreen(process.execPath, [values.program, '-m', 'm'], {
    env: { HOME: home, BANTER_HOME: home, OPENAI_BASE_URL: server.baseUrl },
  });
}

async function measureStart(runs) {
  const ink = [];
  const banter = [];
  // The disk cache is warm after the first pair.
  for (let run = -1; run < runs; run++) {
    const inkMs = await startMs(openScreen(process.execPath, [inkApp]), /ready/);
    const banterMs = await startMs(openRepl(), promptDrawn);
    if (run < 0) continue;
    ink.push(inkMs);
    banter.push(banterMs);
  }
  const ratios = banter.map((value, index) => value / ink[index]);
  row('prompt, Ink app of one line', `${median(ink).toFixed(0)} ms`);
  row('prompt, banter', `${median(banter).toFixed(0)} ms, ratio ${median(ratios).toFixed(2)}`);
}

async function startMs(screen, marker) {
  const drawnMs = await screen.written(marker);
  await screen.close();
  return drawnMs - screen.startMs;
}

async function measureAnswers(answers) {
  const screen = openRepl();
  await screen.written(promptDrawn);
  // Nobody asks sooner.
  await pause(500);
  const deltas = markdownDeltas(1000);
  let first;
  for (let number = 1; number <= answers; number++) {
    const isMeasured = number === 1 || number === answers;
    const figures = await ask(screen, deltas, isMeasured ? perSecond : 1000);
    first ??= figures;
    if (isMeasured) showAnswer(number, figures, deltas);
    if (number > 1 && number === answers) {
      const growth = (name) => (figures[name] / first[name]).toFixed(2);
      row('  growth', `CPU ${growth('cpuMs')}, memory ${growth('memoryMiB')}`);
    }
  }
  await screen.close();
}

/** Sends a message and follows its answer to the end. */
async function ask(screen, deltas, rate) {
  screen.type('question');
  await screen.written(/n/);
  const served = server.answer(['begun ', ...deltas], rate);
  const begun = screen.written(/begun/);
  screen.type('\r');
  const firstMs = (await begun) - server.firstSentMs;
  const before = { cpuMs: screen.cpuMs(), bytes: screen.bytes };
  await served;
  const idle = screen.written(promptDrawn);
  const cpuMs = screen.cpuMs() - before.cpuMs;
  const bytes = screen.bytes - before.bytes;
  server.end();
  await idle;
  return { firstMs, cpuMs, bytes, memoryMiB: screen.memoryMiB() };
}

function showAnswer(number, { firstMs, cpuMs, bytes, memoryMiB }, deltas) {
  const perDelta = bytes / deltas.length;
  const perTextByte = bytes / Buffer.byteLength(deltas.join(''));
  row(`answer ${number}, CPU`, `${((cpuMs * 1000) / deltas.length).toFixed(0)} us per delta`);
  row(
    `answer ${number}, written`,
    `${perDelta.toFixed(0)} bytes per delta, ${perTextByte.toFixed(1)} per byte of text`,
  );
  row(`answer ${number}, first delta`, `${firstMs.toFixed(1)} ms`);
  row(`answer ${number}, memory`, `${memoryMiB.toFixed(0)} MiB`);
}

async function measureLength() {
  const screen = openRepl();
  await screen.written(promptDrawn);
  // The compiler has seen an answer.
  await ask(screen, markdownDeltas(1000), 1000);
  const part = lineDeltas(500);
  const timed = async () => {
    const cpuMs = screen.cpuMs();
    await server.more(part, perSecond);
    return ((screen.cpuMs() - cpuMs) * 1000) / part.length;
  };
  const served = server.answer(['begun\n\n'], perSecond);
  screen.type('question');
  await screen.written(/n/);
  screen.type('\r');
  await served;
  const early = await timed();
  // What is sent faster than it is drawn must not be part of what follows.
  const drawn = screen.written(/the last of them/);
  await server.more([...lineDeltas(10_000), '\n\nthe last of them\n\n'], 2000);
  await drawn;
  const late = await timed();
  const idle = screen.written(promptDrawn);
  server.end();
  await idle;
  row(
    'length',
    `${early.toFixed(0)} us per delta at first, ${late.toFixed(0)} after 10,000 lines, ratio ${(late / early).toFixed(2)}`,
  );
  row('length, memory', `${screen.memoryMiB().toFixed(0)} MiB after 11,000 lines`);
  await screen.close();
}

async function measureKeysAndIdle() {
  const screen = openRepl();
  await screen.written(promptDrawn);
  await pause(500);
  const cpuMs = screen.cpuMs();
  await pause(10_000);
  row('idle', `${((screen.cpuMs() - cpuMs) / 100).toFixed(2)} % of a core`);

  const idleMs = await typeKeys(screen);
  row('key echo, idle', spread(idleMs));
  screen.type('\x15');
  await pause(100);
  // Words without the letters that are typed.
  const served = server.answer(
    Array.from({ length: 600 }, () => 'sssss '),
    perSecond,
  );
  const begun = screen.written(/sssss/);
  screen.type('n\r');
  await begun;
  row('key echo, streaming', spread(await typeKeys(screen)));
  await served;
  server.end();
  await screen.close();
}

async function typeKeys(screen) {
  const times = [];
  for (const letter of 'qzxjvqzxjvqzxjvqzxjvqzxjv') {
    await pause(80 + 10 * (times.length % 8));
    const echoed = screen.written(new RegExp(letter));
    const sentMs = performance.now();
    screen.type(letter);
    times.push((await echoed) - sentMs);
  }
  return times;
}

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return `median ${median(times).toFixed(1)} ms, 95 % ${sorted[Math.floor(0.95 * (sorted.length - 1))].toFixed(1)} ms`;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function row(label, text) {
  console.log(`  ${label.padEnd(30)} ${text}`);
}
