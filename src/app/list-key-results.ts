import { addDays, localDay } from '../domain/day.ts';
import { findConnection, findCycle, findObjective } from './find.ts';
import type { Actor, Deps, KeyResultRecord } from './ports.ts';
import { type KeyResultView, viewKeyResults } from './read-board.ts';

export type KeyResultFilter = {
  cycle?: string | undefined;
  objective?: string | undefined;
  connection?: string | undefined;
  owner?: string | undefined;
  status?: readonly string[] | undefined;
  data?: readonly string[] | undefined;
  archived?: boolean | undefined;
};

const TREND_DAYS = 60;

/** The Key Results that fit every given filter, in the order of their ids. */
export async function listKeyResults(
  deps: Deps,
  actor: Actor,
  filter: KeyResultFilter,
): Promise<KeyResultView[]> {
  const { archived = false, data, status } = filter;
  const cycle = filter.cycle === undefined ? null : await findCycle(deps, actor, filter.cycle);
  const objective =
    filter.objective === undefined ? null : await findObjective(deps, actor, filter.objective);
  const connection =
    filter.connection === undefined ? null : await findConnection(deps, actor, filter.connection);
  const all = archived
    ? await deps.resources.listArchivedKeyResults(actor.workspace.id)
    : await deps.plan.listKeyResults(actor.workspace.id, cycle?.id);
  const named = all.filter(
    (each) =>
      (cycle === null || each.cycleId === cycle.id) &&
      (objective === null || each.objectiveId === objective.id) &&
      (filter.owner === undefined || each.owner === filter.owner),
  );
  const from = addDays(localDay(await deps.clock.now(), actor.workspace.timeZone), -TREND_DAYS);
  const views = await viewKeyResults(deps, actor, named.toSorted(byId), from, { forecasts: false });
  return views.filter(
    ({ connection: read, state }) =>
      (connection === null || read?.id === connection.id) &&
      (status === undefined || status.includes(state?.status ?? 'unknown')) &&
      (data === undefined || data.includes(state?.dataState ?? 'none')),
  );
}

function byId(a: KeyResultRecord, b: KeyResultRecord): number {
  return a.id < b.id ? -1 : 1;
}
