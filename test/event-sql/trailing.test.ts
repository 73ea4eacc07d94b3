import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MetricWindow, ParamValue } from '../../src/domain/catalog/index.ts';
import { addDays } from '../../src/domain/day.ts';
import { compileAsk, compiledMetrics, inPortions } from '../../src/event-sql/index.ts';
import { askable, asksOver, places } from './support/asks.ts';
import { eventTable, openDuckdb, openPostgres } from './support/engines.ts';
import { expectAgreement, type NamedEngine } from './support/expect-agreement.ts';
import { growingNear, livesNear, trailingNear } from './support/trailing.ts';

/** Windows as a history of daily points asks for them, where statements count changes instead of people in windows. */
const engines: NamedEngine[] = [];
beforeAll(async () => {
  engines.push({ dialect: 'duckdb', engine: await openDuckdb() });
  engines.push({ dialect: 'postgres', engine: await openPostgres() });
});
afterAll(() => Promise.all(engines.map(({ engine }) => engine.close())));

const table = { ...eventTable, columns: { ...eventTable.columns, id: null } };

const windowsOf = {
  'of periods that slide by a day': { kind: 'period', windows: (place) => trailingNear(place, 'period') },
  'of cohorts that slide by a day': { kind: 'cohort', windows: (place) => trailingNear(place, 'cohort') },
  'that begin and end later each time': { kind: 'period', windows: growingNear },
} as const satisfies Record<
  string,
  { kind: 'period' | 'cohort'; windows(place: (typeof places)[number]): fc.Arbitrary<MetricWindow[]> }
>;

it.each(Object.entries(windowsOf))(
  'DuckDB, PostgreSQL and the domain agree on windows %s, over changes of clocks',
  { timeout: 120_000 },
  async (_, { kind, windows }) => {
    const history = fc.noBias(
      fc
        .constantFrom(...places)
        .chain((place) => fc.record({ events: livesNear(place), asks: asksOver(kind, windows(place)) })),
    );
    await fc.assert(
      fc.asyncProperty(history, async ({ asks, events }) => {
        await Promise.all(engines.map(({ engine }) => engine.hold(events)));
        await expectAgreement(asks, events, table, engines);
      }),
      { numRuns: 15 },
    );
  },
);

/** So many days, one after the other, each with the days before it. */
function trailing(count: number, days: number, kind: 'period' | 'cohort'): MetricWindow[] {
  return Array.from({ length: count }, (_, index): MetricWindow => {
    const endDay = addDays('2025-11-01', index);
    const span = { startDay: addDays(endDay, -days), endDay, timeZone: 'Europe/Berlin' };
    return kind === 'period'
      ? { kind, ...span }
      : { kind, ...span, asOfAt: new Date('2027-06-01T00:00:00Z') };
  });
}

const params: Record<string, ParamValue> = {
  signupEvent: 'sign_up',
  activeEvent: '*',
  passiveEvents: [],
  shareEvent: 'share',
  promptEvent: 'prompt',
  acceptEvent: 'accept',
  minDays: 3,
  minCohort: 1,
  gapMinutes: 30,
  addToCartEvent: 'cart',
  purchaseEvent: 'buy',
  steps: ['sign_up', 'open'],
  withinHours: 24,
  trialEvent: 'trial',
  paidEvent: 'paid',
  withinDays: 7,
  trialEndProperty: 'end',
  graceDays: 0,
  event: 'open',
  minCount: 1,
  clock: 'calendar',
  requiredSteps: ['open'],
  startEvent: 'sign_up',
  returnEvent: '*',
  firstTimeOnly: false,
  criterion: 'on',
  bracketDays: [1, 7],
  unit: 'day',
  n: 1,
  weekStart: 'monday',
  roundTo: 'none',
  average: 'pooled',
  cohortUnit: 'day',
  cartEvent: 'cart',
  cartIdProperty: 'cart',
};

it.each(compiledMetrics)(
  'two years of %s are asked in portions that ClickHouse reads, in their order',
  (metric) => {
    for (const days of [1, 28, 90]) {
      const windows = trailing(730, days, askable[metric]?.kind ?? 'period');
      const portions = inPortions({ metric, params, windows });
      expect(portions.flatMap((portion) => portion.windows)).toEqual(windows);
      const [largest] = portions; // the last one may have fewer windows than the others
      if (largest === undefined) throw new RangeError('nothing is asked');
      // max_query_size, 256 KiB unless somebody changed it.
      expect(compileAsk(largest, eventTable, 'clickhouse').sql.length).toBeLessThan(262_144);
    }
  },
);

it.each([
  'active_users',
  'stickiness',
  'frequency_rate',
  'share_rate',
  'review_acceptance_rate',
  'sessions_per_user_day',
  'avg_session_minutes',
  'time_in_app_per_user_day',
])('a year of %s over the last 28 days is one statement', (metric) => {
  expect(inPortions({ metric, params, windows: trailing(365, 28, 'period') })).toHaveLength(1);
});
