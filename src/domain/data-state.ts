import { addDays, daysBetween, monthStart } from './day.ts';
import { lastSettledDay, type MetricTraits } from './metric.ts';
import type { DataReasonCode } from './reason.ts';
import type { ErrorClass } from './retry.ts';
import type { Reason } from './status.ts';

/**
 * How the numbers behind a Key Result stand, apart from its status. `late`: a settled day is missing but within
 * grace; `stale`: too old to judge by; `failing`: the last attempt failed; `none`: never a point.
 */
export type DataState = 'fresh' | 'late' | 'stale' | 'failing' | 'none' | 'paused';

export type ConnectionState = 'active' | 'needs_reauth' | 'misconfigured' | 'quota_exhausted' | 'paused';

/** How reading a metric has gone lately. */
export type SourceHealth = {
  paused: boolean;
  connectionState: ConnectionState;
  /** When the last successful sync read the metric; null before the first. */
  fetchedAt: Date | null;
  /** The schedule's interval; null when nothing reads on a schedule. */
  everyMinutes: number | null;
  /** Set while the last finished attempt is a failed one; `since` is the first failure in that row. */
  lastFailure: { errorClass: ErrorClass; since: Date } | null;
};

export type DataStateInput = SourceHealth & {
  /** Newest day that holds a value, settled or not; null before the first. */
  newestPointDay: string | null;
  /** Newest settled day that holds a value. */
  newestSettledDay: string | null;
  /** How many days usually lie between two values, such as 7 of a sheet that is filled in on Fridays; absent: 1. */
  rhythmDays?: number;
  traits: MetricTraits;
  now: Date;
};

/** `tooOld` is set whenever status may not use the value, also where another state (paused) takes precedence. */
export type DataStateResult = {
  state: DataState;
  reason: Reason;
  tooOld: { throughDay: string; behindDays: number; staleAfterDays: number } | null;
};

const minuteMs = 60_000;
const dayMinutes = 1440;

/**
 * The state of the data, by precedence: paused, none, stale, failing, late, fresh. A rate limit ends by itself and so
 * is late, never failing. A day is missed only once two intervals have passed since it settled: the first sync after
 * that may still be under way, and where values come less often than daily, once the next of them should be there. Stale
 * is more than `staleAfterDays` behind that day.
 */
export function dataState(input: DataStateInput): DataStateResult {
  const { newestPointDay, traits } = input;
  const graceMs = (input.everyMinutes === null ? dayMinutes : 2 * input.everyMinutes) * minuteMs;
  const dueDay = newestDueDay(traits, new Date(input.now.getTime() - graceMs));
  // A metric younger than its settle time has no settled day; its first day is then what there is.
  const throughDay = input.newestSettledDay ?? newestPointDay;
  const behindDays = throughDay === null ? 0 : daysBetween(throughDay, dueDay);
  const { staleAfterDays } = traits;
  const tooOld =
    throughDay !== null && behindDays > staleAfterDays ? { throughDay, behindDays, staleAfterDays } : null;
  const found = (state: DataState, code: DataReasonCode, values: Reason['values']): DataStateResult => ({
    state,
    reason: { code, values },
    tooOld,
  });

  if (input.paused || input.connectionState === 'paused')
    return found('paused', 'data_paused', { throughDay });
  const { connectionState, lastFailure } = input;
  const limited = connectionState === 'quota_exhausted' || lastFailure?.errorClass === 'rate_limited';
  const waiting = connectionState === 'needs_reauth' || connectionState === 'misconfigured';
  if (throughDay === null) return found('none', 'data_none', {});
  if (tooOld !== null) {
    const errorClass = waiting ? connectionState : (lastFailure?.errorClass ?? null);
    return found('stale', 'data_stale', { ...tooOld, errorClass });
  }
  if (waiting) return found('failing', 'data_needs_owner', { connectionState, throughDay });
  if (lastFailure !== null && !limited) {
    const { errorClass, since } = lastFailure;
    return found('failing', 'data_run_failed', { errorClass, since: since.toISOString(), throughDay });
  }
  if (limited) return found('late', 'data_rate_limited', { throughDay });
  if (behindDays >= (input.rhythmDays ?? 1))
    return found('late', 'data_day_missing', { missingDay: dueDay, throughDay, behindDays });
  return overdue(input, graceMs, throughDay) ?? found('fresh', 'data_fresh', { throughDay });
}

/** The newest day that should have a settled point: of a monthly metric the last day of a month that is over. */
function newestDueDay(traits: MetricTraits, at: Date): string {
  const settled = lastSettledDay(traits, at);
  return traits.cadence === 'month' ? addDays(monthStart(addDays(settled, 1)), -1) : settled;
}

function overdue(input: DataStateInput, graceMs: number, throughDay: string): DataStateResult | null {
  if (input.everyMinutes === null || input.fetchedAt === null) return null;
  const ageMs = input.now.getTime() - input.fetchedAt.getTime();
  if (ageMs <= graceMs) return null;
  const values = {
    hours: Math.floor(ageMs / (60 * minuteMs)),
    everyMinutes: input.everyMinutes,
    throughDay,
  };
  const code: DataReasonCode = 'data_sync_overdue';
  return { state: 'late', reason: { code, values }, tooOld: null };
}
