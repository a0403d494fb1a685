/**
 * The catalogue of what goes wrong between a model and the tools it calls, X01 to X45, as a number that can be read:
 * "survived N of M". Builds are not made here: cases about the program run dist/ (`node src/build.mjs`).
 */

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Case } from './chat.ts';
import { approvalCases } from './tool-approval-cases.ts';
import { argumentCases } from './tool-argument-cases.ts';
import { batchCases } from './tool-batch-cases.ts';
import { loopCases } from './tool-loop-cases.ts';
import { programCases } from './tool-program-cases.ts';
import { runningCases } from './tool-running-cases.ts';
import { serverCases } from './tool-server-cases.ts';
import { userCases } from './tool-user-cases.ts';

/** Parts of cases that no case here covers, and why. */
const notCovered: readonly (readonly [ids: string, what: string, why: string])[] = [
  ['X17 X18 X19', 'a built-in tool that blocks the thread', 'none computes for long; those of the user have processes'],
  ['X20 X21', 'the real limit of 30 s', 'scaled to tenths of a second'],
  ['X24', 'a string of 1 GB', 'longer than Node can hold; 512 MB in a process of its own, 64 MB in ours'],
  ['X25 X26', 'the screen of the REPL', 'it has its own tests (test/ui)'],
  ['X30', '1,000 runs', 'they are in test/session/run-calls.test.ts; here 600 through a whole session'],
  ['X32', 'the key itself', 'the signal is aborted instead; SIGINT and Ctrl+C are in test/e2e and test/ui'],
  [
    'X38',
    'a start within 1 s',
    'timing is never asserted; a slow file is given 2 s, and is remembered for ten minutes',
  ],
  ['X41', 'the 200 of a server', 'no server here counts tokens; the request is within 32 KiB a result'],
  ['X45', 'within 1 s after a death', 'timing is never asserted; the limit of the call would be 20 s'],
];

/** Most ids have several tests. */
const run = new Set<string>();
const failed = new Set<string>();

function register(cases: readonly Case[]): void {
  for (const one of cases) {
    run.add(one.id);
    test(`${one.id} ${one.title}`, { timeout: 30_000 }, async (t) => {
      const name = `${one.id} ${one.title}`;
      failed.add(name);
      await one.run(t);
      failed.delete(name);
    });
  }
}

describe('in this process', () =>
  register([...argumentCases, ...runningCases, ...batchCases, ...loopCases, ...approvalCases]));

describe('processes, side by side', { concurrency: 4 }, () =>
  register([...userCases, ...serverCases, ...programCases]),
);

after(() => {
  const lost = new Set([...failed].map((name) => name.split(' ')[0]));
  const lines = [
    `survived ${run.size - lost.size} of ${run.size}${lost.size === 0 ? '' : `; not ${[...lost].join(', ')}`}`,
    'not covered:',
    ...notCovered.map(([ids, what, why]) => `  ${ids}: ${what} (${why})`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
});

test('the catalogue is whole: every number from 1 to 45 has a case', () => {
  const ids = Array.from({ length: 45 }, (_, index) => `X${String(index + 1).padStart(2, '0')}`);
  assert.deepEqual(
    ids.filter((id) => !run.has(id)),
    [],
  );
});
