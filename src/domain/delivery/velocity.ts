import { noValue, quotient, sumOf } from '../activities/quotient.ts';
import { closeOf } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';
import type { Sprint } from './records.ts';

/**
 * Mean points of the newest sprints that had closed by the end of the day; of those there are, when there are fewer.
 * A running sprint has no velocity yet. The points are those of the moment when the sprint closed.
 */
export const sprintVelocity: CatalogMetric = {
  key: 'sprint_velocity',
  stage: 'delivery',
  kind: 'stock',
  unit: { name: 'points', storedAs: 'custom:points', storedPer: 1 },
  windows: ['snapshot'],
  usualWindow: { kind: 'day' },
  params: { lastN: { type: 'whole', min: 1, max: 52, default: 3 } },
  records: ['sprints'],
  sources: ['jira', 'linear', 'github', 'sheet', 'csv', 'sql'],
  compute(params, window, { sprints }) {
    if (sprints === undefined) return noValue('no_observation');
    const newest = closedBy(sprints, closeOf(window)).slice(0, Number(params.lastN));
    const points = newest.map((sprint) => sprint.completedPoints);
    return quotient(sumOf(points), points.length, { sampleSize: points.length });
  },
};

/** Newest first; of two that closed at the same instant, the one with the greater id. */
function closedBy(sprints: readonly Sprint[], closeAt: Date): Sprint[] {
  const closed = sprints.flatMap((sprint) =>
    sprint.state === 'closed' && sprint.completedAt !== null && sprint.completedAt < closeAt
      ? [{ sprint, completedAtMs: sprint.completedAt.getTime() }]
      : [],
  );
  return closed
    .toSorted((a, b) => b.completedAtMs - a.completedAtMs || (a.sprint.id < b.sprint.id ? 1 : -1))
    .map(({ sprint }) => sprint);
}
