import { dayNumber } from './day-number.ts';

/** `value` null, or an absent day, is a gap: the line is interrupted there and never drawn through it. */
export type DayValue = { day: string; value: number | null; settled?: boolean | undefined };

/** Splits points into stretches of days that follow each other without a gap. Values that are not finite are gaps. */
export function unbrokenRuns<Point extends DayValue>(
  points: readonly Point[],
): (Point & { value: number })[][] {
  const runs: (Point & { value: number })[][] = [];
  let previousDay: number | null = null;
  for (const point of points) {
    if (!hasValue(point)) {
      previousDay = null;
      continue;
    }
    const day = dayNumber(point.day);
    const current = runs.at(-1);
    if (current !== undefined && previousDay !== null && day - previousDay === 1) current.push(point);
    else runs.push([point]);
    previousDay = day;
  }
  return runs;
}

/**
 * Splits one unbroken run where it changes between settled and provisional. An edge is provisional when either
 * of its ends is; the point between two stretches belongs to both, so that the line stays whole.
 */
export function splitBySettled<Point extends { settled: boolean }>(
  run: readonly Point[],
): { settled: boolean; points: Point[] }[] {
  const stretches: { settled: boolean; points: Point[] }[] = [];
  let from: Point | null = null;
  for (const to of run) {
    if (from !== null) {
      const settled: boolean = from.settled && to.settled;
      const current = stretches.at(-1);
      if (current?.settled === settled) current.points.push(to);
      else stretches.push({ settled, points: [from, to] });
    }
    from = to;
  }
  return stretches;
}

function hasValue<Point extends DayValue>(point: Point): point is Point & { value: number } {
  return point.value !== null && Number.isFinite(point.value);
}
