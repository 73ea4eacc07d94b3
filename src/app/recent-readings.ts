import type { ConnectionRecord, Deps, ReadRequest } from './ports.ts';
import type { readOnce } from './preview-metric.ts';

type Read = Awaited<ReturnType<typeof readOnce>>;
type Kept = Read & { at: Date };

/** So long somebody goes on thinking about a number: each other way to look at it costs the provider's quota nothing. */
const KEPT_MS = 10 * 60_000;
const MOST = 50;

/**
 * What was read for somebody who looks at a metric before it is saved, for some minutes and in this process alone. Only
 * whole answers are kept, and only for the connection as it was then.
 */
export type RecentReadings = {
  of(
    connection: ConnectionRecord,
    request: ReadRequest,
    now: Date,
    again: boolean,
    read: () => Promise<Read>,
  ): Promise<Kept>;
};

const byConnectors = new WeakMap<object, RecentReadings>();

export function recentReadings({ connectors }: Pick<Deps, 'connectors'>): RecentReadings {
  const known = byConnectors.get(connectors) ?? createRecentReadings();
  byConnectors.set(connectors, known);
  return known;
}

function createRecentReadings(): RecentReadings {
  const kept = new Map<string, Kept>();
  return {
    async of({ config, endpoint, id, workspaceId }, request, now, again, read) {
      const key = JSON.stringify([workspaceId, id, endpoint, config, request]);
      const known = kept.get(key);
      if (!again && known !== undefined && now.getTime() - known.at.getTime() < KEPT_MS) return known;
      const fresh = { ...(await read()), at: now };
      kept.delete(key);
      kept.set(key, fresh);
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      return fresh;
    },
  };
}
