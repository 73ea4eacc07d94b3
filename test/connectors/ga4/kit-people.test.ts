import { describe, expect, it } from 'vitest';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { cohortsOf, funnelsOf, peopleOf } from './support/people.ts';
import { fixture } from './support/property.ts';
import { berlin, config } from './support/read.ts';
import { KEY, type Respond, startRest } from './support/server.ts';

const people = peopleOf(({ endDate }) => (endDate === '2026-02-28' ? 4_100 : 900));
const cohorts = cohortsOf((_, offset) => [offset === 1 ? 30 : 90, 100]);
const funnels = funnelsOf((day) => (day === '2026-02-27' ? [50, 20] : [100, 40]));

/** One property that answers all of them, each in its own way. */
const respond: Respond = (call) => {
  if (call.method === 'runFunnelReport') return funnels(call);
  if (call.method === 'getMetadata') return { body: fixture('get_metadata.json').response };
  const isCohorts = (call.body.requests ?? []).some(({ cohortSpec }) => (cohortSpec ?? null) !== null);
  return isCohorts ? cohorts(call) : people(call);
};

/** The same property, and nobody came. */
const nobody = peopleOf(() => null);
const noCohorts = cohortsOf(() => null);
const noFunnels = funnelsOf(() => [0, 0]);
const respondNothing: Respond = (call) => {
  if (call.method === 'runFunnelReport') return noFunnels(call);
  if (call.method === 'getMetadata') return respond(call);
  const isCohorts = (call.body.requests ?? []).some(({ cohortSpec }) => (cohortSpec ?? null) !== null);
  return isCohorts ? noCohorts(call) : nobody(call);
};

const { users, users_of_month, funnel_conversion, retention } = ga4.metrics;
if (users === undefined || users_of_month === undefined) throw new Error('metrics of users are missing');
if (funnel_conversion === undefined || retention === undefined)
  throw new Error('metrics of cohorts are missing');

// Twenty windows fit into one request.
const days = Array.from({ length: 22 }, (_, at) =>
  new Date(Date.UTC(2026, 1, 7 + at)).toISOString().slice(0, 10),
);
const each = (value: string | null) => Object.fromEntries(days.map((day) => [day, value]));

const checks = connectorKit({
  connector: { ...ga4, metrics: { users, users_of_month, funnel_conversion, retention } },
  config,
  secrets: [KEY],
  start: () => startRest(respond),
  startEmpty: () => startRest(respondNothing),
  now: new Date('2026-03-20T09:00:00Z'),
  window: berlin('2026-02-07', '2026-03-01'),
  metrics: {
    users: {
      params: { days: 7 },
      values: { ...each('900'), '2026-02-28': '4100' },
      pages: 2,
      empty: each('0'),
    },
    // Only one month ends in these days.
    users_of_month: { params: {}, values: { '2026-02-28': '4100' }, pages: 1, empty: { '2026-02-28': '0' } },
    // 40 of 100; 20 of 50. A funnel has no batch: each day is a page of its own.
    funnel_conversion: {
      params: { steps: ['a', 'b'], withinHours: 24 },
      values: each('0.4'),
      pages: 22,
      empty: each(null),
    },
    // 30 of 100; twelve cohorts fit into a report, and two reports into one request.
    retention: { params: { n: 1 }, values: each('0.3'), pages: 1, empty: each(null) },
  },
});

describe('the connector kit on GA4’s people', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
