import { expect, it } from 'vitest';
import { finalValues } from '../../../src/domain/forecast/final-value.ts';
import { prepare } from '../../../src/domain/forecast/prepare.ts';
import type { FinalValue } from '../../../src/domain/forecast/types.ts';
import { question } from './support/question.ts';

// Observed: 10, 20, 30. One future of four more steps: 40, 50, 60, 70.
const values = [10, 20, 30];
const path = { draws: 1, steps: 4, values: Float64Array.of(40, 50, 60, 70) };

function finalAt(final: FinalValue, ahead: number): number | undefined {
  const asked = question({ values, remainingSteps: 4, final });
  return finalValues(asked, prepare(asked), path, ahead)[0];
}

it.each<{ final: FinalValue; ahead: number; value: number; why: string }>([
  { final: { kind: 'last' }, ahead: 4, value: 70, why: 'the newest of all' },
  { final: { kind: 'last' }, ahead: 2, value: 50, why: 'as it would stand after two steps' },
  { final: { kind: 'trailing_mean', steps: 2 }, ahead: 4, value: 65, why: '(60 + 70) / 2' },
  {
    final: { kind: 'trailing_mean', steps: 6 },
    ahead: 4,
    value: 45,
    why: '(20 + 30 + 40 + 50 + 60 + 70) / 6',
  },
  { final: { kind: 'trailing_mean', steps: 3 }, ahead: 1, value: 30, why: '(20 + 30 + 40) / 3' },
  { final: { kind: 'mean', soFar: 50, count: 2 }, ahead: 4, value: 45, why: '(50 + 220) / 6' },
  { final: { kind: 'sum', soFar: 50 }, ahead: 4, value: 270, why: '50 + 220' },
  { final: { kind: 'sum', soFar: 50 }, ahead: 1, value: 90, why: '50 + 40' },
  {
    final: { kind: 'share', met: 1, checks: 2, lower: 45, upper: 60 },
    ahead: 4,
    value: 0.5,
    why: '(1 + 2) / 6',
  },
  {
    final: { kind: 'share', met: 1, checks: 2, lower: null, upper: 40 },
    ahead: 2,
    value: 0.5,
    why: '(1 + 1) / 4',
  },
])('a $final.kind after $ahead steps is $value: $why', ({ ahead, final, value }) => {
  expect(finalAt(final, ahead)).toBeCloseTo(value, 12);
});

it('expects of a metric that reports half of the time half of a total', () => {
  const asked = question({
    step: 'week',
    values: [10, null, 10, null, 10, 10, null, null, 10, 10, null, 10],
    final: { kind: 'sum', soFar: 0 },
    remainingSteps: 4,
  });
  // 7 of 12 steps reported: 7 / 12 of 220.
  expect(finalValues(asked, prepare(asked), path, 4)[0]).toBeCloseTo((220 * 7) / 12, 9);
});
