import { noValue } from '../activities/quotient.ts';
import { isInside, spanOf } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';
import { durationOf } from './durations.ts';
import { statistics } from './statistics.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * How long the work that was finished in the period had taken. Where the clock starts is the source's choice: created,
 * started, or the first commit. Days are of 24 hours, weekends included.
 */
export const leadTime: CatalogMetric = {
  key: 'lead_time',
  stage: 'delivery',
  kind: 'distribution',
  unit: { name: 'days', storedAs: 'duration', storedPer: 86_400 },
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 30 },
  params: {
    stat: { type: 'choice', of: statistics, default: 'mean' },
    unit: { type: 'choice', of: ['days', 'hours'], default: 'days' },
  },
  records: ['items'],
  sources: ['jira', 'linear', 'github', 'gitlab', 'sheet', 'csv', 'sql'],
  compute(params, window, { items }) {
    if (items === undefined) return noValue('no_observation');
    const span = spanOf(window);
    const done = items.flatMap(({ createdAt, doneAt }) =>
      doneAt !== null && isInside(doneAt, span) ? [{ startedAt: createdAt, finishedAt: doneAt }] : [],
    );
    return durationOf(done, params.stat, params.unit === 'hours' ? hourMs : dayMs);
  },
};
