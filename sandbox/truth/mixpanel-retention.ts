import { DAY_SECONDS, type EpochSeconds } from '../model/time.ts';
import type { ByPeriod } from './mixpanel-counts.ts';
import { beginningOf, type Deed, type Unit } from './mixpanel-deeds.ts';

/** Whole days of a person's own clock. */
const DAYS_OF: Record<Unit, number> = { day: 1, week: 7, month: 30 };

export type RetentionRule = {
  bornEvent: string;
  returnEvent: string | null; // null: anything
  unit: Unit;
  n: number; // the interval in which they have to come back, 0 the first
  everyPeriod: boolean; // people enter anew in each period; else once, with their first time ever
};

export type Retained = { entered: number; returned: number };

/** Person after person: when they entered, and whether any of their later deeds fell into the interval. */
export function retainedBy(deeds: readonly Deed[], rule: RetentionRule): ByPeriod<Retained> {
  const lives = new Map<string, Deed[]>();
  for (const deed of deeds) lives.set(deed.personId, [...(lives.get(deed.personId) ?? []), deed]);
  const cohorts: ByPeriod<Retained> = new Map();
  for (const life of lives.values()) {
    for (const [period, enteredAt] of entriesOf(life, rule)) {
      const cohort = cohorts.get(period) ?? { entered: 0, returned: 0 };
      cohorts.set(period, cohort);
      cohort.entered += 1;
      if (life.some((deed) => isReturn(deed, enteredAt, rule))) cohort.returned += 1;
    }
  }
  return cohorts;
}

function entriesOf(life: readonly Deed[], rule: RetentionRule): Map<string, EpochSeconds> {
  const entries = new Map<string, EpochSeconds>();
  for (const { at, day, name } of life) {
    if (name !== rule.bornEvent || (!rule.everyPeriod && entries.size > 0)) continue;
    const period = beginningOf(day, rule.unit);
    if (!entries.has(period)) entries.set(period, at);
  }
  return entries;
}

function isReturn({ at, name }: Deed, enteredAt: EpochSeconds, rule: RetentionRule): boolean {
  if (at <= enteredAt || (rule.returnEvent !== null && name !== rule.returnEvent)) return false;
  return Math.floor((at - enteredAt) / (DAYS_OF[rule.unit] * DAY_SECONDS)) === rule.n;
}
