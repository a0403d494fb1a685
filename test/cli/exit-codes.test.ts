import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCodeOfFault, exitCodeOfOutcome, exitCodes } from '../../src/cli/exit-codes.ts';
import { ChatError, type Fault, type FaultKind } from '../../src/core/error.ts';
import type { FinishReason } from '../../src/core/message.ts';

const target = 'http://localhost/v1';

const faults: Readonly<Record<FaultKind, { readonly fault: Fault; readonly code: number }>> = {
  usage: { fault: { kind: 'usage', what: 'w' }, code: 2 },
  config: { fault: { kind: 'config', what: 'w' }, code: 52 },
  auth: { fault: { kind: 'auth', target }, code: 41 },
  network: { fault: { kind: 'network', target, reason: 'refused' }, code: 1 },
  server: { fault: { kind: 'server', target, status: 500, said: '' }, code: 1 },
  stream: { fault: { kind: 'stream', target, reason: 'cut' }, code: 1 },
  schema: { fault: { kind: 'schema', wanted: 'schema', problems: [], attempts: 3, raw: '' }, code: 60 },
  storage: { fault: { kind: 'storage', path: 'stdout', what: 'w' }, code: 1 },
  aborted: { fault: { kind: 'aborted' }, code: 130 },
};

const finishes: Readonly<Record<FinishReason, number>> = {
  stop: 0,
  'tool-calls': 0,
  other: 0,
  length: 61,
  'content-filter': 62,
  refusal: 62,
};

for (const [kind, { fault, code }] of Object.entries(faults)) {
  test(`a ${kind} failure is ${code}, and 61 when text had come`, () => {
    const error = new ChatError(fault);
    assert.equal(exitCodeOfFault(fault), code);
    assert.equal(exitCodeOfOutcome({ kind: 'failed', error, partial: false }), code);
    assert.equal(exitCodeOfOutcome({ kind: 'failed', error, partial: true }), 61);
  });
}

for (const [finish, code] of Object.entries(finishes)) {
  test(`done because of "${finish}" is ${code}`, () => {
    // The keys of a record of finish reasons are finish reasons.
    assert.equal(exitCodeOfOutcome({ kind: 'done', finish: finish as FinishReason }), code);
  });
}

test('a tool that had to be called and did not succeed is 54, where the answer itself is whole', () => {
  const toolFailure = 'get_time had to be called, and did not run successfully';
  assert.equal(exitCodeOfOutcome({ kind: 'done', finish: 'stop', toolFailure }), 54);
  assert.equal(exitCodeOfOutcome({ kind: 'done', finish: 'length', toolFailure }), 61);
  assert.equal(exitCodeOfOutcome({ kind: 'done', finish: 'refusal', toolFailure }), 62);
});

test('stopped by a person is 130, by the limit of rounds 53', () => {
  assert.equal(exitCodeOfOutcome({ kind: 'aborted' }), 130);
  assert.equal(exitCodeOfOutcome({ kind: 'limit', limit: 'rounds', rounds: 16 }), 53);
});

test('no two codes are the same, and none but done is 0', () => {
  const codes = Object.values(exitCodes);
  assert.equal(new Set(codes).size, codes.length);
  assert.deepEqual(
    codes.filter((code) => code === 0),
    [exitCodes.done],
  );
});

test('signals have the codes that shells give them', () => {
  assert.deepEqual([exitCodes.hungUp, exitCodes.interrupted, exitCodes.terminated], [128 + 1, 128 + 2, 128 + 15]);
});
