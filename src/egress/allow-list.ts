import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What the operator has opened. A `host` rule opens one name or address on one port, in clear text too, and
 * whatever it resolves to. A `network` rule opens addresses only: scheme and port rules still hold.
 */
export type EgressRule =
  | { kind: 'host'; host: string; port: number }
  | { kind: 'network'; network: string; prefixLength: number };

export type ParsedAllowList = { ok: true; rules: EgressRule[] } | { ok: false; problems: string[] };

/** Reads `TIDEMARK_EGRESS_ALLOW`: exact `host:port` or CIDR, comma separated. Lists every problem at once. */
export function parseEgressAllow(text: string): ParsedAllowList {
  const rules: EgressRule[] = [];
  const problems: string[] = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const rule = entry.includes('/') && !entry.includes('://') ? parseNetwork(entry) : parseHostPort(entry);
    if (typeof rule === 'string') problems.push(`"${entry}": ${rule}`);
    else rules.push(rule);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules };
}

/** The rule as the operator would write it, for the line that is logged at start. */
export function formatEgressRule(rule: EgressRule): string {
  return rule.kind === 'host' ? `${rule.host}:${rule.port}` : `${rule.network}/${rule.prefixLength}`;
}

/** Whether exactly this host (as `URL.hostname` spells it) and port were opened. */
export function opensHost(rules: readonly EgressRule[], hostname: string, port: number): boolean {
  return rules.some((rule) => rule.kind === 'host' && rule.host === hostname && rule.port === port);
}

/** Whether a network rule covers this address. */
export function opensAddress(rules: readonly EgressRule[], address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  return rules.some((rule) => {
    if (rule.kind !== 'network') return false;
    const network = ipaddr.parse(rule.network);
    return network.kind() === parsed.kind() && parsed.match(network, rule.prefixLength);
  });
}

function parseNetwork(entry: string): EgressRule | string {
  const [network = '', prefix = '', ...rest] = entry.split('/');
  if (rest.length > 0 || isIP(network) === 0 || !/^\d{1,3}$/.test(prefix)) {
    return 'expected a network such as 10.20.0.0/16 or fd00:1234::/32, or host:port';
  }
  const parsed = ipaddr.parse(network);
  const bits = parsed.kind() === 'ipv4' ? 32 : 128;
  const prefixLength = Number(prefix);
  if (prefixLength > bits) return `the prefix must be at most ${bits}`;
  if (prefixLength === 0) return 'a prefix of 0 would open every address';
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress())
    return 'write the network in its IPv4 form';
  const first = firstAddress(entry, parsed.kind());
  if (first !== parsed.toNormalizedString()) return `the network starts at ${first}/${prefix}`;
  return { kind: 'network', network: parsed.toString(), prefixLength };
}

function firstAddress(cidr: string, kind: 'ipv4' | 'ipv6'): string {
  const family = kind === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return family.networkAddressFromCIDR(cidr).toNormalizedString();
}

function parseHostPort(entry: string): EgressRule | string {
  if (entry.includes('://')) return 'leave out the scheme: write host:port';
  if (entry.includes('*')) return 'wildcards are not supported: write host:port or a network';
  if (isIP(entry) !== 0) return 'add a port (host:port), or a prefix (/32, /128) to open it as a network';
  const match = /^(?<host>.+):(?<port>\d{1,5})$/.exec(entry);
  if (match?.groups === undefined) return 'add the port: host:port';
  const port = Number(match.groups['port']);
  if (port < 1 || port > 65_535) return 'the port must be between 1 and 65535';
  const host = canonicalHost(match.groups['host'] ?? '');
  if (host === null) return 'this is not a host name or address';
  return { kind: 'host', host, port };
}

/** A host as `URL.hostname` would spell it (lower case, punycode, canonical address), or null. */
export function canonicalHost(host: string): string | null {
  if (host === '' || /[\s/@?#\\]/.test(host)) return null;
  const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : null;
  if (url === null || url.port !== '' || url.username !== '') return null;
  return url.hostname;
}
