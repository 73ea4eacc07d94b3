import type { Dialect } from './dialect.ts';
import { bigquery } from './dialects/bigquery.ts';
import { clickhouse } from './dialects/clickhouse.ts';
import { duckdb } from './dialects/duckdb.ts';
import { postgres } from './dialects/postgres.ts';
import { activationRate, onboardingCompletion } from './metrics/activation.ts';
import { cartAbandonment } from './metrics/carts.ts';
import { dropoffRate, funnelConversion } from './metrics/funnel.ts';
import { newUsers } from './metrics/new-users.ts';
import { activeUsers, frequency, stickiness } from './metrics/people.ts';
import { retention } from './metrics/retention.ts';
import { sessionCartAbandonment } from './metrics/session-carts.ts';
import {
  avgSessionMinutes,
  sessionCount,
  sessionsPerUserDay,
  timeInAppPerUserDay,
} from './metrics/sessions.ts';
import { reviewAcceptance, shareRate } from './metrics/shares.ts';
import { trialToPaid } from './metrics/trial.ts';
import { namesOf } from './named.ts';
import { numberIn, type Plan } from './plan.ts';
import { portionsOf } from './portions.ts';
import { readingOf } from './reading.ts';
import { statement } from './statement.ts';
import type { CompiledAsk, DialectName, EventAsk, EventRow, EventTable } from './types.ts';

export type * from './types.ts';

const dialects: Record<DialectName, Dialect> = { duckdb, postgres, clickhouse, bigquery };

const plans: Readonly<Record<string, (ask: EventAsk) => Plan>> = {
  new_users: newUsers,
  active_users: activeUsers,
  stickiness,
  frequency_rate: frequency,
  funnel_conversion: funnelConversion,
  dropoff_rate: dropoffRate,
  trial_to_paid_rate: trialToPaid,
  activation_rate: activationRate,
  onboarding_completion_rate: onboardingCompletion,
  retention,
  session_count: sessionCount,
  sessions_per_user_day: sessionsPerUserDay,
  avg_session_minutes: avgSessionMinutes,
  time_in_app_per_user_day: timeInAppPerUserDay,
  share_rate: shareRate,
  review_acceptance_rate: reviewAcceptance,
  cart_abandonment_rate: cartAbandonment,
  session_cart_abandonment: sessionCartAbandonment,
};

/** The metrics of the catalogue that can be asked of a table of events, in the catalogue's order. */
export const compiledMetrics: readonly string[] = Object.keys(plans);

export function isCompiled(metric: string): boolean {
  return Object.hasOwn(plans, metric);
}

/**
 * One statement that measures a metric over all windows of the ask, on a table of events. The parameters are checked
 * ones, with the defaults filled in.
 *
 * @throws RangeError when the metric is not among those, a window is of another kind, or a parameter is not one
 */
export function compileAsk(ask: EventAsk, table: EventTable, dialectName: DialectName): CompiledAsk {
  const dialect = dialects[dialectName];
  const { measure, scope, write } = planOf(ask);
  const { last, parts } = write(readingOf(table, scope, dialect), dialect);
  return {
    sql: statement(parts, last),
    fromMs: table.columns.id === null ? scope.fromMs : null,
    untilMs: scope.untilMs,
    names: table.columns.id === null ? namesOf(scope.several) : null,
    measure(rows) {
      const byWindow = rowsByWindow(rows);
      return ask.windows.map((_, window) => measure(byWindow.get(window) ?? [], window));
    },
  };
}

/**
 * The ask in as few portions as one statement each should have. Their measurements, one after the other, are those of
 * the ask.
 *
 * @throws RangeError as `compileAsk` does
 */
export function inPortions(ask: EventAsk): EventAsk[] {
  return portionsOf(ask, planOf(ask));
}

function planOf(ask: EventAsk): Plan {
  const plan = isCompiled(ask.metric) ? plans[ask.metric] : undefined;
  if (plan === undefined) throw new RangeError(`"${ask.metric}" cannot be computed from a table of events`);
  return plan(ask);
}

function rowsByWindow(rows: readonly EventRow[]): Map<number, EventRow[]> {
  const byWindow = new Map<number, EventRow[]>();
  for (const row of rows) {
    const window = numberIn(row, 'w');
    byWindow.set(window, [...(byWindow.get(window) ?? []), row]);
  }
  return byWindow;
}
