import { quietAlert } from '../domain/alert.ts';
import { sensitivities } from '../domain/alert-rule.ts';
import { lastDay } from '../domain/cycle.ts';
import { addDays, dayEnd, daysBetween, eachDay, localDay, maxDay, minDay } from '../domain/day.ts';
import type { Status } from '../domain/status.ts';
import type { AlertRuleDraft } from './create-alert-rule.ts';
import { invalidField } from './errors.ts';
import { createJudge } from './evaluate-key-result.ts';
import type { EvaluationInput, EvaluationOutput, Judge, StoredMachine } from './evaluation.ts';
import { findKeyResult, findObjective } from './find.ts';
import type { Actor, AlertRuleRecord, CycleRecord, Deps, KeyResultStateRecord } from './ports.ts';

export type BackTestDraft = Omit<AlertRuleDraft, 'repeatDays'> & { fromDay?: string | undefined };

export type BackTestedAlert = {
  keyResultKey: string;
  firedDay: string;
  /** Null: it never ended. */
  resolvedDay: string | null;
  /** Whether the goal was missed in the end; null while its cycle runs. */
  rightly: boolean | null;
  /** From the day that it fired on to the last day of the cycle. */
  daysAhead: number;
};

export type BackTest = {
  fromDay: string;
  throughDay: string;
  /** How many Key Results were looked at. */
  keyResults: number;
  /** Those that could not be, and why. */
  skipped: { key: string; why: 'not_measured' | 'too_many' }[];
  alerts: BackTestedAlert[];
  /** Of the alerts: on goals that were missed, that were met, and whose cycle still runs. */
  rightly: number;
  wrongly: number;
  open: number;
  /** Goals that were missed and of which the rule would have said nothing. */
  missedWithout: number;
};

const USUAL_DAYS = 92;
const MAX_DAYS = 366;
/** Each day of each is judged anew, forecast included: more would keep the caller waiting for minutes. */
const MAX_EVALUATIONS = 2_500;

/**
 * What a rule would have said: every day since `fromDay` is judged again by the very code of the workers, with the
 * values as they are known today. Nothing is stored, nobody is told.
 */
export async function backTestRule(deps: Deps, actor: Actor, draft: BackTestDraft): Promise<BackTest> {
  const now = await deps.clock.now();
  const today = localDay(now, actor.workspace.timeZone);
  const fromDay = draft.fromDay ?? addDays(today, -USUAL_DAYS);
  const span = daysBetween(fromDay, today);
  if (span < 1 || span > MAX_DAYS) {
    throw invalidField(
      '/fromDay',
      'out_of_range',
      `A rule can be tried from 1 to ${MAX_DAYS} days back, and ${fromDay} is ${span} days ago.`,
      'Name a later day, or leave it out for the last quarter.',
    );
  }
  const judge = createJudge(deps.forecast);
  const inputs = await inScope(deps, actor, draft, fromDay);
  const test: BackTest = {
    fromDay,
    throughDay: today,
    keyResults: 0,
    skipped: [],
    alerts: [],
    rightly: 0,
    wrongly: 0,
    open: 0,
    missedWithout: 0,
  };
  let evaluations = 0;
  for (const input of inputs) {
    const { key } = input.keyResult;
    const days = daysOf(input, fromDay, now);
    if (input.metric === null || input.metric.source === 'check_in') {
      test.skipped.push({ key, why: 'not_measured' });
    } else if (evaluations + days.length > MAX_EVALUATIONS) {
      test.skipped.push({ key, why: 'too_many' });
    } else {
      evaluations += days.length;
      test.keyResults += 1;
      addTo(test, await replay(judge, input, ruleOf(actor, draft), days, now));
    }
  }
  return test;
}

/** The Key Results that the rule would be for and whose cycle lies, in part at least, in the time that is tried. */
async function inScope(
  deps: Deps,
  actor: Actor,
  { keyResult, objective }: BackTestDraft,
  fromDay: string,
): Promise<EvaluationInput[]> {
  const only = keyResult === null ? null : await findKeyResult(deps, actor, keyResult);
  const aim = objective === null ? null : await findObjective(deps, actor, objective);
  const cycles = await deps.plan.listCycles(actor.workspace.id);
  const late = cycles.filter(({ endDay }) => endDay > fromDay).map(({ id }: CycleRecord) => id);
  const all = await deps.plan.listKeyResults(actor.workspace.id);
  const wanted = all.filter(
    ({ cycleId, id, objectiveId }) =>
      late.includes(cycleId) && (only === null || id === only.id) && (aim === null || objectiveId === aim.id),
  );
  return deps.definitions.replayInputs(wanted.map(({ id }) => id));
}

/** The days whose close is tried: of the cycle, since `fromDay`, and one after it for what has settled by then. */
export function daysOf({ cycle, metric }: EvaluationInput, fromDay: string, now: Date): string[] {
  const settleDays = Math.ceil((metric?.settlesAfterHours ?? 0) / 24) + 1;
  const end = minDay(addDays(lastDay(cycle), settleDays), localDay(now, cycle.timeZone));
  return eachDay(maxDay(cycle.startDay, fromDay), addDays(end, 1));
}

export function ruleOf(actor: Actor, draft: BackTestDraft): AlertRuleRecord {
  const { forEvaluations, keepFiringEvaluations, sensitivity = 'normal' } = draft;
  return {
    id: 'tried',
    workspaceId: actor.workspace.id,
    objectiveId: null,
    keyResultId: null,
    kind: 'off_track',
    forEvaluations,
    keepFiringEvaluations,
    ...sensitivities[sensitivity],
    repeatDays: null,
    enabled: true,
  };
}

type Replayed = { alerts: BackTestedAlert[]; outcome: 'achieved' | 'missed' | null };

export async function replay(
  judge: Judge,
  input: EvaluationInput,
  rule: AlertRuleRecord,
  days: string[],
  now: Date,
): Promise<Replayed> {
  const alerts: BackTestedAlert[] = [];
  const { cycle, keyResult } = input;
  let previous: KeyResultStateRecord | null = null;
  let machine: StoredMachine = quietAlert;
  let openAlert: EvaluationInput['openAlert'] = null;
  let status: Status = 'unknown';
  for (const day of days) {
    const close = new Date(dayEnd(day, cycle.timeZone).getTime() - 1);
    const at = close < now ? close : now;
    const then = { ...asItWas(input, at), rules: [rule], previous, machine, openAlert, outlookKey: null };
    const output = judge(then, at);
    const rest = { keyResultId: keyResult.id, snapshotId: null, computedAt: at };
    previous = { ...output.state, ...rest };
    machine = output.machine;
    status = output.state.status;
    const { firedDay = null, resolvedDay = null } = output.alert ?? {};
    // An episode goes on from day to day: one that is only pending fires on a later one.
    if (output.alert !== null) openAlert = stillOpen(output.alert);
    if (firedDay !== null) {
      const daysAhead = daysBetween(firedDay, lastDay(cycle));
      alerts.push({ keyResultKey: keyResult.key, firedDay, resolvedDay: null, rightly: null, daysAhead });
    }
    const last = alerts.at(-1);
    if (resolvedDay !== null && last !== undefined && last.resolvedDay === null)
      last.resolvedDay = resolvedDay;
    // A day of a hundred takes some milliseconds: whoever else waits for this process gets a turn between two.
    await new Promise((next) => setImmediate(next));
  }
  const outcome = status === 'achieved' || status === 'missed' ? status : null;
  return {
    alerts: alerts.map((alert) => ({ ...alert, rightly: outcome === null ? null : outcome === 'missed' })),
    outcome,
  };
}

function stillOpen({
  episode,
  id,
  state,
}: NonNullable<EvaluationOutput['alert']>): EvaluationInput['openAlert'] {
  return state === 'pending' || state === 'firing' ? { id, episode } : null;
}

/** The points and the source as the evaluation of that moment would have found them, had every sync worked. */
function asItWas(input: EvaluationInput, at: Date): EvaluationInput {
  const { connection, points } = input;
  const known = points.filter(({ day }) => dayEnd(day, input.cycle.timeZone) <= at);
  return {
    ...input,
    points: known,
    overrides: [],
    openAlert: null,
    connection:
      connection === null
        ? null
        : { ...connection, state: 'active', lastSuccessAt: at, failingSince: null, lastErrorClass: null },
  };
}

function addTo(test: BackTest, { alerts, outcome }: Replayed): void {
  test.alerts.push(...alerts);
  test.rightly += alerts.filter(({ rightly }) => rightly === true).length;
  test.wrongly += alerts.filter(({ rightly }) => rightly === false).length;
  test.open += alerts.filter(({ rightly }) => rightly === null).length;
  if (outcome === 'missed' && alerts.length === 0) test.missedWithout += 1;
}
