import { begunDays, type DayWindow, localDay, type PointReading } from '../sdk/index.ts';
import { type Charge, type Dispute, Exact, KEPT_DECIMALS, type Refund } from './schema.ts';
import type { SubscriptionMrr } from './subscriptions.ts';

/** What moved money in a window. `charges` also holds older ones that a refund had to be checked against. */
export type Movements = { charges: Charge[]; refunds: Refund[]; disputes: Dispute[] };
type Kind = 'charges' | 'refunds' | 'disputes';
type Movement = { kind: Kind; day: string; currency: string; amount: number };
type Mapped = { points: PointReading[]; notes: string[] };

/**
 * Captured charges less refunds and lost disputes, each on the local day of its own `created`, in the smallest unit
 * of `currency`. Other currencies are counted beside the sum and never added to it.
 */
export function netRevenueByDay(
  movements: Movements,
  window: DayWindow,
  currency: string,
  now: Date,
): Mapped {
  const byDay = new Map(begunDays(window, now).map((day) => [day, [] as Movement[]]));
  for (const movement of movementsOf(movements, window.timeZone)) byDay.get(movement.day)?.push(movement);
  const points = [...byDay].map(([day, moved]) => {
    const own = moved.filter((movement) => movement.currency === currency);
    const count = (kind: Kind) => own.filter((movement) => movement.kind === kind).length;
    const value = own.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    const counts = { charges: count('charges'), refunds: count('refunds'), disputes: count('disputes') };
    return { day, value: value.toString(), counts, ...otherCurrencies(moved, currency) };
  });
  return {
    points,
    notes: currencyNotes([...byDay.values()].flat(), currency, 'payments, refunds and disputes'),
  };
}

function movementsOf({ charges, refunds, disputes }: Movements, timeZone: string): Movement[] {
  const byId = new Map(charges.map((charge) => [charge.id, charge]));
  const movement = (kind: Kind, from: { created: number; currency: string }, amount: number): Movement => ({
    kind,
    day: localDay(from.created * 1_000, timeZone),
    currency: from.currency.toLowerCase(),
    amount,
  });
  return [
    ...charges
      .filter((charge) => charge.status === 'succeeded' && charge.captured)
      .map((charge) => movement('charges', charge, charge.amount_captured)),
    ...refunds
      .filter((refund) => refund.status === 'succeeded' && !isRelease(refund, byId.get(refund.charge ?? '')))
      .map((refund) => movement('refunds', refund, -refund.amount)),
    ...disputes
      .filter((dispute) => dispute.status === 'lost')
      .map((dispute) => movement('disputes', dispute, -dispute.amount)),
  ];
}

/** Whether a refund can only be told apart from a release by looking at its charge. */
export function mayBeRelease(refund: Refund): boolean {
  return refund.status === 'succeeded' && refund.balance_transaction === null && refund.charge !== null;
}

/**
 * Stripe writes a succeeded refund when an authorisation is let go, wholly or for the part that was not captured.
 * No money came in for it, so none goes out.
 */
function isRelease(refund: Refund, charge: Charge | undefined): boolean {
  if (!mayBeRelease(refund) || charge === undefined) return false;
  const uncaptured = charge.amount - charge.amount_captured;
  return !charge.captured || (uncaptured > 0 && refund.amount === uncaptured);
}

/** The sum over the subscriptions of one currency, now. */
export function mrrPoint(subscriptions: SubscriptionMrr[], day: string, currency: string): Mapped {
  const paying = subscriptions.filter(({ mrr }) => mrr.gt(0));
  const own = paying.filter((subscription) => subscription.currency === currency);
  const value = own.reduce((sum, { mrr }) => sum.add(mrr), new Exact(0)).toDecimalPlaces(KEPT_DECIMALS);
  const point = {
    day,
    value: value.toFixed(),
    counts: { subscriptions: own.length },
    ...otherCurrencies(paying, currency),
  };
  return { points: [point], notes: currencyNotes(paying, currency, 'paying subscriptions') };
}

/** What the subscriptions of one currency bring in a month together, exactly, and how many customers pay it. */
export type Paying = { mrr: Exact; customers: number; notes: string[] };

export function payingIn(subscriptions: SubscriptionMrr[], currency: string): Paying {
  const paying = subscriptions.filter(({ mrr }) => mrr.gt(0));
  const own = paying.filter((subscription) => subscription.currency === currency);
  return {
    mrr: own.reduce((sum, { mrr }) => sum.add(mrr), new Exact(0)),
    customers: new Set(own.map(({ customer }) => customer)).size,
    notes: currencyNotes(paying, currency, 'paying subscriptions'),
  };
}

/** Customers who bring anything in a month, in one currency or (null) in any. */
export function payingCustomersPoint(
  subscriptions: SubscriptionMrr[],
  day: string,
  currency: string | null,
): Mapped {
  const paying = subscriptions.filter(({ mrr }) => mrr.gt(0));
  const own = paying.filter((subscription) => currency === null || subscription.currency === currency);
  const customers = new Set(own.map(({ customer }) => customer));
  const point = { day, value: String(customers.size), counts: { subscriptions: own.length } };
  if (currency === null) return { points: [point], notes: [] };
  return {
    points: [{ ...point, ...otherCurrencies(paying, currency) }],
    notes: currencyNotes(paying, currency, 'paying subscriptions'),
  };
}

function tallyOthers(items: Array<{ currency: string }>, currency: string): Array<[string, number]> {
  const tally = new Map<string, number>();
  for (const item of items) {
    if (item.currency !== currency) tally.set(item.currency, (tally.get(item.currency) ?? 0) + 1);
  }
  return [...tally].toSorted(([left], [right]) => left.localeCompare(right));
}

function otherCurrencies(items: Array<{ currency: string }>, currency: string): Pick<PointReading, 'flags'> {
  const others = tallyOthers(items, currency);
  if (others.length === 0) return {};
  return { flags: { otherCurrencies: others.map(([code, count]) => `${code}: ${count}`).join(', ') } };
}

function currencyNotes(items: Array<{ currency: string }>, currency: string, what: string): string[] {
  return tallyOthers(items, currency).map(
    ([code, count]) => `${count} ${what} in ${code} left out of ${currency}`,
  );
}
