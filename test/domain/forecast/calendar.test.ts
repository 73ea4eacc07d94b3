import { expect, it } from 'vitest';
import { calendarOf, stepsBetween } from '../../../src/domain/forecast/calendar.ts';

it('knows weekdays from the calendar, Monday first', () => {
  const { nameOf, slotOf } = calendarOf('day', '2026-01-05'); // a Monday
  expect([0, 1, 5, 6, 7].map(slotOf)).toEqual([0, 1, 5, 6, 0]);
  expect(nameOf(27)).toBe('2026-02-01');
});

it('knows months across the turn of the year', () => {
  const { nameOf, slotOf } = calendarOf('month', '2025-11-01');
  expect([0, 1, 2].map(nameOf)).toEqual(['2025-11-01', '2025-12-01', '2026-01-01']);
  expect([0, 1, 2].map(slotOf)).toEqual([10, 11, 0]);
});

it('knows hours without a zone', () => {
  const { nameOf, slotOf } = calendarOf('hour', '2015-01-05T22:00:00');
  expect(nameOf(3)).toBe('2015-01-06T01:00:00');
  expect([0, 1, 2, 3].map(slotOf)).toEqual([22, 23, 0, 1]);
});

it.each([
  { step: 'day', from: '2024-02-28', to: '2024-03-01', steps: 2 },
  { step: 'week', from: '2026-01-05', to: '2026-01-26', steps: 3 },
  { step: 'month', from: '2025-11-01', to: '2026-02-01', steps: 3 },
  { step: 'hour', from: '2015-01-05T22:00:00', to: '2015-01-06T01:00:00', steps: 3 },
  { step: 'day', from: '2026-01-05', to: '2026-01-04', steps: -1 },
] as const)('from $from to $to it is $steps steps of a $step', ({ from, step, steps, to }) => {
  expect(stepsBetween(step, from, to)).toBe(steps);
});

it('refuses what is neither a day nor an hour', () => {
  expect(() => calendarOf('day', 'yesterday')).toThrow(RangeError);
});
