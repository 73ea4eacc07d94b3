import { expect, it } from 'vitest';
import { billingMetrics } from '../../../src/domain/billing/catalog.ts';
import { at, compute, march } from './support/billing.ts';

it('names each metric once', () => {
  const keys = billingMetrics.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it.each(billingMetrics.map(({ key, windows }) => [key, windows[0]] as const))(
  '%s has no value, and never zero, when nothing was read',
  (key, kind) => {
    const window =
      kind === 'snapshot' ? at('2026-03-31') : kind === 'period' ? march : { kind: 'none' as const };
    const params = key === 'ltv' ? { formula: 'arpa_over_churn' } : {};
    expect(compute(key, window, {}, params)).toEqual({ value: null, reason: 'no_observation' });
  },
);

it('has no money value when nobody said in which currency', () => {
  expect(compute('mrr', at('2026-03-31'), { subscriptions: [] })).toEqual({
    value: null,
    reason: 'no_observation',
  });
});

it('refuses a parameter that it does not know, by its name', () => {
  const records = { reportingCurrency: 'USD', subscriptions: [] };
  expect(() => compute('mrr', at('2026-03-31'), records, { discountPolicy: 'some' })).toThrow(
    /discountPolicy/,
  );
});
