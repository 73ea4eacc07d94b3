import { expect, it } from 'vitest';
import { baselineOfDays, baselineOfLastPeriod } from '../../src/domain/baseline.ts';

const point = (
  day: string,
  value: number | null,
  numerator: number | null = null,
  denominator: number | null = null,
) => ({
  day,
  value,
  numerator,
  denominator,
});
const points = [
  point('2026-06-20', 1),
  point('2026-06-28', 10),
  point('2026-06-29', null),
  point('2026-06-30', 14),
  point('2026-07-01', 99),
];

it('takes the last value before the goal began, and says from which day', () => {
  expect(baselineOfDays('last_value', points, 'stock', '2026-07-01', 7)).toEqual({
    value: 14,
    startDay: '2026-06-30',
    endDay: '2026-07-01',
    samples: 1,
  });
});

it('takes the mean of the days before, leaving out those without a value', () => {
  // 10 and 14 of the last seven days; the 29th is missing and not zero, the 20th too old.
  expect(baselineOfDays('trailing_mean', points, 'flow', '2026-07-01', 7)).toEqual({
    value: 12,
    startDay: '2026-06-24',
    endDay: '2026-07-01',
    samples: 2,
  });
});

it('weighs the days of a rate by their size', () => {
  const rates = [point('2026-06-29', 0.5, 1, 2), point('2026-06-30', 0.25, 2, 8)];
  expect(baselineOfDays('trailing_mean', rates, 'ratio', '2026-07-01', 7)).toMatchObject({ value: 0.3 });
});

it('waits when there is nothing before the start, rather than begin at zero', () => {
  const waiting = { value: null, reason: 'awaiting_baseline' };
  expect(baselineOfDays('last_value', points, 'stock', '2026-06-20', 7)).toEqual(waiting);
  const running = { startDay: '2026-07-01', endDay: '2026-08-01', value: 4, complete: true };
  expect(baselineOfLastPeriod([running], '2026-07-10')).toEqual(waiting);
});
