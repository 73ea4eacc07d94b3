import { describe, expect, it } from 'vitest';
import { minorUnits } from '../../../connectors/ga4/money.ts';
import { decimalsOf } from '../../../connectors/sdk/money.ts';
import { minorUnits as houseDecimals } from '../../../src/domain/money.ts';
import { property } from './support/property.ts';
import { berlin, readOne, runOn, valuesOf } from './support/read.ts';

// Hand calculations: an amount times ten to the number of the currency's decimals.
it.each([
  ['3120.5', 'EUR', '312050'],
  ['3544.2500000000005', 'EUR', '354425'], // what sums of binary fractions look like
  ['0.1', 'USD', '10'],
  ['1234', 'JPY', '1234'],
  ['1.234', 'KWD', '1234'],
  ['-12.34', 'EUR', '-1234'],
  ['90071992547409.93', 'EUR', '9007199254740993'], // more than a double can hold
])('%s %s are %s of the smallest unit', (amount, currency, value) => {
  expect(minorUnits(amount, currency)).toEqual({ value, rounded: null });
});

it('an amount with a part of a cent, as converted revenue has, is rounded and says what it was', () => {
  expect(minorUnits('10.2345', 'EUR')).toEqual({ value: '1023', rounded: '1023.45' });
});

it.each(['EUR', 'JPY', 'KWD', 'ISK', 'UGX', 'BHD', 'KRW', 'TND', 'XOF'])(
  'counts the decimals of %s like the rest of the product',
  (currency) => {
    expect(decimalsOf(currency)).toBe(houseDecimals(currency));
  },
);

describe('revenue', () => {
  const window = berlin('2026-03-02', '2026-03-05');
  const days = { '2026-03-02': { totalRevenue: '3120.5' }, '2026-03-04': { totalRevenue: '-20.1' } };
  const read = (params: object) => ({ metric: 'revenue', params, window });

  it('is whole cents of the property’s currency; a day without a row is zero, refunds go below it', async () => {
    const { asked, ...reading } = await readOne(property(days), read({ currency: 'EUR' }));
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '312050', '2026-03-03': '0', '2026-03-04': '-2010' });
    expect(asked[0]?.body.requests?.[0]?.currencyCode ?? '').toBe('');
  });

  it('in another currency than the property’s is refused and never converted in silence', async () => {
    const { outcomes } = await runOn(property(days), [read({ currency: 'USD' })]);
    expect(outcomes).toMatchObject([{ error: { code: 'currency', remedy: { by: 'owner' } } }]);
    expect((outcomes[0] as { error: Error }).error.message).toContain('keeps its money in EUR');
  });

  it('is converted by Google when the owner says so', async () => {
    const inYen = { '2026-03-02': { totalRevenue: '499280' } };
    const respond = property(inYen, { metadata: ({ currencyCode }) => ({ currencyCode }) });
    const reading = await readOne(respond, read({ currency: 'jpy', convert: true }));
    expect(reading.asked[0]?.body.requests?.[0]?.currencyCode).toBe('JPY');
    expect(valuesOf(reading)['2026-03-02']).toBe('499280');
  });

  it('that the account may not see is an access error and no zero', async () => {
    const schemaRestrictionResponse = {
      activeMetricRestrictions: [{ metricName: 'totalRevenue', restrictedMetricTypes: ['REVENUE_DATA'] }],
    };
    const respond = property(
      { '2026-03-02': { totalRevenue: 0 } },
      { metadata: () => ({ schemaRestrictionResponse }) },
    );
    const { outcomes } = await runOn(respond, [read({ currency: 'EUR' })]);
    expect(outcomes).toMatchObject([{ error: { errorClass: 'auth', code: 'restricted_metric' } }]);
  });
});
