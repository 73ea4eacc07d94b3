import type { Fraction } from 'fraction.js';
import { exact, exactText, min, zero } from './exact.ts';
import { periodsPerMonth } from './interval.ts';
import type { LedgerAmounts, LedgerPrice, LedgerTier } from './ledger-records.ts';
import { BillingProblemError } from './problem.ts';

/**
 * What a licensed quantity of a price costs for one billing period, before discounts, in minor units of `currency`;
 * exact, with any fraction.
 *
 * @throws BillingProblemError naming the price when its amount cannot be worked out
 */
export function periodAmount(price: LedgerPrice, quantity: number, currency: string): Fraction {
  if (price.problem !== null) throw problem(price, price.problem);
  const amounts = amountsIn(price, currency);
  const billed = inPacks(price, quantity);
  if (price.scheme === 'volume') return volume(price, amounts, billed);
  if (price.scheme === 'graduated') return graduated(price, amounts, billed);
  if (amounts.unitAmount === null) throw problem(price, `it has no amount in ${currency.toUpperCase()}`);
  return billed.mul(decimal(price, amounts.unitAmount));
}

/**
 * How often a recurring price is billed in a month.
 *
 * @throws BillingProblemError naming the price when it is sold once, or its interval is not one
 */
export function intervalsPerMonth(price: LedgerPrice): Fraction {
  if (price.problem !== null) throw problem(price, price.problem);
  if (price.recurring === null) throw problem(price, 'it is sold once and has no interval');
  const { interval, intervalCount } = price.recurring;
  if (!(intervalCount > 0)) throw problem(price, `it is billed every ${intervalCount} ${interval}s`);
  return periodsPerMonth(interval, intervalCount);
}

/** A price has amounts of its own currency, and those of others that a subscription may be billed in. */
function amountsIn(price: LedgerPrice, currency: string): LedgerAmounts {
  const code = currency.toUpperCase();
  const amounts = price.amounts[code];
  if (amounts === undefined) throw problem(price, `it has no amount in ${code}`);
  return amounts;
}

/** Packs: 101 contacts in packs of 50 are 3 packs, or 2 when rounded down. */
function inPacks(price: LedgerPrice, quantity: number): Fraction {
  if (price.packs === null) return exact(quantity);
  const { divideBy, round } = price.packs;
  if (!(divideBy > 0)) throw problem(price, `its packs hold ${divideBy}`);
  const packs = exact(quantity).div(exact(divideBy));
  return round === 'up' ? packs.ceil() : packs.floor();
}

/** All units at the rate of the tier that holds the quantity, plus that tier's flat amount. */
function volume(price: LedgerPrice, amounts: LedgerAmounts, quantity: Fraction): Fraction {
  if (quantity.equals(zero)) return zero;
  const tier = tiersOf(price, amounts).find(({ upTo }) => upTo === null || quantity.lte(exact(upTo)));
  if (tier === undefined) throw noneHolds(price, quantity);
  return quantity.mul(decimal(price, tier.unitAmount)).add(decimal(price, tier.flatAmount));
}

/** Each tier's share at its own rate, plus the flat amount of every tier entered. */
function graduated(price: LedgerPrice, amounts: LedgerAmounts, quantity: Fraction): Fraction {
  let total = zero;
  let below = zero;
  for (const tier of tiersOf(price, amounts)) {
    if (quantity.lte(below)) return total;
    const top = tier.upTo === null ? quantity : min(quantity, exact(tier.upTo));
    const share = top.sub(below).mul(decimal(price, tier.unitAmount));
    total = total.add(share).add(decimal(price, tier.flatAmount));
    below = top;
  }
  if (quantity.gt(below)) throw noneHolds(price, quantity);
  return total;
}

function tiersOf(price: LedgerPrice, { tiers }: LedgerAmounts): readonly LedgerTier[] {
  if (tiers.length === 0) throw problem(price, 'its tiers are not known');
  return tiers;
}

function noneHolds(price: LedgerPrice, quantity: Fraction): BillingProblemError {
  return problem(price, `none of its tiers holds the quantity ${quantity.toFraction()}`);
}

function decimal(price: LedgerPrice, text: string): Fraction {
  try {
    return exactText(text);
  } catch {
    throw problem(price, `its amount "${text}" is not a decimal number`);
  }
}

function problem(price: LedgerPrice, what: string): BillingProblemError {
  return new BillingProblemError(price.id, `Price ${price.id} cannot be worked out: ${what}`);
}
