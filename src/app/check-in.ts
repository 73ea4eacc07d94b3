import { lastDay } from '../domain/cycle.ts';
import { isDay, localDay, minDay } from '../domain/day.ts';
import { CHECK_IN_DAYS } from '../domain/snapshot.ts';
import { checkValues } from './check-values.ts';
import { refuseClosed } from './closed-cycle.ts';
import { decimalText } from './decimal-text.ts';
import { AppError, invalidField } from './errors.ts';
import { findCycle, findKeyResult } from './find.ts';
import { digestOf } from './ingest-values.ts';
import type { Actor, CycleRecord, Deps, KeyResultRecord, MetricRecord } from './ports.ts';
import type { CheckInAmount, CheckInRecord, NewCheckIn, NewCheckInMetric } from './ports-ingest.ts';
import { recordChange } from './record-change.ts';

export type CheckInDraft = {
  /** Null: today, or the last day of a cycle that is over. */
  day: string | null;
  /** What the day came to where something is counted up; elsewhere the value as of that day. */
  value: number | null;
  /** On top of what the day holds already; negative to correct it. */
  add: number | null;
  /** What the cycle has come to with that day. */
  total: number | null;
  note: string;
  confidence: number | null;
  idempotencyKey: string | null;
};

/** Others may bind or change the Key Result at the same moment; then the check-in is judged anew. */
const ATTEMPTS = 3;

/**
 * Records what no system knows: a value with its note, and how sure its owner is. The first value of a Key Result
 * without a metric gives it one of its own.
 *
 * @throws AppError when the day lies outside the cycle or ahead, or another source has the value
 */
export async function checkIn(
  deps: Deps,
  actor: Actor,
  key: string,
  draft: CheckInDraft,
): Promise<{ checkIn: CheckInRecord; replayed: boolean; keyResult: KeyResultRecord }> {
  const amount = amountOf(draft);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const keyResult = await findKeyResult(deps, actor, key);
    const judged = await judge(deps, actor, keyResult, amount, draft);
    const kept = await deps.atomically(async (inside) => {
      const made = await inside.ingest.checkIn(judged);
      if (made === null || made.replayed) return made;
      const { id: checkInId, day, value, confidence } = made.checkIn;
      const details = { checkIn: checkInId, day, value, confidence };
      await recordChange(inside, actor, 'check_in', 'key_result', keyResult.id, details);
      return made;
    });
    if (kept === null) continue;
    return { ...kept, keyResult: await findKeyResult(deps, actor, keyResult.id) };
  }
  throw new AppError(
    'conflict',
    'changed_meanwhile',
    `The Key Result "${key}" is being changed by somebody else at this moment. Nothing was stored.`,
    'Check in again.',
    { retryable: true },
  );
}

function amountOf({ add, confidence, note, total, value }: CheckInDraft): CheckInAmount | null {
  const given = Object.entries({ value, add, total }).flatMap(([kind, number]) =>
    number === null ? [] : [{ kind: kind as CheckInAmount['kind'], value: decimalText(number) }],
  );
  if (given.length > 1) {
    const names = given.map(({ kind }) => kind).join(' and ');
    throw invalidField(
      '/value',
      'amount_unclear',
      `A check-in has one of value, add and total, and this has ${names}.`,
      'Give one of them.',
    );
  }
  const [amount = null] = given;
  if (amount === null && note === '' && confidence === null) {
    throw invalidField(
      '/value',
      'check_in_empty',
      'This check-in says nothing.',
      'Give a value, a note or a confidence.',
    );
  }
  return amount;
}

async function judge(
  deps: Deps,
  actor: Actor,
  keyResult: KeyResultRecord,
  amount: CheckInAmount | null,
  draft: CheckInDraft,
): Promise<NewCheckIn> {
  const cycle = await findCycle(deps, actor, keyResult.cycleId);
  refuseClosed(cycle);
  const now = await deps.clock.now();
  const today = localDay(now, cycle.timeZone);
  const day = draft.day ?? minDay(today, lastDay(cycle));
  refuseDay(day, cycle, today);
  const bound =
    keyResult.metricVersionId === null ? null : await deps.sources.metricOfVersion(keyResult.metricVersionId);
  if (amount !== null) {
    refuseGoal(keyResult, amount);
    refuseAutomatic(keyResult, bound);
    refuseValue(keyResult, bound, cycle, amount, day, now);
  }
  const { note, confidence, idempotencyKey } = draft;
  return {
    workspaceId: actor.workspace.id,
    keyResultId: keyResult.id,
    keyResultVersion: keyResult.version,
    day,
    amount,
    cycle,
    metric: bound === null ? { create: metricOf(keyResult, cycle) } : { versionId: bound.versionId },
    note,
    confidence,
    digest: digestOf([keyResult.id, draft.day, amount, note, confidence]),
    idempotencyKey,
    actor: actor.name,
  };
}

function refuseDay(day: string, cycle: CycleRecord, today: string): void {
  const no = (detail: string, fix: string) => invalidField('/day', 'day_invalid', detail, fix);
  if (!isDay(day)) throw no(`"${day}" is not a day of the calendar.`, 'Write it YYYY-MM-DD.');
  if (today < cycle.startDay) {
    throw no(
      `The cycle "${cycle.key}" starts on ${cycle.startDay}, and today is ${today}.`,
      'Check in once it has started.',
    );
  }
  if (day > today)
    throw no(`${day} lies in the future, and today is ${today}.`, 'Name today or a day before it.');
  if (day >= cycle.startDay && day < cycle.endDay) return;
  throw no(
    `${day} does not lie in the cycle "${cycle.key}", which runs from ${cycle.startDay} to ${lastDay(cycle)}.`,
    'Name a day of the cycle.',
  );
}

function refuseGoal({ goal, key }: KeyResultRecord, { kind }: CheckInAmount): void {
  if (goal.kind === 'milestone') {
    throw invalidField(
      '/value',
      'steps_are_ticked',
      `"${key}" is a milestone goal: its steps are done or not, and have no value.`,
      `Tick a step with \`tidemark kr step ${key} "STEP"\`; a note or a confidence alone can be checked in.`,
    );
  }
  if (kind === 'value' || goal.kind === 'accumulate' || goal.kind === 'recurring') return;
  throw invalidField(
    `/${kind}`,
    'not_counted_up',
    `"${key}" compares a value and counts nothing up, so there is nothing to ${kind === 'add' ? 'add to' : 'total'}.`,
    'Give the value as of that day.',
  );
}

function refuseAutomatic({ key }: KeyResultRecord, metric: MetricRecord | null): void {
  if (metric === null || metric.source === 'check_in' || metric.source === 'values') return;
  throw new AppError(
    'conflict',
    'tracked_automatically',
    `"${key}" takes its value from the metric "${metric.key}", which is read by itself.`,
    `Override it for some days, visibly: \`tidemark kr override ${key}\`; a note or a confidence alone can be checked in.`,
  );
}

/** By the same rules as any value. */
function refuseValue(
  keyResult: KeyResultRecord,
  bound: MetricRecord | null,
  cycle: CycleRecord,
  { kind, value }: CheckInAmount,
  day: string,
  now: Date,
): void {
  const { kind: metricKind, unit, currency, timeZone } = bound ?? metricOf(keyResult, cycle);
  const { key } = keyResult;
  const row = {
    line: 1,
    day,
    value,
    numerator: null,
    denominator: null,
    unit: null,
    currency: null,
    note: null,
    key: null,
  };
  const [first] = checkValues(
    { id: '', key, kind: metricKind, unit, currency, timeZone },
    [row],
    now,
  ).problems;
  if (first === undefined) return;
  const field = first.column === 'value' ? kind : (first.column ?? kind);
  throw invalidField(
    `/${field}`,
    'value_invalid',
    `${first.what}.`,
    'Correct it, then check in again. Nothing was stored.',
  );
}

/** The metric that the first value makes: what is counted up is a flow, anything else is a level as of its day. */
function metricOf(
  { currency, goal, key, title, unit }: KeyResultRecord,
  cycle: CycleRecord,
): NewCheckInMetric {
  const kind = goal.kind === 'accumulate' || goal.kind === 'recurring' ? 'flow' : 'stock';
  const { startDay, timeZone } = cycle;
  return {
    key: `check-in.${key}`,
    title,
    kind,
    unit,
    currency,
    timeZone,
    staleAfterDays: CHECK_IN_DAYS,
    historyStartDay: startDay,
    definitionHash: digestOf({ source: 'check_in', keyResult: key, kind, unit, currency, timeZone }),
  };
}
