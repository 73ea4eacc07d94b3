import { expect, it } from 'vitest';
import { deriveCustomer } from '../../../src/domain/billing/derive.ts';
import type {
  CustomerLedger,
  LedgerInvoice,
  LedgerPhase,
  SubscriptionState,
} from '../../../src/domain/billing/ledger-records.ts';
import {
  catalogueOf,
  invoiceOf,
  itemOf,
  ledgerWith,
  lineOf,
  priceOf,
  seen,
  stateOf,
  subscriptionOf,
} from './support/ledger.ts';

// A seat costs 10.00 a month and 120.00 a year, a desk 24.00 a month: so much a month, by hand, in every row below.
const yearly = { interval: 'year', intervalCount: 1, usage: 'licensed' } as const;
const catalogue = catalogueOf([
  priceOf('seat', '1000'),
  priceOf('seat_year', '12000', { recurring: yearly }),
  priceOf('desk', '2400'),
  priceOf('calls', '1', { recurring: { interval: 'month', intervalCount: 1, usage: 'metered' } }),
]);

function phase(fromDay: string, toDay: string, ...items: [string, number | null][]): LedgerPhase {
  return {
    startAt: new Date(fromDay),
    endAt: new Date(toDay),
    items: items.map(([priceId, quantity]) => ({ priceId, quantity })),
  };
}

/** Made on 1 January 2026 and fetched on 1 July. */
function ledger(state: SubscriptionState, phases: LedgerPhase[], invoices: LedgerInvoice[]): CustomerLedger {
  return ledgerWith({ subscriptions: [subscriptionOf(state, { phases })], invoices });
}

function rows(of: CustomerLedger): string[] {
  const { movements } = deriveCustomer(of, catalogue, [{ timeZone: 'UTC', discountPolicy: 'recurring' }]);
  return (movements?.[0] ?? []).map(
    ({ after, basis, before, day, kind }) =>
      `${day} ${kind} ${before.toFraction()} -> ${after.toFraction()}, ${basis}`,
  );
}

const sevenSeats = invoiceOf('2026-01-01', [
  lineOf('2026-01-01', '2027-01-01', 'seat_year', { quantity: 7 }),
]);

it('dates a change that nothing billed by the phase that brought it', () => {
  const phases = [
    phase('2026-01-10', '2026-04-01', ['seat_year', 7]),
    phase('2026-04-01', '2027-01-01', ['seat_year', 5]),
  ];
  expect(rows(ledger(stateOf([itemOf('seat_year', 5)]), phases, [sevenSeats]))).toEqual([
    '2026-01-01 new 0 -> 7000, reconstructed',
    '2026-04-01 contraction 7000 -> 5000, reconstructed',
  ]);
});

it('believes no phase that is yet to come', () => {
  const phases = [
    phase('2026-01-10', '2026-09-01', ['seat_year', 7]),
    phase('2026-09-01', '2027-01-01', ['seat_year', 50]),
  ];
  expect(rows(ledger(stateOf([itemOf('seat_year', 7)]), phases, [sevenSeats]))).toEqual([
    '2026-01-01 new 0 -> 7000, reconstructed',
  ]);
});

it('uses no phase that began after the first change that was seen', () => {
  const [seven, five, nine] = [7, 5, 9].map((count) => stateOf([itemOf('seat_year', count)]));
  if (seven === undefined || five === undefined || nine === undefined) throw new Error('three were made');
  // What the phase of June says was seen to be something else.
  const phases = [
    phase('2026-01-10', '2026-06-01', ['seat_year', 7]),
    phase('2026-06-01', '2027-01-01', ['seat_year', 5]),
  ];
  const told = ledger(nine, phases, [sevenSeats]);
  expect(rows({ ...told, observations: [seen('2026-05-20', seven, nine)] })).toEqual([
    '2026-01-01 new 0 -> 7000, reconstructed',
    '2026-05-20 expansion 7000 -> 9000, observed',
  ]);
});

it('believes the invoice where it says something else than a phase that begins with it', () => {
  const phases = [phase('2026-02-01', '2026-08-01', ['seat', 8])];
  const invoices = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'].map(
    (day, month) => {
      const next = `2026-0${month + 2}-01`;
      return invoiceOf(day, [lineOf(day, next, 'seat', { quantity: month === 0 ? 1 : 3 })]);
    },
  );
  expect(rows(ledger(stateOf([itemOf('seat', 3)]), phases, invoices))).toEqual([
    '2026-01-01 new 0 -> 1000, reconstructed',
    '2026-02-01 expansion 1000 -> 3000, reconstructed',
  ]);
});

it('does not date a change back to the beginning of a phase that was rewritten while it ran', () => {
  const phases = [phase('2026-02-15', '2027-01-01', ['seat_year', 4])];
  const left = ['2026-03-10', '2027-01-01'] as const;
  const invoices = [
    invoiceOf('2026-01-01', [lineOf('2026-01-01', '2027-01-01', 'seat_year')]),
    invoiceOf('2026-03-10', [
      lineOf(...left, 'seat_year', { id: 'credit', proration: true, amountMinor: -9_764 }),
      lineOf(...left, 'seat_year', { id: 'charge', proration: true, amountMinor: 39_057, quantity: 4 }),
    ]),
  ];
  expect(rows(ledger(stateOf([itemOf('seat_year', 4)]), phases, invoices))).toEqual([
    '2026-01-01 new 0 -> 1000, reconstructed',
    '2026-03-10 expansion 1000 -> 4000, reconstructed',
  ]);
});

it('counts a change once where a phase and the lines of its proration tell of it', () => {
  const phases = [phase('2026-01-16', '2026-08-01', ['desk', 1])];
  const left = ['2026-01-16', '2026-02-01'] as const;
  const desk = { itemId: 'i2' };
  const invoices = [
    invoiceOf('2026-01-01', [lineOf('2026-01-01', '2026-02-01', 'seat')]),
    invoiceOf('2026-02-01', [
      lineOf(...left, 'seat', { id: 'credit', proration: true, amountMinor: -516 }),
      lineOf(...left, 'desk', { ...desk, id: 'charge', proration: true, amountMinor: 1_239 }),
      lineOf('2026-02-01', '2026-03-01', 'desk', { ...desk, amountMinor: 2_400 }),
    ]),
  ];
  expect(rows(ledger(stateOf([itemOf('desk', 1, { id: 'i2' })]), phases, invoices))).toEqual([
    '2026-01-01 new 0 -> 1000, reconstructed',
    '2026-01-16 expansion 1000 -> 2400, reconstructed',
  ]);
});

it('lets a phase change one price for others, until the next renewal bills what is there', () => {
  const phases = [
    phase('2026-01-01', '2026-01-20', ['seat', 2], ['calls', null]),
    phase('2026-01-20', '2026-08-01', ['desk', 1], ['seat', 1], ['calls', null]),
  ];
  const invoices = [
    invoiceOf('2026-01-01', [lineOf('2026-01-01', '2026-02-01', 'seat', { quantity: 2 })]),
    // The desk was taken away without a word before the renewal: 10.00 are left.
    invoiceOf('2026-02-01', [lineOf('2026-02-01', '2026-08-01', 'seat')]),
  ];
  const now = stateOf([itemOf('seat', 1), itemOf('calls', null, { id: 'i3' })]);
  expect(rows(ledger(now, phases, invoices))).toEqual([
    '2026-01-01 new 0 -> 2000, reconstructed',
    '2026-01-20 expansion 2000 -> 3400, reconstructed',
    '2026-02-01 contraction 3400 -> 1000, reconstructed',
  ]);
});

it('knows from phases alone what was there, where nothing was ever billed', () => {
  const phases = [
    phase('2026-01-01', '2026-03-01', ['seat', 2]),
    phase('2026-03-01', '2026-08-01', ['seat', 5]),
  ];
  expect(rows(ledger(stateOf([itemOf('seat', 5)]), phases, []))).toEqual([
    '2026-01-01 new 0 -> 2000, reconstructed',
    '2026-03-01 expansion 2000 -> 5000, reconstructed',
  ]);
});
