import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import type { ErrorClass } from '../../src/domain/retry.ts';
import { type EvaluationInput, evaluateKeyResult } from '../../src/domain/snapshot.ts';
import { plainFormat, reasonText, translator } from '../../src/i18n/index.ts';

const cycle = { startDay: '2026-07-01', endDay: '2026-08-01', timeZone: 'UTC' };
const goals: Goal[] = [
  { kind: 'reach', startValue: 0, targetValue: 100 },
  { kind: 'reach', startValue: null, targetValue: 100 },
  { kind: 'reach', startValue: 7, targetValue: 7 },
  { kind: 'change', percent: 10, mode: 'relative', baselineValue: -1 },
  { kind: 'accumulate', targetValue: 300 },
  {
    kind: 'guardrail',
    operator: 'at_least',
    lower: 20,
    upper: null,
    method: 'share_of_checks',
    checksPlanned: null,
    startValue: null,
  },
  { kind: 'milestone', steps: [{ name: 'Talk', weight: 1, doneOnDay: '2026-07-12' }] },
  { kind: 'recurring', perPeriod: 20, periodUnit: 'week', periods: 4, carryOver: false },
];

const values = fc.array(fc.option(fc.integer({ min: -5, max: 60 })), { maxLength: 50 });
const situation: fc.Arbitrary<EvaluationInput> = fc
  .record({
    goal: fc.constantFrom(...goals),
    unit: fc.constantFrom('count' as const, 'money' as const),
    values,
    kind: fc.constantFrom('flow' as const, 'stock' as const),
    day: fc.integer({ min: -10, max: 60 }),
    byHand: fc.boolean(),
    paused: fc.boolean(),
    connectionState: fc.constantFrom('active' as const, 'needs_reauth' as const, 'quota_exhausted' as const),
    errorClass: fc.option(fc.constantFrom<ErrorClass>('transient', 'rate_limited', 'auth', 'bug')),
    fetchedHoursAgo: fc.option(fc.nat(200)),
  })
  .map(
    ({
      byHand,
      connectionState,
      day,
      errorClass,
      fetchedHoursAgo,
      goal,
      kind,
      paused,
      unit,
      values: found,
    }) => {
      const now = new Date(`${addDays(cycle.startDay, day)}T10:00:00Z`);
      const health = {
        paused,
        connectionState,
        everyMinutes: 60,
        fetchedAt: fetchedHoursAgo === null ? null : new Date(now.getTime() - fetchedHoursAgo * 3_600_000),
        lastFailure: errorClass === null ? null : { errorClass, since: now },
      };
      const traits = { kind, timeZone: 'UTC', settlesAfterHours: 0, staleAfterDays: 3 };
      const points = found.map((value, i) => ({
        day: addDays(cycle.startDay, i - 5),
        value,
        numerator: null,
        denominator: null,
        revision: 1,
      }));
      const source = byHand ? null : { traits, health };
      return { goal, unit, paceCurve: { kind: 'linear' }, cycle, source, points, previous: null, now };
    },
  );

it('can say every status and data reason of the domain, in both languages, without a hole', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(situation, (input) => {
      const { dataReason, statusReason } = evaluateKeyResult(input);
      for (const reason of [dataReason, statusReason]) {
        seen.add(reason.code);
        for (const lang of ['en', 'zh-CN'] as const) {
          const text = reasonText(translator(lang), reason, plainFormat(lang, input.unit, 'usd'));
          expect(text).toMatch(/[.。]$/);
          expect(text).not.toMatch(/NaN|undefined|null|Infinity|[{}]/);
        }
      }
    }),
    { numRuns: 1500, seed: 7 },
  );
  // Enough different situations came up for the promise to mean something.
  expect([...seen].toSorted()).toEqual(
    expect.arrayContaining([
      'awaiting_baseline',
      'behind_pace',
      'data_day_missing',
      'data_fresh',
      'data_manual',
      'data_needs_owner',
      'data_none',
      'data_paused',
      'data_rate_limited',
      'data_run_failed',
      'data_stale',
      'data_unbound',
      'degenerate_target',
      'far_behind_pace',
      'goal_met',
      'goal_met_early',
      'goal_not_met',
      'judged_data_stale',
      'judged_no_data',
      'kept_enough',
      'kept_far_too_little',
      'non_positive_baseline',
      'not_combinable',
      'on_pace',
      'starts_later',
      'too_early',
    ]),
  );
});
