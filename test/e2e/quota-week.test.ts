import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCycle } from '../../src/app/create-cycle.ts';
import { createKeyResult } from '../../src/app/create-key-result.ts';
import { createObjective } from '../../src/app/create-objective.ts';
import { type Simulation, startSimulation } from './support/simulation.ts';

// Two hundred Key Results on one GA4 property and one Mixpanel project over a simulated week, read every six hours.
// The smallest number of requests is worked out below from what each provider lets one request carry.

const HOUR_MS = 3_600_000;
const EVERY_HOURS = 6;
const SLOTS = (7 * 24) / EVERY_HOURS; // 28, and the first sync before them
const MINUTE_MS = 60_000;

type Definition = { metric: string; params: Record<string, unknown> };

/** Owners ask for the same things: many metrics, few questions. */
const GA4: Definition[] = [
  { metric: 'new_users', params: {} },
  { metric: 'sessions', params: {} },
  { metric: 'active_users', params: { days: 1 } },
  { metric: 'active_users', params: { days: 7 } },
  { metric: 'active_users', params: { days: 28 } },
  { metric: 'engagement_seconds_per_user_day', params: {} },
  { metric: 'key_event_conversion', params: { keyEvent: 'sign_up' } },
  { metric: 'key_event_conversion', params: { keyEvent: 'begin_trial' } },
  { metric: 'key_event_conversion', params: { keyEvent: 'purchase' } },
  { metric: 'key_event_conversion', params: { keyEvent: 'sign_up', per: 'user' } },
];

const EVENTS = ['Sign Up', 'Project Created', 'Report Shared', 'Invite Sent', 'Trial Started'];
const FUNNELS = [
  { funnelId: 7509, lengthDays: 7 },
  { funnelId: 7509, lengthDays: 14 },
  { funnelId: 7510, lengthDays: 30 },
];
const MIXPANEL: Definition[] = [
  ...EVENTS.map((event) => ({ metric: 'event_total', params: { event } })),
  ...EVENTS.map((event) => ({ metric: 'unique_users', params: { event } })),
  ...FUNNELS.map((params) => ({ metric: 'funnel_conversion', params })),
  { metric: 'retention_one_month', params: { bornEvent: 'Sign Up' } },
  { metric: 'nps', params: { event: 'Survey Answered' } },
  { metric: 'nps_average', params: { event: 'Survey Answered' } },
];

const KEY_RESULTS_EACH = 100;
let simulation: Simulation;

beforeAll(async () => {
  simulation = await startSimulation({
    startAt: new Date('2026-05-04T00:10:00Z'),
    historyDays: 100,
    sandbox: { seed: 3, anchorDay: '2026-01-01', company: { dailyVisitors: 8 } },
  });
  const { services, actor } = simulation;
  await simulation.connect('ga4', 'ga4', EVERY_HOURS * 60);
  await simulation.connect('mixpanel', 'mixpanel', EVERY_HOURS * 60);
  await createCycle(services.deps, actor, { key: 'spring', startDay: '2026-04-01', endDay: '2026-07-01' });
  const objective = { key: 'all', title: 'All', description: '', cycle: 'spring', parent: null, owner: null };
  await createObjective(services.deps, actor, objective);
  for (const [connection, definitions] of Object.entries({ ga4: GA4, mixpanel: MIXPANEL })) {
    for (let index = 0; index < KEY_RESULTS_EACH; index += 1) {
      // Every owner made a metric of their own: only what they ask is the same.
      const { metric, params } = definitions[index % definitions.length] as Definition;
      const key = `${connection}-${index}`;
      await simulation.measure(connection, key, metric, params);
      await createKeyResult(services.deps, actor, {
        key,
        title: key,
        description: '',
        objective: 'all',
        owner: null,
        goal: { kind: 'reach', startValue: 0, targetValue: 100 },
        paceCurve: { kind: 'linear' },
        aggregate: null,
        metric: key,
      });
    }
  }
  for (let slot = 0; slot <= SLOTS; slot += 1) {
    await simulation.moveTo(slot * EVERY_HOURS * HOUR_MS + MINUTE_MS);
    await simulation.work();
  }
}, 900_000);
afterAll(() => simulation?.close());

it('stays within every documented quota, and is never refused', async () => {
  const { ga4, mixpanel } = simulation.sandbox.usage();
  // Mixpanel: 60 queries in any hour, 5 at once; 60 exports in any hour.
  expect(mixpanel.queries).toMatchObject({ refused: 0 });
  expect(mixpanel.queries.mostInAnHour).toBeLessThanOrEqual(60);
  expect(mixpanel.queries.mostAtOnce).toBeLessThanOrEqual(5);
  expect(mixpanel.exports).toMatchObject({ refused: 0 });
  expect(mixpanel.exports.mostInAnHour).toBeLessThanOrEqual(60);
  // GA4: 10 at once, and 14,000 tokens a project and hour; more than one sync never falls into the same hour.
  expect(ga4.peakConcurrent).toBeLessThanOrEqual(10);
  expect(ga4.tokens).toBeLessThan(14_000 * (SLOTS + 1));
  const { rows } = await simulation.services.database.pool.query(
    `SELECT status, error_class, count(*)::int FROM sync_run GROUP BY 1, 2`,
  );
  expect(rows).toEqual([{ status: 'succeeded', error_class: null, count: 2 * (SLOTS + 1) }]);
});

it('has read every settled day of every metric after it had settled', async () => {
  // The rule in SQL, apart from the domain's: a day is settled so many hours after its end (UTC here). Monthly metrics
  // have a point on the last day of a month only.
  const { rows } = await simulation.services.database.pool.query<{ missing: number; checked: number }>(
    `WITH expected AS (
       SELECT v.id, d::date AS day, d + interval '1 day' + make_interval(hours => v.settles_after_hours) AS settled_at
       FROM metric_version v, generate_series(v.history_start_day::timestamp, app_now() AT TIME ZONE 'UTC', interval '1 day') d
       WHERE v.cadence = 'day' OR d::date + 1 = date_trunc('month', d + interval '1 day')::date
     )
     SELECT count(*)::int AS checked,
       count(*) FILTER (WHERE p.day IS NULL OR p.fetched_at AT TIME ZONE 'UTC' < e.settled_at)::int AS missing
     FROM expected e LEFT JOIN metric_point p ON p.metric_version_id = e.id AND p.day = e.day
     WHERE e.settled_at <= app_now() AT TIME ZONE 'UTC'`,
  );
  expect(rows[0]?.checked).toBeGreaterThan(200 * 20);
  expect(rows[0]?.missing).toBe(0);
});

it('asks hardly more than the smallest number of requests that could have told it all', () => {
  const syncs = SLOTS + 1;
  // GA4: one batch of five reports of ten metrics carries them all: 12 names of one window.
  const ga4Least = syncs;
  // Mixpanel: all totals in one call, all uniques in one, one a funnel and length, one for the cohorts of a window.
  const queriesLeast = syncs * (1 + 1 + FUNNELS.length + 1);
  // Raw answers of at most 30 days in a request: the 29 days before the 11 that may still change and today are 40
  // days, in two requests; the first sync reads 29 days before its 100 and today, 130 days in five.
  const exportsLeast = SLOTS * 2 + 5;
  const { ga4, mixpanel } = simulation.sandbox.usage();
  const asked = ga4.requests + mixpanel.queries.asked + mixpanel.exports.asked;
  const least = ga4Least + queriesLeast + exportsLeast;
  console.info(
    `200 Key Results, ${syncs} syncs: ${asked} requests (GA4 ${ga4.requests}, Mixpanel ${mixpanel.queries.asked} queries ` +
      `and ${mixpanel.exports.asked} exports); the smallest number possible is ${least} (${ga4Least}, ${queriesLeast}, ` +
      `${exportsLeast}): ${(asked / least).toFixed(2)} times it. Most in an hour: ${mixpanel.queries.mostInAnHour} queries.`,
  );
  expect(asked / least).toBeLessThanOrEqual(1.2);
});
