import { refuseClosed } from './closed-cycle.ts';
import { AppError, notFound } from './errors.ts';
import type { Actor, Deps } from './ports.ts';
import type { Archivable, ArchivedRecord } from './ports-resources.ts';
import { recordChange } from './record-change.ts';

const words: Record<Archivable, { name: string; list: string; users: string }> = {
  cycle: { name: 'cycle', list: 'tidemark cycle list', users: 'it holds' },
  objective: { name: 'objective', list: 'tidemark objective list', users: 'these lie below it:' },
  key_result: { name: 'Key Result', list: 'tidemark kr list', users: '' },
  metric: { name: 'metric', list: 'tidemark metric list', users: 'these are measured by it:' },
  connection: { name: 'connection', list: 'tidemark connection list', users: 'these are read through it:' },
  channel: { name: 'channel', list: 'tidemark channel list', users: '' },
  alert_rule: { name: 'alert rule', list: 'tidemark rule list', users: '' },
};
/** As many are named; who has more finds the rest after these. */
const NAMED = 5;

/**
 * Puts something away: no list, evaluation, schedule or alert sees it any more, and nothing of it is lost. Doing it twice
 * is the same as doing it once.
 *
 * @throws AppError when there is none, and while something that is not archived depends on it
 */
export async function archiveObject(deps: Deps, actor: Actor, kind: Archivable, key: string): Promise<void> {
  const found = await findOne(deps, actor, kind, key);
  await refuseFrozen(deps, actor, kind, found);
  await deps.atomically(async (inside) => {
    if (!(await inside.resources.archive(kind, found.id))) return;
    // What goes with it is archived by now and no longer counts.
    const users = await inside.resources.usersOf(kind, found.id);
    if (users.length > 0) throw inUse(kind, found, users);
    await recordChange(inside, actor, 'archive', kind, found.id, { key: found.key });
  });
}

/** Brings it back as it was, with what was archived along with it. */
export async function restoreObject(
  deps: Deps,
  actor: Actor,
  kind: Archivable,
  key: string,
): Promise<ArchivedRecord> {
  const found = await findOne(deps, actor, kind, key);
  await refuseFrozen(deps, actor, kind, found);
  if (found.archivedAt === null) {
    throw new AppError(
      'conflict',
      'not_archived',
      `The ${words[kind].name} "${found.key}" is not archived.`,
      `It is in \`${words[kind].list}\`.`,
    );
  }
  const { within } = found;
  if (within !== null && within.archivedAt !== null) {
    throw new AppError(
      'conflict',
      'within_archived',
      `The ${words[kind].name} "${found.key}" belongs to the ${words[within.kind].name} "${within.key}", which is archived.`,
      `Restore "${within.key}" first.`,
    );
  }
  await deps.atomically(async (inside) => {
    if (!(await inside.resources.restore(kind, found.id))) return;
    await recordChange(inside, actor, 'restore', kind, found.id, { key: found.key });
  });
  if (kind === 'key_result' || kind === 'objective') await judgeAgain(deps, actor, kind, found.id);
  return { ...found, archivedAt: null };
}

async function findOne(deps: Deps, actor: Actor, kind: Archivable, key: string): Promise<ArchivedRecord> {
  const found = await deps.resources.find(kind, actor.workspace.id, key);
  const { list, name } = words[kind];
  if (found === null) throw notFound(name, key, `List them with \`${list}\`.`);
  return found;
}

/** What a closed cycle ended with stays as it was. */
async function refuseFrozen(
  deps: Deps,
  actor: Actor,
  kind: Archivable,
  found: ArchivedRecord,
): Promise<void> {
  if (kind !== 'objective' && kind !== 'key_result') return;
  const cycleId = await deps.resources.cycleOf(kind, found.id);
  const cycle = cycleId === null ? null : await deps.plan.findCycle(actor.workspace.id, cycleId);
  if (cycle !== null) refuseClosed(cycle);
}

async function judgeAgain(
  deps: Deps,
  actor: Actor,
  kind: 'key_result' | 'objective',
  id: string,
): Promise<void> {
  const live = await deps.plan.listKeyResults(actor.workspace.id);
  const back = live.filter((each) => (kind === 'key_result' ? each.id : each.objectiveId) === id);
  await deps.evaluate(back.map((each) => each.id));
}

function inUse(kind: Archivable, { key }: ArchivedRecord, users: string[]): AppError {
  const named = users
    .slice(0, NAMED)
    .map((user) => `"${user}"`)
    .join(', ');
  const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : '';
  return new AppError(
    'conflict',
    'in_use',
    `The ${words[kind].name} "${key}" is in use: ${words[kind].users} ${named}${more}. Nothing was changed.`,
    'Archive or move those first.',
  );
}
