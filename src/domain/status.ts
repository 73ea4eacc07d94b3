import type { CohortDays } from './cohort.ts';
import { type Cycle, elapsedDays, lastDay, totalDays } from './cycle.ts';
import type { DataStateResult } from './data-state.ts';
import { daysBetween } from './day.ts';
import type { Kept } from './guardrail.ts';
import type { Goal } from './key-result.ts';
import type { Unit } from './metric.ts';
import type { JudgedChance, KnownForecast } from './outlook.ts';
import type { Progress } from './progress.ts';
import type { ReasonCode } from './reason.ts';
import { periodStart } from './recurring.ts';

/** How a Key Result stands. Always computed, and never from missing data: see `data-state.ts`. */
export type Status =
  | 'not_started'
  | 'too_early'
  | 'on_track'
  | 'at_risk'
  | 'off_track'
  | 'achieved'
  | 'missed'
  | 'unknown';

/** A stable code with the real numbers; the sentence is made from it by `src/i18n`. */
export type Reason = { code: string; values: Record<string, string | number | null> };

/** A status with the day that it speaks for. */
export type KnownStatus = { state: Status; asOfDay: string };

export type StatusResult = {
  state: Status;
  reason: Reason;
  asOfDay: string | null;
  /** While the status is `unknown` because its data are too old: what it was, and on which day. */
  lastKnown: KnownStatus | null;
};

export type StatusInput = {
  goal: Goal;
  unit: Unit;
  cycle: Cycle;
  /** In the cycle's time zone. */
  today: string;
  /** The last settled day that has a value; null when there is none. Everything is judged as of its close. */
  asOfDay: string | null;
  progress: Progress;
  /** What was expected of the days that were measured, as of the same day. */
  expected: number;
  kept: Kept | null;
  missingDays: number;
  /** The cycle's last day has settled: nothing that still comes can change the result. */
  closed: boolean;
  data: Pick<DataStateResult, 'state' | 'tooOld'>;
  previous: { state: Status; asOfDay: string | null; lastKnown: KnownStatus | null } | null;
  /** Where the metric follows cohorts. */
  cohort?: CohortDays | null;
  /** P(hit) of the same day with the forecast behind it; absent where history is too short, and the pace rule judges. */
  outlook?: { chance: JudgedChance; forecast: KnownForecast } | null | undefined;
};

type Verdict = { state: Status; code: ReasonCode; values: Reason['values'] };

/**
 * The pace rule, for where there is too little history for a chance. Gap is progress minus expected, ratio is progress over expected. A ratio alone cries wolf in the first
 * weeks and a gap alone is too kind in the last, so being on track takes one of the two, being off track both.
 */
export const paceRule = {
  onTrackGap: -0.1,
  onTrackRatio: 0.9,
  offTrackGap: -0.3,
  offTrackRatio: 0.7,
  /** No verdict before more than this has passed, whichever is longer. */
  graceDays: 7,
  graceShare: 0.15,
} as const;

/** With a forecast: the share of the cycle in which it is close to its base rate, and says nothing yet. */
export const silentShare = 0.1;

/** Borders are inclusive on the better side. 0.7 - 0.8 is -0.10000000000000009 in binary, and is meant to be -0.1. */
const rounding = 1e-9;

/**
 * The status at the close of `asOfDay`, which is the last settled day and not today: late, failing or paused data
 * therefore leave the last status in place with its date, and only data that are too old make it unknown. Missing
 * data never turn a Key Result red or green.
 */
export function paceStatus(input: StatusInput): StatusResult {
  const { asOfDay, cycle, data, today } = input;
  if (today < cycle.startDay) {
    const values = { startDay: cycle.startDay, daysUntilStart: daysBetween(today, cycle.startDay) };
    return { state: 'not_started', reason: { code: 'starts_later', values }, asOfDay: null, lastKnown: null };
  }
  const waiting = awaitedCohort(input);
  if (waiting !== null) {
    const values = { asOfDay, firstOwnDay: waiting.firstOwnDay, firstDecidedDay: waiting.firstDecidedDay };
    const code = asOfDay === null ? 'cohort_none_yet' : 'cohort_waiting';
    return { state: 'too_early', reason: { code, values }, asOfDay, lastKnown: null };
  }
  if (asOfDay === null || data.state === 'none') return unknown(input, 'judged_no_data', {}, null);
  const verdict = input.closed ? finalVerdict(input, asOfDay) : runningVerdict(input, asOfDay);
  // What was decided on settled days stays decided, also when the source is gone afterwards.
  if (data.tooOld !== null && !input.closed) {
    return unknown(input, 'judged_data_stale', data.tooOld, { state: verdict.state, asOfDay });
  }
  const reason = { code: verdict.code, values: verdict.values };
  if (verdict.state === 'unknown') {
    return { state: 'unknown', reason, asOfDay, lastKnown: lastKnownOf(input.previous) };
  }
  return { state: verdict.state, reason, asOfDay, lastKnown: null };
}

/**
 * The cohort days while none of the cycle's own cohorts is decided: what is seen until then was won before the cycle,
 * also when the cycle is over already. A source that is too old to judge by is no reason to wait.
 */
function awaitedCohort({ asOfDay, cohort, data, today }: StatusInput): CohortDays | null {
  if (cohort === undefined || cohort === null || data.tooOld !== null) return null;
  const waits = asOfDay === null ? today <= cohort.firstDecidedDay : asOfDay < cohort.firstOwnDay;
  return waits ? cohort : null;
}

/** The first days without a verdict. A recurring goal also waits for its first period to end. */
export function graceDays(cycle: Cycle, goal: Goal): number {
  const byRule = Math.floor(Math.max(paceRule.graceDays, paceRule.graceShare * totalDays(cycle) + rounding));
  if (goal.kind !== 'recurring') return byRule;
  return Math.max(byRule, daysBetween(cycle.startDay, periodStart(goal, cycle.startDay, 1)) - 1);
}

/** The first days without a verdict where a forecast judges. */
export function silentDays(cycle: Cycle): number {
  return Math.floor(silentShare * totalDays(cycle) + rounding);
}

function unknown(
  input: StatusInput,
  code: ReasonCode,
  values: Reason['values'],
  computed: KnownStatus | null,
): StatusResult {
  const asOfDay = input.asOfDay;
  const known = computed === null || computed.state === 'unknown' ? null : computed;
  return {
    state: 'unknown',
    reason: { code, values },
    asOfDay,
    lastKnown: lastKnownOf(input.previous) ?? known,
  };
}

function lastKnownOf(previous: StatusInput['previous']): KnownStatus | null {
  if (previous === null) return null;
  const { asOfDay, lastKnown, state } = previous;
  return state === 'unknown' || asOfDay === null ? lastKnown : { state, asOfDay };
}

function finalVerdict(input: StatusInput, asOfDay: string): Verdict {
  const { expected, goal, missingDays, progress } = input;
  if (progress.value === null) return noValue(input);
  const values = { progress: progress.value, lastDay: lastDay(input.cycle), asOfDay };
  if (progress.value >= 1 - rounding) return { state: 'achieved', code: 'goal_met', values };
  // Enough on the days that were measured: the missing ones decide, and nobody knows them.
  const open = goal.kind === 'recurring' || progress.value >= expected - rounding;
  if (missingDays > 0 && open) {
    return { state: 'unknown', code: 'days_missing', values: { ...values, missingDays } };
  }
  return { state: 'missed', code: 'goal_not_met', values };
}

function runningVerdict(input: StatusInput, asOfDay: string): Verdict {
  const { cycle, expected, goal, kept, progress } = input;
  const passed = elapsedDays(cycle, asOfDay);
  const outlook = input.outlook ?? null;
  const grace = outlook === null ? graceDays(cycle, goal) : silentDays(cycle);
  const over = input.today >= cycle.endDay;
  if (progress.value === null) {
    const early = passed <= grace && progress.reason === 'no_observation';
    return early ? { ...noValue(input), state: 'too_early' } : noValue(input);
  }
  if (cannotBeLost(goal, input.unit) && progress.value >= 1 - rounding) {
    // Achieved is said once the cycle is over and settled: a step can be taken back, an entry corrected.
    return { state: 'on_track', code: 'goal_met_early', values: { progress: progress.value, asOfDay } };
  }
  if (passed <= grace && !over) {
    const values = { elapsedDays: passed, totalDays: totalDays(cycle), graceDays: grace };
    const chance = outlook === null ? {} : { chance: outlook.chance.smoothed };
    const code = outlook === null ? 'too_early' : 'chance_too_early';
    return { state: 'too_early', code, values: { ...values, ...chance, progress: progress.value } };
  }
  const verdict =
    outlook !== null
      ? byChance(outlook, progress.value, expected)
      : kept === null
        ? byPace(progress.value, expected, input, asOfDay)
        : byKept(kept, progress.value, asOfDay);
  if (!over) return verdict;
  const values = { ...verdict.values, progress: progress.value, expected, lastDay: lastDay(cycle), asOfDay };
  return { state: verdict.state, code: 'closing', values };
}

/** Finished steps stay finished, and a count of things that happened never falls; money can be refunded. */
function cannotBeLost(goal: Goal, unit: Unit): boolean {
  return goal.kind === 'milestone' || (goal.kind === 'accumulate' && unit === 'count');
}

function byPace(progress: number, expected: number, input: StatusInput, asOfDay: string): Verdict {
  const gap = progress - expected;
  const ratio = expected > 0 ? progress / expected : null;
  const values = {
    progress,
    expected,
    gap,
    ratio,
    asOfDay,
    missingDays: input.missingDays,
    elapsedDays: elapsedDays(input.cycle, asOfDay),
    totalDays: totalDays(input.cycle),
  };
  const ahead = ratio !== null && ratio >= paceRule.onTrackRatio - rounding;
  if (gap >= paceRule.onTrackGap - rounding || ahead) return { state: 'on_track', code: 'on_pace', values };
  // Nothing expected yet leaves no ratio; then the gap decides alone.
  const farBelow = ratio === null || ratio < paceRule.offTrackRatio - rounding;
  if (gap < paceRule.offTrackGap - rounding && farBelow) {
    return { state: 'off_track', code: 'far_behind_pace', values };
  }
  return { state: 'at_risk', code: 'behind_pace', values };
}

/** The band of the smoothed chance, with the arithmetic behind it. */
function byChance(
  { chance, forecast }: NonNullable<StatusInput['outlook']>,
  progress: number,
  expected: number,
): Verdict {
  const { atLeast, atMost, asOfDay, deadlineDay, needed, of, p10, p90, recent } = forecast;
  const values = {
    chance: chance.smoothed,
    latestChance: chance.raw,
    ...(of === 'share'
      ? { lowShare: p10, highShare: p90 }
      : { low: rounded(p10, p90 - p10), high: rounded(p90, p90 - p10) }),
    ...(of === 'share' ? {} : { target: atLeast === null || atMost === null ? (atLeast ?? atMost) : null }),
    ...(needed === null || recent === null ? {} : { needed, recent }),
    step: forecast.inputs.step,
    rate: needed === null || recent === null ? 'none' : 'known',
    side: atLeast === null ? 'at_most' : atMost === null ? 'at_least' : 'between',
    progress,
    expected,
    asOfDay,
    deadlineDay,
  };
  const codes = {
    value: { on_track: 'chance_good', at_risk: 'chance_open', off_track: 'chance_bad' },
    share: { on_track: 'share_good', at_risk: 'share_open', off_track: 'share_bad' },
  } as const;
  return { state: chance.band, code: codes[of][chance.band], values };
}

/** No more digits than a range of that width can mean: about a thirtieth of it. */
function rounded(value: number, width: number): number {
  if (!(width > 0)) return value;
  const digits = Math.ceil(1.5 - Math.log10(width));
  if (digits >= 0) return Number(value.toFixed(Math.min(digits, 12)));
  const unit = 10 ** -digits;
  return Math.round(value / unit) * unit;
}

/**
 * A promise that is kept or broken period by period has no way to travel, so the share kept so far takes the place of
 * the pace ratio, with the same borders: one rule to learn, and 27 days of 30 is on track as 90 % of the pace is.
 */
function byKept(kept: Kept, progress: number, asOfDay: string): Verdict {
  const values = { ...kept, progress, asOfDay };
  if (kept.share >= paceRule.onTrackRatio - rounding) {
    return { state: 'on_track', code: 'kept_enough', values };
  }
  if (kept.share < paceRule.offTrackRatio - rounding) {
    return { state: 'off_track', code: 'kept_far_too_little', values };
  }
  return { state: 'at_risk', code: 'kept_too_little', values };
}

function noValue({ goal, progress }: StatusInput): Verdict {
  const code = progress.value === null ? progress.reason : 'no_observation';
  const values = {
    baseline: goal.kind === 'change' ? goal.baselineValue : null,
    target: goal.kind === 'reach' || goal.kind === 'accumulate' ? goal.targetValue : null,
  };
  return { state: 'unknown', code, values };
}
