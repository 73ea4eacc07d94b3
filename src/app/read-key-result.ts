import { trailingDaysOf } from '../domain/aggregate.ts';
import { lastDay } from '../domain/cycle.ts';
import { addDays, localDay, minDay } from '../domain/day.ts';
import { progressOf } from '../domain/progress.ts';
import type { Titles } from '../domain/titles.ts';
import { findCycle, findKeyResult } from './find.ts';
import { goalSeries } from './goal-series.ts';
import type { Actor, AlertRecord, CycleRecord, Deps, InitiativeRecord, MetricRecord } from './ports.ts';
import type { BaselineRecord, OverrideRecord } from './ports-definition.ts';
import { type KeyResultView, type ShownPoint, viewKeyResults } from './read-board.ts';
import { type PastTarget, targetHistory } from './target-history.ts';
import { toObservation } from './to-observation.ts';

/** Days before the cycle that the chart shows, so that its start has a past. */
const DAYS_BEFORE = 30;

export type KeyResultDetail = {
  view: KeyResultView;
  objectiveTitle: string;
  objectiveTitles: Titles;
  cycle: CycleRecord;
  now: Date;
  today: string;
  /** `was`: what a restated day was believed to be before its last change. */
  series: (ShownPoint & { was: { value: string | null; until: Date } | null })[];
  /** By day of the cycle, in the metric's unit: what the goal had come to, and what was expected. */
  goalSeries: { day: string; value: number | null; expected: number | null }[];
  /** Newest first; the first is the one in use, unless the start was given when the Key Result was made. */
  baselines: BaselineRecord[];
  overrides: OverrideRecord[];
  /** Beside an override: what the source says by itself. */
  automatic: { value: number | null; asOfDay: string } | null;
  /** Of the metric, oldest first. */
  versions: (MetricRecord & { createdAt: Date; retiredAt: Date | null })[];
  initiatives: InitiativeRecord[];
  /** What was promised one after the other, oldest first; empty while it was never changed. */
  targets: PastTarget[];
  alerts: AlertRecord[];
};

export async function readKeyResult(deps: Deps, actor: Actor, key: string): Promise<KeyResultDetail> {
  const keyResult = await findKeyResult(deps, actor, key);
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  const objective = await deps.plan.findObjective(actor.workspace.id, keyResult.objectiveId);
  const now = await deps.clock.now();
  const today = localDay(now, cycle.timeZone);
  const [view] = await viewKeyResults(
    deps,
    actor,
    [keyResult],
    addDays(minDay(cycle.startDay, today), -DAYS_BEFORE - trailingDaysOf(keyResult.aggregate)),
  );
  if (view === undefined) throw new Error(`the Key Result ${keyResult.id} vanished while it was read`);
  const { metric } = view;
  return {
    view,
    objectiveTitle: objective?.title ?? '',
    objectiveTitles: objective?.titles ?? {},
    cycle,
    now,
    today,
    series: await withOldValues(deps, view),
    goalSeries: goalSeries(view.keyResult, metric, cycle, view.trend.map(toObservation), today),
    baselines: await deps.definitions.baselines(keyResult.id),
    overrides: await deps.definitions.overrides(keyResult.id),
    automatic: metric === null ? null : automaticValue(view, metric, cycle, today),
    versions: metric === null ? [] : await deps.sources.versionsOf(metric.id),
    initiatives: await deps.plan.listInitiatives(keyResult.id),
    targets: await targetHistory(deps, keyResult, cycle.timeZone, now),
    // What may still come to nothing is no mark on a page, and when it began is not kept once it has fired.
    alerts: (await deps.alerts.listAlerts(actor.workspace.id, { keyResultId: keyResult.id })).filter(
      ({ state }) => state !== 'pending',
    ),
  };
}

async function withOldValues(
  deps: Deps,
  { metric, trend }: KeyResultView,
): Promise<KeyResultDetail['series']> {
  const [first, last] = [trend[0]?.day, trend.at(-1)?.day];
  const restated = trend.some(({ revision }) => revision > 1);
  if (metric === null || first === undefined || last === undefined || !restated) {
    return trend.map((point) => ({ ...point, was: null }));
  }
  const revisions = await deps.sources.revisions(metric.versionId, first, addDays(last, 1));
  // In their order, so that the last one of each day stays.
  const was = new Map(
    revisions.map(({ believedUntil, day, value }) => [day, { value, until: believedUntil }]),
  );
  return trend.map((point) => ({
    ...point,
    was: point.value === null ? null : (was.get(point.day) ?? null),
  }));
}

/** What the source says by itself, on the newest day that counts. */
function automaticValue(
  { keyResult, trend }: KeyResultView,
  metric: MetricRecord,
  cycle: CycleRecord,
  today: string,
): KeyResultDetail['automatic'] {
  const end = minDay(today, lastDay(cycle));
  const counted = trend.filter(({ day, settled }) => day <= end && settled);
  const asOfDay = counted.findLast((point) => point.value !== null)?.day;
  if (asOfDay === undefined) return null;
  const { current } = progressOf(keyResult.goal, counted.map(toObservation), asOfDay, cycle, {
    kind: metric.kind,
    everyDayExpected: true,
    ...(keyResult.aggregate === null ? {} : { aggregate: keyResult.aggregate }),
  });
  return { value: current, asOfDay };
}
