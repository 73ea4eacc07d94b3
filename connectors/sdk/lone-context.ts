import { ConnectorError } from './error.ts';
import { memoryQuota } from './quota.ts';
import type { ConnectorContext, GuardedFetch } from './types.ts';

/** What a connector is handed where nobody else draws on the provider: for one reading without a workspace. */
export function loneContext<Config>(given: {
  config: Config;
  endpoint: URL | null;
  fetch: GuardedFetch;
  signal: AbortSignal;
  now: Date;
}): ConnectorContext<Config> {
  const memory = new Map<string, Promise<unknown>>();
  return {
    ...given,
    shared<T>(key: string, read: () => Promise<T>): Promise<T> {
      const known = memory.get(key) ?? read();
      memory.set(key, known);
      return known as Promise<T>; // the key stands for one type
    },
    reads: [],
    quota: memoryQuota(),
    resolve: async ({ hostname }) => {
      const hint = 'Only what goes over the guarded fetch can be recorded.';
      throw new ConnectorError(`This connector opens a connection of its own to ${hostname}. ${hint}`, {
        errorClass: 'config',
        code: 'own_socket',
        remedy: { by: 'owner', hint },
      });
    },
    record: () => {},
  };
}
