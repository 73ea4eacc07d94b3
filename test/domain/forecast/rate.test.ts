import { expect, it } from 'vitest';
import { rateOf } from '../../../src/domain/forecast/rate.ts';
import type { ForecastQuestion } from '../../../src/domain/forecast/types.ts';
import { question } from './support/question.ts';

// Sixteen days: 0, 1, 2 to 15. The newest fourteen are 2 to 15; their total is 119 and their mean 8.5.
const values = Array.from({ length: 16 }, (_, day) => day);

it.each<{ given: Partial<ForecastQuestion>; rate: { needed: number; recent: number } | null; why: string }>([
  {
    given: { final: { kind: 'sum', soFar: 100 }, hit: { atLeast: 200, atMost: null } },
    rate: { needed: 10, recent: 8.5 },
    why: 'a total lacks 100 in 10 steps',
  },
  {
    given: { final: { kind: 'last' }, hit: { atLeast: 20, atMost: null } },
    rate: { needed: 0.5, recent: 1 },
    why: 'a level lacks 5 in 10 steps, and grew by one a step',
  },
  {
    given: { final: { kind: 'mean', soFar: 60, count: 10 }, hit: { atLeast: 8, atMost: null } },
    rate: { needed: 10, recent: 8.5 },
    why: 'a mean of 8 over 20 steps is a total of 160, and 100 of it are to come in 10',
  },
  {
    given: {
      final: { kind: 'share', met: 6, checks: 10, lower: 9, upper: null },
      hit: { atLeast: 0.75, atMost: null },
    },
    rate: { needed: 0.9, recent: 0.5 },
    why: '15 of 20 checks, and 9 of them are to come in 10; 7 of the last 14 met it',
  },
  { given: { hit: { atLeast: 1, atMost: 2 } }, rate: null, why: 'between two borders there is no rate' },
  { given: { remainingSteps: 0 }, rate: null, why: 'at the end there is none' },
])('$why', ({ given, rate }) => {
  expect(rateOf(question({ values, ...given }))).toEqual(rate);
});
