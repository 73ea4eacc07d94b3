import { describe, expect, it } from 'vitest';
import type { MetricWindow, ParamValues } from '../../src/domain/catalog/index.ts';
import { checkParams, findMetric } from '../../src/domain/catalog/index.ts';
import { compileAsk, type EventTable } from '../../src/event-sql/index.ts';
import { cohort, period } from '../domain/events/measure.ts';

/**
 * No server of these engines runs here, so what would be asked of them lies in files, to be read against their
 * documentation. The files change when the statements do; that they are right is not what this test knows.
 */
const zone = 'Europe/Berlin';
const weeks: MetricWindow[] = [
  cohort('2026-03-02', '2026-03-09', '2026-05-01T00:00:00Z', zone),
  cohort('2026-03-23', '2026-03-30', '2026-05-01T00:00:00Z', zone),
];
const days = [period('2026-03-28', '2026-03-29', zone), period('2026-03-29', '2026-03-30', zone)];
/** So many on the same days that changes are counted: each is four days long and a day later than the one before. */
const overlapping = Array.from({ length: 5 }, (_, index) =>
  period(`2026-03-0${index + 1}`, `2026-03-0${index + 5}`, zone),
);
const trailing = [period('2026-03-01', '2026-03-04', zone), period('2026-03-02', '2026-03-05', zone)];

const asked: { name: string; metric: string; params: ParamValues; windows: MetricWindow[]; ids?: true }[] = [
  { name: 'new-users', metric: 'new_users', params: { signupEvent: "it's \\ new" }, windows: days },
  { name: 'stickiness', metric: 'stickiness', params: { passiveEvents: ['mail_sent'] }, windows: trailing },
  { name: 'active-users-over-many-windows', metric: 'active_users', params: {}, windows: overlapping },
  {
    name: 'frequency-over-many-windows',
    metric: 'frequency_rate',
    params: { minDays: 2 },
    windows: overlapping,
  },
  {
    name: 'share-rate-over-many-windows',
    metric: 'share_rate',
    params: { shareEvent: 'share' },
    windows: overlapping,
  },
  {
    name: 'time-in-app-over-many-windows',
    metric: 'time_in_app_per_user_day',
    params: {},
    windows: overlapping,
  },
  {
    name: 'share-rate-once-by-id',
    metric: 'share_rate',
    params: { shareEvent: 'share' },
    windows: days,
    ids: true,
  },
  {
    name: 'funnel-with-a-step-twice',
    metric: 'funnel_conversion',
    params: { steps: ['sign_up', 'open', 'open'], withinHours: 168 },
    windows: weeks,
  },
  {
    name: 'activation-of-different-things',
    metric: 'activation_rate',
    params: { signupEvent: 'sign_up', event: 'save', distinctProperty: 'content id', clock: 'calendar' },
    windows: weeks,
  },
  {
    name: 'retention-by-calendar-weeks',
    metric: 'retention',
    params: {
      startEvent: 'sign_up',
      criterion: 'on_or_after',
      unit: 'week',
      clock: 'calendar',
      roundTo: 'hour',
      average: 'simple',
    },
    windows: weeks,
  },
  {
    name: 'trial-to-paid',
    metric: 'trial_to_paid_rate',
    params: { trialEvent: 'trial_started', paidEvent: 'paid' },
    windows: weeks,
  },
  { name: 'time-in-app', metric: 'time_in_app_per_user_day', params: {}, windows: days },
  {
    name: 'cart-abandonment',
    metric: 'cart_abandonment_rate',
    params: { cartEvent: 'cart_created', purchaseEvent: 'purchase' },
    windows: weeks,
  },
];

const tables: Record<'clickhouse' | 'bigquery', EventTable> = {
  clickhouse: tableOf('`shop`.`events`', 'properties'),
  bigquery: tableOf('`project.shop.events`', 'properties'),
};

function tableOf(from: string, column: string): EventTable {
  return {
    from,
    columns: {
      user: 'user_id',
      event: 'event',
      at: { name: 'at', as: 'instant' },
      id: null,
      properties: { kind: 'json', column },
    },
  };
}

describe.each(['clickhouse', 'bigquery'] as const)('the statements for %s are kept to be read', (dialect) => {
  it.each(asked)('$name', async ({ ids, metric: key, name, params, windows }) => {
    const metric = findMetric(key);
    const checked = metric === null ? null : checkParams(metric, params);
    if (checked?.ok !== true) throw new RangeError(`${key} cannot be asked so`);
    const table = tables[dialect];
    const own = ids ? { ...table, columns: { ...table.columns, id: 'insert_id' } } : table;
    const { sql } = compileAsk({ metric: key, params: checked.params, windows }, own, dialect);
    const told = `-- ${dialect}: compiled and kept to be read; no test runs it.\n${sql}`;
    await expect(told).toMatchFileSnapshot(`statements/${name}.${dialect}.sql`);
  });
});
