import type { CheckResult, ConnectorContext } from '../sdk/index.ts';
import { withGa4Client } from './client.ts';
import type { Ga4Config } from './config.ts';

const DAY_MS = 86_400_000;

/**
 * Proves that the property may be read, and finds out its time zone: a report of one day says it, the catalogue of
 * metrics does not. Which rights the account has beyond reading cannot be seen from here.
 *
 * @throws ConnectorError as every read does
 */
export function checkGa4(context: ConnectorContext<Ga4Config>): Promise<CheckResult> {
  return withGa4Client(context, async (client) => {
    await client.catalogue();
    // Any day will do; in no zone has this one still to begin.
    const day = new Date(context.now.getTime() - DAY_MS).toISOString().slice(0, 10);
    const [report] = await client.reports([
      { metrics: [{ name: 'sessions' }], dateRanges: [{ startDate: day, endDate: day }] },
    ]);
    const zone = report?.metadata.timeZone ?? '';
    const currency = report?.metadata.currencyCode ?? '';
    const about = [zone, currency].filter((word) => word !== '').join(', ');
    const fallback = client.notes().filter((note) => note.startsWith('gRPC'));
    return {
      account: `GA4 property ${context.config.propertyId} (${about})`,
      livemode: null,
      warnings: [
        `This property cuts its days in ${zone}: metrics of this connection need the same time zone.`,
        ...fallback,
      ],
    };
  });
}
