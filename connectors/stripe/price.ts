import { driftError } from '../sdk/index.ts';
import { Exact, type Price, type PriceAmounts, type Tier } from './schema.ts';

const zero = new Exact(0);

/**
 * What a licensed quantity of a price costs for one billing period, before discounts, in the smallest unit of
 * `currency`; exact, with any fraction.
 *
 * @throws ConnectorError `schema_drift` for a price whose amount this version cannot work out
 */
export function periodAmount(price: Price, quantity: number, currency: string): Exact {
  const amounts = amountsIn(price, currency);
  const billed = transformed(price, quantity);
  if (price.billing_scheme === 'per_unit') return billed.mul(unitAmount(price, amounts));
  if (price.billing_scheme !== 'tiered') throw unknown(price, `billing_scheme ${price.billing_scheme}`);
  if (price.tiers_mode === 'volume') return volume(price, amounts, billed);
  if (price.tiers_mode === 'graduated') return graduated(price, amounts, billed);
  throw unknown(price, `tiers_mode ${price.tiers_mode ?? 'missing'}`);
}

/** How often a price is billed in a month: a fraction, kept as two numbers so that nothing is rounded. */
export function billingsPerMonth(price: Price): { times: number; per: number } {
  const { interval, interval_count: count } = price.recurring ?? { interval: 'none', interval_count: 1 };
  if (interval === 'month') return { times: 1, per: count };
  if (interval === 'year') return { times: 1, per: 12 * count };
  if (interval === 'week') return { times: 52, per: 12 * count };
  if (interval === 'day') return { times: 365, per: 12 * count };
  throw unknown(price, `interval ${interval}`);
}

/** A price has amounts of its own currency, and options for others that the subscription may be billed in. */
function amountsIn(price: Price, currency: string): PriceAmounts {
  if (price.currency === currency) return price;
  const option = price.currency_options?.[currency];
  if (option === undefined) throw unknown(price, `currency: it has no amount in ${currency}`);
  return option;
}

/** Packs: 101 contacts in packs of 50 are 3 packs, or 2 when rounded down. */
function transformed(price: Price, quantity: number): Exact {
  if (price.transform_quantity === null) return new Exact(quantity);
  const { divide_by: divideBy, round } = price.transform_quantity;
  const packs = new Exact(quantity).div(divideBy);
  if (round === 'up') return packs.ceil();
  if (round === 'down') return packs.floor();
  throw unknown(price, `transform_quantity.round ${round}`);
}

/** The whole-unit amount is null when it is fractional, so the decimal goes first. */
function unitAmount(price: Price, amounts: PriceAmounts): Exact {
  const amount = amounts.unit_amount_decimal ?? amounts.unit_amount;
  if (amount === null || amount === undefined) throw unknown(price, 'unit_amount: it has none');
  return new Exact(amount);
}

/** All units at the rate of the tier that holds the quantity, plus that tier's flat amount. */
function volume(price: Price, amounts: PriceAmounts, quantity: Exact): Exact {
  if (quantity.isZero()) return zero;
  const tier = tiersOf(price, amounts).find((step) => step.up_to === null || quantity.lte(step.up_to));
  if (tier === undefined) throw unknown(price, 'tiers: none holds the quantity');
  return quantity.mul(rate(tier)).add(flat(tier));
}

/** Each tier's share at its own rate, plus the flat amount of every tier entered. */
function graduated(price: Price, amounts: PriceAmounts, quantity: Exact): Exact {
  let total = zero;
  let below = zero;
  for (const tier of tiersOf(price, amounts)) {
    if (quantity.lte(below)) return total;
    const top = tier.up_to === null ? quantity : Exact.min(quantity, tier.up_to);
    total = total.add(top.sub(below).mul(rate(tier))).add(flat(tier));
    below = top;
  }
  if (quantity.gt(below)) throw unknown(price, 'tiers: none holds the quantity');
  return total;
}

function tiersOf(price: Price, amounts: PriceAmounts): Tier[] {
  const tiers = amounts.tiers ?? [];
  if (tiers.length === 0) throw unknown(price, 'tiers: they were asked for and did not come');
  return tiers;
}

function rate(tier: Tier): Exact {
  return new Exact(tier.unit_amount_decimal ?? tier.unit_amount ?? 0);
}

function flat(tier: Tier): Exact {
  return new Exact(tier.flat_amount_decimal ?? tier.flat_amount ?? 0);
}

function unknown(price: Price, what: string) {
  return driftError('Stripe', `price ${price.id}, ${what}`, 'unknown_price');
}
