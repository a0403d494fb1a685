import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviseOnStatus, describeWait, planWait, readRetryAfter } from '../../src/wire/retry.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const advise = (status: number, more: { type?: string; told?: string; afterMs?: number; said?: string } = {}) =>
  adviseOnStatus({ status, ...more });

test('busy and broken servers are asked again, refusals are not', () => {
  for (const status of [408, 409, 425, 429, 500, 502, 503, 504, 529]) {
    assert.deepEqual(advise(status), { retry: true }, String(status));
  }
  for (const status of [304, 400, 401, 403, 404, 413, 422, 501]) {
    assert.deepEqual(advise(status), { retry: false }, String(status));
  }
});

test('an account without quota is not asked again', () => {
  assert.deepEqual(advise(429, { type: 'insufficient_quota' }), { retry: false });
});

test("the server's own x-should-retry is obeyed", () => {
  assert.deepEqual(advise(429, { told: 'false' }), { retry: false });
  assert.deepEqual(advise(400, { told: 'true' }), { retry: true });
});

test('the wait is read from milliseconds, seconds or a date, in this order', () => {
  assert.equal(readRetryAfter({ 'retry-after-ms': '70', 'retry-after': '2' }, now), 70);
  assert.equal(readRetryAfter({ 'retry-after': '2' }, now), 2000);
  assert.equal(readRetryAfter({ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, now), 30_000);
  assert.equal(readRetryAfter({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, now), 0);
  assert.deepEqual(advise(429, { afterMs: 9 }), { retry: true, afterMs: 9 });
});

test("a date is measured by the server's clock where it shows one", () => {
  const headers = { 'retry-after': 'Mon, 01 Jan 2035 00:00:04 GMT', date: 'Mon, 01 Jan 2035 00:00:00 GMT' };
  assert.equal(readRetryAfter(headers, now), 4000);
});

test('a wait that makes no sense is our own to choose', () => {
  for (const text of ['-5', 'soon', '', '1e3', 'NaN']) {
    assert.equal(readRetryAfter({ 'retry-after': text }, now), undefined, text);
  }
});

const fresh = { made: 0, counted: 0, waitedMs: 0, allowed: 3 };

test('our own waits double from half a second up to eight, less up to a quarter', () => {
  const waits = [0, 1, 2, 3, 4, 5].map((made) => planWait({ retry: true }, { ...fresh, made, allowed: 9 }, 0));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 8000]);
  assert.equal(planWait({ retry: true }, fresh, 0.999), 375);
});

test('it is given up after the allowed number, and before more than a minute of waiting', () => {
  assert.equal(planWait({ retry: true }, { ...fresh, made: 3, counted: 3 }, 0), undefined);
  assert.equal(planWait({ retry: false }, fresh, 0), undefined);
  assert.equal(planWait({ retry: true, afterMs: 60_000 }, fresh, 0), 60_000);
  assert.equal(planWait({ retry: true, afterMs: 60_001 }, fresh, 0), undefined);
  assert.equal(planWait({ retry: true, afterMs: 40_000 }, { ...fresh, waitedMs: 30_000 }, 0), undefined);
});

test('a server that is reading its model is known by its words', () => {
  const loading = ['Loading model', 'Model m is currently loading', 'Model is loading, please retry later: m'];
  for (const said of loading) assert.deepEqual(advise(503, { said }), { retry: true, loading: true }, said);
  for (const said of ['Error loading model', 'failed while loading', 'server busy', '']) {
    assert.deepEqual(advise(503, { said }), { retry: true }, said);
  }
  assert.deepEqual(advise(500, { said: 'Loading model' }), { retry: true });
});

test('a model being read is waited for as long as a minute allows, however many tries that takes', () => {
  const state = { ...fresh };
  const advice = { retry: true, loading: true } as const;
  for (let waitMs = planWait(advice, state, 0); waitMs !== undefined; waitMs = planWait(advice, state, 0)) {
    state.waitedMs += waitMs;
    state.made++;
  }
  assert.deepEqual([state.made, state.waitedMs], [10, 55_500]);
  assert.equal(planWait({ retry: true }, { ...state, waitedMs: 0 }, 0), 8000);
  assert.equal(planWait(advice, { ...fresh, allowed: 0 }, 0), undefined);
});

test('a server that is loading and names no wait worth the name is not asked without end', () => {
  for (const afterMs of [0, 1]) {
    const state = { ...fresh };
    const advice = { retry: true, loading: true, afterMs } as const;
    for (let waitMs = planWait(advice, state, 0); waitMs !== undefined; waitMs = planWait(advice, state, 0)) {
      assert.ok(waitMs >= 500);
      state.waitedMs += waitMs;
      state.made++;
    }
    assert.deepEqual([state.made, state.waitedMs], [10, 55_500]);
  }
  assert.equal(planWait({ retry: true, loading: true, afterMs: 20_000 }, fresh, 0), 20_000);
});

test('waits are put in words', () => {
  assert.deepEqual([500, 5230, 90_000, 600_000, 12 * 3_600_000, 1_209_600_000].map(describeWait), [
    '0.5 s',
    '5.2 s',
    '90 s',
    '10 min',
    '12 h',
    '14 days',
  ]);
});
