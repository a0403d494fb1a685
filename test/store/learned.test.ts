import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { LearnedFacts } from '../../src/core/learned.ts';
import { openMemory } from '../../src/store/learned.ts';
import { ensureFolder } from '../../src/store/paths.ts';
import { temporaryPaths } from './folder.ts';

const server = 'http://localhost:8080';
const facts: LearnedFacts = {
  concessions: [{ field: 'max_tokens', renamedTo: 'max_completion_tokens' }, { field: 'top_k' }],
  leftRungs: [
    { kind: 'json-schema', mode: 'native' },
    { kind: 'regex', mode: 'grammar' },
  ],
};
const clock = () => new Date('2026-11-21T09:30:00Z');

test('a lesson is recalled for its server and model, in this run and the next', () => {
  const paths = temporaryPaths();
  const memory = openMemory(paths, clock);
  assert.deepEqual(memory.recall(server, 'm'), {});
  assert.equal(existsSync(paths.stateDir), false);
  memory.learn(server, 'm', facts);
  for (const one of [memory, openMemory(paths, clock)]) {
    assert.deepEqual(one.recall(server, 'm'), facts);
    assert.deepEqual(one.recall(server, 'other'), {});
    assert.deepEqual(one.recall('http://localhost:8081', 'm'), {});
  }
  assert.equal(statSync(paths.learnedFile).mode & 0o777, 0o600);
});

test('a later lesson replaces the earlier one, and those of another run stay', () => {
  const paths = temporaryPaths();
  const memory = openMemory(paths, clock);
  memory.learn(server, 'm', facts);
  openMemory(paths, clock).learn(server, 'n', { reasoningReplay: 'all' });
  memory.learn(server, 'm', { reasoningReplay: 'none', refusesToContinue: true });
  const next = openMemory(paths, clock);
  assert.deepEqual(next.recall(server, 'm'), { reasoningReplay: 'none', refusesToContinue: true });
  assert.deepEqual(next.recall(server, 'n'), { reasoningReplay: 'all' });
});

test('what was learned about a server and model can be forgotten, and the rest stays', () => {
  const paths = temporaryPaths();
  const memory = openMemory(paths, clock);
  memory.learn(server, 'm', facts);
  memory.learn(server, 'n', facts);
  openMemory(paths, clock).forget(server, 'm');
  const next = openMemory(paths, clock);
  assert.deepEqual([next.recall(server, 'm'), next.recall(server, 'n')], [{}, facts]);
  memory.forget(server, 'n');
  assert.deepEqual(memory.recall(server, 'n'), {});
});

test('only the latest 200 are kept', () => {
  const paths = temporaryPaths();
  ensureFolder(paths.stateDir);
  const at = clock().toISOString();
  const many = Array.from({ length: 300 }, (_, n) => ({ server, model: `m${n}`, at, reasoningReplay: 'all' }));
  writeFileSync(paths.learnedFile, JSON.stringify(many));
  openMemory(paths, clock).learn(server, 'last', facts);
  assert.equal(JSON.parse(readFileSync(paths.learnedFile, 'utf8')).length, 200);
  assert.deepEqual(openMemory(paths, clock).recall(server, 'm100'), {});
  assert.deepEqual(openMemory(paths, clock).recall(server, 'last'), facts);
});

test('after a week a lesson is forgotten, since the server may have been updated', () => {
  const paths = temporaryPaths();
  openMemory(paths, clock).learn(server, 'm', facts);
  const later = (day: number) => openMemory(paths, () => new Date(`2026-11-${day}T09:30:01Z`)).recall(server, 'm');
  assert.deepEqual(later(27), facts);
  assert.deepEqual(later(28), {});
});

test('a damaged file is ignored and replaced, and wrong entries left out', () => {
  const at = clock().toISOString();
  for (const text of ['', '{"half', '{}', 'null', `[1,null,{"server":1},{"server":"s","model":"m"}]`]) {
    const paths = temporaryPaths();
    ensureFolder(paths.stateDir);
    writeFileSync(paths.learnedFile, text);
    const memory = openMemory(paths, clock);
    assert.deepEqual(memory.recall(server, 'm'), {}, text);
    memory.learn(server, 'm', facts);
    assert.deepEqual(openMemory(paths, clock).recall(server, 'm'), facts);
  }
  const paths = temporaryPaths();
  ensureFolder(paths.stateDir);
  const odd = {
    server,
    model: 'm',
    at,
    concessions: [{ field: 3 }, 'x', { field: 'top_k' }],
    leftRungs: [null, { kind: 'json-schema' }, { kind: 'x', mode: 'native' }, { kind: 'choice', mode: 'grammar' }],
    reasoningReplay: 'maybe',
  };
  writeFileSync(paths.learnedFile, JSON.stringify([odd]));
  assert.deepEqual(openMemory(paths, clock).recall(server, 'm'), {
    concessions: [{ field: 'top_k' }],
    leftRungs: [{ kind: 'choice', mode: 'grammar' }],
  });
});

test('a place that cannot be written or read costs nothing but the memory', () => {
  const noFolder = temporaryPaths();
  writeFileSync(noFolder.stateDir, '');
  const isFolder = temporaryPaths();
  mkdirSync(isFolder.learnedFile, { recursive: true });
  for (const paths of [noFolder, isFolder]) {
    const memory = openMemory(paths, clock);
    memory.learn(server, 'm', facts);
    assert.deepEqual(memory.recall(server, 'm'), facts);
    assert.deepEqual(openMemory(paths, clock).recall(server, 'm'), {});
  }
});
