import { Fraction } from 'fraction.js';
import type { Measurement } from '../catalog/types.ts';
import { type Rate, valueOn } from './currency.ts';
import { sum } from './exact.ts';
import { amount, noValue, quotient } from './measurement.ts';
import { mrrAt, type Timeline } from './timeline.ts';

/** MRR at the close of a day, `months` times: 1 for MRR, 12 for ARR. */
export function mrr(timelines: readonly Timeline[], day: string, rate: Rate, months = 1): Measurement {
  const total = totalMrr(timelines, day, rate);
  return total === null ? noValue('missing_rate') : amount(total.mul(months), payingAt(timelines, day));
}

/** MRR per paying customer, however many subscriptions or seats each has. */
export function arpa(timelines: readonly Timeline[], day: string, rate: Rate): Measurement {
  const total = totalMrr(timelines, day, rate);
  if (total === null) return noValue('missing_rate');
  const customers = payingAt(timelines, day);
  return quotient(total, new Fraction(customers), customers);
}

/** Customers with MRR at the close of a day. No exchange rate changes who pays. */
export function payingCustomers(timelines: readonly Timeline[], day: string): Measurement {
  const customers = payingAt(timelines, day);
  return { value: customers, sampleSize: customers };
}

function totalMrr(timelines: readonly Timeline[], day: string, rate: Rate): Fraction | null {
  const values = timelines.map((timeline) => valueOn(mrrAt(timeline, day), day, rate));
  return values.every((value) => value !== null) ? sum(values) : null;
}

function payingAt(timelines: readonly Timeline[], day: string): number {
  return timelines.filter((timeline) => mrrAt(timeline, day).size > 0).length;
}
