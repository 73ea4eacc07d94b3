import { expect, it } from 'vitest';
import { age, formatMoney, formatValue, percent } from '../../../src/cli/render/format.ts';
import type { Look } from '../../../src/cli/render/look.ts';

const look: Look = {
  columns: null,
  color: false,
  ascii: false,
  lang: 'en',
  verbose: false,
  now: new Date('2026-08-16T12:00:00.000Z'),
};

// Oracle: Stripe's currency page. JPY has no decimals, KWD has three, ISK and UGX come in hundredths that are never used.
it.each([
  { amountMinor: 8_420_050, currency: 'usd', shown: '$84,200.50' },
  { amountMinor: 500, currency: 'jpy', shown: '¥500' },
  { amountMinor: 1_234_560, currency: 'kwd', shown: 'KWD 1,234.560' },
  { amountMinor: 150_000, currency: 'isk', shown: 'ISK 1,500' },
  { amountMinor: 150_000, currency: 'ugx', shown: 'UGX 1,500' },
  { amountMinor: -99, currency: 'eur', shown: '-€0.99' },
])('writes $amountMinor minor units of $currency as $shown', ({ amountMinor, currency, shown }) => {
  expect(formatMoney(amountMinor, currency, look)).toBe(shown);
});

it('leaves the cents off large money in narrow columns, and keeps them on small money', () => {
  expect(formatMoney(8_420_050, 'usd', look, true)).toBe('$84,201');
  expect(formatMoney(99_950, 'usd', look, true)).toBe('$999.50');
});

it('names a currency by its code where the locale has no sign for it', () => {
  expect(formatMoney(1_250, 'eur', { ...look, ascii: true })).toBe('EUR 12.50');
});

it.each([
  { fraction: 0.73, shown: '73 %', why: 'a fraction' },
  { fraction: 1.25, shown: '125 %', why: 'beaten targets are not clamped' },
  { fraction: -0.25, shown: '-25 %', why: 'nor is moving away' },
  { fraction: 0.996, shown: '99 %', why: 'short of the goal never reads as the goal' },
  { fraction: 1, shown: '100 %', why: 'the goal' },
  { fraction: -0.001, shown: '0 %', why: 'no minus zero' },
  { fraction: 0, shown: '0 %', why: 'zero is a measurement' },
  { fraction: null, shown: '–', why: 'null is not' },
])('percent: $why', ({ fraction, shown }) => {
  expect(percent(fraction, look)).toBe(shown);
});

it('writes values in their unit', () => {
  const of = (unit: string) => ({ unit, currency: null });
  expect(formatValue(12_480, of('count'), look)).toBe('12,480');
  expect(formatValue(0.039, of('ratio'), look)).toBe('3.9 %');
  expect(formatValue(4.62, of('rating'), look)).toBe('4.62');
  expect(formatValue(3, of('custom:tickets'), look)).toBe('3 tickets');
  expect(formatValue(null, of('count'), look)).toBe('–');
});

it.each([
  { instant: '2026-08-16T11:59:40.000Z', shown: '0m' },
  { instant: '2026-08-16T10:00:00.000Z', shown: '2h' },
  { instant: '2026-08-14T13:00:00.000Z', shown: '47h' },
  { instant: '2026-08-14T12:00:00.000Z', shown: '2d' },
  { instant: null, shown: '–' },
])('age of $instant is $shown', ({ instant, shown }) => {
  expect(age(instant, look)).toBe(shown);
});
