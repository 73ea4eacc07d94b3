import type { Fact } from '../model/facts.ts';
import type { Model } from '../model/model.ts';
import { type EpochSeconds, localDayOf, toEpochSeconds } from '../model/time.ts';

/** One complete calendar month: customers who paid as it opened, and those of them who did not as it closed. */
export type ChurnMonth = { month: string; opening: number; lost: number };

/** The last complete months before `now`, oldest first, in one currency. */
export function customerChurn(
  model: Model,
  options: { timeZone: string; currency: string; now: Date; months: number },
): ChurnMonth[] {
  const nowAt = toEpochSeconds(options.now);
  const starts = monthStarts(nowAt, options.timeZone, options.months + 1);
  const closings = starts.map(({ at }) => payingJustBefore(model.facts, at, nowAt, options.currency));
  return starts.slice(0, -1).map(({ month }, index) => {
    const opening = closings[index] ?? new Set();
    const closing = closings[index + 1] ?? new Set();
    const stayed = [...opening].filter((customer) => closing.has(customer)).length;
    return { month, opening: opening.size, lost: opening.size - stayed };
  });
}

const STEP_SECONDS = 900; // every zone changes its day on a quarter of an hour

function monthStarts(nowAt: EpochSeconds, timeZone: string, count: number) {
  const dayOf = localDayOf(timeZone);
  const starts: { month: string; at: EpochSeconds }[] = [];
  for (let at = nowAt - (nowAt % STEP_SECONDS); starts.length < count; at -= STEP_SECONDS) {
    const month = dayOf(at).slice(0, 7);
    if (dayOf(at - STEP_SECONDS).slice(0, 7) !== month) starts.unshift({ month, at });
  }
  return starts;
}

type Paid = { customerId: string; until: Map<string, EpochSeconds>; ended: boolean };

/**
 * Replays what had happened before an instant: an invoice pays its subscription up to the end of its longest line that
 * costs something, until it is given up; voided ones, also those voided since, never did. Billing that moved
 * here was paid up to its anchor elsewhere.
 */
function payingJustBefore(
  facts: readonly Fact[],
  instant: EpochSeconds,
  nowAt: EpochSeconds,
  currency: string,
): Set<string> {
  const voided = new Set<string>();
  for (const fact of facts) {
    if (fact.at > nowAt) break;
    if (fact.kind === 'invoice_closed' && fact.status === 'void') voided.add(fact.invoiceId);
  }
  const subscriptions = new Map<string, Paid>();
  for (const fact of facts) {
    if (fact.at >= instant) break;
    if (fact.kind === 'subscription_started' && fact.testClockId === null && fact.currency === currency) {
      const movedHere = fact.status === 'active' && fact.trialEndAt === null;
      const free = fact.items.every(({ priceId }) => priceId.startsWith('price_free_'));
      const until = new Map(movedHere && !free ? [['elsewhere', fact.anchorAt] as const] : []);
      subscriptions.set(fact.subscriptionId, { customerId: fact.customerId, until, ended: false });
    } else if (fact.kind === 'subscription_ended') {
      const paid = subscriptions.get(fact.subscriptionId);
      if (paid !== undefined) paid.ended = true;
    } else if (fact.kind === 'invoice_created' && !voided.has(fact.invoiceId) && fact.totalMinor > 0) {
      const ends = fact.lines
        .filter(({ amountMinor, periodEnd }) => amountMinor > 0 && periodEnd > fact.at)
        .map(({ periodEnd }) => periodEnd);
      subscriptions.get(fact.subscriptionId)?.until.set(fact.invoiceId, Math.max(...ends));
    } else if (fact.kind === 'invoice_closed' && fact.status === 'uncollectible') {
      for (const { until } of subscriptions.values()) until.delete(fact.invoiceId);
    }
  }
  const paying = new Set<string>();
  for (const { customerId, until, ended } of subscriptions.values()) {
    if (!ended && [...until.values()].some((end) => end >= instant)) paying.add(customerId);
  }
  return paying;
}
