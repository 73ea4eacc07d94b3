import type { RevenueMeasurement } from '../../../app/ports-billing.ts';
import { exact, toNumber } from '../../../domain/billing/exact.ts';
import { quotient } from '../../../domain/billing/measurement.ts';
import type { Days } from '../../../domain/billing/movements.ts';
import { mrrAt } from '../../../domain/billing/timeline.ts';
import { addDays } from '../../../domain/day.ts';
import type { Database } from '../../database.ts';
import { type Answer, type Ask, periods } from './ask.ts';
import { readKept } from './cohort.ts';
import { cutsOf } from './cuts.ts';
import { moversByWindow } from './people.ts';
import { runningTotal } from './running.ts';
import { severalTimelines } from './several.ts';
import { readSlices } from './slices.ts';

/** Metrics of who came and who left. No exchange rate changes them. */

export const newPayingCustomers: Answer = async (database, ask) => {
  const windows = periods(ask);
  const { newcomers } = await readHeads(database, ask, windows);
  return windows.map((days) => ({ value: newcomers(days), sampleSize: newcomers(days) }));
};

/** @throws RangeError when the method is none of the catalogue's */
export const logoChurnRate: Answer = (database, ask) => {
  switch (ask.params.method) {
    case 'cohort':
      return lostOfCohort(database, ask);
    case 'events':
      return lostOnce(database, ask);
    case 'stripe':
      return lostOften(database, ask);
    default:
      throw new RangeError(`logo churn has no method ${String(ask.params.method)}`);
  }
};

/** Those who paid at the opening and not at the closing. */
async function lostOfCohort(database: Database, ask: Ask): Promise<RevenueMeasurement[]> {
  const windows = periods(ask);
  const { opening } = await readHeads(database, ask, windows);
  const kept = await readKept(database, ask.scope, windows, 'net');
  const timelines = await severalTimelines(database, ask.scope, false);
  return windows.map((days, window) => {
    const [openingDay, closingDay] = [addDays(days.startDay, -1), addDays(days.endDay, -1)];
    const others = timelines.filter(
      (timeline) => mrrAt(timeline, openingDay).size > 0 && mrrAt(timeline, closingDay).size > 0,
    );
    const customers = opening(days);
    return share(customers - kept.customers(window) - others.length, customers);
  });
}

/** Those with a churn, come back or not, over those who paid at the opening. */
async function lostOnce(database: Database, ask: Ask): Promise<RevenueMeasurement[]> {
  const windows = periods(ask);
  const lost = await moversByWindow(database, ask, ['churn'], false);
  const { opening } = await readHeads(database, ask, windows);
  return windows.map((days, window) => share(lost[window] ?? 0, opening(days)));
}

/** All churns, over those at the opening and those who are new. */
async function lostOften(database: Database, ask: Ask): Promise<RevenueMeasurement[]> {
  const windows = periods(ask);
  const { opening, newcomers, churns } = await readHeads(database, ask, windows);
  return windows.map((days) => share(churns(days), opening(days) + newcomers(days)));
}

async function readHeads(database: Database, { scope }: Ask, windows: readonly Days[]) {
  const cuts = cutsOf(windows, undefined);
  const timelines = await severalTimelines(database, scope, false);
  const slices = await readSlices(database, scope, cuts, {
    kind: true,
    referredOnly: false,
    rate: null,
    timelines,
  });
  const heads = runningTotal(cuts, slices.heads);
  const newcomers = runningTotal(cuts, slices.times.get('new') ?? []);
  const churns = runningTotal(cuts, slices.times.get('churn') ?? []);
  return {
    opening: ({ startDay }: Days) => toNumber(heads.before(startDay)),
    newcomers: (days: Days) => toNumber(newcomers.within(days)),
    churns: (days: Days) => toNumber(churns.within(days)),
  };
}

function share(numerator: number, denominator: number): RevenueMeasurement {
  return quotient(exact(numerator), exact(denominator), denominator);
}
