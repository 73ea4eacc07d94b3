import { lookup } from 'node:dns/promises';
import { Agent } from 'undici';
import type { EgressRule } from './allow-list.ts';
import { createGuardedConnector, type ResolvedAddress, type Resolver, vet } from './connector.ts';
import { blocked, toEgressError } from './error.ts';
import { type EgressLimits, type GuardedFetch, guardedFetch } from './guarded-fetch.ts';
import { bindToHosts } from './host-binding.ts';
import { type CheckedUrl, checkUrl } from './url.ts';

export { type EgressRule, formatEgressRule, type ParsedAllowList, parseEgressAllow } from './allow-list.ts';
export type { ResolvedAddress, Resolver } from './connector.ts';
export { type EgressCode, EgressError, type EgressErrorClass } from './error.ts';
export type { EgressLimits, GuardedFetch, GuardedFetchInit } from './guarded-fetch.ts';
export { checkUserHeaders } from './headers.ts';
export type { CheckedUrl } from './url.ts';

const DEFAULT_LIMITS: EgressLimits = {
  connectTimeoutMs: 5_000,
  firstByteTimeoutMs: 15_000,
  totalTimeoutMs: 60_000,
  maxResponseBytes: 10 * 1_048_576,
  stream: { totalTimeoutMs: 3_600_000, maxResponseBytes: 64 * 1024 ** 3, idleTimeoutMs: 120_000 },
};

export type EgressOptions = {
  allow: readonly EgressRule[];
  limits?: Partial<EgressLimits>;
  resolve?: Resolver;
  /** PEM of a further authority to trust. Checking certificates cannot be turned off. */
  ca?: string;
};

export type Egress = {
  fetch: GuardedFetch;
  /**
   * A `fetch` that refuses every host but these (`host` or `host:port`), so that a secret cannot be sent
   * anywhere else, however the address came about.
   */
  forHosts(hosts: readonly string[]): GuardedFetch;
  /**
   * The vetted addresses of a URL's host, for an official client that opens its own sockets and must be given a
   * number to connect to. Bound to hosts as `forHosts` is.
   *
   * @throws EgressError as `fetch` does
   */
  resolve(hosts: readonly string[], url: URL): Promise<ResolvedAddress[]>;
  /** Judges an address without connecting: for answering a form at once. The real request judges again. */
  checkUrl(input: string | URL): CheckedUrl;
  /** Waits for nothing: requests under way are cut. */
  close(): Promise<void>;
};

/** The one way out to addresses that people type. Proxy variables of the environment are not read. */
export function createEgress(options: EgressOptions): Egress {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const way = {
    rules: options.allow,
    resolve: options.resolve ?? resolveAll,
    connectTimeoutMs: limits.connectTimeoutMs,
  };
  const agent = new Agent({ connect: createGuardedConnector({ ...way, ca: options.ca ?? null }) });
  const check = (input: string | URL): CheckedUrl => checkUrl(options.allow, input);
  return {
    fetch: (input, init) => guardedFetch({ agent, limits, check }, input, init),
    forHosts(hosts) {
      const isBound = bindToHosts(hosts);
      const checkBound = (input: string | URL): CheckedUrl => {
        const checked = check(input);
        if (!checked.ok || isBound(checked.url)) return checked;
        const message = `the secret of this connection is not meant for ${checked.url.host}`;
        return { ok: false, code: 'host_not_bound', message };
      };
      return (input, init) => guardedFetch({ agent, limits, check: checkBound }, input, init);
    },
    async resolve(hosts, url) {
      const checked = check(url);
      if (!checked.ok) throw blocked(checked.code, checked.message);
      if (!bindToHosts(hosts)(checked.url)) {
        throw blocked('host_not_bound', `the secret of this connection is not meant for ${checked.url.host}`);
      }
      const { hostname, protocol } = checked.url;
      const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
      try {
        return await vet({ hostname: bare, port: checked.port, tls: protocol === 'https:' }, way);
      } catch (error) {
        throw toEgressError(error, hostname);
      }
    },
    checkUrl: check,
    close: () => agent.destroy(),
  };
}

async function resolveAll(hostname: string): Promise<ResolvedAddress[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
