import type { CohortDays } from '../domain/cohort.ts';
import { addDays, localDay } from '../domain/day.ts';
import type { RolledUp } from '../domain/roll-up.ts';
import { cohortOf, followsCohorts } from './cohort-of.ts';
import { findCycle } from './find.ts';
import { newestByKey } from './formula-version.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import type {
  Actor,
  ConnectionRecord,
  CycleRecord,
  Deps,
  Environment,
  KeyResultRecord,
  KeyResultStateRecord,
  MetricRecord,
  ObjectiveRecord,
  StoredPoint,
} from './ports.ts';
import { rollUp } from './roll-up.ts';

const TREND_DAYS = 60;
/** A metric with a point a month: half a year of points, the newest of which may be three months old. */
const MONTHLY_TREND_DAYS = 270;

/** A stored point as it may be shown: a day that is not settled is provisional, and marked so. */
export type ShownPoint = StoredPoint & { settled: boolean };

/** One Key Result with everything that its row shows. All of it was stored by an evaluation; nothing is computed. */
export type KeyResultView = {
  keyResult: KeyResultRecord;
  state: KeyResultStateRecord | null;
  metric: MetricRecord | null;
  connection: ConnectionRecord | null;
  /** Whether any account behind it, also by a formula, is not a live one. */
  environment: Environment;
  trend: ShownPoint[];
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
  objectives: { objective: ObjectiveRecord; keyResults: KeyResultView[]; rolled: RolledUp }[];
};

/** The objectives and Key Results of a cycle: the one named, else the one that today lies in, else the newest. */
export async function readBoard(deps: Deps, actor: Actor, cycleKey: string | undefined): Promise<BoardView> {
  const now = await deps.clock.now();
  const cycle =
    cycleKey === undefined ? await currentCycle(deps, actor, now) : await findCycle(deps, actor, cycleKey);
  if (cycle === null) return { cycle, now, objectives: [] };
  const objectives = await deps.plan.listObjectives(actor.workspace.id, cycle.id);
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  const views = await viewKeyResults(
    deps,
    actor,
    keyResults,
    addDays(localDay(now, cycle.timeZone), -TREND_DAYS),
  );
  const rolled = rollUp(
    objectives,
    views.map(({ keyResult, state }) => ({ ...keyResult, progress: state?.progress ?? null })),
  );
  return {
    cycle,
    now,
    objectives: objectives.map((objective) => ({
      objective,
      rolled: rolled.get(objective.id) ?? { value: null, reason: 'no_observation', coverage: 0 },
      keyResults: views.filter((view) => view.keyResult.objectiveId === objective.id),
    })),
  };
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
  const states = await deps.results.states(keyResults.map((each) => each.id));
  const bound = new Set(keyResults.flatMap((each) => metrics.get(each.metricVersionId ?? '') ?? []));
  const trends = await trendsOf(deps, [...bound], fromDay);
  const cycles = new Map((await deps.plan.listCycles(actor.workspace.id)).map((each) => [each.id, each]));
  const now = await deps.clock.now();
  return keyResults.map((keyResult) => {
    const metric = metrics.get(keyResult.metricVersionId ?? '') ?? null;
    const cycle = cycles.get(keyResult.cycleId);
    const points = trends.get(keyResult.metricVersionId ?? '') ?? [];
    return {
      keyResult,
      state: states.get(keyResult.id) ?? null,
      metric,
      connection: connections.get(metric?.connectionId ?? '') ?? null,
      environment: environmentOf(metric, metrics, connections),
      trend: points.map((point) => shownPoint(point, metric, now)),
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

/** The points of each metric version from one day on; of monthly ones from longer ago, where they are. */
async function trendsOf(
  deps: Deps,
  metrics: MetricRecord[],
  fromDay: string,
): Promise<Map<string, StoredPoint[]>> {
  const ids = (cadence: MetricRecord['cadence']) =>
    metrics.filter((metric) => metric.cadence === cadence).map((metric) => metric.versionId);
  const daily = await deps.results.trends(ids('day'), fromDay);
  const monthly = ids('month');
  if (monthly.length === 0) return daily;
  return new Map([...daily, ...(await deps.results.trends(monthly, addDays(fromDay, -MONTHLY_TREND_DAYS)))]);
}
