import type { KeyResultDetail } from '../api/contract.ts';
import type { CheckInView } from '../api/contracts/ingest.ts';
import { alertDays, targetSteps } from '../chart/alert-days.ts';
import type { ChartInput, ChartPoint } from '../chart/chart-input.ts';
import { keyResultPoints, overrideSpans } from '../chart/key-result-points.ts';
import { plainFormat, type Translate, titleIn } from '../i18n/index.ts';

/** The answer of the API. */
export type ChartedKeyResult = KeyResultDetail;

/** Whether there is a line to draw: steps that are done or not have none. */
export function hasChart({ goal, source }: KeyResultDetail): boolean {
  return goal.kind !== 'milestone' || source !== null;
}

/** A Key Result as the chart reads it. Nothing is computed: the goal's days and the metric's days come from the API. */
export function keyResultChart(
  detail: ChartedKeyResult,
  checkIns: readonly CheckInView[],
  translate: Translate,
): ChartInput {
  const { value } = plainFormat(translate.lang, detail.unit, detail.currency);
  const { goal } = detail;
  const history = historyOf(detail);
  return {
    startDay: detail.cycle.startDay,
    endDay: detail.cycle.endDay,
    today: detail.today,
    points: [...history, ...keyResultPoints(detail)],
    historyFromDay: history[0]?.day ?? null,
    target: detail.targetValue,
    bounds: goal.kind === 'guardrail' ? { lower: goal.lower, upper: goal.upper } : null,
    initiatives: detail.initiatives,
    overrides: overrideSpans(detail.overrides).map(({ reason, ...span }) => ({
      ...span,
      title: `${translate('web.owner_value_day', { value: value(span.value) })} · ${reason}`,
    })),
    checkIns: spoken(checkIns, translate),
    forecast: detail.forecast?.of === 'value' ? detail.forecast : null,
    alerts: alertMarks(detail, translate),
    targets: targetSteps(detail.targets),
  };
}

/**
 * The metric's days before the cycle, where they are of the same line: the goal's own days (a running sum, a mean of 28
 * days) may be another quantity, and then the past of the metric says nothing about them.
 */
function historyOf({ cycle, goalSeries, series }: KeyResultDetail): ChartPoint[] {
  const goal = new Map(goalSeries.map(({ day, value }) => [day, value]));
  const shared = series.filter(({ day, value }) => value !== null && (goal.get(day) ?? null) !== null);
  const same = shared.length > 1 && shared.every(({ day, value }) => goal.get(day) === value);
  if (!same) return [];
  return series
    .filter(({ day }) => day < cycle.startDay)
    .map(({ day, revision, settled, value }) => ({
      day,
      value,
      expected: null,
      settled,
      restated: revision > 1,
    }));
}

function spoken(checkIns: readonly CheckInView[], translate: Translate): { day: string; title: string }[] {
  const byDay = new Map<string, string[]>();
  for (const { day, note } of checkIns) {
    const words = note === '' ? translate('web.check_in') : `${translate('web.check_in')} · ${note}`;
    byDay.set(day, [...(byDay.get(day) ?? []), words]);
  }
  return [...byDay].map(([day, said]) => ({ day, title: said.join('\n') }));
}

function alertMarks(detail: KeyResultDetail, translate: Translate) {
  const { alerts, cycle } = detail;
  const title = titleIn(translate.lang, detail);
  return alertDays(alerts, cycle.timeZone).map(({ day, kind }) => ({
    day,
    kind,
    title: translate(kind === 'fired' ? 'alert.fired' : 'alert.recovered', { title }),
  }));
}
