import {
  type ConnectorContext,
  type DayWindow,
  type MetricReading,
  mergeCompleteness,
} from '../sdk/index.ts';
import { createStripeClient } from './client.ts';
import { mayBeRelease, netRevenueByDay } from './map.ts';
import type { StripeConfig } from './official.ts';

/**
 * Reads every charge, refund and dispute that was created in the window. All three are needed for a true sum: a key
 * that may not read one of them gets an error that names the permission, never a number that is too high.
 */
export async function readNetRevenue(
  context: ConnectorContext<StripeConfig>,
  window: DayWindow,
  currency: string,
): Promise<MetricReading> {
  const created = createdIn(window, context.now);
  if (created === null) {
    const notes = ['The window has not begun'];
    return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
  }
  // Metrics of one window that differ in their currency alone share one walk.
  const key = `stripe-movements:${created.gte}:${created.lt}`;
  const { movements, completeness } = await context.shared(key, () => readMovements(context, created));
  const { points, notes } = netRevenueByDay(movements, window, currency, context.now);
  return { points, completeness: { ...completeness, notes } };
}

async function readMovements(context: ConnectorContext<StripeConfig>, created: { gte: number; lt: number }) {
  const client = createStripeClient(context);
  const charges = await client.charges(created);
  const refunds = await client.refunds(created);
  const disputes = await client.disputes(created);

  const known = new Set(charges.items.map((charge) => charge.id));
  const older = refunds.items.filter((refund) => mayBeRelease(refund) && !known.has(refund.charge ?? ''));
  const checked = [];
  for (const id of new Set(older.map((refund) => refund.charge))) {
    if (id !== null) checked.push(await client.charge(id));
  }
  return {
    movements: {
      charges: [...charges.items, ...checked],
      refunds: refunds.items,
      disputes: disputes.items,
    },
    completeness: mergeCompleteness(charges.completeness, refunds.completeness, disputes.completeness),
  };
}

/** Whole seconds, half-open. Bounded by the start of the run, so that a list cannot grow while it is walked. */
function createdIn(window: DayWindow, now: Date): { gte: number; lt: number } | null {
  const gte = Math.ceil(window.startAt.getTime() / 1_000);
  const lt = Math.ceil(Math.min(window.endAt.getTime(), now.getTime()) / 1_000);
  return gte < lt ? { gte, lt } : null;
}
