import type { Cycle } from '../domain/cycle.ts';
import { cycleState, isFinal } from '../domain/cycle-state.ts';
import { localDay } from '../domain/day.ts';
import { refuseClosed } from './closed-cycle.ts';
import { AppError } from './errors.ts';
import { findCycle } from './find.ts';
import type { Actor, CycleRecord, Deps, KeyResultRecord, KeyResultStateRecord } from './ports.ts';
import type { ScorecardContent, ScorecardKeyResult, ScorecardRecord } from './ports-scorecard.ts';
import { recordChange } from './record-change.ts';
import { rollUp } from './roll-up.ts';

export type ClosingRequest = {
  cycle: string;
  /** Close although some Key Results have no final verdict; they are marked provisional. */
  asIs: boolean;
  reason: string | null;
};

/**
 * Freezes how a cycle ended. A Key Result is achieved or missed only once its last day has settled; while one is not,
 * closing is refused unless its owner says, with a reason, that it ends as it is.
 *
 * @throws AppError while the cycle runs, when it is closed already, or with one entry for each open Key Result
 */
export async function closeCycle(
  deps: Deps,
  actor: Actor,
  request: ClosingRequest,
): Promise<ScorecardRecord> {
  const cycle = await findCycle(deps, actor, request.cycle);
  refuseClosed(cycle);
  const today = localDay(await deps.clock.now(), cycle.timeZone);
  refuseRunning(cycle, today);
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  await deps.evaluate(keyResults.map(({ id }) => id));
  const scorecard = await deps.atomically(async (inside) => {
    const scorecard = await inside.scorecards.close(
      cycle.id,
      { name: actor.name, reason: request.reason },
      () => contentOf(inside, actor, cycle, request),
    );
    if (scorecard === null) throw alreadyClosed(cycle);
    await recordChange(inside, actor, 'close', 'cycle', cycle.id, {
      key: cycle.key,
      reason: request.reason,
      digest: scorecard.digest,
    });
    return scorecard;
  });
  return scorecard;
}

function refuseRunning(cycle: Cycle & { key: string }, today: string): void {
  const state = cycleState(cycle, false, today);
  if (state === 'closing') return;
  const detail = `The cycle "${cycle.key}" runs until the close of its last day; its end is ${cycle.endDay}, and today is ${today}.`;
  throw new AppError('conflict', 'cycle_runs', detail, 'Close it once it is over.');
}

function alreadyClosed(cycle: CycleRecord): AppError {
  const detail = `The cycle "${cycle.key}" was closed by somebody else just now.`;
  return new AppError('conflict', 'cycle_closed', detail, 'Read its scorecard: `tidemark cycle scorecard`.');
}

async function contentOf(
  deps: Deps,
  actor: Actor,
  cycle: CycleRecord,
  request: ClosingRequest,
): Promise<ScorecardContent> {
  const keyResults = await deps.plan.listKeyResults(actor.workspace.id, cycle.id);
  const states = await deps.results.states(keyResults.map(({ id }) => id));
  const rows = keyResults.map((each) => rowOf(each, states.get(each.id) ?? null));
  const open = rows.filter((row) => row.provisional);
  if (open.length > 0 && !request.asIs) throw openKeyResults(cycle, open);
  if (open.length > 0 && request.reason === null) throw reasonMissing(open.length);
  const objectives = await deps.plan.listObjectives(actor.workspace.id, cycle.id);
  const progress = rollUp(objectives, rows);
  const { key, title, startDay, endDay, timeZone } = cycle;
  return {
    v: 1,
    cycle: { key, title, startDay, endDay, timeZone },
    objectives: objectives.map((objective) => {
      const rolled = progress.get(objective.id);
      const { id, owner, parentId, stage, phase, weight } = objective;
      return {
        id,
        key: objective.key,
        title: objective.title,
        titles: objective.titles,
        owner,
        parentId,
        stage,
        phase,
        weight,
        progress: rolled?.value ?? null,
        coverage: rolled?.coverage ?? 0,
      };
    }),
    keyResults: rows,
  };
}

function rowOf(keyResult: KeyResultRecord, state: KeyResultStateRecord | null): ScorecardKeyResult {
  const { id, key, title, titles, objectiveId, owner, goal, unit, currency, weight } = keyResult;
  const status = state?.status ?? 'unknown';
  return {
    id,
    key,
    title,
    titles,
    objectiveId,
    owner,
    goal,
    unit,
    currency,
    weight,
    startValue: state?.startValue ?? null,
    targetValue: state?.targetValue ?? null,
    finalValue: state?.currentValue ?? null,
    progress: state?.progress ?? null,
    status,
    reason: state?.statusReason ?? { code: 'judged_no_data', values: {} },
    asOfDay: state?.statusAsOfDay ?? null,
    provisional: !isFinal(status),
    guard: state?.guard ?? null,
    snapshotId: state?.snapshotId ?? null,
    metricVersionId: keyResult.metricVersionId,
  };
}

function openKeyResults(cycle: CycleRecord, open: ScorecardKeyResult[]): AppError {
  const names = open.map(({ key }) => key).join(', ');
  return new AppError(
    'conflict',
    'cycle_open',
    `${open.length} of the Key Results of "${cycle.key}" have no final verdict yet: ${names}.`,
    'Wait until their last day has settled, or close the cycle as it is with --as-is and a reason.',
    {
      errors: open.map(({ key, status, asOfDay, reason }) => ({
        pointer: `/keyResults/${key}`,
        code: 'not_final',
        detail: `${key} is ${status} as of ${asOfDay ?? 'no day'} (${reason.code}).`,
      })),
    },
  );
}

function reasonMissing(count: number): AppError {
  const detail = `${count} Key Results would be closed without a final verdict, and no reason is given.`;
  return new AppError('invalid', 'reason_missing', detail, 'Say why, with --reason.');
}
