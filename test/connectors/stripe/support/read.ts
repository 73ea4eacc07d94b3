import type { DayWindow, Exchange, MetricReading } from '../../../../connectors/sdk/index.ts';
import { stripe } from '../../../../connectors/stripe/index.ts';
import { testContext } from '../../support/context.ts';
import { type StripeData, type StripeServer, startStripe } from './server.ts';

export const KEY = 'rk_test_51KeptOutOfSight';

export type Reading = MetricReading & { exchanges: Exchange[] };

/** Reads one metric from a server that is already up, with the parameters checked as they are in a run. */
export async function readFrom(
  server: StripeServer,
  metricId: keyof typeof stripe.metrics,
  options: { params?: unknown; now: string; window: DayWindow },
): Promise<Reading> {
  const { context, exchanges } = testContext({ apiKey: KEY }, server.endpoint, new Date(options.now));
  const metric = stripe.metrics[metricId];
  if (metric === undefined) throw new Error(`no metric ${metricId}`);
  const params: unknown = metric.paramsSchema.parse(options.params ?? { currency: 'usd' });
  return { ...(await metric.read(context, options.window, params)), exchanges };
}

/** The same over a server that lives for this read only; `pageSize` is how much a page of it holds. */
export async function readOnce(
  data: StripeData,
  metricId: keyof typeof stripe.metrics,
  options: { params?: unknown; now: string; window: DayWindow; pageSize?: number },
): Promise<Reading & { asked: string[] }> {
  const server = await startStripe(data, options.pageSize ?? 100);
  try {
    return { ...(await readFrom(server, metricId, options)), asked: server.asked };
  } finally {
    await server.close();
  }
}

/** A window of UTC days, which need no table of zones. */
export function utcWindow(startDay: string, endDay: string): DayWindow {
  const midnight = (day: string) => new Date(`${day}T00:00:00Z`);
  return { startDay, endDay, timeZone: 'UTC', startAt: midnight(startDay), endAt: midnight(endDay) };
}

/** Days and values, the way the expectations of these tests are written. */
export function valuesOf(reading: MetricReading): Record<string, string | null> {
  return Object.fromEntries(reading.points.map(({ day, value }) => [day, value]));
}
