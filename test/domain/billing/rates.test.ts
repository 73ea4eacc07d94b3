import { describe, expect, it } from 'vitest';
import { compute, inUsd, march, steady, stretch, subscription } from './support/billing.ts';

describe('retention', () => {
  it('counts somebody of the cohort who left and came back with what they pay at the closing', () => {
    const records = inUsd(
      subscription('c1', [stretch('2026-01-01', '2026-03-05', 100), stretch('2026-03-20', null, 80)]),
    );
    expect(compute('nrr', march, records)).toEqual({
      value: 0.8,
      numerator: 80,
      denominator: 100,
      sampleSize: 1,
    });
  });

  it('leaves out who joined in the period and who had left before it', () => {
    const records = inUsd(
      steady('c1', 100),
      subscription('newcomer', [stretch('2026-03-05', null, 900)]),
      subscription('returner', [stretch('2025-01-01', '2025-02-01', 50), stretch('2026-03-05', null, 900)]),
    );
    expect(compute('nrr', march, records)).toMatchObject({ value: 1, sampleSize: 1 });
  });

  it('never lets gross retention exceed 1, nor one customer hide the loss of another', () => {
    const records = inUsd(
      subscription('grew', [stretch('2026-01-01', '2026-03-05', 100), stretch('2026-03-05', null, 500)]),
      subscription('cut', [stretch('2026-01-01', '2026-03-05', 100), stretch('2026-03-05', null, 40)]),
    );
    expect(compute('grr', march, records)).toMatchObject({ value: 0.7, numerator: 140, denominator: 200 });
    expect(compute('nrr', march, records).value).toBe(2.7);
  });
});

describe('MRR churn', () => {
  it('counts what newcomers of the period lost again, and is negative when more was won', () => {
    // Opening 100. A newcomer of 60 leaves again: churn 60. Another grows by 200.
    const records = inUsd(
      subscription('c1', [stretch('2026-01-01', '2026-03-05', 100), stretch('2026-03-05', null, 300)]),
      subscription('c2', [stretch('2026-03-06', '2026-03-20', 60)]),
    );
    expect(compute('gross_mrr_churn_rate', march, records)).toEqual({
      value: 0.6,
      numerator: 60,
      denominator: 100,
      sampleSize: 1,
    });
    expect(compute('net_mrr_churn_rate', march, records).value).toBe(-1.4);
  });
});

describe('customer churn', () => {
  // Four at the opening: one stays, one leaves for good, one leaves and returns, one leaves twice.
  // Two newcomers, one of whom leaves again; and one who had left years before returns.
  const records = inUsd(
    steady('stays', 100),
    subscription('leaves', [stretch('2026-01-01', '2026-03-05', 100)]),
    subscription('returns', [stretch('2026-01-01', '2026-03-05', 100), stretch('2026-03-09', null, 100)]),
    subscription('leaves twice', [
      stretch('2026-01-01', '2026-03-05', 100),
      stretch('2026-03-09', '2026-03-20', 100),
    ]),
    subscription('joins', [stretch('2026-03-02', null, 100)]),
    subscription('passes', [stretch('2026-03-02', '2026-03-22', 100)]),
    subscription('back again', [stretch('2020-01-01', '2020-03-22', 100), stretch('2026-03-02', null, 100)]),
  );

  it.each([
    ['cohort: gone at the closing of those at the opening', 'cohort', 2, 4],
    ['events: each who left once or more, newcomers too', 'events', 4, 4],
    ['stripe: every leaving, over the opening and first-time newcomers', 'stripe', 5, 6],
  ])('%s', (_name, method, numerator, denominator) => {
    const expected = { value: numerator / denominator, numerator, denominator, sampleSize: denominator };
    expect(compute('logo_churn_rate', march, records, { method })).toEqual(expected);
  });

  it('is by cohort unless another method is chosen', () => {
    expect(compute('logo_churn_rate', march, records).value).toBe(0.5);
  });
});

describe('nobody there', () => {
  it('is no MRR and no customers, which are values', () => {
    const snapshot = { kind: 'snapshot', day: '2026-03-31', timeZone: 'UTC' } as const;
    for (const key of ['mrr', 'arr', 'paying_customers']) {
      expect(compute(key, snapshot, inUsd()).value).toBe(0);
    }
    expect(compute('mrr_movements', march, inUsd()).value).toBe(0);
    expect(compute('arpa', snapshot, inUsd())).toMatchObject({ value: null, reason: 'zero_denominator' });
  });

  it.each(['nrr', 'grr', 'gross_mrr_churn_rate', 'net_mrr_churn_rate', 'logo_churn_rate'])(
    'leaves %s without a value when the opening was zero',
    (key) => {
      const newcomer = subscription('c1', [stretch('2026-03-05', null, 100)]);
      for (const records of [inUsd(), inUsd(newcomer)]) {
        const expected = { value: null, reason: 'zero_denominator', denominator: 0, sampleSize: 0 };
        expect(compute(key, march, records)).toMatchObject(expected);
      }
    },
  );
});
