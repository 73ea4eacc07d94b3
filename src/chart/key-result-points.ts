import type { ChartPoint } from './chart-input.ts';

/** What is known of a Key Result day by day, as the API tells it. */
export type KnownDays = {
  source: unknown;
  tracking: string;
  /** The goal's own days: a running sum, a mean, or the metric as it is. */
  goalSeries: readonly { day: string; value: number | null; expected: number | null }[];
  /** The metric's days. */
  series: readonly { day: string; value: number | null; settled: boolean; revision: number }[];
};

/**
 * Puts the goal's days and the metric's days side by side. Nothing is computed: both come from the server. On a day
 * without a measurement the goal may still stand somewhere, but nobody measured it there: it stays a gap. What people
 * say stands until they say something else, so there the goal's own line is whole.
 */
export function keyResultPoints({ goalSeries, series, source, tracking }: KnownDays): ChartPoint[] {
  const measured = new Map(series.map((point) => [point.day, point]));
  const stands = source === null || tracking === 'check_in';
  return goalSeries.map(({ day, expected, value }) => {
    const point = measured.get(day);
    return {
      day,
      value: !stands && (point?.value ?? null) === null ? null : value,
      expected,
      // A day that the goal knows and the metric does not (a check-in) is nobody's to restate.
      settled: point?.settled ?? true,
      restated: (point?.revision ?? 1) > 1,
    };
  });
}

type Override = { value: number; reason: string; fromDay: string; untilDay: string; endedAt: string | null };

/** The days on which each override counted: one that was ended by hand reaches to the day of its end. */
export function overrideSpans(overrides: readonly Override[]): Omit<Override, 'endedAt'>[] {
  return overrides
    .map(({ endedAt, fromDay, reason, untilDay, value }) => {
      const end = endedAt?.slice(0, 10) ?? untilDay;
      return { fromDay, untilDay: end < untilDay ? end : untilDay, value, reason };
    })
    .filter(({ fromDay, untilDay }) => fromDay <= untilDay);
}
