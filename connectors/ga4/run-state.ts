import type { ConnectorContext, ConnectorError } from '../sdk/index.ts';
import type { Ga4Config } from './config.ts';
import type { PoolSet } from './pools.ts';
import type { Quota } from './schema.ts';

/** What a run has met so far, and all its readers share. */
export type RunState = {
  /** gRPC that cannot connect is not tried again. */
  grpcFailed: boolean;
  /** After a server error nothing more is asked: ten of them an hour lock the property out. */
  serverError: ConnectorError | null;
  /** What the newest answer said is left; null before the first. */
  left: Record<PoolSet, Quota | null>;
  /** Planned reads that have been let through: their tokens no longer have to be kept for them. */
  admitted: Set<string>;
};

export function runState(context: ConnectorContext<Ga4Config>): Promise<RunState> {
  return context.shared('ga4-met', async () => ({
    grpcFailed: false,
    serverError: null,
    left: { core: null, funnel: null },
    admitted: new Set<string>(),
  }));
}

/** One property's calls are counted for all workers together; funnels have pools of their own. */
export function scopeOf(context: ConnectorContext<Ga4Config>, pools: PoolSet): string {
  return `ga4${pools === 'funnel' ? '-funnel' : ''}:${context.config.propertyId}`;
}
