import { type Cycle, lastDay } from './cycle.ts';
import { addDays, daysBetween, isDay } from './day.ts';
import type { GoalProblem } from './goal.ts';
import type { Goal } from './key-result.ts';

/** An owner's value in the place of what the source says, for the days `fromDay` to `untilDay`, both included. */
export type Override = { id: string; value: number; fromDay: string; untilDay: string };

/** An override is a stopgap: a longer one is said again, with a fresh reason. */
export const MAX_OVERRIDE_DAYS = 31;

/** The override in force on a day, the newest of several; null when there is none. */
export function overrideOn<Known extends Override>(overrides: readonly Known[], day: string): Known | null {
  return overrides.findLast(({ fromDay, untilDay }) => fromDay <= day && day <= untilDay) ?? null;
}

/** What stands in the way of an override, in the order of its fields. */
export function checkOverride(
  goal: Goal,
  given: Omit<Override, 'id'>,
  cycle: Cycle,
  today: string,
): GoalProblem[] {
  const { fromDay, untilDay, value } = given;
  if (goal.kind === 'milestone' || goal.kind === 'recurring') {
    const instead = goal.kind === 'milestone' ? 'tick its steps' : 'check in what was done';
    return [
      {
        field: 'keyResult',
        problem: `A ${goal.kind} goal is not one value that could be overridden; ${instead}.`,
      },
    ];
  }
  for (const [field, day] of [
    ['fromDay', fromDay],
    ['untilDay', untilDay],
  ] as const) {
    if (!isDay(day))
      return [{ field, problem: `"${day}" is not a day of the calendar; write it YYYY-MM-DD.` }];
  }
  if (!Number.isFinite(value))
    return [{ field: 'value', problem: `The value must be a number, and it is ${value}.` }];
  if (untilDay < fromDay) {
    return [
      {
        field: 'untilDay',
        problem: `It would end on ${untilDay}, before it begins on ${fromDay}; name a later day.`,
      },
    ];
  }
  if (untilDay < today) {
    return [
      {
        field: 'untilDay',
        problem: `It would have ended on ${untilDay}, and today is ${today}; past days keep what was believed then.`,
      },
    ];
  }
  const days = daysBetween(fromDay, untilDay) + 1;
  if (days > MAX_OVERRIDE_DAYS) {
    const latest = addDays(fromDay, MAX_OVERRIDE_DAYS - 1);
    return [
      {
        field: 'untilDay',
        problem: `It would last ${days} days, and an override lasts ${MAX_OVERRIDE_DAYS} at most; end it by ${latest}, and renew it if it is still needed.`,
      },
    ];
  }
  if (fromDay < cycle.startDay || untilDay > lastDay(cycle)) {
    return [
      {
        field: 'fromDay',
        problem: `${fromDay} to ${untilDay} does not lie in the cycle of ${cycle.startDay} to ${lastDay(cycle)}; name days of it.`,
      },
    ];
  }
  return [];
}
