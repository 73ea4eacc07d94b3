import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Everything that IANA has handed out as global unicast. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address belongs to the public internet. Text that is not an address is not public.
 * ipaddr.js calls `::127.0.0.1` (IPv4-compatible) and unassigned IPv6 blocks "unicast", hence the second
 * test for IPv6.
 */
export function isPublicAddress(address: string): boolean {
  const canonical = canonicalAddress(address);
  if (canonical === null) return false;
  const parsed = ipaddr.process(canonical);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST_V6);
}

/**
 * An address in the spelling of the URL standard, or null. ipaddr.js reads `::8.8.8.8` as if it were
 * `::ffff:8.8.8.8`; in hexadecimal it cannot. Scoped addresses (`fe80::1%eth0`) have no such spelling.
 */
function canonicalAddress(address: string): string | null {
  const family = isIP(address);
  if (family !== 6) return family === 4 ? address : null;
  const text = `http://[${address}]/`;
  return URL.canParse(text) ? new URL(text).hostname.slice(1, -1) : null;
}

/** The host of a URL as an address without brackets, or null when it is a name. */
export function literalAddress(urlHostname: string): string | null {
  const bare = urlHostname.startsWith('[') ? urlHostname.slice(1, -1) : urlHostname;
  return isIP(bare) === 0 ? null : bare;
}
