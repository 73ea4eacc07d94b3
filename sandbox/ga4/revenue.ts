import { dollarsPer } from '../stripe/rates.ts';
import type { Hit } from './hits.ts';

/** What the events of a row say about money, each in the currency of the report by the rate of its day. */
export type Takings = { gross: number; refunded: number };

export function takingsOf(events: readonly Hit[], currencyCode: string): Takings {
  const sum = (name: string) =>
    exact(
      events.reduce((total, hit) => total + (hit.eventName === name ? worthOf(hit, currencyCode) : 0), 0),
    );
  return { gross: sum('purchase'), refunded: sum('refund') };
}

/** An event without a value is worth nothing, and one without a currency is ignored, as Google ignores it. */
function worthOf({ event, at }: Hit, currencyCode: string): number {
  const { value, currency } = event?.properties ?? {};
  if (typeof value !== 'number' || typeof currency !== 'string') return 0;
  if (currency === currencyCode) return value;
  return (value * dollarsPer(currency.toLowerCase(), at)) / dollarsPer(currencyCode.toLowerCase(), at);
}

/** Sums of cents leave digits behind that no cent has. */
export function exact(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
