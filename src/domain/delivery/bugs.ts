import { noValue, quotient } from '../activities/quotient.ts';
import { isInside, type Span, spanOf } from '../catalog/span.ts';
import type { CatalogMetric, MetricWindow, ParamSpec, ParamValue } from '../catalog/types.ts';
import type { Issue } from './records.ts';

const dayMs = 86_400_000;
const unit = { name: 'bugs', storedAs: 'count', storedPer: 1 } as const;
const sources = ['jira', 'github', 'linear', 'sheet', 'csv', 'sql'];
/** What a tracker calls a bug and a feature is the team's own choice. */
const types: Record<'bugTypes' | 'featureTypes', ParamSpec> = {
  bugTypes: { type: 'texts', default: ['bug'], min: 1 },
  featureTypes: { type: 'texts', default: ['feature'], min: 1 },
};

/** Bugs created in the period for each feature finished in it, for trackers that do not link the one to the other. */
export const bugsPerFeature: CatalogMetric = {
  key: 'bugs_per_feature',
  stage: 'delivery',
  kind: 'ratio',
  unit,
  windows: ['period'],
  usualWindow: { kind: 'trailing', days: 30 },
  params: types,
  records: ['issues'],
  sources,
  compute(params, window, { issues }) {
    if (issues === undefined) return noValue('no_observation');
    const span = spanOf(window);
    const bugs = issuesOf(issues, params.bugTypes).filter((bug) => isInside(bug.createdAt, span));
    const features = issuesOf(issues, params.featureTypes).filter(
      (feature) => feature.doneAt !== null && isInside(feature.doneAt, span),
    );
    return quotient(bugs.length, features.length, { sampleSize: features.length });
  },
};

/**
 * Bugs linked to the features that shipped in the window and found within `findDays` of their shipping, for each such
 * feature. A feature counts once it has shipped `matureDays` ago and the time for finding its bugs is over: before
 * that its bugs are not few but not yet found. A bug of two features is one bug.
 */
export const linkedBugsPerFeature: CatalogMetric = {
  key: 'linked_bugs_per_feature',
  stage: 'delivery',
  kind: 'ratio',
  unit,
  windows: ['cohort', 'period'],
  usualWindow: { kind: 'matured_cohort', days: 90 },
  params: {
    matureDays: { type: 'whole', min: 0, max: 365, default: 30 },
    findDays: { type: 'whole', min: 1, max: 365, default: 30 },
    ...types,
  },
  records: ['issues'],
  sources,
  compute(params, window, { issues }) {
    if (issues === undefined) return noValue('no_observation');
    const shipped = shippedIn(issuesOf(issues, params.featureTypes), spanOf(window));
    if (shipped.size === 0) return quotient(0, 0);
    const findMs = Number(params.findDays) * dayMs;
    const waitMs = Math.max(Number(params.matureDays) * dayMs, findMs);
    const asOfMs = asOfAt(window).getTime();
    const mature = new Map([...shipped].filter(([, shippedMs]) => shippedMs + waitMs <= asOfMs));
    if (mature.size === 0) return noValue('no_mature_cohort');
    const bugs = issuesOf(issues, params.bugTypes).filter((bug) => isFoundOn(bug, mature, findMs));
    return quotient(bugs.length, mature.size, { sampleSize: mature.size });
  },
};

function issuesOf(issues: readonly Issue[], wanted: ParamValue | undefined): Issue[] {
  const names = typeof wanted === 'object' ? Array.from(wanted, String) : [];
  return issues.filter((issue) => names.includes(issue.type));
}

/** When each feature of the span shipped, in milliseconds. */
function shippedIn(features: readonly Issue[], span: Span): Map<string, number> {
  return new Map(
    features.flatMap(({ id, doneAt }) =>
      doneAt !== null && isInside(doneAt, span) ? [[id, doneAt.getTime()] as const] : [],
    ),
  );
}

/** A period is judged at its own end. */
function asOfAt(window: MetricWindow): Date {
  return window.kind === 'cohort' ? window.asOfAt : spanOf(window).endAt;
}

function isFoundOn(bug: Issue, shipped: ReadonlyMap<string, number>, findMs: number): boolean {
  const createdMs = bug.createdAt.getTime();
  return bug.features.some((id) => {
    const shippedMs = shipped.get(id);
    return shippedMs !== undefined && createdMs >= shippedMs && createdMs < shippedMs + findMs;
  });
}
