import { expect, it } from 'vitest';
import { deriveCustomer } from '../../../src/domain/billing/derive.ts';
import type { LedgerDiscount, LedgerInvoice } from '../../../src/domain/billing/ledger-records.ts';
import {
  catalogueOf,
  couponOf,
  discountOf,
  invoiceOf,
  itemOf,
  ledgerWith,
  lineOf,
  priceOf,
  stateOf,
  subscriptionOf,
} from './support/ledger.ts';

// A seat costs 10.00 a month, the yearly support 240.00 a year, which is 20.00 a month. `tenth` takes 10 % off, `once` half.
const catalogue = catalogueOf(
  [
    priceOf('seat', '1000'),
    priceOf('support', '24000', { recurring: { interval: 'year', intervalCount: 1, usage: 'licensed' } }),
  ],
  [couponOf('tenth', { percentOff: '10' }), couponOf('once', { percentOff: '50', duration: 'once' })],
);
const seat = itemOf('seat', 1, { id: 'i_seat' });
const support = itemOf('support', 1, { id: 'i_support' });

function mrrOf(invoices: readonly LedgerInvoice[], items: readonly (typeof seat)[]): string[] {
  const ledger = ledgerWith({ subscriptions: [subscriptionOf(stateOf(items))], invoices });
  const { movements } = deriveCustomer(ledger, catalogue, [{ timeZone: 'UTC', discountPolicy: 'recurring' }]);
  return (movements?.[0] ?? []).map(({ after, day }) => `${day} ${after.toFraction()}`);
}

const seats = (from: string, to: string, discount?: LedgerDiscount) =>
  lineOf(from, to, 'seat', {
    id: `seat ${from}`,
    itemId: 'i_seat',
    discounts: discount === undefined ? [] : [{ discountId: discount.id, amountMinor: 100 }],
  });

it('keeps the discount of a yearly item over the renewals of a monthly one, which do not bill it', () => {
  // 24000 less 10 % is 21600 a year, 1800 a month; with the seat 2800. Nothing shows that it ended before the end.
  const discount = discountOf('tenth', { itemId: 'i_support', subscriptionId: null });
  const yearly = lineOf('2026-01-01', '2027-01-01', 'support', {
    id: 'support',
    itemId: 'i_support',
    amountMinor: 24_000,
    discounts: [{ discountId: discount.id, amountMinor: 2_400 }],
  });
  const first = invoiceOf('2026-01-01', [seats('2026-01-01', '2026-02-01'), yearly], {
    discounts: [discount],
  });
  const later = invoiceOf('2026-02-01', [seats('2026-02-01', '2026-03-01')]);
  expect(mrrOf([first, later], [seat, support])[0]).toBe('2026-01-01 2800');
});

it('lets a discount for once go with the invoice that it came off, so that the customer’s own counts since', () => {
  const once = discountOf('once');
  const own = discountOf('tenth', { subscriptionId: null });
  const invoices = [
    invoiceOf('2026-01-01', [seats('2026-01-01', '2026-02-01', once)], { discounts: [once] }),
    invoiceOf('2026-02-01', [seats('2026-02-01', '2026-03-01', own)], { discounts: [own] }),
  ];
  // 1000 less the customer's 10 %, from the first day on: a coupon for once says nothing of what recurs.
  const ledger = ledgerWith({
    subscriptions: [subscriptionOf(stateOf([seat]))],
    invoices,
  });
  const { movements } = deriveCustomer(ledger, catalogue, [{ timeZone: 'UTC', discountPolicy: 'recurring' }]);
  expect(movements?.[0]?.map(({ after, day }) => `${day} ${after.toFraction()}`)).toEqual(['2026-01-01 900']);
});

it('finds the discount of a deleted customer on an invoice that shows one of an item as well', () => {
  // The item's 10 % leave 900, the customer's 10 % of those 810.
  const ofItem = discountOf('tenth', { id: 'of item', itemId: 'i_seat', subscriptionId: null });
  const own = discountOf('tenth', { id: 'of customer', subscriptionId: null });
  const line = lineOf('2026-01-01', '2026-02-01', 'seat', {
    itemId: 'i_seat',
    discounts: [ofItem, own].map(({ id }) => ({ discountId: id, amountMinor: 90 })),
  });
  const invoices = [invoiceOf('2026-01-01', [line], { discounts: [ofItem, own] })];
  expect(mrrOf(invoices, [{ ...seat, discounts: [ofItem] }])).toEqual(['2026-01-01 810']);
});
