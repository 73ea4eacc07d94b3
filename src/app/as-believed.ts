import { dayEnd, isDay, localDay } from '../domain/day.ts';
import { invalidField } from './errors.ts';
import type { Actor, AlertRecord, Deps, KeyResultStateRecord, MetricRecord, ShownState } from './ports.ts';
import type { Believed } from './ports-belief.ts';
import { asColumns } from './trend-line.ts';

/** A past instant that is asked for. `day` when the close of that day was. */
export type AsOf = { at: Date; day: string | null };

/**
 * The instant of `YYYY-MM-DD`, which is the close of that day in the workspace's zone, or of an RFC 3339 text. A day that
 * is not over yet is believed as it is now.
 *
 * @throws AppError for what is no day and no instant, and for the future, of which nothing is believed
 */
export function readAsOf(text: string, timeZone: string, now: Date): AsOf {
  const day = isDay(text) ? text : null;
  // The last moment of the day: midnight itself is the next day's first.
  const asked = day === null ? new Date(text) : new Date(dayEnd(day, timeZone).getTime() - 1);
  const running = day !== null && day === localDay(now, timeZone);
  // A date that no calendar has, such as 30 February, is carried over into the next month by some engines.
  if (Number.isNaN(asked.getTime()) || (day === null && !text.includes('T'))) {
    throw refused(`"${text}" is not a day.`, 'Name a day such as 2026-03-31, or an instant with its offset.');
  }
  if (asked > now && !running) {
    throw refused(`${text} has not come yet.`, 'Name a day that is past; without one the board is of now.');
  }
  return { at: running ? now : asked, day };
}

const refused = (detail: string, fix: string) => invalidField('/asOf', 'as_of', detail, fix);

export type AsBelieved = {
  deps: Deps;
  asOf: AsOf;
  /** The keys of Key Results that were read and of which not all was kept, so long ago. */
  partly(): string[];
};

/**
 * What use cases read with, as of a past instant: the clock stands there, and every store answers what it would have
 * answered then. They need not know. What no store keeps a history of (the titles of connections and metrics, whether a
 * connection worked, the marks of initiatives) is as it is today.
 */
export function asBelieved(deps: Deps, asOf: AsOf): AsBelieved {
  const { at } = asOf;
  const { beliefs } = deps;
  const partly = new Set<string>();
  const keys = new Map<string, string>();

  const keyResultsOf = async (workspaceId: string, cycleId?: string) => {
    const found = await beliefs.keyResults(workspaceId, cycleId, at);
    for (const { record, whole } of found) {
      keys.set(record.id, record.key);
      if (!whole) partly.add(record.key);
    }
    return records(found);
  };
  const objectivesOf = async (workspaceId: string, cycleId?: string) =>
    records(await beliefs.objectives(workspaceId, cycleId, at));
  const metricsOf = async (workspaceId: string, connectionId?: string): Promise<MetricRecord[]> => {
    const then = new Set(await beliefs.versions(workspaceId, at));
    const today = await deps.sources.listMetrics(workspaceId, connectionId);
    const kept = today.filter(({ versionId }) => then.has(versionId));
    for (const { versionId } of today) then.delete(versionId);
    for (const id of then) {
      const retired = await deps.sources.metricOfVersion(id);
      if (retired !== null && (connectionId ?? retired.connectionId) === retired.connectionId)
        kept.push(retired);
    }
    return kept;
  };

  const statesOf = async (ids: string[]) => {
    const found = await beliefs.states(ids, at);
    for (const [id, { whole }] of found) if (!whole) partly.add(keys.get(id) ?? id);
    return new Map([...found].map(([id, { record }]) => [id, record]));
  };

  const past: Deps = {
    ...deps,
    clock: { now: () => Promise.resolve(at) },
    plan: {
      ...deps.plan,
      listCycles: (workspaceId) => beliefs.cycles(workspaceId, at),
      findCycle: async (workspaceId, keyOrId) => named(await beliefs.cycles(workspaceId, at), keyOrId),
      listObjectives: objectivesOf,
      findObjective: async (workspaceId, keyOrId) => named(await objectivesOf(workspaceId), keyOrId),
      listKeyResults: keyResultsOf,
      findKeyResult: async (workspaceId, keyOrId) => {
        const found = named(await beliefs.keyResults(workspaceId, undefined, at).then(byKey), keyOrId);
        if (found === null) return null;
        keys.set(found.id, found.key);
        if (!found.whole) partly.add(found.key);
        return found.record;
      },
    },
    sources: {
      ...deps.sources,
      listMetrics: metricsOf,
      async versionsOf(metricId) {
        const versions = await deps.sources.versionsOf(metricId);
        return versions
          .filter(({ createdAt }) => createdAt <= at)
          .map((each) => ({ ...each, retiredAt: unlessLater(each.retiredAt, at) }));
      },
      points: async (id, fromDay, toDay) => (await beliefs.points([id], fromDay, toDay, at)).get(id) ?? [],
      revisions: (id, fromDay, toDay) => beliefs.revisions(id, fromDay, toDay, at),
    },
    results: {
      ...deps.results,
      states: statesOf,
      shownStates: async (ids) =>
        new Map([...(await statesOf(ids))].map(([id, state]) => [id, withoutForecast(state)])),
      trends: (ids, fromDay) => beliefs.points(ids, fromDay, null, at),
      trendLines: async (ids, fromDay) => {
        const points = await beliefs.points(ids, fromDay, null, at);
        return new Map([...points].map(([id, each]) => [id, asColumns(each, fromDay)]));
      },
    },
    definitions: {
      ...deps.definitions,
      baselines: async (id) =>
        (await deps.definitions.baselines(id)).filter(({ capturedAt }) => capturedAt <= at),
      overrides: async (id) =>
        (await deps.definitions.overrides(id))
          .filter(({ createdAt }) => createdAt <= at)
          .map((each) => ({ ...each, endedAt: unlessLater(each.endedAt, at) })),
    },
    alerts: {
      ...deps.alerts,
      listAlerts: async (workspaceId, keyResultId) =>
        (await deps.alerts.listAlerts(workspaceId, keyResultId)).flatMap((alert) => alertAt(alert, at)),
    },
  };
  return { deps: past, asOf, partly: () => [...partly].toSorted() };
}

/** As much of an answer's past as every face says: null where the answer is of now. */
export type AsOfAnswer = { at: Date; day: string | null; partly: string[] } | null;

/** Runs one reading as of what was asked, or of now. */
export async function readAsBelieved<Answer>(
  deps: Deps,
  actor: Actor,
  asOf: string | undefined,
  read: (deps: Deps) => Promise<Answer>,
): Promise<{ answer: Answer; asOf: AsOfAnswer }> {
  if (asOf === undefined) return { answer: await read(deps), asOf: null };
  const past = asBelieved(deps, readAsOf(asOf, actor.workspace.timeZone, await deps.clock.now()));
  const answer = await read(past.deps);
  return { answer, asOf: { ...past.asOf, partly: past.partly() } };
}

function withoutForecast({ outlook, ...state }: KeyResultStateRecord): ShownState {
  return { ...state, outlook: outlook === null ? null : { chance: outlook.chance } };
}

function records<Record>(found: Believed<Record>[]): Record[] {
  return found.map(({ record }) => record);
}

function byKey<Record extends { id: string; key: string }>(found: Believed<Record>[]) {
  return found.map(({ record, whole }) => ({ id: record.id, key: record.key, record, whole }));
}

function named<Record extends { id: string; key: string }>(all: Record[], keyOrId: string): Record | null {
  return all.find(({ id, key }) => id === keyOrId || key === keyOrId) ?? null;
}

function unlessLater(instant: Date | null, at: Date): Date | null {
  return instant === null || instant > at ? null : instant;
}

/** What an alert was then, by when it fired and ended. One that had not fired yet was nobody's news. */
function alertAt(found: AlertRecord, at: Date): AlertRecord[] {
  // Who is told of it and what is silent is of today.
  const alert: AlertRecord = { ...found, snoozedUntil: null, toldChannels: [] };
  const firedAt = unlessLater(alert.firedAt, at);
  const resolvedAt = unlessLater(alert.resolvedAt, at);
  if (alert.since <= at) return [alert];
  if (firedAt === null) return [];
  if (resolvedAt !== null) return [{ ...alert, since: resolvedAt }];
  return [{ ...alert, state: 'firing', since: firedAt, firedAt, resolvedAt }];
}
