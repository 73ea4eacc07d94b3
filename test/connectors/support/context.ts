import { type ConnectorContext, type Exchange, memoryQuota } from '../../../connectors/sdk/index.ts';

/** A run's context around the real `fetch`, which plays the guarded one. */
export function testContext<Config>(
  config: Config,
  endpoint: URL | null,
  now: Date,
): { context: ConnectorContext<Config>; exchanges: Exchange[]; stop: AbortController } {
  const exchanges: Exchange[] = [];
  const stop = new AbortController();
  const memory = new Map<string, Promise<unknown>>();
  const context: ConnectorContext<Config> = {
    config,
    endpoint,
    // Redirects are answers, as they are for the guarded one.
    fetch: (input, init) => fetch(input, { ...init, redirect: 'manual' }),
    signal: stop.signal,
    now,
    shared<T>(key: string, start: () => Promise<T>): Promise<T> {
      if (!memory.has(key)) memory.set(key, start());
      return memory.get(key) as Promise<T>;
    },
    record: (exchange) => exchanges.push(exchange),
    reads: [],
    quota: memoryQuota(() => now.getTime()),
    resolve: async ({ hostname }) => [
      { address: hostname.replace(/^\[|\]$/g, ''), family: hostname.startsWith('[') ? 6 : 4 },
    ],
  };
  return { context, exchanges, stop };
}
