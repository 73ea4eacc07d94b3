import { canonicalHost } from './allow-list.ts';
import { effectivePort } from './url.ts';

/**
 * Compiles the hosts that a secret belongs to into a test for one URL. An entry is `host`, meaning the
 * scheme's own port, or `host:port`. Nothing is matched by suffix: a sub-domain is another host.
 *
 * @throws TypeError when an entry is neither, because a rule that nobody can meet would hide a mistake
 */
export function bindToHosts(hosts: readonly string[]): (url: URL) => boolean {
  const bound = hosts.map(parseEntry);
  return (url) =>
    bound.some((entry) => {
      if (entry.host !== url.hostname) return false;
      return entry.port === null ? url.port === '' : entry.port === effectivePort(url);
    });
}

function parseEntry(entry: string): { host: string; port: number | null } {
  const match = /^(?<host>\[[^\]]+\]|[^:]+)(?::(?<port>\d{1,5}))?$/.exec(entry);
  const host = canonicalHost(match?.groups?.['host'] ?? '');
  const port = match?.groups?.['port'];
  if (host === null) throw new TypeError(`"${entry}" is not a host or host:port`);
  return { host, port: port === undefined ? null : Number(port) };
}
