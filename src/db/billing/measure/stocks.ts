import type { RevenueMeasurement } from '../../../app/ports-billing.ts';
import { exact, type Fraction, toNumber } from '../../../domain/billing/exact.ts';
import { amount, quotient } from '../../../domain/billing/measurement.ts';
import { addDays } from '../../../domain/day.ts';
import { type Answer, snapshotDays, unread } from './ask.ts';
import { closeOf, cutsOf } from './cuts.ts';
import { isMissing, nativeOf, rateOf, valueBefore, withoutRate } from './money.ts';
import { runningTotal } from './running.ts';
import { severalTimelines } from './several.ts';
import { readSlices } from './slices.ts';

/** Of the MRR at a close and the number of customers who pay it. */
type OfStock = (mrr: Fraction, customers: number) => RevenueMeasurement;

export const mrr = stock((value, customers) => amount(value, customers));
export const arr = stock((value, customers) => amount(value.mul(12), customers));
export const arpa = stock((value, customers) => quotient(value, exact(customers), customers));

export const payingCustomers: Answer = async (database, ask) => {
  const days = snapshotDays(ask);
  const { customersOn } = await readStock(database, ask, days);
  return days.map((day) => ({ value: customersOn(day), sampleSize: customersOn(day) }));
};

function stock(measure: OfStock): Answer {
  return async (database, ask) => {
    const days = snapshotDays(ask);
    const rate = rateOf(ask.scope);
    if (rate === null) return days.map(() => unread);
    const { native, customersOn } = await readStock(database, ask, days);
    return days.map((day) => {
      const value = valueBefore(native, addDays(day, 1), day, rate);
      return isMissing(value) ? withoutRate(value) : measure(value, customersOn(day));
    });
  };
}

/** Sums of everything that changed until each close: no day is read by itself. */
async function readStock(...[database, { scope }, days]: [...Parameters<Answer>, readonly string[]]) {
  const cuts = cutsOf(days.map(closeOf), undefined);
  const timelines = await severalTimelines(database, scope, false);
  const asked = { kind: false, referredOnly: false, rate: null, timelines };
  const slices = await readSlices(database, scope, cuts, asked);
  const heads = runningTotal(cuts, slices.heads);
  return {
    native: nativeOf(slices, cuts),
    customersOn: (day: string) => toNumber(heads.before(addDays(day, 1))),
  };
}
