import { type Cycle, elapsed, lastDay } from './cycle.ts';
import { addDays, daysBetween } from './day.ts';
import { type GoalProblem, resolvedStart, resolvedTarget } from './goal.ts';
import type { Goal, PaceCurve } from './key-result.ts';

/**
 * The progress that the curve expects at the close of `asOfDay`. Before the cycle 0. A phased curve runs in straight
 * lines from nothing at the start through its points, and on to 1 on the last day when its points end earlier.
 */
export function expectedProgress(curve: PaceCurve, cycle: Cycle, asOfDay: string): number {
  if (curve.kind === 'linear') return elapsed(cycle, asOfDay);
  const end = lastDay(cycle);
  const points = curve.points.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  let before = { day: addDays(cycle.startDay, -1), progress: 0 };
  if (asOfDay <= before.day) return 0;
  const last = points.at(-1);
  if (last === undefined || last.day < end) points.push({ day: end, progress: 1 });
  for (const point of points) {
    if (asOfDay <= point.day) {
      const share = daysBetween(before.day, asOfDay) / daysBetween(before.day, point.day);
      return before.progress + share * (point.progress - before.progress);
    }
    before = point;
  }
  return before.progress;
}

/**
 * What was expected of the days that were measured: the curve without the growth it expects on the missing ones. A
 * total without two of its days is held against an expectation without the same two.
 */
export function expectedOnMeasuredDays(
  curve: PaceCurve,
  cycle: Cycle,
  asOfDay: string,
  missingDays: readonly string[],
): number {
  const growth = (day: string) =>
    expectedProgress(curve, cycle, day) - expectedProgress(curve, cycle, addDays(day, -1));
  return missingDays.reduce((left, day) => left - growth(day), expectedProgress(curve, cycle, asOfDay));
}

/**
 * Where the goal's value is expected once `fraction` of the way is: start + fraction × (target − start).
 *
 * @returns in the metric's unit; null for goals without a way to travel on a chart (guardrails are held, steps are
 *   done or not), and while start or target is unknown
 */
export function expectedValue(goal: Goal, fraction: number): number | null {
  if (goal.kind === 'guardrail' || goal.kind === 'milestone') return null;
  const [start, target] = [resolvedStart(goal), resolvedTarget(goal)];
  return start === null || target === null ? null : start + fraction * (target - start);
}

/** Whether a phased curve fits its cycle; null when it does. */
export function checkPaceCurve(curve: PaceCurve, cycle: Cycle): GoalProblem | null {
  if (curve.kind === 'linear') return null;
  const days = new Set<string>();
  for (const { day, progress } of curve.points) {
    if (day < cycle.startDay || day >= cycle.endDay) {
      const problem = `The pace curve names ${day}, outside the cycle ${cycle.startDay} to ${lastDay(cycle)}.`;
      return { field: 'paceCurve', problem };
    }
    if (days.has(day)) return { field: 'paceCurve', problem: `The pace curve names ${day} twice.` };
    if (!Number.isFinite(progress)) {
      return { field: 'paceCurve', problem: `The pace curve expects ${progress} on ${day}; use a fraction.` };
    }
    days.add(day);
  }
  return null;
}
