import { expect, it } from 'vitest';
import { deriveCustomer } from '../../../src/domain/billing/derive.ts';
import type { CustomerLedger } from '../../../src/domain/billing/ledger-records.ts';
import {
  catalogueOf,
  invoiceOf,
  itemOf,
  ledgerWith,
  lineOf,
  priceOf,
  stateOf,
  subscriptionOf,
} from './support/ledger.ts';

// A seat costs 10.00 a month; the yearly seat 120.00, which is the same a month. Amounts below are by hand.
const catalogue = catalogueOf([
  priceOf('seat', '1000'),
  priceOf('seat_year', '12000', { recurring: { interval: 'year', intervalCount: 1, usage: 'licensed' } }),
]);

function rows(ledger: CustomerLedger): string[] {
  const { movements } = deriveCustomer(ledger, catalogue, [{ timeZone: 'UTC', discountPolicy: 'recurring' }]);
  return (movements?.[0] ?? []).map(
    ({ after, basis, before, day, kind }) =>
      `${day} ${kind} ${before.toFraction()} -> ${after.toFraction()}, ${basis}`,
  );
}

const change = invoiceOf(
  '2026-01-11',
  [
    lineOf('2026-01-11', '2026-02-01', 'seat', { proration: true, amountMinor: -677, quantity: 1 }),
    lineOf('2026-01-11', '2026-02-01', 'seat', {
      id: 'charge',
      proration: true,
      amountMinor: 2_032,
      quantity: 3,
    }),
  ],
  { status: 'void', paidAt: null, voidedAt: new Date('2026-01-12'), paidMinor: 0 },
);

it.each([
  {
    why: 'a change whose invoice was voided happened, when the next renewal bills what it led to',
    renewed: 3,
    expected: ['2026-01-01 new 0 -> 1000, reconstructed', '2026-01-11 expansion 1000 -> 3000, reconstructed'],
  },
  {
    why: 'a change whose invoice was voided was undone, when the next renewal bills what was there before',
    renewed: 1,
    expected: ['2026-01-01 new 0 -> 1000, reconstructed'],
  },
])('$why', ({ renewed, expected }) => {
  const ledger = ledgerWith({
    subscriptions: [subscriptionOf(stateOf([itemOf('seat', renewed)]))],
    invoices: [
      invoiceOf('2026-01-01', [lineOf('2026-01-01', '2026-02-01', 'seat')]),
      change,
      invoiceOf('2026-02-01', [lineOf('2026-02-01', '2026-03-01', 'seat', { quantity: renewed })]),
    ],
  });
  expect(rows(ledger)).toEqual(expected);
});

it.each([
  {
    why: 'is no pause of collection',
    renewed: 'seat_year',
    expected: ['2026-01-01 new 0 -> 1000, reconstructed'],
  },
  {
    why: 'did not happen, when the month is billed again',
    renewed: 'seat',
    expected: ['2026-01-01 new 0 -> 1000, reconstructed'],
  },
])('a move to another period whose invoice was voided $why', ({ renewed, expected }) => {
  // From the month to the year on 11 January: 677 given back, 12,000 asked for and never paid. A month is worth the same.
  const moved = invoiceOf(
    '2026-01-11',
    [
      lineOf('2026-01-11', '2026-02-01', 'seat', { proration: true, amountMinor: -677 }),
      lineOf('2026-01-11', '2027-01-11', 'seat_year', { amountMinor: 12_000 }),
    ],
    { status: 'void', paidAt: null, voidedAt: new Date('2026-01-12'), paidMinor: 0 },
  );
  const next =
    renewed === 'seat' ? [invoiceOf('2026-02-01', [lineOf('2026-02-01', '2026-03-01', 'seat')])] : [];
  const ledger = ledgerWith({
    subscriptions: [subscriptionOf(stateOf([itemOf(renewed)]))],
    invoices: [invoiceOf('2026-01-01', [lineOf('2026-01-01', '2026-02-01', 'seat')]), moved, ...next],
  });
  expect(rows(ledger)).toEqual(expected);
});

const yearly = ledgerWith({
  subscriptions: [subscriptionOf(stateOf([itemOf('seat_year', 5)]))],
  invoices: [
    invoiceOf('2026-01-01', [lineOf('2026-01-01', '2027-01-01', 'seat_year', { quantity: 7 })], {
      totalMinor: 84_000,
      paidMinor: 84_000,
    }),
  ],
});

it('dates a change that nothing tells of at the last moment that it can have happened', () => {
  // Fetched on 1 July; without anything else it may have happened until then.
  expect(rows(yearly)).toEqual([
    '2026-01-01 new 0 -> 7000, reconstructed',
    '2026-07-01 contraction 7000 -> 5000, observed',
  ]);
  // Nothing has happened since 1 June, or it would have been told.
  expect(rows({ ...yearly, watchedSinceAt: new Date('2026-06-01') })).toEqual([
    '2026-01-01 new 0 -> 7000, reconstructed',
    '2026-06-01 contraction 7000 -> 5000, reconstructed',
  ]);
});

it('knows nothing of a subscription before it began, however long others were watched', () => {
  expect(rows({ ...yearly, watchedSinceAt: new Date('2025-06-01') })).toEqual([
    '2026-01-01 new 0 -> 5000, reconstructed',
  ]);
});

it('takes one that was never billed for what it is', () => {
  const idle = (over: Parameters<typeof stateOf>[1]) =>
    rows(ledgerWith({ subscriptions: [subscriptionOf(stateOf([itemOf('seat')], over))] }));
  expect(idle({ status: 'unpaid' })).toEqual([]);
  expect(idle({ collectionPaused: { behavior: 'void', resumesAt: null } })).toEqual([]);
  expect(idle({})).toEqual(['2026-01-01 new 0 -> 1000, reconstructed']);
});
