import type { Rate } from '../../../domain/billing/currency.ts';
import { type Fraction, sum, toNumber, zero } from '../../../domain/billing/exact.ts';
import { quotient } from '../../../domain/billing/measurement.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import type { Timeline } from '../../../domain/billing/timeline.ts';
import { addDays } from '../../../domain/day.ts';
import { type Answer, periods, unread } from './ask.ts';
import { type Form, type Kept, keptOf, readKept, unratedOf } from './cohort.ts';
import { cutsOf } from './cuts.ts';
import { isMissing, type Missing, type Native, nativeOf, rateOf, valueBefore, withoutRate } from './money.ts';
import { runningTotal } from './running.ts';
import { severalTimelines } from './several.ts';
import { readSlices } from './slices.ts';

/** What became of the MRR of those who paid at the opening; both sides at the rates of the closing. */
export function retention(form: Form): Answer {
  return async (database, ask) => {
    const windows = periods(ask);
    const rate = rateOf(ask.scope);
    if (rate === null) return windows.map(() => unread);
    const cuts = cutsOf(windows, undefined);
    const timelines = await severalTimelines(database, ask.scope, false);
    const asked = { kind: false, referredOnly: false, rate: null };
    const single = await readSlices(database, ask.scope, cuts, { ...asked, timelines: [] });
    const native = nativeOf(single, cuts);
    const heads = runningTotal(cuts, single.heads);
    const kept = await readKept(database, ask.scope, windows, form);
    return windows.map((days, window) => {
      const sides = singleSides(native, kept, days, window, rate);
      if (isMissing(sides)) return withoutRate(sides);
      const others = severalSides(timelines, days, rate, form);
      if (isMissing(others)) return withoutRate(others);
      const customers = toNumber(heads.before(days.startDay)) + others.customers;
      return quotient(sides.kept.add(others.kept), sides.opening.add(others.opening), customers);
    });
  };
}

type Sides = { opening: Fraction; kept: Fraction };

function singleSides(native: Native, kept: Kept, days: Days, window: number, rate: Rate): Sides | Missing {
  const closingDay = addDays(days.endDay, -1);
  const opening = valueBefore(native, days.startDay, closingDay, rate);
  if (isMissing(opening)) return opening;
  const parts = [...kept.native].map(([currency, amount]) => {
    const left = amount(window);
    return left.equals(zero) ? zero : left.mul(rate(currency, closingDay) ?? zero);
  });
  return { opening, kept: sum(parts) };
}

function severalSides(
  timelines: readonly Timeline[],
  days: Days,
  rate: Rate,
  form: Form,
): (Sides & { customers: number }) | Missing {
  const found: Sides[] = [];
  for (const timeline of timelines) {
    const sides = keptOf(timeline, days, rate, form);
    if (sides === null)
      return { currency: unratedOf(timeline, days, rate) ?? '', day: addDays(days.endDay, -1) };
    if (!sides.opening.equals(zero)) found.push(sides);
  }
  return {
    opening: sum(found.map(({ opening }) => opening)),
    kept: sum(found.map(({ kept }) => kept)),
    customers: found.length,
  };
}
