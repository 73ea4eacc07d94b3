import { expect, it } from 'vitest';
import { addFact, historyUntil, newState, restate } from '../../sandbox/index.ts';
import type { SandboxState } from '../../sandbox/state.ts';
import { netRevenueByDay } from '../../sandbox/truth.ts';
import { ANCHOR_DAY, NOW } from './support.ts';

const fresh = () => newState(NOW, { seed: 42, anchorDay: ANCHOR_DAY });
const truth = (state: SandboxState, now = NOW, currency = 'usd') =>
  netRevenueByDay(historyUntil(state, now.getTime() / 1_000), { timeZone: 'UTC', currency, now });

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
