import type { LedgerDiscount, SubscriptionState } from './ledger-records.ts';

/** Two states with the same key are the same subscription, however each was told: as an event, or whole. */
export function stateKey(state: SubscriptionState): string {
  return JSON.stringify([
    state.status,
    state.items
      .map(({ id, priceId, quantity, discounts, trial, inclusiveTaxPercent }) => [
        id,
        priceId,
        quantity,
        discounts.map(discountKey),
        trial === null ? null : [trial.startAt.getTime(), trial.endAt.getTime()],
        inclusiveTaxPercent,
      ])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    state.discounts.map(discountKey),
    state.collectionPaused === null
      ? null
      : [state.collectionPaused.behavior, state.collectionPaused.resumesAt?.getTime() ?? null],
    state.inclusiveTaxPercent,
  ]);
}

function discountKey({ id, couponId, startAt, endAt }: LedgerDiscount): unknown {
  return [id, couponId, startAt.getTime(), endAt?.getTime() ?? null];
}
