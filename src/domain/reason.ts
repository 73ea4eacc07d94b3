/**
 * Every code that a status or a data state can give as its reason. A face turns the code and its values into a
 * sentence (`src/i18n`); a code without a message does not compile there.
 */
export const statusReasonCodes = [
  // Status by the calendar.
  'starts_later',
  'too_early',
  // Status of a metric that follows cohorts, before the first of the cycle's own is decided.
  'cohort_waiting',
  'cohort_none_yet',
  // Status by pace: the three verdicts, once while the cycle runs and once while its last days settle.
  'on_pace',
  'behind_pace',
  'far_behind_pace',
  'closing',
  // Status by the share of periods or checks in which the promise was kept.
  'kept_enough',
  'kept_too_little',
  'kept_far_too_little',
  // Status by P(hit): of a value at the deadline, of a share of days.
  'chance_too_early',
  'chance_good',
  'chance_open',
  'chance_bad',
  'share_good',
  'share_open',
  'share_bad',
  // Decided.
  'goal_met',
  'goal_met_early',
  'goal_not_met',
  // No verdict.
  'judged_data_stale',
  'judged_no_data',
  'days_missing',
] as const;

export const dataReasonCodes = [
  'data_fresh',
  'data_manual',
  'data_day_missing',
  'data_sync_overdue',
  'data_rate_limited',
  'data_stale',
  'data_run_failed',
  'data_needs_owner',
  'data_none',
  'data_unbound',
  'data_check_in_due',
  'data_paused',
  // Of a past instant that only the snapshots reach back to.
  'data_not_kept',
] as const;

/** The `NoValueReason`s, as status reasons: there is no progress, and this is why. */
export const noValueReasonCodes = [
  'zero_denominator',
  'no_mature_cohort',
  'zero_churn',
  'missing_rate',
  'insufficient_sample',
  'counter_reset',
  'awaiting_baseline',
  'non_positive_baseline',
  'degenerate_target',
  'impossible_target',
  'no_observation',
  'not_combinable',
] as const;

export type StatusReasonCode = (typeof statusReasonCodes)[number];
export type DataReasonCode = (typeof dataReasonCodes)[number];
export type NoValueCode = (typeof noValueReasonCodes)[number];
export type ReasonCode = StatusReasonCode | DataReasonCode | NoValueCode;
