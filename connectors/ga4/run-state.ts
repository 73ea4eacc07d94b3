import {
  type ConnectorContext,
  type ConnectorError,
  projectOfAccount,
  readServiceAccount,
} from '../sdk/index.ts';
import type { Ga4Config } from './config.ts';
import type { PoolSet } from './pools.ts';
import type { Quota } from './schema.ts';

/** What a run has met so far, and all its readers share. */
export type RunState = {
  /** gRPC that cannot connect is not tried again. */
  grpcFailed: boolean;
  /** After a server error nothing more is asked: ten of them an hour lock the property out. */
  serverError: ConnectorError | null;
  /** What the newest answer of this run said is left, for words; null before the first. */
  left: Record<PoolSet, Quota | null>;
  /** Whose tokens of a project are spent. */
  project: string;
  /** Planned reads that have been let through: their tokens no longer have to be kept for them. */
  admitted: Set<string>;
};

export function runState(context: ConnectorContext<Ga4Config>): Promise<RunState> {
  return context.shared('ga4-met', async () => ({
    grpcFailed: false,
    serverError: null,
    left: { core: null, funnel: null },
    project: projectOf(context),
    admitted: new Set<string>(),
  }));
}

/** The Cloud project that the calls of this connection count for. */
export function projectOf({ config }: Pick<ConnectorContext<Ga4Config>, 'config'>): string {
  const account = readServiceAccount(config.serviceAccountKey);
  const email = 'problem' in account ? '' : account.clientEmail;
  return projectOfAccount(email);
}

/** One property's calls are counted for all workers together; funnels have pools of their own. */
export function scopeOf(context: Pick<ConnectorContext<Ga4Config>, 'config'>, pools: PoolSet): string {
  return `ga4${pools === 'funnel' ? '-funnel' : ''}:${context.config.propertyId}`;
}
