import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import type { MetricWindow, ParamValues } from '../../../src/domain/catalog/types.ts';
import { addDays, dayStart } from '../../../src/domain/day.ts';
import { eventMetrics } from '../../../src/domain/events/catalog.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { did, measure } from './measure.ts';

/** Each zone with a day near which its clocks, or its calendar, do something. */
const places = [
  { timeZone: 'Pacific/Apia', startDay: '2011-12-27' },
  { timeZone: 'Australia/Lord_Howe', startDay: '2026-04-02' },
  { timeZone: 'America/New_York', startDay: '2026-10-29' },
  { timeZone: 'Asia/Shanghai', startDay: '2026-03-01' },
];
const dayCount = 7;
const place = fc.constantFrom(...places);
const names = ['sign_up', 'open', 'share', 'buy', 'mail_sent'];
const minuteMs = 60_000;

/** Small numbers of people, names and minutes, so that equal times, repeated ids and limits met exactly do happen. */
function eventsNear(startDay: string, timeZone: string) {
  const firstMs = dayStart(addDays(startDay, -1), timeZone).getTime();
  return fc.array(
    fc
      .record({
        id: fc.option(fc.constantFrom('e1', 'e2', 'e3'), { nil: null }),
        userId: fc.constantFrom('a', 'b', 'c'),
        event: fc.constantFrom(...names),
        halfHours: fc.integer({ min: 0, max: (dayCount + 2) * 48 }),
        shiftMs: fc.constantFrom(-1, 0, 0, 1),
        cartId: fc.constantFrom('k1', 'k2', null),
      })
      .map(
        ({ halfHours, shiftMs, cartId, ...event }): ProductEvent => ({
          ...event,
          at: new Date(firstMs + halfHours * 30 * minuteMs + shiftMs),
          properties: { cartId },
        }),
      ),
    { maxLength: 40 },
  );
}

/** What each metric is asked for; a metric that is missing here makes the test fail. */
const asked: Record<string, ParamValues> = {
  new_users: { signupEvent: 'sign_up' },
  active_users: { passiveEvents: ['mail_sent'] },
  stickiness: {},
  frequency_rate: { minDays: 2 },
  funnel_conversion: { steps: ['sign_up', 'open', 'open', 'buy'], withinHours: 72 },
  dropoff_rate: { steps: ['sign_up', 'buy'], withinHours: 24 },
  trial_to_paid_rate: { trialEvent: 'sign_up', paidEvent: 'buy', withinDays: 2 },
  activation_rate: {
    signupEvent: 'sign_up',
    event: 'open',
    minCount: 2,
    clock: 'calendar',
    withinDays: 2,
    distinctProperty: 'cartId',
  },
  onboarding_completion_rate: { signupEvent: 'sign_up', requiredSteps: ['open', 'share'], withinDays: 3 },
  retention: {
    startEvent: 'sign_up',
    criterion: 'on',
    unit: 'day',
    n: 1,
    clock: 'calendar',
    average: 'simple',
    cohortUnit: 'day',
  },
  session_count: {},
  sessions_per_user_day: {},
  avg_session_minutes: {},
  time_in_app_per_user_day: { gapMinutes: 60 },
  share_rate: { shareEvent: 'share', activeEvent: 'open' },
  review_acceptance_rate: { promptEvent: 'open', acceptEvent: 'share' },
  cart_abandonment_rate: { cartEvent: 'open', purchaseEvent: 'buy' },
  session_cart_abandonment: { addToCartEvent: 'open', purchaseEvent: 'buy' },
  merchant_conversion: { minSessions: 1 },
  viewing_minutes_per_viewer: {},
  new_release_viewers: { newForDays: 3 },
};

/** Everything that a metric of events may read, out of the same few things that happened. */
function recordsOf(events: readonly ProductEvent[]): RecordSets {
  return {
    events,
    views: events.map(({ userId, event, at }, index) => ({
      userId,
      contentId: event,
      seconds: (index % 5) * 1000.1,
      at,
    })),
    content: events.slice(0, 5).map(({ event, at }) => ({ id: event, releasedAt: at })),
    merchants: events.map(({ userId }, index) => ({ id: userId, sessions: 3 + index, orders: index % 3 })),
  };
}

function windowFor(key: string, startDay: string, days: number, timeZone: string): MetricWindow {
  const window = { startDay, endDay: addDays(startDay, days), timeZone };
  const cohort = eventMetrics.find((metric) => metric.key === key)?.windows[0] === 'cohort';
  if (!cohort) return { kind: 'period', ...window };
  return { kind: 'cohort', ...window, asOfAt: dayStart(addDays(window.endDay, 1), timeZone) };
}

it.each(eventMetrics.map(({ key }) => key))('%s is the same in whatever order the records come', (key) => {
  const shuffled = place.chain(({ startDay, timeZone }) =>
    eventsNear(startDay, timeZone).chain((events) => {
      const records = recordsOf(events);
      const order = <Item>(items: readonly Item[] = []) =>
        fc.shuffledSubarray([...items], { minLength: items.length });
      return fc.record({
        window: fc.constant(windowFor(key, startDay, dayCount, timeZone)),
        records: fc.constant(records),
        again: fc.record({
          events: order(records.events),
          views: order(records.views),
          content: order(records.content),
          merchants: order(records.merchants),
        }),
      });
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ window, records, again }) => {
      const params = asked[key] ?? {};
      expect(measure(key, params, window, again)).toEqual(measure(key, params, window, records));
    }),
    { numRuns: 60 },
  );
});

/** A period, and the day at which it is cut in two. */
const split = place.chain(({ startDay, timeZone }) =>
  fc.record({
    startDay: fc.constant(startDay),
    timeZone: fc.constant(timeZone),
    cut: fc.integer({ min: 0, max: dayCount }),
    events: eventsNear(startDay, timeZone),
  }),
);

function inTwo(
  key: string,
  {
    startDay,
    timeZone,
    cut,
    events,
  }: { startDay: string; timeZone: string; cut: number; events: ProductEvent[] },
) {
  const value = (from: string, days: number) => {
    const window = windowFor(key, from, days, timeZone);
    return measure(key, asked[key] ?? {}, window, recordsOf(events)).value ?? Number.NaN;
  };
  const parts = value(startDay, cut) + value(addDays(startDay, cut), dayCount - cut);
  return { parts, whole: value(startDay, dayCount) };
}

// A session is counted where it started, and everybody is new once, so these two add up over any days.
it.each(['new_users', 'session_count'])('%s of the parts of a period add up to that of the whole', (key) => {
  fc.assert(
    fc.property(split, (given) => {
      const { parts, whole } = inTwo(key, given);
      expect(parts).toBe(whole);
    }),
  );
});

it.each(['active_users', 'new_release_viewers'])(
  '%s of the parts are never fewer than of the whole',
  (key) => {
    fc.assert(
      fc.property(split, (given) => {
        const { parts, whole } = inTwo(key, given);
        expect(parts).toBeGreaterThanOrEqual(whole);
      }),
    );
  },
);

it('people who use the product on two days are not two people', () => {
  const events = [did('a open 2026-03-01T10:00:00Z'), did('a open 2026-03-02T10:00:00Z')];
  const given = { startDay: '2026-03-01', timeZone: 'UTC', cut: 1, events };
  expect(inTwo('active_users', given)).toEqual({ parts: 2, whole: 1 });
});

it.each(Object.keys(asked).filter((key) => key !== 'merchant_conversion'))('%s stays in its range', (key) => {
  const ratio = eventMetrics.find((metric) => metric.key === key)?.unit.storedAs === 'ratio';
  fc.assert(
    fc.property(split, ({ startDay, timeZone, events }) => {
      const { value } = measure(
        key,
        asked[key] ?? {},
        windowFor(key, startDay, dayCount, timeZone),
        recordsOf(events),
      );
      expect(value ?? 0).toBeGreaterThanOrEqual(0);
      expect(value ?? 0).toBeLessThanOrEqual(ratio ? 1 : Number.MAX_SAFE_INTEGER);
    }),
    { numRuns: 40 },
  );
});
