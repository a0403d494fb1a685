import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress } from '../../../src/tools/fetch-url/public-address.ts';

test('addresses of the public internet are allowed', () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '93.184.216.34', '2606:4700:4700::1111', '2001:4860:4860::8888']) {
    assert.equal(isPublicAddress(address), true, address);
  }
  assert.equal(isPublicAddress('64:ff9b::808:808'), true, '8.8.8.8 as a network without IPv4 has it');
});

test('addresses of this machine, of local networks and of clouds are not', () => {
  const inner = [
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254'],
    ...['100.64.0.1', '100.100.100.200', '192.0.0.192', '198.18.0.1', '192.0.2.1', '224.0.0.1', '240.0.0.1'],
    ...['255.255.255.255', '168.63.129.16', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fd00:ec2::254'],
    ...['ff02::1', '2001:db8::1', '100::1', '4000::1', '5f00::1'],
  ];
  for (const address of inner) assert.equal(isPublicAddress(address), false, address);
});

test('addresses that wrap another one do not hide it', () => {
  const wrapped = [
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::a9fe:a9fe', '2002:7f00:1::'],
    ...['64:ff9b:1::808:808', '::ffff:0:7f00:1', '2001:0:7f00:1::', '::ffff:8.8.8.8'],
  ];
  for (const address of wrapped) assert.equal(isPublicAddress(address), false, address);
});

test('what is no address is not public', () => {
  for (const text of ['', 'localhost', 'example.com', '8.8.8.8:80', '[::1]', '999.1.1.1']) {
    assert.equal(isPublicAddress(text), false, text);
  }
});
