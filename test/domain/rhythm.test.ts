import { expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import { rhythmOf } from '../../src/domain/rhythm.ts';

/** Days with so many days between them, from 1 January on. */
const after = (...gaps: number[]): { day: string }[] => {
  let day = '2026-01-01';
  return [{ day }, ...gaps.map((gap) => ({ day: (day = addDays(day, gap)) }))];
};

it.each([
  { gaps: [1, 1, 1, 1, 1, 1], rhythm: 1, why: 'daily' },
  { gaps: [1, 1, 3, 1, 1, 1, 1, 3], rhythm: 1, why: 'on working days' },
  { gaps: [1, 1, 1, 9, 1, 1, 2, 1], rhythm: 1, why: 'daily with holes' },
  { gaps: [7, 7, 7, 7], rhythm: 7, why: 'weekly' },
  { gaps: [7, 7, 14, 7, 6, 8], rhythm: 7, why: 'about weekly' },
  { gaps: [31, 28, 31, 30], rhythm: 30, why: 'monthly' },
  { gaps: [1, 1, 1, 1, 7, 7, 7, 7, 7, 7, 7, 7], rhythm: 7, why: 'weekly by now' },
  { gaps: [1, 1, 7, 7], rhythm: 1, why: 'as often daily as weekly: the shorter' },
  { gaps: [7, 7], rhythm: 1, why: 'too few to tell' },
  { gaps: [31, 31, 30], rhythm: 31, why: 'monthly, since four months' },
  { gaps: [], rhythm: 1, why: 'one day' },
])('$why: $rhythm', ({ gaps, rhythm }) => {
  expect(rhythmOf(after(...gaps))).toBe(rhythm);
});

it('of nothing is 1', () => {
  expect(rhythmOf([])).toBe(1);
});
