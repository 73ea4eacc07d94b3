import { expect, it } from 'vitest';
import { createKeyResultSchema } from '../../src/api/contract.ts';
import { parseAmount, parseDurationMs } from '../../src/cli/amounts.ts';
import { type GoalFlags, goalOf } from '../../src/cli/kr-goal.ts';

// Oracle: the contract's own names; money by Stripe's table (JPY has no decimals, KWD three).
it.each([
  ['15000', 15_000],
  ['-5', -5],
  ['0', 0],
  ['4.5', 4.5],
  ['35%', 0.35],
  ['3.9 %', 0.039],
  ['1100.50 USD', 110_050],
  ['1100 jpy', 1100],
  ['1.234 KWD', 1234],
  ['0.29 usd', 29],
])('reads the amount %s as %d', (text, value) => {
  expect(parseAmount(text, '--to')).toBe(value);
});

it.each(['', 'many', '1,000', '1e5', '5 %%', '1.234 USD', '1.5 JPY', 'Infinity'])(
  'refuses the amount "%s" instead of guessing',
  (text) => {
    expect(() => parseAmount(text, '--to')).toThrow('--to');
  },
);

it.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['5m', 300_000],
  ['6h', 21_600_000],
  ['30d', 2_592_000_000],
])('reads %s as %d milliseconds', (text, ms) => {
  expect(parseDurationMs(text, '--timeout')).toBe(ms);
});

it.each<{ flags: GoalFlags; goal: unknown }>([
  { flags: { goal: 'reach', to: '15000' }, goal: { kind: 'reach', startValue: null, targetValue: 15_000 } },
  { flags: { goal: 'reach', from: '0', to: '10' }, goal: { kind: 'reach', startValue: 0, targetValue: 10 } },
  {
    flags: { goal: 'change', by: '-30' },
    goal: { kind: 'change', percent: -30, mode: 'relative', baselineValue: null },
  },
  {
    flags: { goal: 'change', by: '5%', points: true, from: '12%' },
    goal: { kind: 'change', percent: 5, mode: 'points', baselineValue: 0.12 },
  },
  { flags: { goal: 'accumulate', to: '500' }, goal: { kind: 'accumulate', targetValue: 500 } },
  {
    flags: { goal: 'guardrail', atMost: '300' },
    goal: { kind: 'guardrail', operator: 'at_most', lower: null, upper: 300, startValue: null },
  },
  {
    flags: { goal: 'guardrail', atLeast: '1', atMost: '3', method: 'latest' },
    goal: { kind: 'guardrail', operator: 'between', lower: 1, upper: 3, startValue: null, method: 'latest' },
  },
  {
    flags: { goal: 'milestone', steps: 'Draft, Review=2' },
    goal: {
      kind: 'milestone',
      steps: [
        { name: 'Draft', weight: 1, doneOnDay: null },
        { name: 'Review', weight: 2, doneOnDay: null },
      ],
    },
  },
  {
    flags: { goal: 'recurring', perPeriod: '3', period: 'week', periods: '12' },
    goal: { kind: 'recurring', perPeriod: 3, periodUnit: 'week', periods: 12, carryOver: false },
  },
])('makes of $flags a goal that the contract takes', ({ flags, goal }) => {
  const made = goalOf(flags);
  expect(made).toEqual(goal);
  const whole = { key: 'k', title: 't', objective: 'o', goal: made };
  expect(createKeyResultSchema.safeParse(whole).success).toBe(true);
});

it.each<{ flags: GoalFlags; says: string }>([
  { flags: { goal: 'reach' }, says: 'A reach goal needs --to' },
  { flags: { goal: 'recurring', perPeriod: '3' }, says: 'A recurring goal needs --period, --periods' },
  { flags: { goal: 'guardrail' }, says: 'A guardrail goal needs a bound' },
  { flags: { goal: 'reach', to: '1', by: '20' }, says: '--by does not belong to a reach goal' },
  { flags: { goal: 'recurring', perPeriod: '0', period: 'week', periods: '1' }, says: '--per-period "0"' },
  { flags: { goal: 'recurring', perPeriod: '1', period: 'year', periods: '1' }, says: '--period "year"' },
  { flags: { goal: 'grow', to: '1' }, says: 'There is no goal "grow"' },
])('refuses $flags and says why', ({ flags, says }) => {
  expect(() => goalOf(flags)).toThrow(says);
});
