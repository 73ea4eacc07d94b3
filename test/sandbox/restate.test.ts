import { expect, it } from 'vitest';
import {
  type Activity,
  addFact,
  billingUntil,
  historyUntil,
  newState,
  type Provider,
  restate,
  type SandboxState,
} from '../../sandbox/index.ts';
import { netRevenueByDay } from '../../sandbox/truth.ts';
import { ANCHOR_DAY, NOW } from './support.ts';

const untouched = newState(NOW, { seed: 42, anchorDay: ANCHOR_DAY });
const fresh = () => untouched;
const truth = (state: SandboxState, now = NOW, currency = 'usd') =>
  netRevenueByDay(
    { ...billingUntil(state, now.getTime() / 1_000), activity: [] },
    { timeZone: 'UTC', currency, now },
  );

/** The days on which two states disagree, with the difference. */
function differences(before: Map<string, number>, after: Map<string, number>): [string, number][] {
  return [...after].flatMap(([day, minor]): [string, number][] => {
    const change = minor - (before.get(day) ?? 0);
    return change === 0 ? [] : [[day, change]];
  });
}

it('restates the day before yesterday, by the amount it says, and no other day', () => {
  const state = restate(fresh(), 'stripe', { now: NOW });
  const [entry] = state.restatements;
  expect(entry).toMatchObject({ provider: 'stripe', day: '2026-11-18', currency: 'usd' });
  expect(entry?.amountMinor).not.toBe(0);
  expect(differences(truth(fresh()), truth(state))).toEqual([['2026-11-18', entry?.amountMinor]]);
});

it.each(['2025-08-17', '2026-05-05', '2026-11-19'])(
  'restates %s when that day is named, also twice',
  (day) => {
    const once = restate(fresh(), 'stripe', { day, now: NOW });
    const twice = restate(once, 'stripe', { day, now: NOW });
    const [first, second] = twice.restatements;
    expect(differences(truth(fresh()), truth(once))).toEqual([[day, first?.amountMinor]]);
    expect(differences(truth(once), truth(twice))).toEqual([[day, second?.amountMinor]]);
  },
);

it('is news only from the moment it happened', () => {
  const state = restate(fresh(), 'stripe', { now: NOW });
  const before = new Date(NOW.getTime() - 60_000);
  expect(truth(state, before)).toEqual(truth(fresh(), before));
});

it('refuses a day that is not over, and one before history', () => {
  expect(() => restate(fresh(), 'stripe', { day: '2026-11-20', now: NOW })).toThrow(/not over yet/);
  expect(() => restate(fresh(), 'stripe', { day: '2025-08-16', now: NOW })).toThrow(/before the first day/);
  expect(() => restate(fresh(), 'stripe', { day: 'yesterday', now: NOW })).toThrow(RangeError);
});

it('adds a sale to the day it is dated, in its own currency', () => {
  const at = Date.parse('2026-11-19T15:00:00Z') / 1_000;
  const state = addFact(fresh(), { kind: 'charge', at, amountMinor: 1_234_500, currency: 'usd' });
  expect(differences(truth(fresh()), truth(state))).toEqual([['2026-11-19', 1_234_500]]);
  expect(truth(state, NOW, 'eur')).toEqual(truth(fresh(), NOW, 'eur'));
});

it('adds a refund of some sale, on the day it is dated, at the amount it says', () => {
  const at = Date.parse('2026-11-19T15:00:00Z') / 1_000;
  const refund = { kind: 'refund', at, amountMinor: 7_700, currency: 'usd' } as const;
  const once = addFact(fresh(), refund);
  expect(differences(truth(fresh()), truth(once))).toEqual([['2026-11-19', -7_700]]);
  // A second one finds another charge: no charge is refunded beyond what it brought.
  const twice = addFact(once, refund);
  expect(differences(truth(fresh()), truth(twice))).toEqual([['2026-11-19', -15_400]]);
  const { facts } = billingUntil(twice, NOW.getTime() / 1_000);
  const refunded = facts.flatMap((fact) =>
    fact.kind === 'refund_created' && fact.at === at ? [fact.chargeId] : [],
  );
  expect(new Set(refunded).size).toBe(2);
  const others = facts.filter((fact) => fact.kind === 'refund_created' && refunded.includes(fact.chargeId));
  expect(others).toHaveLength(2);
});

it('keeps the refunded charge when time moves on', () => {
  const at = Date.parse('2026-06-10T15:00:00Z') / 1_000;
  const state = addFact(fresh(), { kind: 'refund', at, amountMinor: 2_000, currency: 'usd' });
  const chargeAt = (until: string) =>
    billingUntil(state, Date.parse(until) / 1_000).facts.find(
      (fact) => fact.kind === 'refund_created' && fact.at === at,
    );
  expect(chargeAt('2026-06-10T15:00:00Z')).toBeDefined();
  expect(chargeAt('2026-11-20T12:00:00Z')).toEqual(chargeAt('2026-06-10T15:00:00Z'));
});

it('refuses to refund more than any sale has brought', () => {
  const at = NOW.getTime() / 1_000 - 60;
  const state = addFact(fresh(), { kind: 'refund', at, amountMinor: 99_999_999_99, currency: 'usd' });
  expect(() => historyUntil(state, at + 60)).toThrow(/no usd charge before .* can bear a refund/);
});

const nowAt = NOW.getTime() / 1_000;
const activityOf = (state: SandboxState, untilAt = nowAt) => historyUntil(state, untilAt).activity;
const before = activityOf(untouched);

/** What is there beside the untouched company's own activity. */
function added(state: SandboxState): Activity[] {
  const own = new Set(before.map((one) => (one.kind === 'event' ? one.insertId : one.sessionId)));
  return activityOf(state).filter((one) => !own.has(one.kind === 'event' ? one.insertId : one.sessionId));
}

it.each<[Provider, string[]]>([
  ['ga4', ['session', 'Page Viewed', 'Page Viewed']],
  ['mixpanel', ['Sign Up', 'Project Created', 'Survey Answered']],
])(
  'lets something of the day before yesterday arrive at %s now, and changes no money',
  (provider, expected) => {
    const state = restate(fresh(), provider, { now: NOW });
    const late = added(state);
    expect(late.map((one) => (one.kind === 'event' ? one.name : one.kind))).toEqual(expected);
    for (const one of late) {
      expect([new Date(one.at * 1_000).toISOString().slice(0, 10), one.seenAt]).toEqual([
        '2026-11-18',
        nowAt,
      ]);
    }
    expect(activityOf(state)).toHaveLength(before.length + late.length);
    expect(state.restatements[0]).toMatchObject({ provider, day: '2026-11-18', amountMinor: 0, facts: [] });
    expect(state.restatements[0]?.note).toMatch(
      provider === 'ga4' ? /visit of that day/ : /sign-up of that day/,
    );
    expect(truth(state)).toEqual(truth(fresh()));
  },
);

it('restates the same day twice with two people', () => {
  const once = restate(fresh(), 'mixpanel', { day: '2026-11-01', now: NOW });
  const twice = restate(once, 'mixpanel', { day: '2026-11-01', now: NOW });
  expect(new Set(added(twice).map(({ personId }) => personId)).size).toBe(2);
});

it.each(['America/New_York', 'Asia/Shanghai', 'Pacific/Auckland', 'Pacific/Honolulu', 'Pacific/Kiritimati'])(
  'restates a day of the company’s own zone: %s',
  (timeZone) => {
    const state = restate({ ...fresh(), timeZone }, 'ga4', { day: '2026-11-01', now: NOW });
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    for (const { at } of state.restatements[0]?.activity ?? []) {
      expect(format.format(new Date(at * 1_000))).toBe('2026-11-01');
    }
  },
);

it('adds one late event: a survey answer of a person, seen when it says', () => {
  const [at, seenAt] = [nowAt - 3 * 86_400, nowAt - 60];
  const event = { name: 'Survey Answered', personId: 'somebody', properties: { score: 0 } };
  const state = addFact(fresh(), { kind: 'event', at, seenAt, ...event });
  expect(added(state)).toEqual([
    expect.objectContaining({ ...event, at, seenAt, deviceId: 'somebody-d1', sessionId: null }),
  ]);
});

it('adds one visit, with what is usual where nothing is said', () => {
  const [at, seenAt] = [nowAt - 3 * 86_400, nowAt - 60];
  const visit = { kind: 'session', at, seenAt, personId: 'somebody', engagedSeconds: 90 } as const;
  const state = addFact(fresh(), { ...visit, device: 'mobile' });
  expect(added(state)).toEqual([
    expect.objectContaining({ ...visit, device: 'mobile', newDevice: false, endedAt: at + 90 }),
  ]);
});

it('refuses, for people’s activity too, a day that is not over in the company’s zone', () => {
  // 12:00 on 20 November in UTC is 01:00 on the 21st in Auckland: there the 20th is over.
  const auckland = { ...fresh(), timeZone: 'Pacific/Auckland' };
  expect(restate(auckland, 'ga4', { day: '2026-11-20', now: NOW }).restatements).toHaveLength(1);
  expect(() => restate(fresh(), 'ga4', { day: '2026-11-20', now: NOW })).toThrow(/not over yet/);
});
