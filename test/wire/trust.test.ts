import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, reasonOf } from './ask.ts';
import { type Certificate, startTlsServer, trustingTests } from './tls-server.ts';

test('an authority of ones own is trusted once it is given, and is not before', async (t) => {
  const server = await startTlsServer('localhost');
  t.after(server.close);
  const { error, fault } = await ask(server.url, { limits: { retries: 3 } });
  assert.equal(reasonOf(fault), 'network tls');
  assert.match(error?.message ?? '', /an authority that is not known here.*--ca-cert FILE or NODE_EXTRA_CA_CERTS/);
  assert.deepEqual((await ask(server.url, trustingTests)).data, ['ok /v1/chat/completions']);
});

test('an expired, a self-signed and a borrowed certificate are refused in plain words', async (t) => {
  const says: readonly (readonly [Certificate, RegExp])[] = [
    ['expired', /its certificate has expired.*is the clock of this machine right/],
    ['self-signed', /its certificate is self-signed.*--ca-cert/],
    ['other-host', /its certificate is for another host name.*it is for other\.example/],
  ];
  for (const [certificate, words] of says) {
    const server = await startTlsServer(certificate);
    t.after(server.close);
    const { error, fault } = await ask(`https://localhost:${server.port}`, trustingTests);
    assert.equal(reasonOf(fault), 'network tls');
    assert.match(error?.message ?? '', words);
  }
});
