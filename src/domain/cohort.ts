import { type Cycle, lastDay } from './cycle.ts';
import { addDays, addMonths, dayEnd, localDay, monthStart } from './day.ts';
import type { MetricTraits } from './metric.ts';

/**
 * The days of a Key Result whose metric follows people: each point belongs to the day on which they entered and is known
 * only once they have all had their time. Progress is judged at the newest cohort that is decided and held against the
 * plan for that cohort's day, not for today. Who entered before the cycle was not won in it.
 */
export type CohortDays = {
  /** The first point whose people all entered within the cycle; of a monthly metric the end of the first whole month. */
  firstOwnDay: string;
  /** The day on which that cohort is decided. */
  firstDecidedDay: string;
  /** The last cohort of the cycle, and the day on which it is decided: only then is the last value final. */
  lastOwnDay: string;
  finalDay: string;
};

type Traits = Pick<MetricTraits, 'timeZone' | 'settlesAfterHours' | 'cadence'>;

const HOUR_MS = 3_600_000;

/** Null for a metric with a point a month and a cycle in which no whole month lies: it has no cohort of its own. */
export function cohortDays(traits: Traits, cycle: Cycle): CohortDays | null {
  const firstOwnDay = firstOwn(traits, cycle);
  const lastOwnDay = lastOwn(traits, cycle);
  if (firstOwnDay > lastOwnDay) return null;
  return {
    firstOwnDay,
    firstDecidedDay: decidedOn(firstOwnDay, traits),
    lastOwnDay,
    finalDay: decidedOn(lastOwnDay, traits),
  };
}

/** The local day during which the newest member of a day's cohort has had all of their time. */
function decidedOn(day: string, { timeZone, settlesAfterHours }: Traits): string {
  return localDay(new Date(dayEnd(day, timeZone).getTime() + settlesAfterHours * HOUR_MS), timeZone);
}

function firstOwn({ cadence }: Traits, { startDay }: Cycle): string {
  if (cadence !== 'month') return startDay;
  const month = monthStart(startDay);
  return addDays(addMonths(month, month === startDay ? 1 : 2), -1);
}

function lastOwn({ cadence }: Traits, cycle: Cycle): string {
  return cadence === 'month' ? addDays(monthStart(cycle.endDay), -1) : lastDay(cycle);
}
