import type { Fraction } from 'fraction.js';
import { exact, one, percent, sum, zero } from './exact.ts';
import { periodsPerMonth } from './interval.ts';
import type { Discount, PriceItem, Segment, SubscriptionStatus } from './records.ts';

/** Which discounts lower MRR: `recurring` is those that last (`forever`, and `repeating` while they run). */
export const discountPolicies = ['recurring', 'forever', 'all', 'none'] as const;
export type DiscountPolicy = (typeof discountPolicies)[number];

/** The statuses with MRR. Past due counts until it turns unpaid or canceled. */
export const payingStatuses: ReadonlySet<string> = new Set<SubscriptionStatus>(['active', 'past_due']);

const durationsUnder: Readonly<Record<DiscountPolicy, readonly Discount['duration'][]>> = {
  recurring: ['forever', 'repeating'],
  forever: ['forever'],
  all: ['forever', 'repeating', 'once'],
  none: [],
};

/** Whether the policy looks at such a discount at all; whether it runs on a day is another matter. */
export function countsUnder(policy: DiscountPolicy, discount: Pick<Discount, 'duration'>): boolean {
  return durationsUnder[policy].includes(discount.duration);
}

/**
 * What a segment brings in a month, in minor units of its currency, while exactly these discounts run: percentages
 * first, then fixed amounts, never below zero; then the tax that the price includes comes off.
 *
 * A fixed amount is taken once per billing interval. Where items have several intervals that is the shortest, because
 * that is how often an invoice is made; what the amount exceeds it by is lost, as on the invoice.
 */
export function monthlyAmount(segment: Segment, running: readonly Discount[]): Fraction {
  if (!payingStatuses.has(segment.status)) return zero;
  const kept = running.reduce((share, discount) => share.mul(keptShare(discount)), one);
  const amountOff = sum(running.map((discount) => exact(discount.amountOffMinor ?? 0)));
  let monthly = zero;
  for (const [index, line] of linesByInterval(segment.items).entries()) {
    const discounted = line.total.mul(kept).sub(index === 0 ? amountOff : zero);
    if (discounted.gt(0)) monthly = monthly.add(discounted.mul(line.perMonth));
  }
  return segment.tax?.inclusive === true ? monthly.div(one.add(percent(segment.tax.ratePercent))) : monthly;
}

/** Not below nothing: two discounts of 150 % must not multiply to a price. */
function keptShare(discount: Discount): Fraction {
  const share = one.sub(percent(discount.percentOff ?? 0));
  return share.gt(0) ? share : zero;
}

type Line = { perMonth: Fraction; total: Fraction };

/** What the licensed items cost per billing interval, the shortest interval first. */
function linesByInterval(items: readonly PriceItem[]): Line[] {
  const lines = new Map<string, Line>();
  for (const item of items) {
    if (item.usage === 'metered') continue;
    const amount = exact(item.unitAmountMinor).mul(exact(item.quantity));
    const rate = periodsPerMonth(item.interval, item.intervalCount);
    const key = rate.toFraction();
    lines.set(key, { perMonth: rate, total: (lines.get(key)?.total ?? zero).add(amount) });
  }
  return [...lines.values()].toSorted((a, b) => b.perMonth.compare(a.perMonth));
}
