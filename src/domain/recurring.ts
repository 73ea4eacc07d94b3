import { addDays, addMonths } from './day.ts';
import type { Kept } from './guardrail.ts';
import type { Goal } from './key-result.ts';
import { measured, type Observation } from './metric.ts';

type RecurringGoal = Extract<Goal, { kind: 'recurring' }>;

/** The first day of period `index` (0 is the first). Periods run from the start day; months keep its day of month. */
export function periodStart(goal: RecurringGoal, startDay: string, index: number): string {
  switch (goal.periodUnit) {
    case 'day':
      return addDays(startDay, index);
    case 'week':
      return addDays(startDay, 7 * index);
    case 'month':
      return addMonths(startDay, index);
    case 'quarter':
      return addMonths(startDay, 3 * index);
  }
}

/**
 * How much of `perPeriod × periods` was done by the close of `asOfDay`. More than `perPeriod` in one period only
 * counts when it may be carried over. `kept` looks at the periods that are over: the running one can still be met.
 */
export function recurringProgress(
  goal: RecurringGoal,
  observations: readonly Observation[],
  asOfDay: string,
  startDay: string,
  missingDays: readonly string[] = [],
): { value: number; total: number; kept: Kept } {
  const known = measured(observations).filter((point) => point.day <= asOfDay);
  const done: number[] = [];
  const over: number[] = [];
  for (let index = 0; index < goal.periods; index += 1) {
    const from = periodStart(goal, startDay, index);
    const to = periodStart(goal, startDay, index + 1);
    const inside = known.filter((point) => point.day >= from && point.day < to);
    const amount = inside.reduce((sum, point) => sum + point.value, 0);
    done.push(amount);
    // A period that lacks a day may have been met on it: it is judged only when it was met without.
    const judged = amount >= goal.perPeriod || !missingDays.some((day) => day >= from && day < to);
    if (to <= addDays(asOfDay, 1) && judged) over.push(amount);
  }
  const all = goal.perPeriod * goal.periods;
  const total = goal.carryOver
    ? Math.min(sum(done), all)
    : sum(done.map((amount) => Math.min(amount, goal.perPeriod)));
  return { value: total / all, total, kept: keptIn(goal, done, over) };
}

function keptIn(goal: RecurringGoal, done: number[], over: number[]): Kept {
  const periods = over.length;
  if (periods === 0) return { met: 0, periods, share: 1 };
  if (goal.carryOver) {
    // What was done ahead, also in the running period, makes up for a period that fell short.
    const share = Math.min(sum(done) / (goal.perPeriod * periods), 1);
    return { met: Math.floor(share * periods + 1e-9), periods, share };
  }
  const met = over.filter((amount) => amount >= goal.perPeriod).length;
  return { met, periods, share: met / periods };
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
