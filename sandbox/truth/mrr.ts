import type { Billing } from '../model/model.ts';
import { add, type Rational, ZERO } from '../model/rational.ts';
import { toEpochSeconds } from '../model/time.ts';
import { type DiscountPolicy, mrrIn, newBook, note } from './book.ts';

type Told = Pick<Billing, 'catalog' | 'facts'>;

/**
 * Monthly recurring revenue at an instant (that second included), exact, in minor units. For the close of a
 * day pass its last second.
 *
 * Statuses active and past_due count, unless collection is paused; metered and one-time items do not; discounts
 * count while they run if forever or repeating, never if once (unless another policy is asked for); a customer's
 * discount counts where the subscription has none; they come off in their order, an amount once in the shortest
 * interval; then the tax that a price includes; year/12, week*52/12, day*365/12. Objects on a test clock are nobody's
 * revenue.
 */
export function mrrAt(model: Told, instant: Date, currency: string, policy?: DiscountPolicy): Rational {
  let total = ZERO;
  for (const amounts of mrrByCustomer(model, instant, policy).values()) {
    total = add(total, amounts.get(currency) ?? ZERO);
  }
  return total;
}

/** Customers whose MRR at an instant is above zero; all currencies unless one is named. */
export function payingCustomersAt(model: Told, instant: Date, currency?: string): number {
  const all = [...mrrByCustomer(model, instant).values()];
  return currency === undefined ? all.length : all.filter((amounts) => amounts.has(currency)).length;
}

/** Those with MRR above zero at an instant, and how much it is in each currency. */
export function mrrByCustomer(
  model: Told,
  instant: Date,
  policy?: DiscountPolicy,
): Map<string, Map<string, Rational>> {
  const at = toEpochSeconds(instant);
  const book = newBook();
  for (const fact of model.facts) if (fact.at <= at) note(book, fact);
  return mrrIn(book, model.catalog, at, policy);
}
