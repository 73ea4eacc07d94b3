import type { KeyResultDetail } from '../api/contract.ts';
import type { ChartInput, ChartPoint } from '../chart/chart-input.ts';

/** One day of the chart with what the table and the readout say about it beside its place. */
export type ChartDay = ChartPoint & { origin: string | null };

/**
 * Puts the goal's days and the metric's days side by side. Nothing is computed: both come from the server. On a day
 * without a measurement the goal may still stand somewhere, but nobody measured it there: it stays a gap.
 */
export function chartDays(detail: KeyResultDetail): ChartDay[] {
  const measured = new Map(detail.series.map((point) => [point.day, point]));
  return detail.goalSeries.map((entry) => {
    const point = measured.get(entry.day);
    return {
      day: entry.day,
      value: detail.source !== null && (point?.value ?? null) === null ? null : entry.value,
      expected: entry.expected,
      // A day that the goal knows and the metric does not (a check-in) is nobody's to restate.
      settled: point?.settled ?? true,
      restated: (point?.revision ?? 1) > 1,
      origin: point?.origin ?? null,
    };
  });
}

export function chartInput(detail: KeyResultDetail, days: readonly ChartDay[]): ChartInput {
  const { goal } = detail;
  return {
    startDay: detail.cycle.startDay,
    endDay: detail.cycle.endDay,
    today: detail.today,
    points: days,
    target: detail.targetValue,
    bounds: goal.kind === 'guardrail' ? { lower: goal.lower, upper: goal.upper } : null,
    initiatives: detail.initiatives,
  };
}
