import type { CheckResult, ConnectorContext } from '../sdk/index.ts';
import { withGa4Client } from './client.ts';
import type { Ga4Config } from './config.ts';
import { propertyFacts } from './property-facts.ts';

/**
 * Proves that the property may be read, and finds out its time zone: a report of one day says it, the catalogue of
 * metrics does not. Which rights the account has beyond reading cannot be seen from here.
 *
 * @throws ConnectorError as every read does
 */
export function checkGa4(context: ConnectorContext<Ga4Config>): Promise<CheckResult> {
  return withGa4Client(context, async (client) => {
    await client.catalogue();
    const { timeZone: zone, currencyCode: currency } = await propertyFacts(context);
    const about = [zone, currency].filter((word) => word !== '').join(', ');
    const fallback = client.notes().filter((note) => note.startsWith('gRPC'));
    return {
      account: `GA4 property ${context.config.propertyId} (${about})`,
      livemode: null,
      timeZone: zone === '' ? null : zone,
      currency: currency === '' ? null : currency,
      warnings: [
        `This property cuts its days in ${zone}: metrics of this connection need the same time zone.`,
        ...fallback,
      ],
    };
  });
}
