import { expect, it } from 'vitest';
import { crossedRates } from '../../../src/domain/billing/crossed-rates.ts';

const told = (base: string, currency: string, fromDay: string, rate: string) => ({
  base,
  currency,
  fromDay,
  rate,
});

it('crosses two currencies that were told in one other base on the same day, and that base itself', () => {
  const rates = [told('USD', 'EUR', '2026-03-05', '1.25'), told('USD', 'JPY', '2026-03-05', '0.008')];
  // 0.008 / 1.25 = 0.0064, and 1 / 1.25 = 0.8.
  expect(crossedRates(rates, 'EUR')).toEqual([
    { currency: 'JPY', fromDay: '2026-03-05', rate: '0.0064' },
    { currency: 'USD', fromDay: '2026-03-05', rate: '0.8' },
  ]);
});

it.each([
  // 1 / 3 and 2 / 3, the last of fifteen digits rounded.
  { ours: '3', theirs: '1', rate: '0.333333333333333', why: 'a third' },
  { ours: '3', theirs: '2', rate: '0.666666666666667', why: 'two thirds' },
  // 2 / 0.0003 = 6,666.666…
  { ours: '0.0003', theirs: '2', rate: '6666.66666666667', why: 'thousands' },
  // 1 / 3,000,000 = 0.000000333…
  { ours: '3000000', theirs: '1', rate: '0.000000333333333333333', why: 'millionths' },
  // 2,000,000,000,000,000 / 0.3 = 6,666,666,666,666,666.67, of which the first fifteen digits are kept.
  { ours: '0.3', theirs: '2000000000000000', rate: '6666666666666670', why: 'more digits than are kept' },
  { ours: '0.01', theirs: '1', rate: '100', why: 'a whole number' },
  { ours: '0.9999999999999999', theirs: '1', rate: '1', why: 'one but for the sixteenth digit' },
])('writes $why with fifteen significant digits', ({ ours, rate, theirs }) => {
  const rates = [told('USD', 'AAA', '2026-03-05', theirs), told('USD', 'EUR', '2026-03-05', ours)];
  expect(crossedRates(rates, 'EUR').find(({ currency }) => currency === 'AAA')?.rate).toBe(rate);
});

it('crosses nothing of different days', () => {
  const rates = [told('USD', 'EUR', '2026-03-05', '1.25'), told('USD', 'JPY', '2026-03-06', '0.008')];
  expect(crossedRates(rates, 'EUR')).toEqual([{ currency: 'USD', fromDay: '2026-03-05', rate: '0.8' }]);
});

it('takes what was told directly before what is crossed, from its first day on', () => {
  const rates = [
    told('EUR', 'USD', '2026-03-06', '0.79'),
    told('USD', 'EUR', '2026-03-05', '1.25'),
    told('USD', 'EUR', '2026-03-06', '1.25'),
    told('USD', 'EUR', '2026-03-07', '1.25'),
  ];
  expect(crossedRates(rates, 'EUR')).toEqual([
    { currency: 'USD', fromDay: '2026-03-05', rate: '0.8' },
    { currency: 'USD', fromDay: '2026-03-06', rate: '0.79' },
  ]);
});

it('crosses through the first of several bases, in whatever order they were told', () => {
  const rates = [
    told('USD', 'EUR', '2026-03-05', '1.25'),
    told('USD', 'JPY', '2026-03-05', '0.008'),
    told('GBP', 'EUR', '2026-03-05', '0.5'),
    told('GBP', 'JPY', '2026-03-05', '0.004'),
  ];
  // Through pounds: 0.004 / 0.5.
  for (const order of [rates, rates.toReversed()])
    expect(crossedRates(order, 'EUR').find(({ currency }) => currency === 'JPY')?.rate).toBe('0.008');
});
