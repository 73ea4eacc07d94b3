import { localDay } from '../domain/day.ts';
import { resolvedTarget } from '../domain/goal.ts';
import type { Goal } from '../domain/key-result.ts';
import type { Deps, KeyResultRecord } from './ports.ts';

/** What a Key Result promised from a day on. The first of a history has no day and nobody who changed it. */
export type PastTarget = {
  fromDay: string | null;
  goal: Goal;
  targetValue: number | null;
  changedAt: Date | null;
  author: string | null;
  reason: string | null;
};

/** Far more than anybody changes a target; a history that is longer begins with the oldest of these. */
const LINES = 200;

/**
 * What was promised one after the other, oldest first, out of the record of changes; the last is in force. Empty while it
 * was never changed. A start that was captured or ticked steps promise nothing else.
 */
export async function targetHistory(
  deps: Pick<Deps, 'resources'>,
  keyResult: KeyResultRecord,
  timeZone: string,
  now: Date,
): Promise<PastTarget[]> {
  const filter = { action: 'update', objectType: 'key_result', objectId: keyResult.id };
  const lines = await deps.resources.auditLines(keyResult.workspaceId, filter, LINES, null);
  const changes = lines.toReversed().flatMap(({ actor, at, details }) => {
    const { before, goal, reason } = details as Partial<Details>;
    if (goal === undefined || before?.goal === undefined || at > now) return [];
    if (promiseOf(goal) === promiseOf(before.goal)) return [];
    return [{ before: before.goal, goal, at, actor, reason: reason ?? null }];
  });
  const [first] = changes;
  if (first === undefined) return [];
  const made = { fromDay: null, goal: first.before, changedAt: null, author: null, reason: null };
  return [
    { ...made, targetValue: targetOf(first.before, keyResult) },
    ...changes.map(({ actor, at, goal, reason }) => ({
      fromDay: localDay(at, timeZone),
      goal,
      targetValue: targetOf(goal, keyResult),
      changedAt: at,
      author: actor,
      reason,
    })),
  ];
}

/** As `updateKeyResult` records a change. */
type Details = { before: { goal?: Goal }; goal: Goal; reason: string };

/** A range has two, and of steps nothing is a number in the unit. */
function targetOf(goal: Goal, { goal: now }: KeyResultRecord): number | null {
  if (goal.kind === 'milestone') return null;
  // A change in percent is of the baseline that is known now: it had none when it was made.
  const known = goal.kind === 'change' && now.kind === 'change' ? now.baselineValue : null;
  return resolvedTarget(
    goal.kind === 'change' ? { ...goal, baselineValue: goal.baselineValue ?? known } : goal,
  );
}

/** The goal without what is measured and what is done. */
function promiseOf(goal: Goal): string {
  const fixed: Record<string, unknown> = { ...goal, startValue: null, baselineValue: null };
  if (goal.kind === 'milestone') fixed['steps'] = goal.steps.map(({ name, weight }) => ({ name, weight }));
  return JSON.stringify(Object.entries(fixed).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
