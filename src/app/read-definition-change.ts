import { addDays, localDay, minDay } from '../domain/day.ts';
import { resolvedStart } from '../domain/goal.ts';
import { AppError } from './errors.ts';
import { createJudge } from './evaluate-key-result.ts';
import { findCycle, findKeyResult } from './find.ts';
import { newestByKey } from './formula-version.ts';
import { isStoredSettled } from './is-stored-settled.ts';
import type { Actor, Deps, KeyResultRecord, MetricRecord, StoredPoint } from './ports.ts';
import type { ComparedDay, Standing } from './ports-definition.ts';

/** Days before the cycle that are compared too: what came before it is not judged, but shows the jump. */
const DAYS_BEFORE = 30;

export type DefinitionChange = {
  keyResult: KeyResultRecord;
  from: MetricRecord;
  to: MetricRecord;
  /** Who made the new version, and when. */
  changedAt: Date | null;
  /** The newest day that has settled in both; null while the new series has none yet. */
  jump: (Jump & { day: string }) | null;
  /** The means over the settled days that both have a value for. */
  overlap: (Jump & { days: number; differing: number; startDay: string; endDay: string }) | null;
  days: ComparedDay[];
  /** A captured start, which was measured on the old version and stays unless it is captured again. */
  baseline: number | null;
  /** How it stands. */
  onOld: Standing | null;
  /** How it would stand on the new version, or why it cannot. */
  onNew: { standing: Standing; problem: null } | { standing: null; problem: string };
};
/** `percent` is a fraction of the old value; null when that is zero. */
export type Jump = { old: number; new: number; difference: number; percent: number | null };

/** The Key Results whose metric has a newer definition that their owners have not accepted yet. */
export async function listDefinitionChanges(deps: Deps, actor: Actor): Promise<DefinitionChange[]> {
  const versions = await deps.sources.listMetrics(actor.workspace.id);
  const newest = newestByKey(versions);
  const current = new Map(versions.map((metric) => [metric.versionId, metric]));
  const open = new Set(
    (await deps.plan.listCycles(actor.workspace.id)).flatMap(({ id, closedAt }) =>
      closedAt === null ? [id] : [],
    ),
  );
  const waiting = (await deps.plan.listKeyResults(actor.workspace.id)).flatMap((keyResult) => {
    const from = current.get(keyResult.metricVersionId ?? '');
    const to = from === undefined ? undefined : newest.get(from.key);
    if (from === undefined || to === undefined || to.version <= from.version) return [];
    return open.has(keyResult.cycleId) ? [{ keyResult, from, to }] : [];
  });
  const changes: DefinitionChange[] = [];
  for (const { keyResult, from, to } of waiting)
    changes.push(await compare(deps, actor, keyResult, from, to));
  return changes;
}

/** What accepting the newest definition would change. Nothing is stored. */
export async function readDefinitionChange(deps: Deps, actor: Actor, key: string): Promise<DefinitionChange> {
  const { keyResult, from, to } = await findChange(deps, actor, key);
  return compare(deps, actor, keyResult, from, to);
}

/** @throws AppError when the Key Result is on the newest version already */
export async function findChange(
  deps: Deps,
  actor: Actor,
  key: string,
): Promise<{ keyResult: KeyResultRecord; from: MetricRecord; to: MetricRecord }> {
  const keyResult = await findKeyResult(deps, actor, key);
  const from =
    keyResult.metricVersionId === null ? null : await deps.sources.metricOfVersion(keyResult.metricVersionId);
  const to = from === null ? null : await deps.sources.findMetric(actor.workspace.id, from.id);
  if (from !== null && to !== null && to.version > from.version) return { keyResult, from, to };
  throw new AppError(
    'conflict',
    'no_new_definition',
    from === null
      ? `No metric feeds the Key Result "${keyResult.key}", so there is no definition to accept.`
      : `The Key Result "${keyResult.key}" is on version ${from.version} of the metric "${from.key}", the newest there is.`,
    'List what waits for an answer with `tidemark kr changes`.',
  );
}

/** Why the goal cannot go on with the new version; null when it can. */
export function whyNot(keyResult: KeyResultRecord, to: MetricRecord): string | null {
  const stated = `Its goal is stated in ${measure(keyResult)}, and version ${to.version} of "${to.key}" counts in ${measure(to)}`;
  return keyResult.unit === to.unit && keyResult.currency === to.currency
    ? null
    : `${stated}; make a new Key Result for it, or stay on the old version.`;
}

function measure({ unit, currency }: Pick<MetricRecord, 'unit' | 'currency'>): string {
  return currency === null ? unit : `${unit} (${currency.toUpperCase()})`;
}

async function compare(
  deps: Deps,
  actor: Actor,
  keyResult: KeyResultRecord,
  from: MetricRecord,
  to: MetricRecord,
): Promise<DefinitionChange> {
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  const now = await deps.clock.now();
  const today = localDay(now, cycle.timeZone);
  const startDay = addDays(minDay(cycle.startDay, today), -DAYS_BEFORE);
  const endDay = minDay(addDays(today, 1), cycle.endDay);
  const [old, fresh] = await Promise.all([
    deps.sources.points(from.versionId, startDay, endDay),
    deps.sources.points(to.versionId, startDay, endDay),
  ]);
  const days = comparedDays(old, fresh, from, to, now);
  const both = days.filter(isSettledInBoth);
  const last = both.at(-1);
  const versions = await deps.sources.versionsOf(to.id);
  return {
    keyResult,
    from,
    to,
    changedAt: versions.find(({ versionId }) => versionId === to.versionId)?.createdAt ?? null,
    jump: last === undefined ? null : { day: last.day, ...jumpOf(last.old, last.new) },
    overlap: overlapOf(both),
    days,
    baseline: await capturedStart(deps, keyResult),
    onOld: (await deps.results.states([keyResult.id])).get(keyResult.id) ?? null,
    onNew: await standingOn(deps, keyResult, to),
  };
}

function comparedDays(
  old: StoredPoint[],
  fresh: StoredPoint[],
  from: MetricRecord,
  to: MetricRecord,
  now: Date,
): ComparedDay[] {
  const [before, after] = [old, fresh].map((points) => new Map(points.map((point) => [point.day, point])));
  const days = [...new Set([...old, ...fresh].map(({ day }) => day))].toSorted();
  return days.map((day) => {
    const [a, b] = [before?.get(day), after?.get(day)];
    return {
      day,
      old: valueOf(a),
      new: valueOf(b),
      oldReason: a?.reason ?? null,
      newReason: b?.reason ?? null,
      settled:
        a !== undefined && b !== undefined && isStoredSettled(a, from, now) && isStoredSettled(b, to, now),
    };
  });
}

type InBoth = ComparedDay & { old: number; new: number };

function isSettledInBoth(day: ComparedDay): day is InBoth {
  return day.settled && day.old !== null && day.new !== null;
}

function overlapOf(both: InBoth[]): DefinitionChange['overlap'] {
  const [first, last] = [both[0], both.at(-1)];
  if (first === undefined || last === undefined) return null;
  const mean = (of: (day: InBoth) => number) => both.reduce((sum, day) => sum + of(day), 0) / both.length;
  const differing = both.filter((day) => day.old !== day.new).length;
  const means = jumpOf(
    mean((day) => day.old),
    mean((day) => day.new),
  );
  return { days: both.length, differing, startDay: first.day, endDay: addDays(last.day, 1), ...means };
}

function jumpOf(old: number, fresh: number): Jump {
  const difference = fresh - old;
  return { old, new: fresh, difference, percent: old === 0 ? null : difference / Math.abs(old) };
}

async function standingOn(
  deps: Deps,
  keyResult: KeyResultRecord,
  to: MetricRecord,
): Promise<DefinitionChange['onNew']> {
  const problem = whyNot(keyResult, to);
  if (problem !== null) return { standing: null, problem };
  const found = await deps.definitions.inputOn(keyResult.id, to.versionId);
  if (found === null) {
    return { standing: null, problem: 'Its cycle is closed, so it is judged no more.' };
  }
  const { state } = createJudge(deps.forecast)(found.input, found.now);
  return { standing: state, problem: null };
}

/** The start in use, when it was captured and not stated. */
export async function capturedStart(deps: Deps, { id, goal }: KeyResultRecord): Promise<number | null> {
  const [newest] = await deps.definitions.baselines(id);
  const start = resolvedStart(goal);
  return newest !== undefined && newest.rule !== 'stated' && newest.value === start ? start : null;
}

function valueOf(point: StoredPoint | undefined): number | null {
  return point === undefined || point.value === null ? null : Number(point.value);
}
