import { describe, expect, it } from 'vitest';
import { computeMetric, definitionOf, findMetric, maturedAt } from '../../src/domain/catalog/index.ts';
import type { Cycle } from '../../src/domain/cycle.ts';
import { answer, type KeyResultDraft, readText } from '../../src/domain/draft/index.ts';
import { checkGoal } from '../../src/domain/goal.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import type { MetricTraits } from '../../src/domain/metric.ts';
import { expectedValue } from '../../src/domain/pace.ts';
import { progressOf, reachProgress } from '../../src/domain/progress.ts';
import { type EvaluationInput, evaluateKeyResult } from '../../src/domain/snapshot.ts';
import { parseRecordSets } from '../../src/records/index.ts';

/**
 * The cross-cutting cases that no other file of this folder holds, by their numbers; each is a complaint that users of
 * comparable products have made. The others stand beside what they are about.
 */
const quarter: Cycle = { startDay: '2026-01-01', endDay: '2026-04-01', timeZone: 'UTC' };
const point = (day: string, value: number) => ({
  day,
  value,
  numerator: null,
  denominator: null,
  revision: 1,
});

function draftOf(text: string): KeyResultDraft {
  const [draft] = readText(text, { cycle: quarter }).keyResults;
  if (draft === undefined) throw new Error(`"${text}" was not read`);
  return draft;
}

describe('C12: one MRR, whatever a subscription goes through', () => {
  const monthly = { unitAmount: 10_000, quantity: 1, interval: 'month', intervalCount: 1, usage: 'licensed' };
  const yearly = { ...monthly, unitAmount: 120_000, interval: 'year' };
  const segment = (from: string, to: string | null, more: Record<string, unknown> = {}) => ({
    from: `${from}T00:00:00Z`,
    to: to === null ? null : `${to}T00:00:00Z`,
    status: 'active',
    items: [monthly],
    ...more,
  });
  const halfPrice = {
    percentOff: 50,
    duration: 'once',
    start: '2026-03-01T00:00:00Z',
    end: '2026-04-01T00:00:00Z',
  };

  it.each([
    { what: 'runs', segments: [segment('2026-01-01', null)], mrr: 10_000 },
    { what: 'was cancelled before', segments: [segment('2026-01-01', '2026-03-10')], mrr: 0 },
    { what: 'ends at the close of the day', segments: [segment('2026-01-01', '2026-04-01')], mrr: 10_000 },
    {
      what: 'was downgraded',
      segments: [
        segment('2026-01-01', '2026-03-10', { items: [{ ...monthly, quantity: 3 }] }),
        segment('2026-03-10', null),
      ],
      mrr: 10_000,
    },
    // A single discounted invoice is no change of what recurs.
    {
      what: 'has its first month at half price',
      segments: [segment('2026-03-01', null, { discounts: [halfPrice] })],
      mrr: 10_000,
    },
    {
      what: 'is paid by the year',
      segments: [segment('2026-01-01', null, { items: [yearly] })],
      mrr: 10_000,
    },
    { what: 'is on trial', segments: [segment('2026-03-20', null, { status: 'trialing' })], mrr: 0 },
  ])('of a subscription that $what', ({ mrr, segments }) => {
    expect(mrrOf([{ id: 's', customerId: 'c', currency: 'USD', segments }])).toEqual({ value: mrr });
  });

  it('a refund changes what was collected, and not what recurs', () => {
    const subscriptions = [
      { id: 's', customerId: 'c', currency: 'USD', segments: [segment('2026-01-01', null)] },
    ];
    const refunds = [{ id: 'r', paymentId: 'p', amount: 10_000, refundedAt: '2026-03-15T00:00:00Z' }];
    expect(mrrOf(subscriptions, { refunds })).toEqual({ value: 10_000 });
  });

  it('two currencies meet at the rate that was frozen, and without one there is no number', () => {
    const of = (id: string, currency: string) => ({
      id,
      customerId: id,
      currency,
      segments: [segment('2026-01-01', null)],
    });
    const both = [of('a', 'USD'), of('b', 'EUR')];
    // 100.00 + 1.10 × 100.00
    expect(mrrOf(both, { fx: { mode: 'constant', rates: { EUR: 1.1 } } })).toEqual({ value: 21_000 });
    expect(mrrOf(both)).toEqual({ value: null, reason: 'missing_rate' });
  });

  function mrrOf(subscriptions: unknown[], more: Record<string, unknown> = {}) {
    const parsed = parseRecordSets({ reportingCurrency: 'USD', subscriptions, ...more });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { value, ...rest } = computeMetric(
      'mrr',
      {},
      { kind: 'snapshot', day: '2026-03-31', timeZone: 'UTC' },
      parsed.records,
    );
    return 'reason' in rest ? { value, reason: rest.reason } : { value };
  }
});

describe('C16: "referral revenue from $20,000 to $50,000" does not say over which time', () => {
  const draft = draftOf('将推荐收入从$ 20,000增加到$ 50,000');

  it('asks, and does not guess', () => {
    expect(draft.goal).toBeNull();
    expect(draft.question?.options.map(({ id }) => id)).toContain('in_the_cycle');
  });

  it('in all within the cycle is v/T against T·e: nothing on the first day is 0, not -0.67', () => {
    const goal = answer(draft, 'in_the_cycle').goal as Goal;
    const onFirstDay = progressOf(goal, [point('2026-01-01', 0)], '2026-01-01', quarter, {
      kind: 'flow',
      everyDayExpected: true,
    });
    expect(onFirstDay.value).toBe(0);
    // Half of the 90 days: half of 50,000.00.
    expect(expectedValue(goal, 0.5)).toBe(2_500_000);
    // The other reading of the same day: (0 - 20,000) / 30,000.
    expect(reachProgress({ startValue: 2_000_000, targetValue: 5_000_000 }, 0)).toBeCloseTo(-0.6667, 4);
  });
});

it('C17: ten points off a churn of 5 % is refused, with the arithmetic', () => {
  const goal: Goal = { kind: 'change', percent: -10, mode: 'points', baselineValue: 0.05 };
  expect(checkGoal(goal, 'ratio')[0]?.problem).toContain('5 % - 10 points = -5 %');
  expect(draftOf('Reduce the churn rate by 10% through improved content recommendations').goal).toMatchObject(
    {
      kind: 'change',
      mode: 'relative',
      percent: -10,
    },
  );
});

describe('C18: one-month retention in the third week of a quarter', () => {
  const draft = draftOf('1个月保留率从20%增加到40%');
  const retention = findMetric('retention');
  const params = { ...draft.metric?.params, startEvent: 'sign_up', returnEvent: '*' };
  const traits: MetricTraits = {
    kind: 'ratio',
    timeZone: 'UTC',
    settlesAfterHours: 60 * 24,
    staleAfterDays: 3,
  };
  const now = new Date('2026-01-20T12:00:00Z');

  it('speaks of people who signed up two months before, because the others may still come back', () => {
    if (retention === null) throw new Error('the catalogue has no retention');
    expect(definitionOf(retention, params, { kind: 'month' }, 'UTC').metric).toBe('retention');
    // Day 59 has passed at the start of day 60: 20 November + 61 days is 20 January.
    expect(maturedAt(retention, params, '2025-11-20', 'UTC') <= now).toBe(true);
    expect(maturedAt(retention, params, '2025-11-21', 'UTC') <= now).toBe(false);
  });

  it('is judged on that day and paced as of it: too early, whatever the value', () => {
    const points = [point('2025-11-18', 0.21), point('2025-11-19', 0.22), point('2025-11-20', 0.05)];
    const evaluation = evaluateKeyResult({ ...inputOf(draft.goal as Goal, traits, now), points });
    expect(evaluation).toMatchObject({ asOfDay: '2025-11-20', expected: 0, status: 'too_early' });
  });
});

it('C20: two Key Results on one thing mean one metric, which is read once', () => {
  const [first, second] = ['将注册流失率从35%降低到10%', '将注册流程的流失率从35%降低到10%'].map(draftOf);
  expect(first?.metric).toEqual(second?.metric);
  const metric = findMetric(first?.metric?.key ?? '');
  if (metric === null || first?.metric == null || second?.metric == null)
    throw new Error('no metric is proposed');
  const definition = (draft: KeyResultDraft) =>
    definitionOf(metric, draft.metric?.params ?? {}, draft.metric?.window ?? { kind: 'day' }, 'UTC');
  expect(definition(first)).toEqual(definition(second));
});

function inputOf(goal: Goal, traits: MetricTraits, now: Date): Omit<EvaluationInput, 'points'> {
  return {
    goal,
    unit: 'ratio',
    paceCurve: { kind: 'linear' },
    cycle: quarter,
    source: {
      traits,
      health: {
        paused: false,
        connectionState: 'active',
        fetchedAt: now,
        everyMinutes: 60,
        lastFailure: null,
      },
    },
    previous: null,
    now,
  };
}
