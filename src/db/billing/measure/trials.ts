import type { RevenueMeasurement } from '../../../app/ports-billing.ts';
import type { ParamValues } from '../../../domain/catalog/types.ts';
import { dayStart } from '../../../domain/day.ts';
import { type Answer, periods } from './ask.ts';
import { runningCounts } from './people.ts';
import { statementValues } from './rows.ts';

type Edge = { at: number; paid: number; mature: number; immature: number };
const graceDaysByDefault = 7;
const withinDaysByDefault = 21; // a trial of 14 days and 7 of grace

/**
 * Of the customers whose first trial began in the cohort's days, the share that paid before its deadline: the trial's end,
 * or its usual length where it has none, plus days of grace of 24 hours. Who is still undecided is in neither side.
 */
export const trialToPaidRate: Answer = async ({ pool }, ask) => {
  const windows = periods(ask, 'cohort');
  const timeZone = windows[0]?.timeZone;
  if (timeZone === undefined) return [];
  const { values, put } = statementValues();
  const { graceDays, trialDays } = lengths(ask.params);
  const at = (day: string) => dayStart(day, timeZone);
  const [starts, ends] = [
    windows.map(({ startDay }) => at(startDay)),
    windows.map(({ endDay }) => at(endDay)),
  ];
  const [startsAt, endsAt] = [put(starts), put(ends)];
  const hours = (days: number) => `make_interval(hours => 24 * ${put(days)}::int)`;
  const edges = await pool.query<Edge>(
    `WITH trial AS (
       SELECT trial_started_at AS at, trial_paid_at AS paid_at,
         COALESCE(trial_ends_at, trial_started_at + ${hours(trialDays)}) + ${hours(graceDays)} AS deadline_at
       FROM billing_customer
       WHERE connection_id = ${put(ask.scope.connectionId)} AND NOT is_test
         AND trial_started_at >= ${put(starts[0])} AND trial_started_at < ${put(ends.at(-1))}
     ), judged AS (
       SELECT deadline_at <= ${put(ask.scope.now)} AS mature, COALESCE(paid_at < deadline_at, false) AS paid,
         width_bucket(at, ${endsAt}::timestamptz[]) AS from_window, width_bucket(at, ${startsAt}::timestamptz[]) AS to_window
       FROM trial
     )
     SELECT edge.at, sum(edge.sign) FILTER (WHERE mature AND paid)::int AS paid,
       sum(edge.sign) FILTER (WHERE mature)::int AS mature, sum(edge.sign) FILTER (WHERE NOT mature)::int AS immature
     FROM judged CROSS JOIN LATERAL (VALUES (from_window, 1), (to_window, -1)) AS edge(at, sign)
     WHERE from_window < to_window GROUP BY edge.at`,
    values,
  );
  const counts = (of: (edge: Edge) => number | null) =>
    runningCounts(
      windows.length,
      edges.rows.map((edge) => ({ at: edge.at, change: of(edge) ?? 0 })),
    );
  const [paid, mature, immature] = [
    counts((edge) => edge.paid),
    counts((edge) => edge.mature),
    counts((edge) => edge.immature),
  ];
  const minSample = typeof ask.params.minCohort === 'number' ? ask.params.minCohort : 0;
  return windows.map((_, window) =>
    share(paid[window] ?? 0, mature[window] ?? 0, immature[window] ?? 0, minSample),
  );
};

function share(paid: number, mature: number, immature: number, minSample: number): RevenueMeasurement {
  const sides = { numerator: paid, denominator: mature, sampleSize: mature, beside: { immature } };
  if (mature === 0) return { value: null, reason: 'no_mature_cohort', ...sides };
  if (mature < minSample) return { value: null, reason: 'insufficient_sample', ...sides };
  return { value: paid / mature, ...sides };
}

/** The catalogue says within how many days of the start somebody without an end has to pay, grace included. */
function lengths({ graceDays, trialDays, withinDays }: ParamValues): {
  graceDays: number;
  trialDays: number;
} {
  const grace = typeof graceDays === 'number' ? graceDays : graceDaysByDefault;
  if (typeof trialDays === 'number') return { graceDays: grace, trialDays };
  const within = typeof withinDays === 'number' ? withinDays : withinDaysByDefault;
  return { graceDays: grace, trialDays: within - grace };
}
