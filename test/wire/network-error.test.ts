import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toNetworkError } from '../../src/wire/network-error.ts';
import { ask, reasonOf } from './ask.ts';
import { startRawServer } from './raw-server.ts';

const failed = (code: string, message = code) => Object.assign(new Error(message), { code });

test("Node's codes become reasons", () => {
  const codes: readonly (readonly [string, string])[] = [
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['ETIMEDOUT', 'connect-timeout'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EMFILE', 'other'],
  ];
  for (const [code, reason] of codes) {
    assert.equal(reasonOf(toNetworkError(failed(code), 'http://h').fault), `network ${reason}`, code);
  }
});

test('a certificate is spoken of in plain words', () => {
  const { message } = toNetworkError(failed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'https://h');
  assert.match(message, /^https:\/\/h could not be trusted: .*: its certificate is self-signed \(DEPTH_ZERO/);
});

test('of the failures of several addresses the telling one is reported', () => {
  const both = new AggregateError([failed('ENETUNREACH'), failed('ECONNREFUSED')]);
  assert.equal(reasonOf(toNetworkError(both, 'http://h').fault), 'network refused');
});

test('a closed port is a refusal and not tried again', async () => {
  const server = await startRawServer(() => {});
  await server.close();
  const refused = await ask(server.url, { limits: { retries: 3 } });
  assert.equal(reasonOf(refused.fault), 'network refused');
  assert.deepEqual(refused.notices, []);
});

test('a server that speaks something else than HTTP is named as such', async (t) => {
  const server = await startRawServer((socket) => socket.end('SSH-2.0-x\r\n'));
  t.after(server.close);
  const { error } = await ask(server.url);
  assert.match(error?.message ?? '', /could not be asked: its answer is not HTTP\/1/);
});

test('TLS to a port that does not speak it', async (t) => {
  const server = await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  t.after(server.close);
  const { error, fault } = await ask(`https://127.0.0.1:${server.port}`);
  assert.equal(reasonOf(fault), 'network tls');
  assert.match(error?.message ?? '', /http instead of https/);
});
