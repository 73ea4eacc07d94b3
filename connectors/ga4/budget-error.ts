import { afterTime, type ConnectorContext, ConnectorError, type TokenRefusal } from '../sdk/index.ts';
import type { Ga4Config } from './config.ts';
import { emptyPools, labelOf, type PoolSet } from './pools.ts';
import type { Quota } from './schema.ts';

type About = Pick<ConnectorContext<Ga4Config>, 'config' | 'now'>;

/** What does not fit waits, and says which pool is short, of how much, and until when. */
export function budgetError(
  { config }: Pick<About, 'config'>,
  pools: PoolSet,
  tokens: number,
  refusal: TokenRefusal,
): ConnectorError {
  const message =
    `The ${nameOf(pools)} of GA4 property ${config.propertyId} has no room for this read: ` +
    `about ${tokens} tokens are needed, ${standingOf(refusal)}. ` +
    `It is read after ${untilText(refusal.at, refusal.afterMs)}.`;
  return new ConnectorError(message, {
    errorClass: 'rate_limited',
    code: 'quota_budget',
    remedy: afterTime(refusal.afterMs),
  });
}

function standingOf({ kept, left, pool, setAside }: TokenRefusal): string {
  if (left === null) return `and another read is finding out how much is left for the ${labelOf(pool)}`;
  const aside = setAside > 0 ? `, and ${setAside} are set aside for reads under way` : '';
  return `${Math.max(0, left)} are left for the ${labelOf(pool)}, and ${kept} of them are kept for other tools${aside}`;
}

/** An instant as people read it: "2026-03-20 14:00 UTC". */
export function untilText(now: Date, ms: number): string {
  return `${new Date(now.getTime() + ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * A pause that our own budget keeps, in the words of this provider: whoever paused the property may have been another
 * worker, so the pool is named only where this run has seen it.
 */
export function pausedError(
  about: About,
  pools: PoolSet,
  left: Quota | null,
  error: ConnectorError,
): ConnectorError {
  const waitMs = error.remedy.by === 'time' ? (error.remedy.afterMs ?? 0) : 0;
  if (error.code !== 'quota_paused' || waitMs === 0) return error;
  const [pool] = left === null ? [] : emptyPools(left, about.now);
  const seen =
    pool === undefined
      ? 'Google or another read has asked for quiet'
      : `${pool.remaining} are left for the ${pool.label}`;
  const message =
    `The ${nameOf(pools)} of GA4 property ${about.config.propertyId} is left alone: ${seen}. ` +
    `It is read after ${untilText(about.now, waitMs)}.`;
  return new ConnectorError(message, {
    errorClass: 'rate_limited',
    code: 'quota_paused',
    remedy: error.remedy,
    cause: error,
  });
}

function nameOf(pools: PoolSet): string {
  return pools === 'funnel' ? 'funnel quota' : 'quota';
}
