import { noValue } from '../activities/quotient.ts';
import { isInside, spanOf } from '../catalog/span.ts';
import type { CatalogMetric, MetricWindow } from '../catalog/types.ts';
import { type Duration, durationOf } from './durations.ts';
import type { Deployment } from './records.ts';
import { statistics } from './statistics.ts';

const minuteMs = 60_000;
const sources = ['github', 'gitlab', 'push', 'csv', 'sql'];

/** How long a deployment takes, of those that succeeded and finished in the period. */
export const deploymentMinutes: CatalogMetric = {
  key: 'deployment_minutes',
  stage: 'delivery',
  kind: 'distribution',
  unit: { name: 'minutes', storedAs: 'duration', storedPer: 60 },
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 14 },
  // As for lead times, "deployment time" says the mean; one hung run of an hour shows in the median beside it.
  params: { stat: { type: 'choice', of: statistics, default: 'mean' } },
  records: ['deploys'],
  sources,
  compute(params, window, { deploys }) {
    if (deploys === undefined) return noValue('no_observation');
    return durationOf(succeededIn(deploys, window), params.stat, minuteMs);
  },
};

/** Deployments that succeeded and finished in the period. */
export const deploymentCount: CatalogMetric = {
  key: 'deployment_count',
  stage: 'delivery',
  kind: 'flow',
  unit: { name: 'deployments', storedAs: 'count', storedPer: 1 },
  windows: ['period'],
  usualWindow: { kind: 'day' },
  params: {},
  records: ['deploys'],
  sources,
  compute(_params, window, { deploys }) {
    if (deploys === undefined) return noValue('no_observation');
    return { value: succeededIn(deploys, window).length };
  },
};

function succeededIn(deploys: readonly Deployment[], window: MetricWindow): Duration[] {
  const span = spanOf(window);
  return deploys.flatMap(({ startedAt, finishedAt, conclusion }) =>
    conclusion === 'success' && finishedAt !== null && isInside(finishedAt, span)
      ? [{ startedAt, finishedAt }]
      : [],
  );
}
