import type { KeyResultDetail } from '../api/contract.ts';
import type { CheckInView as CheckIn } from '../api/contracts/ingest.ts';
import { alertDays, targetSteps } from '../chart/alert-days.ts';
import type { ChartForecast, ChartInput, ChartPoint } from '../chart/chart-input.ts';
import { keyResultPoints, overrideSpans } from '../chart/key-result-points.ts';

type Alert = KeyResultDetail['alerts'][number];
export type AlertOnDay = { kind: 'fired' | 'recovered'; id: string };

/** One day of the chart with what the table and the readout say about it beside its place. */
export type ChartDay = ChartPoint & {
  origin: string | null;
  /** Why there is no value. */
  reason: string | null;
  /** Of a restated day of the metric: what it was before, and until when. */
  was: { value: number | null; until: string } | null;
  /** The value that stood in for the source's on that day. */
  override: number | null;
  /** Of a day that is still to come: what is expected of it. */
  forecast: ChartForecast['days'][number] | null;
  checkIns: readonly CheckIn[];
  alerts: readonly AlertOnDay[];
};

/** The days of the chart, each with what is said about it. */
export function chartDays(detail: KeyResultDetail, checkIns: readonly CheckIn[]): ChartDay[] {
  const measured = new Map(detail.series.map((point) => [point.day, point]));
  const overrides = overrideSpans(detail.overrides);
  const forecast = new Map((forecastOf(detail)?.days ?? []).map((day) => [day.day, day]));
  const alerts = alertDays<Alert>(detail.alerts, detail.cycle.timeZone);
  return keyResultPoints(detail).map((entry) => {
    const { day, value } = entry;
    const point = measured.get(day);
    return {
      ...entry,
      origin: point?.origin ?? null,
      reason: point?.reason ?? null,
      was: point?.was ?? null,
      override: overrides.find(({ fromDay, untilDay }) => fromDay <= day && day <= untilDay)?.value ?? null,
      forecast: value === null ? (forecast.get(day) ?? null) : null,
      checkIns: checkIns.filter((each) => each.day === day),
      alerts: alerts.flatMap(({ alert, ...at }) => (at.day === day ? [{ kind: at.kind, id: alert.id }] : [])),
    };
  });
}

function forecastOf({ forecast }: KeyResultDetail) {
  return forecast?.of === 'value' ? forecast : null;
}

/** `say` writes what stands in the tooltip of a mark. */
export function chartInput(
  detail: KeyResultDetail,
  days: readonly ChartDay[],
  say: {
    override: (value: number, reason: string) => string;
    checkIn: (checkIn: CheckIn) => string;
    was: (was: NonNullable<ChartDay['was']>) => string;
    alert: (kind: AlertOnDay['kind']) => string;
  },
): ChartInput {
  const { goal } = detail;
  return {
    startDay: detail.cycle.startDay,
    endDay: detail.cycle.endDay,
    today: detail.today,
    points: days.map((day) => (day.was === null ? day : { ...day, restatedTitle: say.was(day.was) })),
    target: detail.targetValue,
    targets: targetSteps(detail.targets),
    bounds: goal.kind === 'guardrail' ? { lower: goal.lower, upper: goal.upper } : null,
    initiatives: detail.initiatives,
    forecast: forecastOf(detail),
    overrides: overrideSpans(detail.overrides).map((span) => ({
      ...span,
      title: say.override(span.value, span.reason),
    })),
    checkIns: days.flatMap(({ checkIns, day }) =>
      checkIns.length === 0 ? [] : [{ day, title: checkIns.map(say.checkIn).join('\n') }],
    ),
    alerts: days.flatMap(({ alerts, day }) =>
      alerts.map(({ kind }) => ({ day, kind, title: say.alert(kind) })),
    ),
  };
}
