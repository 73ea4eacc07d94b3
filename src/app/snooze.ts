import { dayEnd, isDay } from '../domain/day.ts';
import { invalidField, notFound } from './errors.ts';
import { findConnection, findKeyResult, findObjective } from './find.ts';
import type { Actor, AlertKindName, Deps, SnoozeRecord } from './ports.ts';
import { recordChange } from './record-change.ts';

export type SnoozeDraft = {
  keyResult: string | null;
  objective: string | null;
  connection: string | null;
  owner: string | null;
  kind: AlertKindName | null;
  /** Nothing of the above: has to be meant. */
  everything: boolean;
  /** One of the three; `untilDay` is the last silent day, in the workspace's zone. */
  forMinutes?: number | undefined;
  until?: string | undefined;
  untilDay?: string | undefined;
  reason: string;
};
/** A silence with the keys of what it covers; null also for what is archived by now. */
export type SnoozeView = SnoozeRecord & {
  keyResultKey: string | null;
  objectiveKey: string | null;
  connectionKey: string | null;
};

type Needs = Pick<Deps, 'alerts' | 'audit' | 'clock' | 'plan' | 'sources'>;

/** Longer than a month is no silence but a rule that should be off. */
const MAX_DAYS = 31;
const MINUTE_MS = 60_000;
const ofConnections: readonly AlertKindName[] = ['no_data', 'error'];

/**
 * Silences messages for a while. Evaluation and history go on; what still burns at the end is said once.
 *
 * @throws AppError when it covers nothing that exists, everything without saying so, or a time that is none
 */
export async function createSnooze(deps: Needs, actor: Actor, draft: SnoozeDraft): Promise<SnoozeView> {
  refuseScope(draft);
  const { connection, keyResult, objective } = draft;
  const now = await deps.clock.now();
  const until = untilOf(draft, actor, now);
  const snooze = await deps.alerts.createSnooze({
    workspaceId: actor.workspace.id,
    keyResultId: keyResult === null ? null : (await findKeyResult(deps, actor, keyResult)).id,
    objectiveId: objective === null ? null : (await findObjective(deps, actor, objective)).id,
    connectionId: connection === null ? null : (await findConnection(deps, actor, connection)).id,
    owner: draft.owner,
    kind: draft.kind,
    reason: draft.reason,
    author: actor.name,
    until,
  });
  const { keyResultId, objectiveId, connectionId, owner, kind, reason } = snooze;
  await recordChange(deps, actor, 'create', 'snooze', snooze.id, {
    keyResultId,
    objectiveId,
    connectionId,
    owner,
    kind,
    reason,
    until: until.toISOString(),
  });
  return withKeys(deps, actor, snooze);
}

export async function listSnoozes(deps: Needs, actor: Actor): Promise<SnoozeView[]> {
  const snoozes = await deps.alerts.listSnoozes(actor.workspace.id);
  return Promise.all(snoozes.map((snooze) => withKeys(deps, actor, snooze)));
}

/** Ends a silence before its time. */
export async function endSnooze(deps: Needs, actor: Actor, id: string): Promise<SnoozeView> {
  const ended = await deps.alerts.endSnooze(actor.workspace.id, id);
  if (ended === null)
    throw notFound('silence in force', id, 'List those in force with `tidemark alert snoozes`.');
  await recordChange(deps, actor, 'end', 'snooze', ended.id, { until: ended.until.toISOString() });
  return withKeys(deps, actor, ended);
}

function refuseScope({ connection, everything, keyResult, kind, objective, owner }: SnoozeDraft): void {
  const objects = [keyResult, objective, connection].filter((each) => each !== null);
  const isNarrow = objects.length > 0 || owner !== null || kind !== null;
  if (everything === isNarrow) {
    throw invalidField(
      '/everything',
      isNarrow ? 'scope_contradicts' : 'scope_missing',
      isNarrow
        ? 'A silence of everything cannot be narrowed down at the same time.'
        : 'Nothing says what is to be silent.',
      'Name a Key Result, an objective, a connection, an owner or a kind, or say everything.',
    );
  }
  if (objects.length > 1) {
    throw invalidField(
      '/keyResult',
      'scope_contradicts',
      'No alert is about two of Key Result, objective and connection, so such a silence would cover nothing.',
      'Make one silence for each of them.',
    );
  }
  // What is pushed to us is stale by the Key Result; a failing connection is nobody's but its own.
  const impossible =
    (connection !== null && kind !== null && !ofConnections.includes(kind)) ||
    (kind === 'error' && (keyResult !== null || objective !== null));
  if (!impossible) return;
  throw invalidField(
    '/kind',
    'scope_contradicts',
    `No alert of the kind ${kind} is about ${connection === null ? 'a Key Result or an objective' : 'a connection'}, so such a silence would cover nothing.`,
    'Leave out the kind, or name what it is about.',
  );
}

function untilOf({ forMinutes, until, untilDay }: SnoozeDraft, actor: Actor, now: Date): Date {
  const end = endOf(forMinutes, until, untilDay, actor, now);
  const pointer = forMinutes !== undefined ? '/forMinutes' : untilDay !== undefined ? '/untilDay' : '/until';
  if (!(end > now)) {
    throw invalidField(
      pointer,
      'not_in_future',
      `A silence until ${untilDay ?? until ?? end.toISOString()} is over already.`,
      'Name a time that is still to come.',
    );
  }
  const days = (end.getTime() - now.getTime()) / (1_440 * MINUTE_MS);
  if (days <= MAX_DAYS) return end;
  throw invalidField(
    pointer,
    'too_long',
    `A silence lasts at most ${MAX_DAYS} days, and this one would last ${Math.ceil(days)}.`,
    'Name an earlier end, or switch the rule or the channel off.',
  );
}

function endOf(
  forMinutes: number | undefined,
  until: string | undefined,
  untilDay: string | undefined,
  actor: Actor,
  now: Date,
): Date {
  if (forMinutes !== undefined) return new Date(now.getTime() + forMinutes * MINUTE_MS);
  if (until !== undefined) return new Date(until);
  if (untilDay !== undefined && isDay(untilDay)) return dayEnd(untilDay, actor.workspace.timeZone);
  throw invalidField(
    '/untilDay',
    'no_such_day',
    `The calendar has no day "${untilDay ?? ''}".`,
    'Write it YYYY-MM-DD.',
  );
}

async function withKeys(
  { plan, sources }: Pick<Deps, 'plan' | 'sources'>,
  { workspace }: Actor,
  snooze: SnoozeRecord,
): Promise<SnoozeView> {
  const { connectionId, keyResultId, objectiveId } = snooze;
  const keyOf = async (id: string | null, find: (id: string) => Promise<{ key: string } | null>) =>
    id === null ? null : ((await find(id))?.key ?? null);
  return {
    ...snooze,
    keyResultKey: await keyOf(keyResultId, (id) => plan.findKeyResult(workspace.id, id)),
    objectiveKey: await keyOf(objectiveId, (id) => plan.findObjective(workspace.id, id)),
    connectionKey: await keyOf(connectionId, (id) => sources.findConnection(workspace.id, id)),
  };
}
