import type { CohortDays } from '../domain/cohort.ts';
import { addDays, localDay } from '../domain/day.ts';
import type { RolledUp } from '../domain/roll-up.ts';
import { type Standing, type WeekChange, weekChange } from '../domain/week-change.ts';
import { cohortOf, followsCohorts } from './cohort-of.ts';
import { findCycle } from './find.ts';
import { newestByKey } from './formula-version.ts';
import { grouped } from './grouped.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import type {
  Actor,
  ConnectionRecord,
  CycleRecord,
  Deps,
  Environment,
  KeyResultRecord,
  MetricRecord,
  ObjectiveRecord,
  ShownState,
  StoredPoint,
} from './ports.ts';
import { rollUp } from './roll-up.ts';
import { type TrendLine, trendLine } from './trend-line.ts';

const TREND_DAYS = 60;
/** A metric with a point a month: half a year of points, the newest of which may be three months old. */
const MONTHLY_TREND_DAYS = 270;

/** A stored point as it may be shown: a day that is not settled is provisional, and marked so. */
export type ShownPoint = StoredPoint & { settled: boolean };

/** One Key Result with everything that its row shows. All of it was stored by an evaluation; nothing is computed. */
export type KeyResultView = {
  keyResult: KeyResultRecord;
  state: ShownState | null;
  metric: MetricRecord | null;
  connection: ConnectionRecord | null;
  /** Whether any account behind it, also by a formula, is not a live one. */
  environment: Environment;
  trend: ShownPoint[];
  /** The same days side by side, where they were asked for like that; then `trend` is empty. */
  trendLine: TrendLine | null;
  /** Where the metric follows cohorts. */
  cohort: CohortDays | null;
  /** What its guard looks at. */
  guardMetric: MetricRecord | null;
  /** A version of its metric that nobody has accepted for it yet. */
  newDefinition: { version: number; reason: string | null } | null;
};
export type BoardView = {
  cycle: CycleRecord | null;
  now: Date;
  /** The moment that the rows are compared with. */
  comparedAt: Date;
  objectives: { objective: ObjectiveRecord; keyResults: BoardRowView[]; rolled: RolledUp }[];
};
/** `week` null: nothing was known of it a week before. */
export type BoardRowView = KeyResultView & { week: WeekChange | null };

export type BoardOptions = {
  cycle?: string | undefined;
  /** The form in which the days of the metrics come. */
  trend?: TrendForm | undefined;
  /** Ids or keys: no other rows. Objectives, and how far they have come, are told all the same. */
  only?: readonly string[] | undefined;
};
export type TrendForm = 'days' | 'line';

const WEEK_MS = 7 * 86_400_000;

/** The objectives and Key Results of a cycle: the one named, else the one that today lies in, else the newest. */
export async function readBoard(
  deps: Deps,
  actor: Actor,
  { cycle: cycleKey, only, trend = 'days' }: BoardOptions = {},
): Promise<BoardView> {
  const now = await deps.clock.now();
  const comparedAt = new Date(now.getTime() - WEEK_MS);
  const cycle =
    cycleKey === undefined ? await currentCycle(deps, actor, now) : await findCycle(deps, actor, cycleKey);
  if (cycle === null) return { cycle, now, comparedAt, objectives: [] };
  const objectives = await deps.plan.listObjectives(actor.workspace.id, cycle.id);
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  const named = new Set(only);
  const shown =
    only === undefined ? keyResults : keyResults.filter(({ id, key }) => named.has(id) || named.has(key));
  const fromDay = addDays(localDay(now, cycle.timeZone), -TREND_DAYS);
  const views = await viewKeyResults(deps, actor, shown, fromDay, { trend, forecasts: false });
  const states =
    only === undefined
      ? new Map(views.map(({ keyResult, state }) => [keyResult.id, state]))
      : await deps.results.shownStates(keyResults.map(({ id }) => id));
  const rolled = rollUp(
    objectives,
    keyResults.map((each) => ({ ...each, progress: states.get(each.id)?.progress ?? null })),
  );
  const standings = await deps.beliefs.standings(
    shown.map(({ id }) => id),
    comparedAt,
  );
  const rows = grouped(
    views.map((view) => ({ ...view, week: weekOf(view, standings) })),
    ({ keyResult }) => keyResult.objectiveId,
  );
  return {
    cycle,
    now,
    comparedAt,
    objectives: objectives.map((objective) => ({
      objective,
      rolled: rolled.get(objective.id) ?? { value: null, reason: 'no_observation', coverage: 0 },
      keyResults: rows.get(objective.id) ?? [],
    })),
  };
}

function weekOf(
  { keyResult, state }: KeyResultView,
  standings: ReadonlyMap<string, Standing>,
): WeekChange | null {
  const was = standings.get(keyResult.id);
  if (was === undefined || state === null) return null;
  const { currentValue, dataState, outlook, progress, status, statusAsOfDay, targetValue } = state;
  const chance = outlook?.chance?.smoothed ?? null;
  return weekChange(was, {
    asOfDay: statusAsOfDay,
    status,
    dataState,
    currentValue,
    targetValue,
    progress,
    chance,
  });
}

/** The cycle that today lies in, else the newest. */
export async function currentCycle(deps: Deps, actor: Actor, now: Date): Promise<CycleRecord | null> {
  const cycles = await deps.plan.listCycles(actor.workspace.id);
  const running = cycles.find((cycle) => {
    const today = localDay(now, cycle.timeZone);
    return cycle.startDay <= today && today < cycle.endDay;
  });
  return running ?? cycles[0] ?? null;
}

export async function viewKeyResults(
  deps: Deps,
  actor: Actor,
  keyResults: KeyResultRecord[],
  fromDay: string,
  { forecasts = true, trend = 'days' }: { trend?: TrendForm; forecasts?: boolean } = {},
): Promise<KeyResultView[]> {
  const named = keyResults.flatMap(({ guard, metricVersionId }) =>
    [metricVersionId, guard?.metricVersionId].filter((id) => typeof id === 'string'),
  );
  const versions = await deps.sources.listMetrics(actor.workspace.id, undefined, named);
  const metrics = new Map(versions.map((each) => [each.versionId, each]));
  const newest = newestByKey(versions);
  const connections = new Map(
    (await deps.sources.listConnections(actor.workspace.id)).map((each) => [each.id, each]),
  );
  const ids = keyResults.map(({ id }) => id);
  const states = await (forecasts ? deps.results.states(ids) : deps.results.shownStates(ids));
  const bound = new Set(keyResults.flatMap((each) => metrics.get(each.metricVersionId ?? '') ?? []));
  const trends = trend === 'days' ? await trendsOf([...bound], fromDay, deps.results.trends) : null;
  const lines = trend === 'line' ? await trendsOf([...bound], fromDay, deps.results.trendLines) : null;
  const cycles = new Map((await deps.plan.listCycles(actor.workspace.id)).map((each) => [each.id, each]));
  const now = await deps.clock.now();
  return keyResults.map((keyResult) => {
    const metric = metrics.get(keyResult.metricVersionId ?? '') ?? null;
    const cycle = cycles.get(keyResult.cycleId);
    const points = trends?.get(keyResult.metricVersionId ?? '') ?? [];
    const line = lines?.get(keyResult.metricVersionId ?? '');
    return {
      keyResult,
      state: states.get(keyResult.id) ?? null,
      metric,
      connection: connections.get(metric?.connectionId ?? '') ?? null,
      environment: environmentOf(metric, metrics, connections),
      trend: points.map((point) => shownPoint(point, metric, now)),
      trendLine: line === undefined ? null : trendLine(line, metric, now),
      cohort: cycle === undefined ? null : cohortOf(metric, cycle),
      guardMetric: metrics.get(keyResult.guard?.metricVersionId ?? '') ?? null,
      newDefinition: newDefinitionOf(metric, newest),
    };
  });
}

/** Of a cohort that is not decided there is no number, however many of it have come back already. */
function shownPoint(point: StoredPoint, metric: MetricRecord | null, now: Date): ShownPoint {
  const settled = metric === null || isStoredSettled(point, metric, now);
  if (settled || metric === null || !followsCohorts(metric)) return { ...point, settled };
  return { ...point, value: null, numerator: null, denominator: null, reason: 'no_mature_cohort', settled };
}

/** The least live of the accounts that the metric is read from, by itself or as a formula. */
function environmentOf(
  metric: MetricRecord | null,
  metrics: Map<string, MetricRecord>,
  connections: Map<string, ConnectionRecord>,
): Environment {
  const read = metric === null ? [] : [metric, ...metric.inputs.flatMap((id) => metrics.get(id) ?? [])];
  const found = new Set(read.map(({ connectionId }) => connections.get(connectionId)?.environment));
  if (found.has('sandbox')) return 'sandbox';
  return found.has('test') ? 'test' : 'live';
}

function newDefinitionOf(
  metric: MetricRecord | null,
  newest: Map<string, MetricRecord>,
): KeyResultView['newDefinition'] {
  const latest = metric === null ? undefined : newest.get(metric.key);
  if (metric === null || latest === undefined || latest.version <= metric.version) return null;
  return { version: latest.version, reason: latest.changeReason };
}

/** What there is of each metric version from one day on; of monthly ones from longer ago, where they are. */
async function trendsOf<Trend>(
  metrics: MetricRecord[],
  fromDay: string,
  read: (ids: string[], fromDay: string) => Promise<Map<string, Trend>>,
): Promise<Map<string, Trend>> {
  const ids = (cadence: MetricRecord['cadence']) =>
    metrics.filter((metric) => metric.cadence === cadence).map((metric) => metric.versionId);
  const daily = await read(ids('day'), fromDay);
  const monthly = ids('month');
  if (monthly.length === 0) return daily;
  return new Map([...daily, ...(await read(monthly, addDays(fromDay, -MONTHLY_TREND_DAYS)))]);
}
