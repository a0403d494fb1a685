import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { joinUrl, parseBaseUrl } from '../../src/wire/base-url.ts';

const endpoint = (base: string, path = 'chat/completions') => joinUrl(parseBaseUrl(base).url, path).href;

test('a base with and without its version, with and without a slash, gives the same endpoint', () => {
  for (const base of [
    'http://h:8080',
    'http://h:8080/',
    'http://h:8080/v1',
    ' http://h:8080/v1// ',
    'HTTP://h:8080/v1',
  ]) {
    assert.equal(endpoint(base), 'http://h:8080/v1/chat/completions', base);
    assert.equal(endpoint(base, 'models'), 'http://h:8080/v1/models', base);
  }
});

test('a version segment anywhere in the base is enough', () => {
  assert.equal(endpoint('https://h/openai/v1'), 'https://h/openai/v1/chat/completions');
  assert.equal(endpoint('https://h/v1beta/openai/'), 'https://h/v1beta/openai/chat/completions');
  assert.equal(endpoint('https://h/api/paas/v4'), 'https://h/api/paas/v4/chat/completions');
  assert.equal(endpoint('https://h/vault'), 'https://h/vault/v1/chat/completions');
});

test('a base that names an endpoint is taken at its word', () => {
  assert.equal(endpoint('https://h/inference/chat/completions'), 'https://h/inference/chat/completions');
  assert.equal(endpoint('https://h/inference/chat/completions', 'models'), 'https://h/inference/models');
  assert.equal(endpoint('https://h/v1/completions'), 'https://h/v1/chat/completions');
  assert.equal(endpoint('https://h/v1/models/'), 'https://h/v1/chat/completions');
  assert.equal(endpoint('https://h/v1/models', 'models'), 'https://h/v1/models');
  assert.equal(endpoint('https://h/inference/models', 'models'), 'https://h/inference/models');
});

test('the query of the base is kept, its fragment is not', () => {
  assert.equal(endpoint('https://h/v1?api-version=1#x'), 'https://h/v1/chat/completions?api-version=1');
});

test('userinfo is taken out, decoded, and is not part of the target', () => {
  const { url, target, userinfo } = parseBaseUrl('https://me:p%40ss%zz+1@h:8443/v1');
  assert.equal(url.href, 'https://h:8443/v1');
  assert.equal(target, 'https://h:8443');
  assert.deepEqual(userinfo, { username: 'me', password: 'p@ss%zz+1' });
  assert.equal(parseBaseUrl('https://h').userinfo, undefined);
});

test('what is no http URL is refused with a proposal, and without what may be a password', () => {
  const refusal = (text: string): string => {
    try {
      parseBaseUrl(text);
    } catch (error) {
      if (isChatError(error, 'usage')) return error.message;
    }
    return assert.fail(`${text} was accepted`);
  };
  assert.equal(refusal('localhost:8080/v1'), '"localhost:8080/v1" is no base URL (such as http://localhost:8080/v1)');
  assert.equal(refusal('127.0.0.1:1'), '"127.0.0.1:1" is no base URL (such as http://127.0.0.1:1)');
  assert.equal(refusal('api.openai.com/v1'), '"api.openai.com/v1" is no base URL (such as https://api.openai.com/v1)');
  assert.equal(refusal(''), 'the base URL is empty (such as http://localhost:8080/v1)');
  assert.doesNotMatch(refusal('me:hunter2@h/v1'), /hunter2/);
  assert.doesNotMatch(refusal('ftp://me:hunter2@h/v1'), /hunter2/);
  assert.match(refusal('http://'), /is empty|no base URL/);
  assert.match(refusal('http://h:port'), /no base URL/);
});
