import fc from 'fast-check';
import type { MetricWindow, ParamValue } from '../../../src/domain/catalog/index.ts';
import { addDays, dayStart } from '../../../src/domain/day.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';

/** Each zone with a day near which its clocks, or its calendar, do something. */
export const places = [
  { timeZone: 'Europe/Berlin', startDay: '2026-03-26' },
  { timeZone: 'America/New_York', startDay: '2026-10-29' },
  { timeZone: 'Australia/Lord_Howe', startDay: '2026-04-02' },
  { timeZone: 'Pacific/Apia', startDay: '2011-12-27' },
];
export type Place = (typeof places)[number];

const dayCount = 7;
const minuteMs = 60_000;
const dayMs = 86_400_000;
export const eventNames = ['sign_up', 'open', 'share', 'buy', 'mail_sent'] as const;
const oneName = fc.constantFrom(...eventNames);
const names = (least: number, most: number) => fc.array(oneName, { minLength: least, maxLength: most });

/** Texts that may or may not say when a trial ends, and things that name a cart or do not. */
function valueNear(startDay: string) {
  const later = `${addDays(startDay, 6)}T22:30`;
  const written = ['Z', ':30+02:00', ':30.5-0330', ':30.123456Z', ':00', '+10', ' 2'].map(
    (end) => `${later}${end}`,
  );
  return fc.constantFrom<unknown[]>(
    ...written,
    '2026-02-30T00:00:00Z',
    '2011-12-29T12:00:00.001+13:00',
    `${addDays(startDay, 5)} 10:00:00Z`,
    'k1',
    '',
    "it's",
    7,
    '7',
    null,
    undefined,
    true,
    { a: 1 },
    [7],
  );
}

/** Few people, names, ids and minutes, so that equal times, repeated ids and limits met exactly do happen. */
export function eventsNear({ startDay, timeZone }: Place): fc.Arbitrary<ProductEvent[]> {
  const firstMs = dayStart(addDays(startDay, -1), timeZone).getTime();
  const minute = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: (dayCount + 2) * 48 }).map((count) => count * 30) },
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 5 * 48 }).map((count) => 2 * 1_440 + count * 5) },
    { weight: 1, arbitrary: fc.integer({ min: 28 * 48, max: 36 * 48 }).map((count) => count * 30) },
  );
  const event = fc
    .record({
      id: fc.option(fc.constantFrom('e1', 'e2', 'e3', ''), { nil: null, freq: 3 }),
      userId: fc.constantFrom('a', 'b', 'c', "d'"),
      event: oneName,
      minute,
      shiftMs: fc.constantFrom(-1, 0, 0, 0, 1),
      p: valueNear(startDay),
    })
    .map(
      ({ minute: minutes, p, shiftMs, ...told }): ProductEvent => ({
        ...told,
        at: new Date(firstMs + minutes * minuteMs + shiftMs),
        properties: p === undefined ? {} : { p },
      }),
    );
  return fc.array(event, { minLength: 40, maxLength: 150, size: 'max' });
}

/** Several windows at once, overlapping as they come, some in another zone and some of a skipped date alone. */
function windowsNear({ startDay, timeZone }: Place, kind: 'period' | 'cohort'): fc.Arbitrary<MetricWindow[]> {
  const window = fc
    .record({
      from: fc.integer({ min: -1, max: dayCount - 2 }),
      days: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: dayCount })),
      zone: fc.constantFrom(timeZone, timeZone, timeZone, 'Asia/Kolkata'),
      judgedAfterMs: fc.oneof(
        fc.integer({ min: -2, max: 8 }).map((days) => days * dayMs),
        fc.integer({ min: 5 * 24, max: 70 * 24 }).map((hours) => hours * 60 * minuteMs + 1),
      ),
    })
    .map(({ days, from, judgedAfterMs, zone }): MetricWindow => {
      const first = addDays(startDay, from);
      const span = { startDay: first, endDay: addDays(first, days), timeZone: zone };
      if (kind === 'period') return { kind, ...span };
      return { kind, ...span, asOfAt: new Date(dayStart(span.endDay, zone).getTime() + judgedAfterMs) };
    });
  return fc.array(window, { minLength: 1, maxLength: 4 });
}

const minCohort = fc.constantFrom(1, 1, 1, 3);
const few = fc.integer({ min: 1, max: 3 });
const clock = fc.constantFrom('rolling', 'calendar');
const passiveEvents = fc.constantFrom<string[][]>([], ['mail_sent'], ['open', 'buy']);
const anyOrOne = fc.constantFrom('*', 'open', 'mail_sent');
const unit = fc.constantFrom('day', 'day', 'week', 'month');
const bracketDays = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 30 }))
  .map(([from, more]): [number, number] => [from, from + more]);
const gap = { gapMinutes: fc.constantFrom(1, 30, 90, 1_440), passiveEvents };

type Params = Record<string, fc.Arbitrary<ParamValue>>;

/** What each metric may be asked for. */
export const askable: Readonly<Record<string, { kind: 'period' | 'cohort'; params: Params }>> = {
  new_users: { kind: 'period', params: { signupEvent: fc.constantFrom('sign_up', 'open', '*') } },
  active_users: { kind: 'period', params: { activeEvent: anyOrOne, passiveEvents } },
  stickiness: { kind: 'period', params: { activeEvent: anyOrOne, passiveEvents, minCohort } },
  frequency_rate: {
    kind: 'period',
    params: { activeEvent: anyOrOne, passiveEvents, minDays: few, minCohort },
  },
  funnel_conversion: {
    kind: 'cohort',
    params: { steps: names(2, 5), withinHours: fc.integer({ min: 1, max: 200 }), minCohort },
  },
  dropoff_rate: {
    kind: 'cohort',
    params: { steps: names(2, 3), withinHours: fc.integer({ min: 1, max: 100 }), minCohort },
  },
  trial_to_paid_rate: {
    kind: 'cohort',
    params: {
      trialEvent: oneName,
      paidEvent: oneName,
      withinDays: few,
      trialEndProperty: fc.constantFrom('p', 'p', 'none'),
      graceDays: fc.integer({ min: 0, max: 2 }),
      minCohort,
    },
  },
  activation_rate: {
    kind: 'cohort',
    params: {
      signupEvent: oneName,
      event: fc.constantFrom('open', 'share', '*'),
      minCount: few,
      withinDays: few,
      clock,
      minCohort,
    },
  },
  onboarding_completion_rate: {
    kind: 'cohort',
    params: { signupEvent: oneName, requiredSteps: names(1, 3), withinDays: few, clock, minCohort },
  },
  retention: {
    kind: 'cohort',
    params: {
      startEvent: fc.constantFrom('sign_up', 'open', '*'),
      returnEvent: anyOrOne,
      passiveEvents,
      firstTimeOnly: fc.boolean(),
      criterion: fc.constantFrom('bracket', 'on', 'on_or_after'),
      bracketDays,
      unit,
      n: fc.integer({ min: 0, max: 3 }),
      clock,
      weekStart: fc.constantFrom('monday', 'sunday'),
      roundTo: fc.constantFrom('none', 'hour'),
      average: fc.constantFrom('pooled', 'simple'),
      cohortUnit: unit,
      minCohort,
    },
  },
  session_count: { kind: 'period', params: gap },
  sessions_per_user_day: { kind: 'period', params: { ...gap, minCohort } },
  avg_session_minutes: { kind: 'period', params: { ...gap, minCohort } },
  time_in_app_per_user_day: { kind: 'period', params: { ...gap, minCohort } },
  share_rate: {
    kind: 'period',
    params: { shareEvent: oneName, activeEvent: anyOrOne, passiveEvents, minCohort },
  },
  review_acceptance_rate: {
    kind: 'period',
    params: { promptEvent: oneName, acceptEvent: oneName, minCohort },
  },
  cart_abandonment_rate: {
    kind: 'cohort',
    params: {
      cartEvent: oneName,
      purchaseEvent: oneName,
      cartIdProperty: fc.constant('p'),
      withinHours: fc.integer({ min: 1, max: 100 }),
      minCohort,
    },
  },
  session_cart_abandonment: {
    kind: 'period',
    params: { addToCartEvent: oneName, purchaseEvent: oneName, ...gap, minCohort },
  },
};

export type RandomAsk = { metric: string; params: Record<string, ParamValue>; windows: MetricWindow[] };

/** One ask of every metric. */
export function asksNear(place: Place): fc.Arbitrary<RandomAsk[]> {
  const asks = Object.entries(askable).map(([metric, { kind, params }]) =>
    fc.record({
      metric: fc.constant(metric),
      params: withDistinct(metric, params),
      windows: windowsNear(place, kind),
    }),
  );
  return fc.tuple(...asks);
}

/** The same over windows that are given, for the metrics that have windows of the kind. */
export function asksOver(
  kind: 'period' | 'cohort',
  windows: fc.Arbitrary<MetricWindow[]>,
): fc.Arbitrary<RandomAsk[]> {
  const metrics = Object.entries(askable).filter(([, metric]) => metric.kind === kind);
  const asks = metrics.map(([metric, { params }]) =>
    fc.record({ metric: fc.constant(metric), params: withDistinct(metric, params), windows }),
  );
  return fc.tuple(...asks);
}

/** A parameter without a default may be absent. */
function withDistinct(metric: string, params: Params): fc.Arbitrary<Record<string, ParamValue>> {
  const all = fc.record(params);
  if (metric !== 'activation_rate') return all;
  return fc
    .tuple(all, fc.boolean())
    .map(([given, distinct]) => (distinct ? { ...given, distinctProperty: 'p' } : given));
}
