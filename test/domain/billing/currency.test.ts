import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../../src/domain/billing/records.ts';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import {
  at,
  compute,
  inUsd,
  march,
  moved,
  period,
  steady,
  stretch,
  subscription,
} from './support/billing.ts';

const constant = (rates: Record<string, number>) => ({ mode: 'constant' as const, rates });
const daily = (...eur: [string, number][]) => ({
  mode: 'daily' as const,
  rates: { EUR: eur.map(([fromDay, rate]) => ({ fromDay, rate })) },
});

describe('minor units', () => {
  it.each([
    ['yen have no cents: 1,200 x 0.0065 = 7.80 dollars', 'JPY', 1_200, 'USD', 0.0065, 780],
    ['dinars have three decimals: 12.345 x 3.25 = 40.12125 dollars', 'KWD', 12_345, 'USD', 3.25, 4_012.125],
    ['into yen: 7.80 dollars x 150 = 1,170 yen', 'USD', 780, 'JPY', 150, 1_170],
    ['into dinars: 1,200 yen x 0.002 = 2.400 dinars', 'JPY', 1_200, 'KWD', 0.002, 2_400],
  ])('%s', (_name, currency, amountMinor, reportingCurrency, rate, expected) => {
    const subscriptions = [steady('c1', amountMinor, {}, currency)];
    const records = { reportingCurrency, subscriptions, fx: constant({ [currency]: rate }) };
    expect(compute('mrr', at('2026-03-31'), records).value).toBe(expected);
  });

  it('reads currencies in small letters too', () => {
    const records = {
      reportingCurrency: 'usd',
      subscriptions: [steady('c1', 100, {}, 'eur'), steady('c2', 5)],
    };
    expect(compute('mrr', at('2026-03-31'), { ...records, fx: constant({ EUR: 1.1 }) }).value).toBe(115);
  });
});

describe('a missing rate', () => {
  const euros: RecordSets = inUsd(steady('c1', 100, {}, 'EUR'), steady('c2', 100));

  it.each([
    ['no rates at all', euros],
    ['no rate of that currency', { ...euros, fx: constant({ GBP: 1.3 }) }],
    ['a rate of zero', { ...euros, fx: constant({ EUR: 0 }) }],
    ['a rate that begins later', { ...euros, fx: daily(['2026-04-02', 1.1]) }],
  ])('is no value, never 1 and never 0: %s', (_name, records) => {
    const missing = { value: null, reason: 'missing_rate' };
    for (const key of ['mrr', 'arr', 'arpa']) {
      expect(compute(key, at('2026-03-31'), records)).toEqual(missing);
    }
    for (const key of ['mrr_movements', 'mrr_new', 'nrr', 'grr', 'gross_mrr_churn_rate']) {
      expect(compute(key, march, records)).toEqual(missing);
    }
  });

  it('does not matter to who pays and who leaves', () => {
    expect(compute('paying_customers', at('2026-03-31'), euros).value).toBe(2);
    expect(compute('logo_churn_rate', march, euros).value).toBe(0);
  });

  it('does not matter where nothing is paid in that currency', () => {
    const trial = subscription('c1', [stretch('2026-03-01', null, 100, { status: 'trialing' })], 'EUR');
    expect(compute('mrr', at('2026-03-31'), inUsd(trial, steady('c2', 100))).value).toBe(100);
    const former = subscription('c1', [stretch('2025-01-01', '2025-02-01', 100)], 'EUR');
    expect(moved(march, inUsd(former, steady('c2', 100)))).toEqual({});
  });

  it('matters at the opening even if the rate is known later in the period', () => {
    const records = { ...euros, fx: daily(['2026-03-15', 1.1]) };
    expect(compute('mrr_movements', march, records)).toEqual({ value: null, reason: 'missing_rate' });
    expect(compute('mrr', at('2026-03-31'), records).value).toBe(210);
  });
});

it('has no fx line under constant rates, whatever the reporting currency did', () => {
  const records = { ...inUsd(steady('c1', 100, {}, 'EUR')), fx: constant({ EUR: 1.1 }) };
  expect(moved(march, records)).toEqual({});
});

describe('daily rates', () => {
  const rates = daily(['2026-03-20', 1.3], ['2025-01-01', 1.1], ['2026-03-10', 1.2]);
  const inEur = (...subscriptions: Subscription[]) => ({ ...inUsd(...subscriptions), fx: rates });

  it('values a day at the last rate on or before it', () => {
    const records = inEur(steady('c1', 10_000, {}, 'EUR'));
    const closes = ['09', '10', '19', '20'].map((day) => compute('mrr', at(`2026-03-${day}`), records).value);
    expect(closes).toEqual([11_000, 12_000, 12_000, 13_000]);
  });

  it('puts the drift on an unchanged subscription on the fx line', () => {
    const { parts } = compute('mrr_movements', march, inEur(steady('c1', 10_000, {}, 'EUR')));
    const none = { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0 };
    expect(parts).toEqual({ ...none, opening: 11_000, fx: 2_000, closing: 13_000 });
  });

  it('leaves the drift out of what the movements come to', () => {
    expect(compute('mrr_movements', march, inEur(steady('c1', 10_000, {}, 'EUR'))).value).toBe(0);
  });

  it('values a change at the rate of its day', () => {
    // 100 to 150 EUR on the 15th at 1.2: expansion 60.00. Drift: 100 x 0.1 before, 150 x 0.1 after.
    const records = inEur(
      subscription(
        'c1',
        [stretch('2026-01-01', '2026-03-15', 10_000), stretch('2026-03-15', null, 15_000)],
        'EUR',
      ),
    );
    expect(moved(march, records)).toEqual({ expansion: 6_000, fx: 2_500 });
  });

  it('values a churn at the rate of its day, and drifts no further', () => {
    // Opening 110.00; at 1.2 on the day of the change 120.00 are lost, so 10.00 came by drift that same day.
    const records = inEur(subscription('c1', [stretch('2026-01-01', '2026-03-10', 10_000)], 'EUR'));
    expect(moved(march, records)).toEqual({ churn: 12_000, fx: 1_000 });
  });

  it('has negative drift when the currency falls', () => {
    const records = {
      ...inUsd(steady('c1', 10_000, {}, 'EUR')),
      fx: daily(['2025-01-01', 1.1], ['2026-03-10', 1]),
    };
    expect(moved(march, records)).toEqual({ fx: -1_000 });
  });

  it('compares both currencies of a customer who moves from one to the other at the rates of that day', () => {
    // 100 EUR at 1.2 on the 15th are 120 USD; the new plan is 125 USD.
    const records = inEur(
      subscription('c1', [stretch('2026-01-01', '2026-03-15', 10_000)], 'EUR'),
      subscription('c1', [stretch('2026-03-15', null, 12_500)]),
    );
    expect(moved(march, records)).toEqual({ expansion: 500, fx: 1_000 });
  });

  it('keeps exchange rates out of retention: both sides at the closing day', () => {
    // c1 stays at 100 EUR, c2 falls from 100 to 50 USD. At 1.3: (130 + 50) / (130 + 100).
    const records = inEur(
      steady('c1', 10_000, {}, 'EUR'),
      subscription('c2', [stretch('2026-01-01', '2026-03-05', 10_000), stretch('2026-03-05', null, 5_000)]),
    );
    for (const key of ['nrr', 'grr']) {
      expect(compute(key, march, records)).toMatchObject({
        numerator: 18_000,
        denominator: 23_000,
        sampleSize: 2,
      });
    }
  });

  it('takes churn rates from the movements, each at its day, over the opening at its own', () => {
    // 100 EUR lost on the 10th at 1.2, of 100 EUR at 1.1.
    const records = inEur(subscription('c1', [stretch('2026-01-01', '2026-03-10', 10_000)], 'EUR'));
    expect(compute('gross_mrr_churn_rate', march, records)).toMatchObject({
      numerator: 12_000,
      denominator: 11_000,
    });
  });

  it('gives each day its own drift', () => {
    const records = inEur(steady('c1', 10_000, {}, 'EUR'));
    expect(moved(period('2026-03-10', '2026-03-11'), records)).toEqual({ fx: 1_000 });
    expect(moved(period('2026-03-11', '2026-03-20'), records)).toEqual({});
  });
});
