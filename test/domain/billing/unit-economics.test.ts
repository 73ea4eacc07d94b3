import { describe, expect, it } from 'vitest';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import type { ParamValue } from '../../../src/domain/catalog/types.ts';
import { compute } from './support/billing.ts';

const now = { kind: 'none' } as const;
const ltv = (records: RecordSets, params: Record<string, ParamValue> = {}) =>
  compute('ltv', now, records, { formula: 'arpa_over_churn', ...params });

describe('lifetime value', () => {
  it('over trailing churn leaves the running month out: the published 100 / 5 % = 2,000', () => {
    // @see https://help.chartmogul.com/hc/en-us/articles/203359061: the mean of the six months before is 5 %.
    const churnRates = [0.9, 0.04, 0.06, 0.05, 0.05, 0.03, 0.07, 0.5];
    const found = ltv({ arpa: 10_000, churnRates }, { formula: 'arpa_over_trailing_churn' });
    expect(found).toEqual({ value: 200_000, beside: { lifetimeMonths: 20, churnMonths: 6 } });
  });

  it('over trailing churn takes the mean of the months there are, and needs one', () => {
    const formula = 'arpa_over_trailing_churn';
    expect(ltv({ arpa: 10_000, churnRates: [0.04, 0.06, 0.9] }, { formula }).value).toBe(200_000);
    const tooYoung = { value: null, reason: 'insufficient_sample' };
    expect(ltv({ arpa: 10_000, churnRates: [0.9] }, { formula })).toEqual(tooYoung);
    expect(ltv({ arpa: 10_000, churnRates: [] }, { formula })).toEqual(tooYoung);
  });

  it('by revenue divides by what net retention leaves to lose: 50 / (1 - 0.96)', () => {
    expect(ltv({ arpa: 5_000, netRetention: 0.96 }, { formula: 'revenue' }).value).toBe(125_000);
  });

  it('by revenue has no end when retention is 100 % or more, unless a cap says so', () => {
    for (const netRetention of [1, 1.23]) {
      const records = { arpa: 5_000, netRetention };
      expect(ltv(records, { formula: 'revenue' })).toEqual({ value: null, reason: 'zero_churn' });
      expect(ltv(records, { formula: 'revenue', maxLifetimeMonths: 60 }).value).toBe(300_000);
    }
  });

  it.each([
    ['zero churn takes the cap', 0, { maxLifetimeMonths: 60 }, 300_000],
    ['zero churn takes the assumed churn: 50 / 0.02', 0, { assumedMinChurn: 0.02 }, 250_000],
    ['the cap limits an assumed lifetime too', 0, { assumedMinChurn: 0.01, maxLifetimeMonths: 60 }, 300_000],
    ['a lifetime below the cap stays: 50 / 0.05', 0.05, { maxLifetimeMonths: 60 }, 100_000],
    ['the assumed churn is for zero churn only: 50 / 0.01', 0.01, { assumedMinChurn: 0.02 }, 500_000],
  ])('%s', (_name, churnRate, params, value) => {
    expect(ltv({ arpa: 5_000, churnRate }, params).value).toBe(value);
  });

  it.each([
    ['arpa_over_churn', { churnRate: 0.05 }],
    ['arpa_over_churn', { arpa: 5_000, churnRates: [0.1, 0.1], netRetention: 0.9 }],
    ['margin_adjusted', { arpa: 5_000, churnRate: 0.05 }],
    ['arpa_over_trailing_churn', { arpa: 5_000, churnRate: 0.05 }],
    ['revenue', { arpa: 5_000, churnRate: 0.05 }],
  ])('%s has no value when one of its inputs was not given', (formula, records) => {
    expect(ltv(records, { formula })).toEqual({ value: null, reason: 'no_observation' });
  });

  it('must be told which formula', () => {
    expect(() => compute('ltv', now, { arpa: 5_000, churnRate: 0.05 })).toThrow(/formula/);
  });

  it('is exact where doubles are not: 0.1 a month is ten months', () => {
    expect(ltv({ arpa: 3, churnRate: 0.1 }).value).toBe(30);
  });
});

describe('what winning a customer costs', () => {
  it('is spend per new customer, with both sides', () => {
    expect(compute('cac', now, { spend: 10_000, newCustomers: 3 })).toEqual({
      value: 10_000 / 3,
      numerator: 10_000,
      denominator: 3,
      sampleSize: 3,
    });
    expect(compute('cac', now, { spend: 0, newCustomers: 3 }).value).toBe(0);
    expect(compute('cac', now, { newCustomers: 3 })).toEqual({ value: null, reason: 'no_observation' });
  });

  it.each([
    ['no margin', { cac: 60_000, arpa: 12_000, grossMargin: 0 }],
    ['nothing paid', { cac: 60_000, arpa: 0, grossMargin: 0.8 }],
    ['a loss on each', { cac: 60_000, arpa: 12_000, grossMargin: -0.1 }],
  ])('is never paid back with %s', (_name, records) => {
    const never = { value: null, reason: 'zero_denominator' };
    expect(compute('cac_payback_months', now, records)).toMatchObject(never);
  });

  it('is paid back after the months that the margin takes: 600 / (120 x 0.8)', () => {
    expect(compute('cac_payback_months', now, { cac: 60_000, arpa: 12_000, grossMargin: 0.8 })).toEqual({
      value: 6.25,
      numerator: 60_000,
      denominator: 9_600,
    });
  });
});

describe('gross margin', () => {
  it('is a fraction of revenue, below zero when costs exceed it', () => {
    expect(compute('gross_margin', now, { revenue: 1_000, cogs: 300 })).toEqual({
      value: 0.7,
      numerator: 700,
      denominator: 1_000,
    });
    expect(compute('gross_margin', now, { revenue: 1_000, cogs: 1_500 }).value).toBe(-0.5);
  });

  it('has no value without revenue', () => {
    const none = { value: null, reason: 'zero_denominator' };
    expect(compute('gross_margin', now, { revenue: 0, cogs: 300 })).toMatchObject(none);
    expect(compute('gross_margin', now, { cogs: 300 })).toEqual({ value: null, reason: 'no_observation' });
  });
});
