/**
 * The catalogue of what goes wrong between a server and us, S01 to S100, as a number that can be read:
 * "survived N of M". Each case says what came in and what a person has at the end. Builds are not made here:
 * cases about the program run dist/ (`node src/build.mjs`).
 */

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { answerCases } from './answer-cases.ts';
import type { Case } from './chat.ts';
import { framingCases } from './framing-cases.ts';
import { leakCase, lifeCases } from './life-cases.ts';
import { networkCases } from './network-cases.ts';
import { programCases } from './program-cases.ts';
import { statusCases } from './status-cases.ts';

/** Parts of cases that no case here covers, and why. */
const notCovered: readonly (readonly [ids: string, what: string, why: string])[] = [
  ['S30', 'the spinner of the wait', 'the screen has its own tests (test/ui)'],
  ['S30 S31 S32 S33', 'the real limits of 30 to 120 s, ten minutes of keep-alives', 'scaled to tenths of a second'],
  ['S31', 'a connection that is never accepted', 'no address of a test machine swallows connections reliably'],
  ['S39 S40', 'an offer to retry or continue', 'the REPL: test/ui'],
  ['S89', 'no route to a host', 'depends on the machine; the error code is fed in instead'],
  ['S91', 'RSS within 5 MB', 'the allocator decides about RSS; the heap after collection is measured'],
  ['S92 S93 S94', 'within 100 ms', 'timing is never asserted; a hang would fail'],
  ['S95', 'at most 30 frames a second', 'the screen has its own tests (test/ui)'],
  ['S97', 'a jump of the clock', 'needs the right to set it; every limit is a monotonic timer of Node'],
];

/** Some ids have two tests: the provider, and the program. */
const run = new Set<string>();
const failed = new Set<string>();

function register(cases: readonly Case[]): void {
  for (const one of cases) {
    run.add(one.id);
    test(`${one.id} ${one.title}`, { timeout: 30_000 }, async (t) => {
      failed.add(`${one.id} ${one.title}`);
      await one.run(t);
      failed.delete(`${one.id} ${one.title}`);
    });
  }
}

describe('side by side', { concurrency: 4 }, () => {
  register([...framingCases, ...answerCases, ...statusCases, ...networkCases, ...lifeCases]);
  register(programCases);
});

describe('alone, as it counts what the process holds', () => register([leakCase]));

after(() => {
  const lost = new Set([...failed].map((name) => name.split(' ')[0]));
  const lines = [
    `survived ${run.size - lost.size} of ${run.size}${lost.size === 0 ? '' : `; not ${[...lost].join(', ')}`}`,
    'not covered:',
    ...notCovered.map(([ids, what, why]) => `  ${ids}: ${what} (${why})`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
});

test('the catalogue is whole: every number from 1 to 100 has a case', () => {
  const ids = Array.from({ length: 100 }, (_, index) => `S${String(index + 1).padStart(2, '0')}`);
  assert.deepEqual(
    ids.filter((id) => !run.has(id)),
    [],
  );
});
