import type { RecordSets } from '../catalog/record-sets.ts';
import { isInside, periodOf } from '../catalog/span.ts';
import type { CatalogMetric, Measurement, MetricWindow, ParamValues } from '../catalog/types.ts';
import { groupedBy } from './grouped.ts';
import { days, minCohort, numberParam } from './params.ts';
import { notRead, rate } from './rate.ts';
import type { Content, View } from './records.ts';
import { inMinutes, inUsers, ownTables } from './units.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A view of some length; one of 0 seconds was not watched. */
type Watched = { userId: string; at: Date; lengthMs: number };

/**
 * Minutes watched over the people who watched. A view belongs whole to the window it started in. Two players of one
 * person at once are one viewing: a view adds only what no earlier one covers, so that the windows of a year add up to
 * the time that the person really watched.
 */
function viewingMinutes(params: ParamValues, window: MetricWindow, { views }: RecordSets): Measurement {
  const span = periodOf(window);
  if (views === undefined) return notRead;
  const viewers = new Set<string>();
  let watchedMs = 0;
  for (const own of watchedByUser(views).values()) {
    let coveredUntilMs = Number.NEGATIVE_INFINITY;
    for (const { userId, at, lengthMs } of own) {
      const endMs = at.getTime() + lengthMs;
      if (isInside(at, span)) {
        viewers.add(userId);
        watchedMs += Math.max(0, endMs - Math.max(at.getTime(), coveredUntilMs));
      }
      coveredUntilMs = Math.max(coveredUntilMs, endMs);
    }
  }
  return rate({
    numerator: watchedMs / minuteMs,
    denominator: viewers.size,
    sampleSize: viewers.size,
    minSample: numberParam(params, 'minCohort'),
  });
}

function watchedByUser(views: readonly View[]): Map<string, Watched[]> {
  const watched = views.filter(({ seconds }) => seconds > 0);
  // Whole milliseconds, so that the sum does not depend on its order.
  const lengths = watched.map(({ userId, at, seconds }) => ({
    userId,
    at,
    lengthMs: Math.round(seconds * secondMs),
  }));
  return groupedBy(
    lengths.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    (view) => view.userId,
  );
}

/** Different people who watched something while it was new. A preview before the release is not watching a new one. */
function newReleaseViewers(params: ParamValues, window: MetricWindow, records: RecordSets): Measurement {
  const span = periodOf(window);
  if (records.views === undefined || records.content === undefined) return notRead;
  const newForMs = numberParam(params, 'newForDays') * dayMs;
  const releasedMs = releases(records.content);
  const viewers = new Set<string>();
  for (const { userId, contentId, seconds, at } of records.views) {
    const releaseMs = releasedMs.get(contentId);
    if (releaseMs === undefined || seconds <= 0 || !isInside(at, span)) continue;
    const ageMs = at.getTime() - releaseMs;
    if (ageMs >= 0 && ageMs < newForMs) viewers.add(userId);
  }
  return { value: viewers.size };
}

/** Titles with the moment they came out; told twice, the earlier one, as a title is new once. */
function releases(content: readonly Content[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, releasedAt } of content) {
    found.set(id, Math.min(found.get(id) ?? Number.POSITIVE_INFINITY, releasedAt.getTime()));
  }
  return found;
}

const shared = {
  stage: 'engagement',
  kind: 'distinct', // different people, whom another window has again
  windows: ['period'],
  usualWindow: { kind: 'month' },
  sources: ownTables,
} as const;

export const viewingMetrics: readonly CatalogMetric[] = [
  {
    ...shared,
    key: 'viewing_minutes_per_viewer',
    unit: inMinutes,
    params: { minCohort },
    records: ['views'],
    compute: viewingMinutes,
  },
  {
    ...shared,
    key: 'new_release_viewers',
    unit: inUsers,
    params: { newForDays: days(30) },
    records: ['views', 'content'],
    compute: newReleaseViewers,
  },
];
