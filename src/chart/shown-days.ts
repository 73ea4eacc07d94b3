import type { ChartForecast, ChartInput, ChartPoint } from './chart-input.ts';
import { dayNumber } from './day-number.ts';
import { drawable } from './scene.ts';

/** The first and the last day that is drawn, both included, as day numbers. */
export function shownSpan({ endDay, historyFromDay, startDay }: ChartInput): { first: number; last: number } {
  const from = (historyFromDay ?? null) !== null && (historyFromDay ?? '') < startDay ? historyFromDay : null;
  const first = dayNumber(from ?? startDay);
  return { first, last: Math.max(dayNumber(endDay) - 1, first) };
}

export function shownPoints(input: ChartInput): ChartPoint[] {
  const { first, last } = shownSpan(input);
  return input.points.filter(({ day }) => first <= dayNumber(day) && dayNumber(day) <= last);
}

/** The forecast's days up to the deadline, and the value that they begin at; null where there is nothing to draw. */
export function shownForecast(
  input: ChartInput,
): { from: { day: string; value: number } | null; days: ChartForecast['days'] } | null {
  const forecast = input.forecast ?? null;
  if (forecast === null) return null;
  const { last } = shownSpan(input);
  const days = forecast.days.filter(
    ({ day, p10, p50, p90 }) =>
      day > forecast.asOfDay && dayNumber(day) <= last && [p10, p50, p90].every(Number.isFinite),
  );
  if (days.length === 0) return null;
  const known = shownPoints(input).findLast(
    ({ day, settled, value }) => settled && drawable(value) && day <= forecast.asOfDay,
  );
  const from = known === undefined || known.value === null ? null : { day: known.day, value: known.value };
  return { from, days };
}
