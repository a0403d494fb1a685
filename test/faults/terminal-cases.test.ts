/**
 * The catalogue of what happens to a program on a terminal, L01 to L68, as a number that can be read: "survived N of
 * M". Builds are not made here: cases about pipes run dist/ (`node src/build.mjs`), those of the screen what
 * test/ui/open-repl.ts bundles.
 */

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Case } from './chat.ts';
import { keyCases } from './terminal-key-cases.ts';
import { longCases } from './terminal-long-cases.ts';
import { pipeCases } from './terminal-pipe-cases.ts';
import { screenCases } from './terminal-screen-cases.ts';
import { shellCases } from './terminal-shell-cases.ts';

/** Cases that have no test here at all. */
const absent: readonly (readonly [id: string, what: string, why: string])[] = [
  ['L07', 'Ctrl+C during a save', 'messages are appended whole: test/store'],
  ['L18', 'out of memory', 'the runtime ends without a word to anybody; the shell puts the terminal back'],
  ['L19', 'process.abort', 'the same'],
  ['L30', 'a reader of 1 KB a second', 'S96 of test/faults/stream-cases.test.ts: a blocked reader stops the server'],
  ['L57', 'UTF-8 cut between reads', "Node's decoder, behind setEncoding, keeps characters whole"],
  ['L66', 'Windows', 'none among the machines of the tests'],
  ['L68', 'a clock that jumps', 'needs the right to set it; durations are of the monotonic clock'],
];

/** Parts of cases that are here. */
const notCovered: readonly (readonly [ids: string, what: string, why: string])[] = [
  ['L03 L09 L10 L11 L12 L14', 'within 100 ms, 1 s, 2 s', 'timing is never asserted; a hang would fail'],
  ['L20', 'a shell that does not put modes back itself', 'Node restores at its end what it found at its start'],
  ['L31', '1,000 runs', 'four'],
  ['L32', '100 MB, binary, a slow trickle', 'test/cli/stdin.test.ts'],
  ['L38', 'rows that the terminal itself has pushed into the scrollback', 'nothing can erase them there'],
  ['L42', '1 MB', 'a quarter of it: the rest takes ten seconds to draw, with keys as quick'],
  ['L58', 'gaps of 10, 60 and 500 ms', 'timing is never asserted'],
  ['L62', 'tmux, screen', 'not on every machine of the tests'],
  ['L63', 'a minute of streaming, frames a second, CPU', 'test/bench'],
  ['L67', '8 hours', 'too long; 2,000 turns without a terminal'],
  ['L65', 'another process that writes', 'Ctrl+L repairs that; what this one prints is caught'],
];

const run = new Set<string>();
const failed = new Set<string>();

function register(cases: readonly Case[]): void {
  for (const one of cases) {
    const ids = one.id.split(' ');
    for (const id of ids) run.add(id);
    test(`${one.id} ${one.title}`, { timeout: 30_000 }, async (t) => {
      for (const id of ids) failed.add(id);
      await one.run(t);
      for (const id of ids) failed.delete(id);
    });
  }
}

describe('keys', () => register(keyCases));
describe('a screen', { concurrency: 4 }, () => register(screenCases));
describe('a shell', { concurrency: 3 }, () => register(process.platform === 'linux' ? shellCases : []));
describe('a long day', () => register(longCases));
describe('pipes', { concurrency: 4 }, () => register(pipeCases));

after(() => {
  const lines = [
    `survived ${run.size - failed.size} of ${run.size}${failed.size === 0 ? '' : `; not ${[...failed].join(', ')}`}`,
    'not covered:',
    ...[...absent, ...notCovered].map(([ids, what, why]) => `  ${ids}: ${what} (${why})`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
});

test('the catalogue is whole: every number from 1 to 68 has a case, or the reason why not', () => {
  const ids = Array.from({ length: 68 }, (_, index) => `L${String(index + 1).padStart(2, '0')}`);
  const known = new Set([...run, ...absent.map(([id]) => id)]);
  assert.deepEqual(
    ids.filter((id) => !known.has(id)),
    [],
  );
});
