import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { networkFrom, networkNotices } from '../../src/wire/network.ts';

function proxyOf(environment: Record<string, string>, url: string, proxy?: string): string | undefined {
  const network = networkFrom(environment, proxy === undefined ? {} : { proxy });
  return network?.proxyFor(new URL(url))?.href;
}

const far = 'http://proxy.example:3128/';

test('nothing set is no network of its own, so nothing is loaded for it', () => {
  assert.equal(networkFrom({ HTTP_PROXY: '', NO_PROXY: 'x', PATH: '/bin' }, {}), undefined);
  assert.equal(networkFrom({ HTTP_PROXY: far }, { proxy: '' }), undefined);
});

test('the proxy is chosen by the scheme of the URL, in either case, lower case first', () => {
  assert.equal(proxyOf({ HTTP_PROXY: far }, 'http://h/v1'), far);
  assert.equal(proxyOf({ HTTP_PROXY: far }, 'https://h/v1'), undefined);
  assert.equal(proxyOf({ https_proxy: far }, 'https://h/v1'), far);
  assert.equal(proxyOf({ ALL_PROXY: far }, 'https://h/v1'), far);
  assert.equal(proxyOf({ all_proxy: far, http_proxy: 'http://other:1' }, 'http://h/v1'), 'http://other:1/');
  assert.equal(proxyOf({ HTTPS_PROXY: 'http://upper:1', https_proxy: far }, 'https://h/v1'), far);
  assert.equal(proxyOf({ HTTPS_PROXY: far, https_proxy: '' }, 'https://h/v1'), far);
});

test('a proxy without a scheme is an http proxy', () => {
  for (const text of ['proxy.example:3128', ' proxy.example:3128 ', 'http://proxy.example:3128']) {
    assert.equal(proxyOf({ HTTPS_PROXY: text }, 'https://h'), far);
  }
  assert.equal(proxyOf({ HTTPS_PROXY: '10.0.0.1:8080' }, 'https://h'), 'http://10.0.0.1:8080/');
  assert.equal(proxyOf({ HTTPS_PROXY: 'name:pass@proxy.example' }, 'https://h'), 'http://name:pass@proxy.example/');
});

test('hosts of NO_PROXY are asked directly: by name, suffix, port, address range, or all', () => {
  const excepted: readonly (readonly [list: string, direct: readonly string[], proxied: readonly string[]])[] = [
    ['example.com', ['http://example.com', 'https://API.example.com.'], ['http://notexample.com', 'http://com']],
    ['.example.com,*.other.org', ['http://a.example.com', 'http://b.other.org'], ['http://example.org']],
    ['h:8080, [fd00::1]:443', ['http://h:8080', 'https://[fd00::1]'], ['http://h', 'http://[fd00::1]']],
    ['h:80', ['http://h'], ['https://h']],
    ['10.0.0.0/8 192.168.1.7', ['http://10.1.2.3', 'http://192.168.1.7'], ['http://11.0.0.1', 'http://10.example']],
    ['fd00::/8,2001:db8:0::1', ['http://[fd12::1]', 'http://[2001:db8::1]'], ['http://[fe80::1]']],
    ['Bücher.example', ['http://bücher.example'], []],
    ['a,*', ['http://h', 'https://10.0.0.1'], []],
    ['10.0.0.0/99,10.0.0.0/x,/,,[,a b', ['http://b'], ['http://10.0.0.1', 'http://c']],
  ];
  for (const [list, direct, proxied] of excepted) {
    for (const variable of ['no_proxy', 'NO_PROXY']) {
      const environment = { all_proxy: far, [variable]: list };
      for (const url of direct) assert.equal(proxyOf(environment, url), undefined, `${list}: ${url}`);
      for (const url of proxied) assert.equal(proxyOf(environment, url), far, `${list}: ${url}`);
    }
  }
});

test('this machine is never asked through a proxy of the environment', () => {
  const here = ['localhost', 'localhost:8080', 'my.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '0.0.0.0', '0x7f.1'];
  for (const host of here) assert.equal(proxyOf({ ALL_PROXY: far }, `http://${host}/v1`), undefined, host);
  assert.equal(proxyOf({ ALL_PROXY: far }, 'http://localhost.example'), far);
});

test('a proxy named by flag is for everything', () => {
  const environment = { HTTP_PROXY: 'http://other:1', NO_PROXY: '*' };
  for (const url of ['http://h', 'https://h', 'http://127.0.0.1:8080']) {
    assert.equal(proxyOf(environment, url, 'proxy.example:3128'), far);
  }
});

test('a proxy that cannot be used is refused by name, of the environment only when a URL needs it', () => {
  const socks = { ALL_PROXY: 'socks5://name:secret-word@h:1080' };
  assert.equal(proxyOf(socks, 'http://localhost:8080'), undefined);
  assert.throws(
    () => proxyOf(socks, 'http://h'),
    (error: Error) =>
      isChatError(error, 'config') &&
      error.message.startsWith('ALL_PROXY: a socks5 proxy cannot be used (') &&
      !error.message.includes('secret-word'),
  );
  assert.throws(
    () => proxyOf({}, 'http://h', 'http://secret-word@:x'),
    (error: Error) =>
      isChatError(error, 'usage') && /^--proxy: /.test(error.message) && !error.message.includes('secret-word'),
  );
});

test('a file of authorities without a certificate is refused', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  assert.equal(networkFrom({}, { ca: pem })?.ca, pem);
  assert.throws(
    () => networkFrom({}, { ca: 'MIIB' }),
    (error) => isChatError(error, 'usage'),
  );
});

test('certificates that nobody checks are warned of', () => {
  assert.deepEqual(networkNotices({ NODE_TLS_REJECT_UNAUTHORIZED: '1' }), []);
  const [notice] = networkNotices({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  assert.deepEqual([notice?.level, notice?.code], ['warning', 'tls-unchecked']);
});
