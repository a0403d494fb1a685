import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, nearestFirst } from '../../src/core/nearest.ts';

const commands = ['history', 'profiles', 'models', 'doctor'];

test('a slip of a letter, a missing one and one too many are still near', () => {
  for (const slip of ['profilse', 'profles', 'proffiles', 'PROFILES']) {
    assert.deepEqual(nearest(slip, commands, 1), ['profiles'], slip);
  }
});

test('a word that differs in more than a third of its letters is not near', () => {
  assert.deepEqual(nearest('weather', commands, 3), []);
  assert.deepEqual(nearest('', commands, 3), []);
});

test('at most so many are given as were asked for, nearest first, equally near ones in their order', () => {
  const words = ['cart', 'bat', 'cat', 'cut'];
  assert.deepEqual(nearest('cat', words, 9), ['cat', 'cart', 'bat', 'cut']);
  assert.deepEqual(nearest('cat', words, 2), ['cat', 'cart']);
  assert.deepEqual(nearest('cat', [], 2), []);
});

test('nearestFirst leaves none out and does not change what it was given', () => {
  const given = [...commands];
  assert.deepEqual(nearestFirst('model', given), ['models', 'doctor', 'profiles', 'history']);
  assert.deepEqual(given, commands);
});

test('letters of any script count', () => {
  assert.deepEqual(nearest('서울시', ['부산시', '서울'], 1), ['서울']);
});

test('a megabyte is near to nothing and costs nothing', () => {
  const long = 'x'.repeat(1_000_000);
  assert.deepEqual(nearest(long, commands, 3), []);
  assert.equal(nearestFirst(long, commands).length, commands.length);
});

test('a swap of two letters is nearer than another word', () => {
  assert.deepEqual(nearest('toosl', ['model', 'tools', 'new'], 1), ['tools']);
});
