import ipaddr from 'ipaddr.js';

/**
 * Whether an address lies in the public internet: not on this machine, in a local or private network, at a cloud's
 * metadata service, or in a range that only wraps another address.
 * @param address  as DNS or a URL gives it, without brackets
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast' && !cloudServices.has(parsed.toString());
  // Networks without IPv4 reach it by addresses that DNS makes up (RFC 6052): what counts is the one inside.
  if (parsed.match(dns64)) return isPublicAddress(parsed.toByteArray().slice(12).join('.'));
  return parsed.range() === 'unicast' && parsed.match(globalUnicast);
}

const dns64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');
/** All that was ever given out (RFC 4291); "unicast" alone includes what nobody has. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's platform service has a public address, and answers every machine there. */
const cloudServices: ReadonlySet<string> = new Set(['168.63.129.16']);
