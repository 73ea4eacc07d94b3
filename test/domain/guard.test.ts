import { describe, expect, it } from 'vitest';
import { checkGuard, type Guard, judgeGuard } from '../../src/domain/guard.ts';
import type { Observation } from '../../src/domain/metric.ts';

// Refunds beside conversion: of 100 orders a day, 1, 2 and 6 were refunded.
const rate = (day: string, refunded: number, orders: number): Observation => ({
  day,
  value: orders === 0 ? null : refunded / orders,
  numerator: refunded,
  denominator: orders,
  reason: orders === 0 ? 'zero_denominator' : null,
});
const days = [rate('2026-07-01', 1, 100), rate('2026-07-02', 2, 100), rate('2026-07-03', 6, 100)];
const guard = (over: Partial<Guard> = {}): Guard => ({
  metricVersionId: 'mv_refunds',
  operator: 'at_most',
  bound: 0.03,
  aggregate: 'latest',
  ...over,
});
const judge = (given: Guard, points = days) => judgeGuard(given, 'ratio', points, '2026-07-01');

describe('G22: a counter-metric that must not worsen', () => {
  it('is broken by the newest settled day, and says its value', () => {
    expect(judge(guard())).toEqual({
      state: 'broken',
      bound: 0.03,
      currentValue: 0.06,
      asOfDay: '2026-07-03',
      reason: null,
    });
  });

  it('C3: is kept exactly on its bound, from either side', () => {
    expect(judge(guard({ bound: 0.06 })).state).toBe('kept');
    expect(judge(guard({ operator: 'at_least', bound: 0.06 })).state).toBe('kept');
    expect(judge(guard({ operator: 'at_least', bound: 0.0600001 })).state).toBe('broken');
  });

  it('can look at several days together, numerators over denominators', () => {
    // (1 + 2 + 6) ÷ 300 = 0.03, where the mean of the three rates would be the same and one of two days is not.
    expect(judge(guard({ aggregate: { trailingDays: 3 } }))).toMatchObject({
      state: 'kept',
      currentValue: 0.03,
    });
  });

  it('is unknown while its bound waits to be captured, and shows the value all the same', () => {
    expect(judge(guard({ bound: null }))).toMatchObject({
      state: 'unknown',
      currentValue: 0.06,
      reason: 'awaiting_baseline',
    });
  });

  it('C5: is unknown without a value, with the reason of the source, and never kept', () => {
    expect(judge(guard(), [])).toMatchObject({
      state: 'unknown',
      currentValue: null,
      reason: 'no_observation',
    });
    const nobody = [rate('2026-07-03', 0, 0)];
    expect(judge(guard(), nobody)).toMatchObject({ state: 'unknown', reason: 'zero_denominator' });
  });

  it('C4: takes a zero for a value', () => {
    expect(judge(guard({ bound: 0 }), [rate('2026-07-03', 0, 100)])).toMatchObject({
      state: 'kept',
      currentValue: 0,
    });
  });
});

describe('a guard that cannot be judged is refused', () => {
  it('C10: never adds people of several days up', () => {
    const problem = checkGuard(guard({ aggregate: { trailingDays: 7 } }), 'distinct');
    expect(problem?.problem).toContain('a person seen twice is one');
  });

  it('never sums a rate', () => {
    expect(checkGuard(guard({ aggregate: 'sum' }), 'ratio')?.problem).toContain('cannot be added up');
    expect(checkGuard(guard({ aggregate: 'mean' }), 'ratio')).toBeNull();
  });

  it('takes no bound that is not a number', () => {
    expect(checkGuard(guard({ bound: Number.NaN }), 'ratio')?.field).toBe('bound');
  });
});
