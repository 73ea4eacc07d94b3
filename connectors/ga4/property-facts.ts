import type { ConnectorContext } from '../sdk/index.ts';
import { withGa4Client } from './client.ts';
import type { Ga4Config } from './config.ts';

export type PropertyFacts = { timeZone: string; currencyCode: string };

const DAY_MS = 86_400_000;

/**
 * By which clock the property cuts its days, and its currency: a report of one day says both, the catalogue of metrics
 * and the answers about funnels say neither. Asked once in a run.
 *
 * @throws ConnectorError as every read does
 */
export function propertyFacts(context: ConnectorContext<Ga4Config>): Promise<PropertyFacts> {
  return context.shared('ga4-property', () =>
    withGa4Client(context, async (client) => {
      // Any day will do; in no zone has this one still to begin.
      const day = new Date(context.now.getTime() - DAY_MS).toISOString().slice(0, 10);
      const [report] = await client.reports([
        { metrics: [{ name: 'sessions' }], dateRanges: [{ startDate: day, endDate: day }] },
      ]);
      const { timeZone = '', currencyCode = '' } = report?.metadata ?? {};
      return { timeZone, currencyCode: currencyCode ?? '' };
    }),
  );
}
