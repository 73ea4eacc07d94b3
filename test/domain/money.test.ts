import { expect, it } from 'vitest';
import { minorUnits } from '../../src/domain/money.ts';

// Oracle: Stripe's currency page, "Zero-decimal", "Three-decimal" and "Special case currencies".
it.each([
  { digits: 0, codes: ['jpy', 'KRW', 'vnd', 'CLP', 'XOF', 'BIF', 'pyg'] },
  { digits: 3, codes: ['KWD', 'bhd', 'JOD', 'OMR', 'TND'] },
  { digits: 2, codes: ['usd', 'EUR', 'CNY', 'huf', 'TWD'] },
  // Two decimals in the amount although nobody can pay them.
  { digits: 2, codes: ['ISK', 'ugx'] },
])('counts $codes in units of 10^-$digits', ({ codes, digits }) => {
  expect(codes.map((code) => minorUnits(code))).toEqual(codes.map(() => digits));
});

it.each(['', 'us', 'dollar', 'U$D'])('refuses "%s" as a currency', (code) => {
  expect(() => minorUnits(code)).toThrow(RangeError);
});
