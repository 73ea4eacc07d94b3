import { expect, it } from 'vitest';
import { decidedOutcome } from '../../../src/domain/forecast/decided.ts';
import type { ForecastQuestion } from '../../../src/domain/forecast/types.ts';
import { question } from './support/question.ts';

const sum = (soFar: number): ForecastQuestion['final'] => ({ kind: 'sum', soFar });
const share = (met: number, checks: number): ForecastQuestion['final'] => ({
  kind: 'share',
  met,
  checks,
  lower: 1,
  upper: null,
});
const atLeast = (target: number): ForecastQuestion['hit'] => ({ atLeast: target, atMost: null });
const atMost = (target: number): ForecastQuestion['hit'] => ({ atLeast: null, atMost: target });

it.each<{ why: string; given: Partial<ForecastQuestion>; outcome: 'hit' | 'miss' | null }>([
  {
    why: 'a total that only grows has reached it',
    given: { final: sum(100), hit: atLeast(100) },
    outcome: 'hit',
  },
  { why: 'it has not yet', given: { final: sum(99), hit: atLeast(100) }, outcome: null },
  {
    why: 'it may still fall',
    given: { final: sum(100), hit: atLeast(100), nonNegative: false },
    outcome: null,
  },
  { why: 'a budget is burst', given: { final: sum(101), hit: atMost(100) }, outcome: 'miss' },
  { why: 'a budget is used up, and not burst', given: { final: sum(100), hit: atMost(100) }, outcome: null },
  // 10 steps remain: at best 18 / 20 = 0.9, at worst 8 / 20 = 0.4.
  {
    why: 'no share of 0.95 can be reached any more',
    given: { final: share(8, 10), hit: atLeast(0.95) },
    outcome: 'miss',
  },
  { why: 'a share of 0.9 just can', given: { final: share(8, 10), hit: atLeast(0.9) }, outcome: null },
  {
    why: 'a share of 0.4 cannot be lost any more',
    given: { final: share(8, 10), hit: atLeast(0.4) },
    outcome: 'hit',
  },
  { why: 'a level is open to the end', given: { hit: atLeast(5) }, outcome: null },
  {
    why: 'at the deadline the newest value decides',
    given: { remainingSteps: 0, hit: atLeast(11) },
    outcome: 'hit',
  },
  { why: 'and decides against it, too', given: { remainingSteps: 0, hit: atLeast(11.5) }, outcome: 'miss' },
  {
    why: 'at the deadline a trailing mean takes what was observed: (12 + 11) / 2',
    given: { remainingSteps: 0, final: { kind: 'trailing_mean', steps: 2 }, hit: atLeast(11.5) },
    outcome: 'hit',
  },
])('$why: $outcome', ({ given, outcome }) => {
  expect(decidedOutcome(question(given))).toBe(outcome);
});
