import type { ChartInput } from '../chart/chart-input.ts';
import type { BindingPreview } from './binding-queries.ts';

/** One day of the picture: what the goal had come to, or, where nothing can be judged, the metric's own value. */
export type PreviewDay = {
  day: string;
  value: number | null;
  expected: number | null;
  settled: boolean;
};

/** The period before and the cycle, one after the other; without a verdict the bare values of the metric. */
export function previewDays({ cycle, earlier, points, standing }: BindingPreview): PreviewDay[] {
  if (standing === null) return points.map((point) => ({ ...point, expected: null }));
  const settled = new Map(points.map((point) => [point.day, point.settled]));
  const before =
    earlier?.days ??
    points
      .filter(({ day }) => day < cycle.startDay)
      .map(({ day, value }) => ({ day, value, expected: null }));
  const days = [...before, ...standing.days].map((day) => ({
    ...day,
    settled: settled.get(day.day) ?? true,
  }));
  const seen = new Set<string>();
  return days.filter(({ day }) => !seen.has(day) && seen.add(day));
}

export function previewChart(
  preview: BindingPreview,
  days: readonly PreviewDay[],
  say: { fired: string; recovered: string },
): ChartInput {
  const { cycle, standing, trial } = preview;
  const goal = standing?.goal;
  return {
    startDay: cycle.startDay,
    endDay: cycle.endDay,
    today: cycle.today,
    historyFromDay: days[0]?.day ?? null,
    points: days.map((day) => ({ ...day, restated: false })),
    target: standing?.targetValue ?? null,
    bounds: goal?.kind === 'guardrail' ? { lower: goal.lower, upper: goal.upper } : null,
    initiatives: [],
    alerts: (trial?.alerts ?? []).flatMap(({ firedDay, resolvedDay }) => [
      { day: firedDay, title: say.fired, kind: 'fired' as const },
      ...(resolvedDay === null
        ? []
        : [{ day: resolvedDay, title: say.recovered, kind: 'recovered' as const }]),
    ]),
  };
}
