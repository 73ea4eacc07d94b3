import { type ConnectorContext, type DayWindow, localDay, type MetricReading } from '../sdk/index.ts';
import type { StripeConfig } from './official.ts';

/** Stripe keeps no history of subscriptions: their state is known now, so only today gets a point. */
export async function readToday(
  context: ConnectorContext<StripeConfig>,
  window: DayWindow,
  read: (day: string) => Promise<MetricReading>,
): Promise<MetricReading> {
  const today = localDay(context.now, window.timeZone);
  if (window.startDay <= today && today < window.endDay) return read(today);
  const notes = ['Only today can be read, and it is outside the window'];
  return { points: [], completeness: { pages: 0, items: 0, lastPageReached: true, notes } };
}
