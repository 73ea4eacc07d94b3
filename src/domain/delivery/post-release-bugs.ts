import { noValue } from '../activities/quotient.ts';
import { closeOf, isInside } from '../catalog/span.ts';
import type { CatalogMetric } from '../catalog/types.ts';

const dayMs = 86_400_000;

/**
 * Bugs of the released version, found in the days after its release. Two releases compare only over equally many days,
 * so at the close of a day on which those days are not over there is no value: a young release would look good. Over
 * no window the caller answers for that.
 */
export const postReleaseBugs: CatalogMetric = {
  key: 'post_release_bugs',
  stage: 'delivery',
  kind: 'stock',
  unit: { name: 'bugs', storedAs: 'count', storedPer: 1 },
  windows: ['snapshot', 'none'],
  usualWindow: { kind: 'day' },
  params: { withinDays: { type: 'whole', min: 1, max: 365, default: 30 } },
  records: ['release', 'bugs'],
  sources: ['jira', 'github', 'linear', 'sheet', 'csv', 'sql'],
  compute(params, window, { release, bugs }) {
    if (release === undefined || bugs === undefined) return noValue('no_observation');
    const startAt = release.releasedAt;
    const endAt = new Date(startAt.getTime() + Number(params.withinDays) * dayMs);
    if (window.kind !== 'none' && endAt > closeOf(window)) return noValue('no_mature_cohort');
    const found = bugs.filter(
      (bug) => bug.affectedVersion === release.version && isInside(bug.createdAt, { startAt, endAt }),
    );
    return { value: found.length };
  },
};
