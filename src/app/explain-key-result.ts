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
import { type KeyResultView, viewKeyResults } from './read-board.ts';

export type KeyResultExplanation = {
  view: KeyResultView;
  snapshot: SnapshotRecord | null;
  /** The points that the snapshot used, newest first, each with what the day was believed to be before. */
  points: (StoredPoint & { revisions: StoredRevision[] })[];
  runs: { run: RunRecord; evidence: EvidenceRecord[] }[];
  metric: MetricRecord | null;
  now: Date;
};

/** Walks from the progress number to the points, the sync runs, the redacted requests and the response digests. */
export async function explainKeyResult(deps: Deps, actor: Actor, key: string): Promise<KeyResultExplanation> {
  const keyResult = await findKeyResult(deps, actor, key);
  const now = await deps.clock.now();
  const [view] = await viewKeyResults(deps, actor, [keyResult], addDays(now.toISOString().slice(0, 10), -60));
  if (view === undefined) throw new Error(`the Key Result ${keyResult.id} vanished while it was read`);
  const snapshotId = view.state?.snapshotId ?? null;
  const snapshot = snapshotId === null ? null : await deps.results.snapshot(snapshotId);
  const versionId = snapshot?.metricVersionId ?? keyResult.metricVersionId;
  const points = versionId === null || snapshot === null ? [] : await usedPoints(deps, versionId, snapshot);
  const runIds = [...new Set(points.flatMap((point) => (point.runId === null ? [] : [point.runId])))];
  const runs = await deps.runs.byIds(runIds);
  const evidence = versionId === null ? [] : await deps.results.evidence(runIds, versionId);
  return {
    view,
    snapshot,
    points: points.toReversed(),
    runs: runs
      .toReversed()
      .map((run) => ({ run, evidence: evidence.filter((each) => each.runId === run.id) })),
    metric: view.metric,
    now,
  };
}

async function usedPoints(
  deps: Deps,
  versionId: string,
  snapshot: SnapshotRecord,
): Promise<(StoredPoint & { revisions: StoredRevision[] })[]> {
  const used = new Set(snapshot.points.map(([day]) => day));
  const days = [...used].toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const points = await deps.sources.points(versionId, first, addDays(last, 1));
  const revisions = await deps.sources.revisions(versionId, first, addDays(last, 1));
  return points
    .filter((point) => used.has(point.day))
    .map((point) => ({ ...point, revisions: revisions.filter((revision) => revision.day === point.day) }));
}
