import { expect, it } from 'vitest';
import type { LedgerPrice } from '../../../src/domain/billing/ledger-records.ts';
import { intervalsPerMonth, periodAmount } from '../../../src/domain/billing/price.ts';
import { BillingProblemError } from '../../../src/domain/billing/problem.ts';
import { priceOf } from './support/ledger.ts';

const tier = (upTo: number | null, unitAmount: string, flatAmount = '0') => ({
  upTo,
  unitAmount,
  flatAmount,
});
const tiers = [tier(10, '500', '1000'), tier(50, '300'), tier(null, '100', '2000')];
const tiered = (scheme: LedgerPrice['scheme'], given = tiers) =>
  priceOf('tiered', '0', { scheme, amounts: { USD: { unitAmount: null, tiers: given } } });
const packs = (round: 'up' | 'down') => priceOf('packs', '2000', { packs: { divideBy: 50, round } });

it.each([
  { why: 'seats times the amount', price: priceOf('seat', '4900'), quantity: 3, amount: '14700' },
  { why: 'a twentieth of a cent stays one', price: priceOf('call', '0.05'), quantity: 3, amount: '3/20' },
  {
    why: 'twelve decimals are kept',
    price: priceOf('call', '0.000000000001'),
    quantity: 1,
    amount: '1/1000000000000',
  },
  { why: 'nothing of anything is nothing', price: priceOf('seat', '4900'), quantity: 0, amount: '0' },
  { why: '101 in packs of 50 are 3', price: packs('up'), quantity: 101, amount: '6000' },
  { why: 'or 2 when rounded down', price: packs('down'), quantity: 101, amount: '4000' },
  // Graduated: 10 x 5.00 + 10.00 flat, 40 x 3.00, 10 x 1.00 + 20.00 flat.
  { why: 'each tier at its own rate', price: tiered('graduated'), quantity: 60, amount: '21000' },
  { why: 'a full tier does not enter the next', price: tiered('graduated'), quantity: 10, amount: '6000' },
  { why: 'no units enter no tier', price: tiered('graduated'), quantity: 0, amount: '0' },
  // Volume: 60 x 1.00 + 20.00 flat.
  { why: 'all at the tier that holds them', price: tiered('volume'), quantity: 60, amount: '8000' },
  { why: 'the edge belongs to the lower tier', price: tiered('volume'), quantity: 50, amount: '15000' },
])('costs a period: $why', ({ price, quantity, amount }) => {
  expect(periodAmount(price, quantity, 'usd').toFraction()).toBe(amount);
});

it('is billed in the currencies that it has amounts in', () => {
  const amounts = { USD: { unitAmount: '1000', tiers: [] }, JPY: { unitAmount: '1500', tiers: [] } };
  expect(periodAmount(priceOf('p', '0', { amounts }), 2, 'jpy').toFraction()).toBe('3000');
});

it.each([
  {
    what: 'what its provider says of it',
    price: priceOf('odd', '1', { problem: 'its scheme is auction' }),
    says: 'its scheme is auction',
  },
  {
    what: 'a missing currency',
    price: priceOf('odd', '1', { amounts: {} }),
    says: 'it has no amount in USD',
  },
  { what: 'missing tiers', price: { ...tiered('volume', []), id: 'odd' }, says: 'its tiers are not known' },
  {
    what: 'too few tiers',
    price: { ...tiered('graduated', [tier(3, '1')]), id: 'odd' },
    says: 'none of its tiers holds the quantity 5',
  },
])('names the price and $what', ({ price, says }) => {
  let caught: unknown = null;
  try {
    periodAmount(price, 5, 'USD');
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(BillingProblemError);
  expect(caught).toMatchObject({ object: 'odd', message: `Price odd cannot be worked out: ${says}` });
});

it.each([
  { interval: 'year', intervalCount: 1, perMonth: '1/12' },
  { interval: 'month', intervalCount: 3, perMonth: '1/3' },
  { interval: 'week', intervalCount: 1, perMonth: '13/3' },
  { interval: 'day', intervalCount: 1, perMonth: '365/12' },
] as const)('is billed $perMonth times a month every $intervalCount $interval', ({ perMonth, ...every }) => {
  const price = priceOf('p', '1', { recurring: { ...every, usage: 'licensed' } });
  expect(intervalsPerMonth(price).toFraction()).toBe(perMonth);
});
