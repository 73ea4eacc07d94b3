import type { Billing, Model } from '../model/model.ts';
import { DAY_SECONDS, type EpochSeconds, localDayOf, toEpochSeconds } from '../model/time.ts';

export type TrialDay = { trials: number; mature: number; paid: number };

type Entry = { startAt: EpochSeconds; deadlineAt: EpochSeconds; paid: boolean };

/**
 * Per local day: customers whose first trial began on it, those of them whose trial and days of grace were over by
 * `now`, and those who had paid by then. Told from what happened, one fact after the other; a day without trials is
 * left out.
 */
export function trialToPaidByDay(
  model: Billing | Model,
  options: { timeZone: string; graceDays: number; now: Date },
): Map<string, TrialDay> {
  const nowAt = toEpochSeconds(options.now);
  const dayOf = localDayOf(options.timeZone);
  const entries = new Map<string, Entry>(); // by customer
  const bills = new Map<string, string>(); // customers by the invoices they owe since their trial began
  for (const fact of model.facts) {
    if (fact.at > nowAt) break;
    if (fact.kind === 'subscription_started') {
      const { customerId, trialEndAt, testClockId, at } = fact;
      if (trialEndAt === null || testClockId !== null || entries.has(customerId)) continue;
      const deadlineAt = trialEndAt + options.graceDays * DAY_SECONDS;
      entries.set(customerId, { startAt: at, deadlineAt, paid: false });
    } else if (fact.kind === 'invoice_created') {
      if (fact.totalMinor > 0 && entries.has(fact.customerId)) bills.set(fact.invoiceId, fact.customerId);
    } else if (fact.kind === 'invoice_paid') {
      const entry = entries.get(bills.get(fact.invoiceId) ?? '');
      if (entry !== undefined && fact.at < entry.deadlineAt) entry.paid = true;
    }
  }
  const days = new Map<string, TrialDay>();
  for (const { startAt, deadlineAt, paid } of entries.values()) {
    const day = days.get(dayOf(startAt)) ?? { trials: 0, mature: 0, paid: 0 };
    day.trials += 1;
    if (deadlineAt <= nowAt) {
      day.mature += 1;
      if (paid) day.paid += 1;
    }
    days.set(dayOf(startAt), day);
  }
  return days;
}
