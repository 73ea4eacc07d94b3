import { isInside, spanOf } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';
import { noValue, sumOf } from './quotient.ts';

/**
 * How often something was done: interviews, tests, posts, sessions. An entry counts with its value, so a correction
 * (a negative entry) takes back what it corrects. Without a label every entry of the source counts.
 */
export const activityCount: CatalogMetric = {
  key: 'activity_count',
  stage: 'discovery',
  kind: 'flow',
  unit: { name: 'entries', storedAs: 'count', storedPer: 1 },
  windows: ['period'],
  usualWindow: { kind: 'day' },
  params: { label: { type: 'text' } },
  records: ['entries'],
  sources: ['manual', 'push', 'sheet', 'csv', 'github', 'jira', 'linear', 'typeform', 'calendar', 'feed'],
  compute(params, window, { entries }) {
    if (entries === undefined) return noValue('no_observation');
    const span = spanOf(window);
    const counted = entries.filter(
      (entry) => isInside(entry.at, span) && (params.label === undefined || entry.label === params.label),
    );
    return { value: sumOf(counted.map((entry) => entry.value)), sampleSize: counted.length };
  },
};
