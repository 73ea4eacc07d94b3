import { expect, it } from 'vitest';
import type { Fact } from '../../sandbox/model/facts.ts';
import { buildModel } from '../../sandbox/model/model.ts';
import { dayStart } from '../../sandbox/model/time.ts';
import { netRevenueByDay, payingCustomersAt } from '../../sandbox/truth.ts';
import { ANCHOR_DAY, NOW } from './support.ts';

const nowAt = NOW.getTime() / 1_000;
const acme = (seed: number, untilAt = nowAt) => buildModel({ seed, anchorDay: ANCHOR_DAY }, untilAt);

it('never changes history when time moves on', () => {
  const later = acme(7).facts;
  for (const day of ['2025-08-18', '2025-12-31', '2026-04-05', '2026-11-19']) {
    const cut = dayStart(day) + 50_000;
    expect(acme(7, cut).facts).toEqual(later.filter((fact) => fact.at <= cut));
  }
});

it('tells the same company again from the same seed, and another one from another seed', () => {
  expect(acme(7).facts).toEqual(acme(7).facts);
  const ids = (facts: readonly Fact[]) =>
    facts.flatMap((fact) => (fact.kind === 'charge_created' ? [fact.chargeId] : []));
  const shared = new Set(ids(acme(7).facts));
  expect(ids(acme(8).facts).filter((id) => shared.has(id))).toEqual([]);
});

it('gives every object an id of its own', () => {
  const made = acme(7).facts.flatMap((fact) => {
    if (fact.kind === 'charge_created') return [fact.chargeId];
    if (fact.kind === 'customer_created') return [fact.customerId];
    if (fact.kind === 'subscription_started') return [fact.subscriptionId, ...fact.items.map(({ id }) => id)];
    if (fact.kind === 'invoice_created') return [fact.invoiceId];
    if (fact.kind === 'refund_created') return [fact.refundId];
    return fact.kind === 'dispute_opened' ? [fact.disputeId] : [];
  });
  expect(new Set(made).size).toBe(made.length);
});

it('is the size of a small company: 150 to 260 paying, thousands of dollars on a weekday', () => {
  for (const seed of [1, 7, 42]) {
    const model = acme(seed);
    const paying = payingCustomersAt(model, NOW);
    expect(paying).toBeGreaterThanOrEqual(150);
    expect(paying).toBeLessThanOrEqual(260);
    const recent = [...netRevenueByDay(model, { timeZone: 'UTC', currency: 'usd', now: NOW })].slice(-91, -1);
    const weekdays = recent.filter(([day]) => new Date(day).getUTCDay() % 6 !== 0).map(([, minor]) => minor);
    const mean = weekdays.reduce((sum, minor) => sum + minor, 0) / weekdays.length / 100;
    expect(mean).toBeGreaterThan(1_500);
    expect(mean).toBeLessThan(4_000);
  }
});

it('spares its readers none of the ways billing can go', () => {
  const { facts } = acme(42);
  const seen = (test: (fact: Fact) => boolean) => facts.some(test);
  const statuses = facts.flatMap((fact) =>
    fact.kind === 'subscription_status_changed' || fact.kind === 'subscription_started' ? [fact.status] : [],
  );
  expect(new Set(statuses)).toEqual(
    new Set(['incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'unpaid', 'paused']),
  );
  expect(seen((fact) => fact.kind === 'subscription_ended')).toBe(true);
  expect(seen((fact) => fact.kind === 'collection_paused')).toBe(true);
  expect(seen((fact) => fact.kind === 'refund_changed' && fact.status === 'failed')).toBe(true);
  expect(seen((fact) => fact.kind === 'dispute_changed' && fact.status === 'lost')).toBe(true);
  expect(seen((fact) => fact.kind === 'charge_created' && fact.status === 'failed')).toBe(true);
  expect(seen((fact) => fact.kind === 'charge_created' && fact.status === 'pending')).toBe(true);
  expect(
    seen((fact) => fact.kind === 'charge_created' && !fact.captured && fact.status === 'succeeded'),
  ).toBe(true);
  expect(seen((fact) => fact.kind === 'charge_created' && fact.currency === 'eur')).toBe(true);
  expect(seen((fact) => fact.kind === 'subscription_started' && fact.items.length > 10)).toBe(true);
  expect(seen((fact) => fact.kind === 'subscription_started' && fact.testClockId !== null)).toBe(true);
});

it('moves no money more than 35 days after the day it counts for', () => {
  const made = new Map<string, number>();
  const spans: number[] = [];
  for (const fact of acme(42).facts) {
    if (fact.kind === 'charge_created') made.set(fact.chargeId, fact.at);
    if (fact.kind === 'refund_created') made.set(fact.refundId, fact.at);
    if (fact.kind === 'dispute_opened') made.set(fact.disputeId, fact.at);
    const id =
      fact.kind === 'charge_captured' || fact.kind === 'charge_settled'
        ? fact.chargeId
        : fact.kind === 'refund_changed'
          ? fact.refundId
          : fact.kind === 'dispute_changed'
            ? fact.disputeId
            : null;
    if (id !== null) spans.push(fact.at - (made.get(id) ?? 0));
  }
  expect(spans.length).toBeGreaterThan(50);
  expect(Math.max(...spans)).toBeLessThanOrEqual(35 * 86_400);
});

it('serves another company when asked to', () => {
  const options = {
    seed: 42,
    anchorDay: ANCHOR_DAY,
    company: { name: 'Tiny', customersAtStart: 5, dailySignups: 0 },
  };
  const tiny = buildModel(options, dayStart('2025-08-17') + 86_399);
  expect(tiny.company.name).toBe('Tiny');
  expect(payingCustomersAt(tiny, new Date('2025-08-17T23:59:59Z'))).toBe(5);
});

it('refuses an anchor that is no day', () => {
  expect(() => buildModel({ seed: 1, anchorDay: '17.8.2025' }, nowAt)).toThrow(RangeError);
});
