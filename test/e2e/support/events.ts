import type { Sandbox } from '../../../sandbox/index.ts';
import { activated, cameBack, walked } from '../../../sandbox/truth/events-cohorts.ts';
import type { ByDay, KnownDeeds, Sides } from '../../../sandbox/truth/events-days.ts';
import { newcomers, often, shared, sticky } from '../../../sandbox/truth/events-people.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import type { Simulation } from './simulation.ts';

/** Metrics over raw events, each with what is true of it, counted by loops of the sandbox's. */
export type EventCase = {
  key: string;
  metric: string;
  params: Record<string, unknown>;
  truth(known: KnownDeeds): ByDay<Sides | number>;
};

const [SIGN_UP, PROJECT, SHARE, VIEW] = [
  'Sign Up',
  'Project Created',
  'Report Shared',
  'Page Viewed',
] as const;

/** What they look at are four names of events. */
export const CASES: readonly EventCase[] = [
  {
    key: 'activation',
    metric: 'events_activation_rate',
    params: { signupEvent: SIGN_UP, event: PROJECT, minCount: 3, withinDays: 14, window: '7d' },
    truth: (known) =>
      activated(known, { signUp: SIGN_UP, deed: PROJECT, times: 3, withinDays: 14, windowDays: 7 }),
  },
  {
    key: 'first-share',
    metric: 'events_activation_rate',
    params: { signupEvent: SIGN_UP, event: SHARE, minCount: 1, withinDays: 7, window: 'day' },
    truth: (known) =>
      activated(known, { signUp: SIGN_UP, deed: SHARE, times: 1, withinDays: 7, windowDays: 1 }),
  },
  {
    key: 'funnel',
    metric: 'events_funnel_conversion',
    params: { steps: [SIGN_UP, PROJECT, SHARE], withinHours: 168, window: '7d' },
    truth: (known) => walked(known, { steps: [SIGN_UP, PROJECT, SHARE], withinHours: 168, windowDays: 7 }),
  },
  {
    key: 'month-later',
    metric: 'events_retention',
    params: {
      startEvent: SIGN_UP,
      returnEvent: VIEW,
      criterion: 'bracket',
      bracketDays: [30, 59],
      window: '28d',
    },
    truth: (known) =>
      cameBack(known, { start: SIGN_UP, comeBack: VIEW, fromDays: 30, beforeDays: 60, windowDays: 28 }),
  },
  {
    key: 'week-later',
    metric: 'events_retention',
    params: { startEvent: SIGN_UP, returnEvent: VIEW, criterion: 'on', unit: 'week', n: 1, window: '7d' },
    truth: (known) =>
      cameBack(known, { start: SIGN_UP, comeBack: VIEW, fromDays: 7, beforeDays: 14, windowDays: 7 }),
  },
  {
    key: 'shares',
    metric: 'events_share_rate',
    params: { shareEvent: SHARE, activeEvent: VIEW, window: '7d' },
    truth: (known) => shared(known, { active: VIEW, deed: SHARE, windowDays: 7 }),
  },
  {
    key: 'frequency',
    metric: 'events_frequency_rate',
    params: { activeEvent: VIEW, minDays: 3, window: '28d' },
    truth: (known) => often(known, { active: VIEW, leastDays: 3, windowDays: 28 }),
  },
  {
    key: 'newcomers',
    metric: 'events_new_users',
    params: { signupEvent: SIGN_UP },
    truth: (known) => newcomers(known, SIGN_UP),
  },
];

/** It looks at everything that anybody does. */
export const STICKY: EventCase = {
  key: 'sticky',
  metric: 'events_stickiness',
  params: { activeEvent: '*', window: '28d' },
  truth: (known) => sticky(known, { active: null, windowDays: 28 }),
};

export type StoredPoint = {
  day: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
};

export async function pointsOf({ services }: Simulation, key: string): Promise<StoredPoint[]> {
  const { rows } = await services.database.pool.query<StoredPoint>(
    `SELECT p.day::text AS day, p.value::float8 AS value, p.numerator::float8 AS numerator, p.denominator::float8 AS denominator
     FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id
     WHERE m.key = $1 ORDER BY p.day`,
    [key],
  );
  return rows;
}

/** What is stored as the truth would be: the days from the first one wanted on. */
export function asStored(truth: ByDay<Sides | number>, fromDay: string): StoredPoint[] {
  return [...truth]
    .filter(([day]) => day >= fromDay)
    .map(([day, told]) => {
      if (typeof told === 'number') return { day, value: told, numerator: null, denominator: null };
      const { denominator, numerator } = told;
      return { day, value: denominator === 0 ? null : numerator / denominator, numerator, denominator };
    });
}

/** Ratios are stored as decimals: compared to nine digits, their sides exactly. */
export const rounded = (points: readonly StoredPoint[]): StoredPoint[] =>
  points.map((point) => ({
    ...point,
    value: point.value === null ? null : Number(point.value.toPrecision(9)),
  }));

/** What the domain's own functions take: each event once, as far as it has been seen. */
export function recordsOf(sandbox: Sandbox, now: Date): ProductEvent[] {
  const once = new Map<string, ProductEvent>();
  const midnight = Math.floor(now.getTime() / 86_400_000) * 86_400;
  for (const one of sandbox.model().activity) {
    if (one.kind !== 'event' || one.seenAt > now.getTime() / 1_000 || one.at >= midnight) continue;
    const { at, insertId: id, name: event, personId: userId, properties } = one;
    if (!once.has(id)) once.set(id, { id, userId, event, at: new Date(at * 1_000), properties });
  }
  return [...once.values()];
}
