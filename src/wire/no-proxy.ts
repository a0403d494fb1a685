/**
 * Hosts that are asked directly, as `NO_PROXY` lists them:
 *
 *     example.com          itself and every name below it, as curl and Go read it
 *     .example.com         the same; `*.example.com` too
 *     example.com:8080     on this port only
 *     10.0.0.0/8, fd00::/8, 192.168.1.7, [::1]:8080
 *     *                    everything
 */

import { BlockList, isIP } from 'node:net';

/** @param list  separated by commas or spaces; an entry that makes no sense matches nothing */
export function readNoProxy(list: string): (url: URL) => boolean {
  const rules = list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(toRule);
  return (url) => {
    const host = hostOf(url);
    const port = url.port === '' ? defaultPort(url) : url.port;
    return rules.some((rule) => (rule.port === undefined || rule.port === port) && rule.matches(host));
  };
}

/** This machine: no proxy could reach what is meant. `0.0.0.0` is what servers print when they listen everywhere. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url);
  return host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isIn(loopback, host));
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('0.0.0.0');
loopback.addAddress('::1', 'ipv6');
loopback.addAddress('::', 'ipv6');

interface Rule {
  readonly port: string | undefined;
  matches(host: string): boolean;
}

function toRule(entry: string): Rule {
  if (entry === '*') return { port: undefined, matches: () => true };
  const withPort = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry);
  const port = withPort?.[2];
  const [address = '', prefix] = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, '').split('/');
  const host = canonical(address.replace(/^\*?\./, ''));
  if (isIP(host) === 0) {
    return { port, matches: (asked) => host !== '' && (asked === host || asked.endsWith(`.${host}`)) };
  }
  const addresses = new BlockList();
  const bits = isIP(host) === 6 ? 128 : 32;
  const length = prefix === undefined ? bits : Number(prefix);
  if (Number.isInteger(length) && length >= 0 && length <= bits) addresses.addSubnet(host, length, familyOf(host));
  return { port, matches: (asked) => isIP(asked) !== 0 && isIn(addresses, asked) };
}

function isIn(addresses: BlockList, address: string): boolean {
  return addresses.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/** As a URL spells it, for comparing: lower case, names outside ASCII in punycode. */
function canonical(host: string): string {
  const url = `http://${host}`;
  return isIP(host) === 0 && URL.canParse(url) ? hostOf(new URL(url)) : host;
}

function defaultPort(url: URL): string {
  return url.protocol === 'https:' ? '443' : '80';
}
