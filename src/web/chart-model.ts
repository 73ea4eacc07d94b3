import type { KeyResultDetail } from '../api/contract.ts';
import type { CheckInView as CheckIn } from '../api/contracts/ingest.ts';
import type { ChartInput, ChartPoint } from '../chart/chart-input.ts';

/** One day of the chart with what the table and the readout say about it beside its place. */
export type ChartDay = ChartPoint & {
  origin: string | null;
  /** Why there is no value. */
  reason: string | null;
  /** Of a restated day of the metric: what it was before, and until when. */
  was: { value: number | null; until: string } | null;
  /** The value that stood in for the source's on that day. */
  override: number | null;
  checkIns: readonly CheckIn[];
};

/**
 * Puts the goal's days and the metric's days side by side. Nothing is computed: both come from the server. On a day
 * without a measurement the goal may still stand somewhere, but nobody measured it there: it stays a gap. What people
 * say stands until they say something else, so there the goal's own line is whole.
 */
export function chartDays(detail: KeyResultDetail, checkIns: readonly CheckIn[]): ChartDay[] {
  const measured = new Map(detail.series.map((point) => [point.day, point]));
  const stands = detail.source === null || detail.tracking === 'check_in';
  const overrides = overrideSpans(detail);
  return detail.goalSeries.map((entry) => {
    const point = measured.get(entry.day);
    return {
      day: entry.day,
      value: !stands && (point?.value ?? null) === null ? null : entry.value,
      expected: entry.expected,
      // A day that the goal knows and the metric does not (a check-in) is nobody's to restate.
      settled: point?.settled ?? true,
      restated: (point?.revision ?? 1) > 1,
      origin: point?.origin ?? null,
      reason: point?.reason ?? null,
      was: point?.was ?? null,
      override:
        overrides.find(({ fromDay, untilDay }) => fromDay <= entry.day && entry.day <= untilDay)?.value ??
        null,
      checkIns: checkIns.filter(({ day }) => day === entry.day),
    };
  });
}

/** `say` writes what stands in the tooltip of a mark. */
export function chartInput(
  detail: KeyResultDetail,
  days: readonly ChartDay[],
  say: {
    override: (value: number, reason: string) => string;
    checkIn: (checkIn: CheckIn) => string;
    was: (was: NonNullable<ChartDay['was']>) => string;
  },
): ChartInput {
  const { goal } = detail;
  return {
    startDay: detail.cycle.startDay,
    endDay: detail.cycle.endDay,
    today: detail.today,
    points: days.map((day) => (day.was === null ? day : { ...day, restatedTitle: say.was(day.was) })),
    target: detail.targetValue,
    bounds: goal.kind === 'guardrail' ? { lower: goal.lower, upper: goal.upper } : null,
    initiatives: detail.initiatives,
    overrides: overrideSpans(detail).map((span) => ({
      ...span,
      title: say.override(span.value, span.reason),
    })),
    checkIns: days.flatMap(({ checkIns, day }) =>
      checkIns.length === 0 ? [] : [{ day, title: checkIns.map(say.checkIn).join('\n') }],
    ),
  };
}

/** The days on which each override counted, newest first: one that was ended by hand reaches to the day of its end. */
function overrideSpans({ overrides }: KeyResultDetail) {
  return overrides
    .map(({ endedAt, fromDay, reason, untilDay, value }) => {
      const end = endedAt?.slice(0, 10) ?? untilDay;
      return { fromDay, untilDay: end < untilDay ? end : untilDay, value, reason };
    })
    .filter(({ fromDay, untilDay }) => fromDay <= untilDay);
}
