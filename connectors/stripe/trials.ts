import { begunDays, type DayWindow, localDay, type PointReading } from '../sdk/index.ts';
import type { Invoice, PastSubscription } from './billing-schema.ts';
import { Exact, KEPT_DECIMALS } from './schema.ts';

export type TrialParams = { graceDays: number; trialDays: number };

/** Somebody's first trial ever. A payment from `startsAt` on and before `deadlineAt` makes it a success; seconds. */
export type Trial = { customer: string; subscription: string; startsAt: number; deadlineAt: number };

const DAY_SECONDS = 86_400;

/** The first trial of every customer, whatever became of it. Test clocks tell nothing about people. */
export function firstTrials(subscriptions: readonly PastSubscription[], params: TrialParams): Trial[] {
  const first = new Map<string, Trial>();
  for (const subscription of offClock(subscriptions)) {
    const { id, customer, trial_start: startsAt, trial_end: endsAt } = subscription;
    if (startsAt === null || (first.get(customer)?.startsAt ?? Number.POSITIVE_INFINITY) <= startsAt) {
      continue;
    }
    // A trial that was made longer or shorter ends when Stripe says now, not when it was first meant to.
    const trialEndsAt = endsAt ?? startsAt + params.trialDays * DAY_SECONDS;
    const deadlineAt = trialEndsAt + params.graceDays * DAY_SECONDS;
    first.set(customer, { customer, subscription: id, startsAt, deadlineAt });
  }
  return [...first.values()];
}

/**
 * Per day on which trials began: how many people's first trial began then and has run out, grace included, and how
 * many of them have paid by then. People whose time is not up are in neither number, even if they have paid: counting
 * the quick ones alone would make every young day look good. A day on which nobody's time is up has no point yet.
 */
export function trialToPaidByDay(
  subscriptions: readonly PastSubscription[],
  invoices: readonly Invoice[],
  window: DayWindow,
  params: TrialParams,
  now: Date,
): PointReading[] {
  const nowSeconds = Math.floor(now.getTime() / 1_000);
  const byDay = new Map(begunDays(window, now).map((day) => [day, [] as Trial[]]));
  for (const trial of firstTrials(subscriptions, params)) {
    byDay.get(localDay(trial.startsAt * 1_000, window.timeZone))?.push(trial);
  }
  const hasPaid = payments(subscriptions, invoices);
  const today = localDay(now, window.timeZone);
  return [...byDay].flatMap(([day, trials]) => {
    const mature = trials.filter(({ deadlineAt }) => deadlineAt <= nowSeconds);
    // Today somebody may still begin.
    if (mature.length === 0 && (trials.length > 0 || day === today)) return [];
    return [point(day, mature.filter(hasPaid).length, mature.length, trials.length - mature.length)];
  });
}

function point(day: string, paid: number, mature: number, immature: number): PointReading {
  const parts = { day, numerator: String(paid), denominator: String(mature) };
  if (mature === 0) return { ...parts, value: null, flags: { reason: 'zero_denominator' } };
  const value = new Exact(paid).div(mature).toDecimalPlaces(KEPT_DECIMALS).toFixed();
  return { ...parts, value, ...(immature === 0 ? {} : { counts: { immature } }) };
}

/**
 * Whether money came in for a trial: an invoice of its own subscription, or of one that the same customer began
 * since, made after the trial began and paid before its deadline. An older subscription that goes on being paid
 * says nothing about the trial.
 */
function payments(
  subscriptions: readonly PastSubscription[],
  invoices: readonly Invoice[],
): (trial: Trial) => boolean {
  const begun = new Map(offClock(subscriptions).map(({ id, created }) => [id, created]));
  const byCustomer = new Map<string, Invoice[]>();
  for (const invoice of invoices) {
    if (invoice.customer === null || invoice.status !== 'paid' || invoice.amount_paid <= 0) continue;
    const known = byCustomer.get(invoice.customer);
    if (known === undefined) byCustomer.set(invoice.customer, [invoice]);
    else known.push(invoice);
  }
  return ({ customer, subscription, startsAt, deadlineAt }) =>
    (byCustomer.get(customer) ?? []).some((invoice) => {
      const paidAt = invoice.status_transitions.paid_at;
      if (paidAt === null || invoice.created < startsAt || paidAt >= deadlineAt) return false;
      const from = invoice.parent?.subscription_details?.subscription;
      if (from === undefined) return false;
      return from === subscription || (begun.get(from) ?? Number.NEGATIVE_INFINITY) >= startsAt;
    });
}

function offClock(subscriptions: readonly PastSubscription[]): PastSubscription[] {
  return subscriptions.filter(({ test_clock: clock }) => clock === null || clock === undefined);
}
