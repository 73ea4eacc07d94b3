import type { Fact } from '../model/facts.ts';
import type { Billing, Model } from '../model/model.ts';
import { DAY_SECONDS, dayStart, type EpochSeconds, localDayOf, toEpochSeconds } from '../model/time.ts';

/**
 * Net revenue per local day, in minor units, from the first day of the model to the day of `now`; a day on
 * which nothing was sold is zero.
 *
 * Cash basis: what was captured of succeeded charges, on the day the charge was created, less refunds on the
 * day the refund was created, less lost disputes on the day the dispute was opened (the bank takes the money
 * that day). A refund counts while its status is succeeded; one that is pending, failed or canceled does
 * not. A dispute counts from the moment it is lost; open ones, won ones and inquiries do not. Fees and tax stay in.
 */
export function netRevenueByDay(
  model: Billing | Model,
  options: { timeZone: string; currency: string; now: Date },
): Map<string, number> {
  const nowAt = toEpochSeconds(options.now);
  const dayOf = localDayOf(options.timeZone);
  const totals = new Map<string, number>();
  for (let at = dayStart(model.anchorDay); at < nowAt; at += DAY_SECONDS) totals.set(dayOf(at), 0);
  totals.set(dayOf(nowAt), 0);
  for (const { at, amountMinor, currency } of moneyMovements(model.facts, nowAt).values()) {
    if (currency !== options.currency) continue;
    totals.set(dayOf(at), (totals.get(dayOf(at)) ?? 0) + amountMinor);
  }
  return totals;
}

type Movement = { at: EpochSeconds; currency: string; amountMinor: number };

/** By the id of what moved it: a charge, a refund or a dispute. */
export function moneyMovements(facts: readonly Fact[], nowAt: EpochSeconds): ReadonlyMap<string, Movement> {
  const full = new Map<string, { at: EpochSeconds; currency: string; amountMinor: number }>();
  const counted = new Map<string, Movement>();
  const count = (id: string, part: number) => {
    const whole = full.get(id);
    if (whole !== undefined) counted.set(id, { ...whole, amountMinor: part });
  };
  const remember = (id: string, { at, currency, amountMinor }: Movement, part: number) => {
    full.set(id, { at, currency, amountMinor });
    count(id, part);
  };
  const lapsed = new Set<string>();
  for (const fact of facts) {
    if (fact.at > nowAt) continue;
    if (fact.kind === 'charge_created') {
      remember(fact.chargeId, fact, fact.captured && fact.status === 'succeeded' ? fact.amountMinor : 0);
    } else if (fact.kind === 'charge_released') {
      lapsed.add(fact.chargeId);
    } else if (fact.kind === 'charge_captured') {
      const taken = counted.get(fact.chargeId)?.amountMinor ?? 0;
      if (taken === 0 && !lapsed.has(fact.chargeId)) count(fact.chargeId, fact.capturedMinor);
    } else if (fact.kind === 'charge_settled') {
      count(fact.chargeId, fact.status === 'succeeded' ? (full.get(fact.chargeId)?.amountMinor ?? 0) : 0);
    } else if (fact.kind === 'refund_created') {
      remember(fact.refundId, fact, fact.status === 'succeeded' ? -fact.amountMinor : 0);
    } else if (fact.kind === 'refund_changed') {
      count(fact.refundId, fact.status === 'succeeded' ? -(full.get(fact.refundId)?.amountMinor ?? 0) : 0);
    } else if (fact.kind === 'dispute_opened') {
      remember(fact.disputeId, fact, fact.status === 'lost' ? -fact.amountMinor : 0);
    } else if (fact.kind === 'dispute_changed') {
      count(fact.disputeId, fact.status === 'lost' ? -(full.get(fact.disputeId)?.amountMinor ?? 0) : 0);
    }
  }
  return counted;
}
