import { addDays } from '../domain/day.ts';
import { findKeyResult } from './find.ts';
import type {
  Actor,
  Deps,
  EvidenceRecord,
  MetricRecord,
  RunRecord,
  SnapshotRecord,
  StoredPoint,
  StoredRevision,
} from './ports.ts';
import type { BaselineRecord, IngestView, OverrideRecord } from './ports-definition.ts';
import { type KeyResultView, viewKeyResults } from './read-board.ts';

/** A point with what its day was believed to be before. */
export type ExplainedPoint = StoredPoint & { revisions: StoredRevision[] };
export type ExplainedRun = { run: RunRecord; evidence: EvidenceRecord[] };

export type KeyResultExplanation = {
  view: KeyResultView;
  snapshot: SnapshotRecord | null;
  /** The points that the snapshot used, newest first. */
  points: ExplainedPoint[];
  runs: ExplainedRun[];
  /** What people or programs brought, where the points are not read by us. */
  ingests: IngestView[];
  metric: MetricRecord | null;
  /** Of a formula: each metric that it combines, with its own points of the same days. */
  inputs: { name: string; metric: MetricRecord; points: ExplainedPoint[] }[];
  /** The one that progress is measured from, when it was captured or stated by an owner. */
  baseline: BaselineRecord | null;
  /** The one that stands in for the source now. */
  override: OverrideRecord | null;
  /** Where a day was asked for: what stands on it, used or not, and what its inputs were. */
  onDay: { point: ExplainedPoint | null; inputs: ExplainedPoint[] } | null;
  now: Date;
};

/**
 * Walks from the progress number to the points, the sync runs, the redacted requests and the response digests. A
 * formula is not the end of it: the walk goes on through each of its metrics.
 *
 * @param day one that is asked about by itself, whether or not it took part in the number; its runs are told too
 */
export async function explainKeyResult(
  deps: Deps,
  actor: Actor,
  key: string,
  day?: string,
): Promise<KeyResultExplanation> {
  const keyResult = await findKeyResult(deps, actor, key);
  const now = await deps.clock.now();
  const [view] = await viewKeyResults(deps, actor, [keyResult], addDays(now.toISOString().slice(0, 10), -60));
  if (view === undefined) throw new Error(`the Key Result ${keyResult.id} vanished while it was read`);
  const snapshotId = view.state?.snapshotId ?? null;
  const snapshot = snapshotId === null ? null : await deps.results.snapshot(snapshotId);
  const versionId = snapshot?.metricVersionId ?? keyResult.metricVersionId;
  // What was judged names its own version; the Key Result may have another one by now.
  const metric = versionId === null ? null : await deps.sources.metricOfVersion(versionId);
  const days = snapshot === null ? [] : snapshot.points.map(([day]) => day);
  const points = versionId === null ? [] : await pointsOn(deps, versionId, days);
  const inputs = metric === null ? [] : await inputsOn(deps, metric, days);
  const read = inputs.length > 0 ? inputs : metric === null ? [] : [{ metric, points }];
  const asked = day === undefined || metric === null ? null : await askedDay(deps, metric, day);
  const [baseline] = await deps.definitions.baselines(keyResult.id);
  const overrides = await deps.definitions.overrides(keyResult.id);
  return {
    view,
    snapshot,
    points: points.toReversed(),
    runs: await runsBehind(deps, [...read, ...(asked?.read ?? [])]),
    ingests: await deps.definitions.ingests(idsOf([...read, ...(asked?.read ?? [])])),
    metric,
    inputs: inputs.map((input) => ({ ...input, points: input.points.toReversed() })),
    baseline: baseline === undefined || baseline.value !== view.state?.startValue ? null : baseline,
    override: overrides.find(({ id }) => id === view.state?.override?.id) ?? null,
    onDay: asked?.onDay ?? null,
    now,
  };
}

async function askedDay(deps: Deps, metric: MetricRecord, day: string) {
  const [point = null] = await pointsOn(deps, metric.versionId, [day]);
  const inputs = await inputsOn(deps, metric, [day]);
  const read: Read[] = [{ metric, points: point === null ? [] : [point] }, ...inputs];
  return { onDay: { point, inputs: inputs.flatMap(({ points }) => points) }, read };
}

type Read = { metric: MetricRecord; points: ExplainedPoint[] };

function idsOf(read: Read[]): string[] {
  return [...new Set(read.flatMap(({ points }) => points.flatMap(({ runId }) => runId ?? [])))];
}

/** The runs that brought these points, newest first, each with its evidence for these metrics. */
async function runsBehind(deps: Deps, read: Read[]): Promise<ExplainedRun[]> {
  const runs = await deps.runs.byIds(idsOf(read));
  const evidence: EvidenceRecord[] = [];
  for (const { metric, points } of read) {
    const ids = idsOf([{ metric, points }]);
    if (ids.length > 0) evidence.push(...(await deps.results.evidence(ids, metric.versionId)));
  }
  return runs
    .toReversed()
    .map((run) => ({ run, evidence: evidence.filter((each) => each.runId === run.id) }));
}

async function inputsOn(deps: Deps, { definition }: MetricRecord, days: string[]) {
  if (definition?.kind !== 'formula') return [];
  const inputs: KeyResultExplanation['inputs'] = [];
  for (const { name, versionId } of definition.inputs) {
    const metric = await deps.sources.metricOfVersion(versionId);
    if (metric !== null) inputs.push({ name, metric, points: await pointsOn(deps, versionId, days) });
  }
  return inputs;
}

async function pointsOn(deps: Deps, versionId: string, wanted: string[]): Promise<ExplainedPoint[]> {
  const used = new Set(wanted);
  const days = [...used].toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const points = await deps.sources.points(versionId, first, addDays(last, 1));
  const revisions = await deps.sources.revisions(versionId, first, addDays(last, 1));
  return points
    .filter((point) => used.has(point.day))
    .map((point) => ({ ...point, revisions: revisions.filter((revision) => revision.day === point.day) }));
}
