import { aliveDays, type DayOf, isAlive } from './alive.ts';
import type { HistoryStretch } from './history.ts';
import type { LedgerDiscount, LedgerSubscription, SubscriptionState } from './ledger-records.ts';
import { countsUnder } from './normalise.ts';
import { cutAt, type Look, type Piece } from './pieces.ts';
import {
  couponOf,
  type Holds,
  isPaused,
  running,
  stateMrr,
  type Terms,
  wholeDiscounts,
} from './state-mrr.ts';

/**
 * The pieces of a subscription whose history comes from a ledger.
 *
 * @throws BillingProblemError for a price or coupon whose effect cannot be worked out
 */
export function ledgerPieces(
  subscription: LedgerSubscription,
  history: readonly HistoryStretch[],
  terms: Omit<Terms, 'currency'>,
  dayOf: DayOf,
): Piece[] {
  const currency = subscription.currency.toUpperCase();
  const whole: Terms = { ...terms, currency };
  return history.flatMap(({ fromAt, toAt, state, basis, endBasis }) => {
    const turns = turnsOf(state, terms.customerDiscounts).map(dayOf);
    return cutAt(aliveDays(fromAt, toAt, dayOf), turns).map((span) => {
      const holds = holdsOn(span.fromDay, dayOf);
      return {
        subscriptionId: subscription.id,
        currency,
        span,
        amount: stateMrr(state, whole, holds),
        basis,
        endBasis,
        look: () => lookOf(state, whole, holds),
      };
    });
  });
}

function holdsOn(day: string, dayOf: DayOf): Holds {
  return (fromAt, toAt) =>
    isAlive(
      { fromDay: fromAt === null ? day : dayOf(fromAt), toDay: toAt === null ? null : dayOf(toAt) },
      day,
    );
}

/** When something turns without anybody's doing. */
function turnsOf(state: SubscriptionState, customerDiscounts: readonly LedgerDiscount[]): Date[] {
  const turns: Date[] = [];
  const add = (fromAt: Date | null, toAt: Date | null) => {
    if (fromAt !== null) turns.push(fromAt);
    if (toAt !== null) turns.push(toAt);
  };
  for (const { startAt, endAt } of state.discounts) add(startAt, endAt);
  for (const { startAt, endAt } of customerDiscounts) add(startAt, endAt);
  for (const { discounts, trial } of state.items) {
    for (const { startAt, endAt } of discounts) add(startAt, endAt);
    if (trial !== null) add(trial.startAt, trial.endAt);
  }
  add(null, state.collectionPaused?.resumesAt ?? null);
  return turns;
}

function lookOf(state: SubscriptionState, terms: Terms, holds: Holds): Look {
  const { catalogue, policy } = terms;
  const licensed = state.items.filter(
    ({ priceId, quantity }) =>
      quantity !== null && catalogue.prices.get(priceId)?.recurring?.usage === 'licensed',
  );
  const discounts = [
    ...state.items.flatMap((item) => running(item.discounts, holds)),
    ...wholeDiscounts(state, terms, holds),
  ];
  const rates = licensed.map((item) => item.inclusiveTaxPercent ?? state.inclusiveTaxPercent ?? '0');
  return {
    status: state.status,
    isPaused: isPaused(state, holds),
    items: new Map(
      licensed.map(({ id, priceId, quantity, trial }) => [
        id,
        {
          price: priceId,
          quantity: String(quantity),
          onTrial: trial !== null && holds(trial.startAt, trial.endAt),
        },
      ]),
    ),
    discounts: new Map(
      discounts
        .filter((discount) => countsUnder(policy, couponOf(discount, catalogue)))
        .map(({ id, couponId }) => [id, couponId]),
    ),
    tax: rates.every((rate) => rate === '0') ? null : [...new Set(rates)].join(', '),
  };
}
