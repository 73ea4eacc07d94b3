import { isSettled, type MetricTraits } from '../domain/metric.ts';
import type { StoredPoint } from './ports.ts';

/**
 * Whether status may use a stored point. What was read before its day had settled is a part of the day, however long
 * ago that is: while reads fail, today's first hours must not pass for a whole, bad day.
 */
export function isStoredSettled(
  point: Pick<StoredPoint, 'day' | 'origin' | 'fetchedAt'>,
  traits: MetricTraits,
  now: Date,
): boolean {
  const wasRead = point.origin === 'auto' || point.origin === 'backfill';
  return isSettled(point.day, traits, wasRead && point.fetchedAt < now ? point.fetchedAt : now);
}
