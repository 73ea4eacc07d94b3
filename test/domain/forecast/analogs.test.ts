import { expect, it } from 'vitest';
import { analogs } from '../../../src/domain/forecast/analogs.ts';
import { horizonLevels } from '../../../src/domain/forecast/horizon-level.ts';
import type { Paths } from '../../../src/domain/forecast/paths.ts';
import { prepare } from '../../../src/domain/forecast/prepare.ts';
import { question } from './support/question.ts';

/** The mean of all futures at a step, on the scale of logarithms. */
function middleAt(paths: Paths, step: number): number {
  let sum = 0;
  for (let draw = 0; draw < paths.draws; draw++)
    sum += Math.log(paths.values[draw * paths.steps + step - 1] ?? 1);
  return Math.exp(sum / paths.draws);
}

it('expects what happened at the same time last year, and history alone does not', () => {
  // Always 100, but 150 on the days 200 to 239. Now it is day 559, that is 364 and 195: the days 564 to 603 would be high.
  const values = Array.from({ length: 560 }, (_, day) => (day >= 200 && day < 240 ? 150 : 100));
  const found = analogs(prepare(question({ values, remainingSteps: 60 })), 'day');
  const { history, lastYear } = found ?? { history: null, lastYear: null };
  if (history === null || lastYear === null) throw new Error('there is more than a year of it');
  expect(middleAt(lastYear, 20)).toBeCloseTo(150, 0);
  expect(middleAt(lastYear, 55)).toBeCloseTo(100, 0);
  // Falling back to the mean of all days is the most that history alone expects: 100 * 1.5 ** (40 / 560) = 102.9.
  expect(middleAt(history, 20)).toBeLessThan(103);
});

it('takes growth of the past for no promise: the middle stays where the series stands', () => {
  const values = Array.from({ length: 200 }, (_, week) => 100 * 1.01 ** week);
  const found = analogs(prepare(question({ step: 'week', values, remainingSteps: 8 })), 'week');
  if (found === null) throw new Error('it is long enough');
  expect(middleAt(found.history, 8) / (values.at(-1) ?? 1)).toBeCloseTo(1, 6);
});

it('has nothing to say about a way as long as the history', () => {
  expect(
    analogs(prepare(question({ values: [5, 6, 7, 6, 5, 6, 7, 8, 7, 6], remainingSteps: 9 })), 'day'),
  ).toBeNull();
});

it('knows no last year before a year has passed', () => {
  const values = Array.from({ length: 300 }, (_, day) => 100 + (day % 5));
  expect(analogs(prepare(question({ values, remainingSteps: 30 })), 'day')?.lastYear).toBeNull();
});

it('the level follows what lasts, and not what passes', () => {
  const noise = Float64Array.from({ length: 120 }, (_, index) => (index % 2 === 0 ? 1 : -1));
  expect(Math.abs(horizonLevels(noise, 10, false)?.at(-1) ?? 9)).toBeLessThan(0.1);
  // Blocks of 40 at 0 and at 10; the newest three values lie at 10 again.
  const blocks = Float64Array.from({ length: 243 }, (_, index) =>
    Math.floor(index / 40) % 2 === 0 ? 10 : 0,
  );
  expect(horizonLevels(blocks, 5, false)?.at(-1)).toBeGreaterThan(9);
});

it('levels see nothing that comes later', () => {
  const values = Float64Array.from({ length: 80 }, (_, index) => Math.sin(index) + index / 20);
  const early = horizonLevels(values.subarray(0, 70), 5, false);
  const late = horizonLevels(values, 5, false);
  expect(early).not.toBeNull();
  expect(late?.slice(0, 70)).toEqual(early);
});
