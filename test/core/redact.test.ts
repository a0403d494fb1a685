import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redact, redactValues } from '../../src/core/redact.ts';

test('what has the shape of a key becomes [key], wherever it stands', () => {
  for (const key of [
    'sk-abcdefghijklmnop',
    'sk-proj-AbC_123-456789012345',
    'rk-abcdefghijklmnop',
    'pk-abcdefghijklmnop',
    'hf_abcdefghijklmnopQRST',
    'gsk_abcdefghijklmnop1234',
    'xai-abcdefghijklmnop1234',
    'pplx-abcdefghijklmnop1234',
    'nvapi-abcdefghijklmnop1234',
    'tgp_v1_abcdefghijklmnop1234',
    'AIzaSyA0123456789abcdefghijklmnopqrstuvw',
    'Bearer abc.def-123_~+/456==',
    'bearer   token1234',
  ]) {
    assert.equal(redact(`"${key}", said the server`), '"[key]", said the server');
    assert.equal(redact(`${key} ${key}`), '[key] [key]');
  }
});

test('user and password in a URL become [key], the host stays', () => {
  assert.equal(redact('http://me:secret@host:8080/v1'), 'http://[key]@host:8080/v1');
  assert.equal(redact('http://host:8080/v1?mail=a@b.example'), 'http://host:8080/v1?mail=a@b.example');
});

test('words that only resemble keys stay readable', () => {
  for (const text of [
    'keys begin with sk- or hf_',
    'use Bearer authentication',
    'a task-oriented-and-carefully-made plan',
    'half_an_hour_is_long_enough',
    'meet at 10:30 @ the bar //',
  ]) {
    assert.equal(redact(text), text);
  }
});

test('given values go, all of them, also when they look like a pattern', () => {
  assert.equal(redact('a (x+)*$ b (x+)*$', ['(x+)*$']), 'a [key] b [key]');
  assert.equal(redact('tokenA, tokenB', ['tokenA', 'tokenB']), '[key], [key]');
});

test('a value under six characters would blank ordinary words and is left', () => {
  assert.equal(redact('the key is wrong', ['key', 'wrong']), 'the key is wrong');
  assert.equal(redact('the key is wrong!', ['wrong!']), 'the key is [key]');
});

test('no secrets, or an empty one, changes nothing', () => {
  assert.equal(redact('한국어 中文 😀'), '한국어 中文 😀');
  assert.equal(redact('text', ['']), 'text');
});

test('of two keys one of which begins the other nothing is left, in whatever order they are given', () => {
  const keys = ['abcdef', 'abcdefghijkl'];
  for (const secrets of [keys, keys.toReversed()]) {
    assert.equal(redactValues('abcdefghijkl abcdef', secrets), '[key] [key]');
    assert.equal(redact('abcdefghijkl abcdef', secrets), '[key] [key]');
  }
});
