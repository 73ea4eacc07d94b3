import type { Standing } from '../app/ports-definition.ts';
import type { BindingPreview } from '../app/preview-binding.ts';
import { localDay } from '../domain/day.ts';
import { isSettled } from '../domain/metric.ts';
import type { BindingPreviewView } from './contracts/binding.ts';
import { noticesView } from './notices.ts';
import { budgetView } from './views.ts';
import { reasonView } from './views-definition.ts';

type Measure = Pick<BindingPreview['binding']['metric'], 'unit' | 'currency'>;

export function bindingPreviewView(preview: BindingPreview): BindingPreviewView {
  const { binding, budgets, completeness, cycle, exchanges, judged, now, spent } = preview;
  const { metric } = binding;
  const points = preview.points.map(({ day, value }) => ({
    day,
    value: value === null ? null : Number(value),
    settled: isSettled(day, metric, now),
  }));
  const known = points.filter(({ value }) => value !== null);
  const { startDay, endDay } = preview;
  return {
    coverage: {
      startDay,
      endDay,
      days: points.length,
      daysWithValue: known.length,
      dataThroughDay: known.findLast(({ settled }) => settled)?.day ?? known.at(-1)?.day ?? null,
    },
    metric: metricOf(preview),
    aggregate: binding.aggregate,
    sameWindow: binding.sameWindow,
    current: known.at(-1) ?? null,
    points,
    completeness,
    requests: exchanges,
    quota: { spent, budgets: budgets.map(budgetView) },
    cycle: {
      startDay: cycle.startDay,
      endDay: cycle.endDay,
      timeZone: cycle.timeZone,
      today: localDay(now, cycle.timeZone),
    },
    ...judgedView(judged, preview),
    problems: [...preview.problems, ...remarks(preview, points)],
    warnings: noticesView(binding.warnings),
  };
}

function metricOf({ binding: { isSaved, metric } }: BindingPreview): BindingPreviewView['metric'] {
  const { connectionKey, connectorMetric, history, key, kind, params, timeZone, title } = metric;
  return {
    key: isSaved ? key : null,
    title,
    connectionKey: connectionKey === '' ? null : connectionKey,
    metric: connectorMetric,
    params,
    kind,
    unit: metric.unit,
    currency: metric.currency,
    timeZone,
    settlesAfterHours: metric.settlesAfterHours,
    rereadDays: metric.rereadDays,
    history,
  };
}

function judgedView(
  judged: BindingPreview['judged'],
  { binding: { metric }, keyResult }: BindingPreview,
): Pick<BindingPreviewView, 'standing' | 'baseline' | 'earlier' | 'trial'> {
  if (judged === null) return { standing: null, baseline: null, earlier: null, trial: null };
  const { baseline, days, earlier, standing, trial } = judged;
  return {
    standing: { ...standingView(standing, metric), goal: baseline?.goal ?? keyResult.goal, days },
    baseline:
      baseline === null
        ? null
        : {
            value: baseline.value,
            rule: baseline.rule as 'as_compared' | 'last_value' | 'trailing_mean', // a captured one is never stated
            startDay: baseline.startDay,
            endDay: baseline.endDay,
            observations: baseline.points.length,
          },
    earlier: earlier === null ? null : { ...earlier, standing: standingView(earlier.standing, metric) },
    trial,
  };
}

function standingView(standing: Standing, measure: Measure) {
  const { currentValue, expected, progress, startValue, status, statusAsOfDay, statusReason, targetValue } =
    standing;
  const reason = reasonView(statusReason, measure);
  return {
    status,
    reason,
    asOfDay: statusAsOfDay,
    currentValue,
    startValue,
    targetValue,
    progress,
    expected,
  };
}

function sameCurrency(one: Measure, other: Measure): boolean {
  return (one.currency ?? '').toLowerCase() === (other.currency ?? '').toLowerCase();
}

/** What to look at twice. */
function remarks(
  { binding: { metric }, keyResult }: BindingPreview,
  points: BindingPreviewView['points'],
): BindingPreviewView['problems'] {
  const said: BindingPreviewView['problems'] = [];
  const known = points.filter(({ value }) => value !== null);
  const measure = (of: Measure) =>
    of.currency === null ? of.unit : `${of.unit} (${of.currency.toUpperCase()})`;
  // Money of no currency was stated before it was known which.
  const same =
    metric.unit === keyResult.unit && (keyResult.currency === null || sameCurrency(metric, keyResult));
  if (!same)
    said.push({
      code: 'unit_changes',
      detail: `The Key Result counts ${measure(keyResult)}, and this metric ${measure(metric)}: its numbers are read in the metric's unit from then on.`,
    });
  if (metric.history === 'from_now')
    said.push({
      code: 'history_from_now',
      detail: 'The provider only knows the present value: history grows from the first sync on.',
    });
  if (known.length === 0)
    said.push({ code: 'no_values', detail: 'No day has a value. Check the parameters.' });
  else if (known.length > 1 && known.every(({ value }) => value === 0))
    said.push({
      code: 'all_zero',
      detail: 'Every day is zero. Check the parameters: another currency, for example, is not counted.',
    });
  return said;
}
