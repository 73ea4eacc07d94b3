import type { KeyResultDetail } from '../api/contract.ts';
import type { CheckInView as CheckIn } from '../api/contracts/ingest.ts';
import type { ChartInput, ChartPoint } from '../chart/chart-input.ts';
import { keyResultPoints, overrideSpans } from '../chart/key-result-points.ts';

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

/** The days of the chart, each with what is said about it. */
export function chartDays(detail: KeyResultDetail, checkIns: readonly CheckIn[]): ChartDay[] {
  const measured = new Map(detail.series.map((point) => [point.day, point]));
  const overrides = overrideSpans(detail.overrides);
  return keyResultPoints(detail).map((entry) => {
    const point = measured.get(entry.day);
    return {
      ...entry,
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
    forecast: detail.forecast?.of === 'value' ? detail.forecast : null,
    overrides: overrideSpans(detail.overrides).map((span) => ({
      ...span,
      title: say.override(span.value, span.reason),
    })),
    checkIns: days.flatMap(({ checkIns, day }) =>
      checkIns.length === 0 ? [] : [{ day, title: checkIns.map(say.checkIn).join('\n') }],
    ),
  };
}
