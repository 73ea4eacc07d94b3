import { Fraction } from 'fraction.js';
import type { Measurement } from '../catalog/types.ts';
import { addDays } from '../day.ts';
import { type Rate, valueOn } from './currency.ts';
import { min, sum, zero } from './exact.ts';
import { noValue, quotient } from './measurement.ts';
import { type Days, type Ledger, totalOf } from './movements.ts';
import { mrrAt, type Timeline } from './timeline.ts';

/**
 * What became of the MRR of those who paid at the opening, over that MRR. `net` takes each customer's closing as it is,
 * `gross` caps it at the customer's own opening, so that one customer's growth hides no other's cut. Both sides are at
 * the closing day's exchange rates: rates that move are no retention.
 */
export function retention(
  timelines: readonly Timeline[],
  days: Days,
  rate: Rate,
  form: 'net' | 'gross',
): Measurement {
  const [openingDay, closingDay] = [addDays(days.startDay, -1), addDays(days.endDay, -1)];
  const openings: Fraction[] = [];
  const kept: Fraction[] = [];
  for (const timeline of timelines) {
    const before = mrrAt(timeline, openingDay);
    if (before.size === 0) continue;
    const opening = valueOn(before, closingDay, rate);
    const closing = valueOn(mrrAt(timeline, closingDay), closingDay, rate);
    if (opening === null || closing === null) return noValue('missing_rate');
    openings.push(opening);
    kept.push(form === 'net' ? closing : min(closing, opening));
  }
  return quotient(sum(kept), sum(openings), openings.length);
}

/**
 * MRR lost by churn and contraction over the opening MRR; `net` of what expansion and reactivation brought. From the
 * movements of everybody, newcomers of the period too: so net churn is not 1 - NRR.
 */
export function mrrChurn(ledgers: readonly Ledger[], form: 'net' | 'gross'): Measurement {
  const lost = totalOf(ledgers, 'churn').add(totalOf(ledgers, 'contraction'));
  const won = totalOf(ledgers, 'expansion').add(totalOf(ledgers, 'reactivation'));
  const opening = sum(ledgers.map((ledger) => ledger.opening));
  const customers = ledgers.filter((ledger) => !ledger.opening.equals(zero)).length;
  return quotient(form === 'net' ? lost.sub(won) : lost, opening, customers);
}

/**
 * `cohort`: those who paid at the opening and not at the closing. `events`: those with a churn, come back or not.
 * `stripe`: all churns, over those at the opening and those who paid for the first time in the period.
 */
export const logoChurnMethods = ['cohort', 'events', 'stripe'] as const;
export type LogoChurnMethod = (typeof logoChurnMethods)[number];

/** Customers lost over customers at the opening, by one of three methods. Who pays does not depend on exchange rates. */
export function logoChurn(timelines: readonly Timeline[], days: Days, method: LogoChurnMethod): Measurement {
  const [openingDay, closingDay] = [addDays(days.startDay, -1), addDays(days.endDay, -1)];
  const opening = timelines.filter((timeline) => mrrAt(timeline, openingDay).size > 0);
  const churns = timelines.map((timeline) => churnsIn(timeline, days));
  switch (method) {
    case 'cohort': {
      const gone = opening.filter((timeline) => mrrAt(timeline, closingDay).size === 0);
      return share(gone.length, opening.length);
    }
    case 'events':
      return share(churns.filter((count) => count > 0).length, opening.length);
    case 'stripe':
      return share(
        churns.reduce((total, count) => total + count, 0),
        opening.length + newcomersIn(timelines, days),
      );
  }
}

/** Customers who paid for the first time ever in the period. Who returns is not one. */
export function newPayingCustomers(timelines: readonly Timeline[], days: Days): Measurement {
  const customers = newcomersIn(timelines, days);
  return { value: customers, sampleSize: customers };
}

function newcomersIn(timelines: readonly Timeline[], days: Days): number {
  return timelines.filter(({ steps }) => steps[0] !== undefined && isIn(steps[0].day, days)).length;
}

function share(numerator: number, denominator: number): Measurement {
  return quotient(new Fraction(numerator), new Fraction(denominator), denominator);
}

function churnsIn(timeline: Timeline, days: Days): number {
  return timeline.steps.filter((step) => isIn(step.day, days) && step.mrr.size === 0).length;
}

function isIn(day: string, days: Days): boolean {
  return day >= days.startDay && day < days.endDay;
}
