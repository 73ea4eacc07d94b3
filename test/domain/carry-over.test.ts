import { expect, it } from 'vitest';
import { carriedGoal } from '../../src/domain/carry-over.ts';
import { cycleState } from '../../src/domain/cycle-state.ts';
import type { Goal } from '../../src/domain/key-result.ts';

const ended = (startValue: number | null, targetValue: number | null, finalValue: number | null) => ({
  startValue,
  targetValue,
  finalValue,
});

it.each<{ why: string; goal: Goal; at: ReturnType<typeof ended>; next: unknown }>([
  {
    why: 'a level goes on from where it ended, to the same target',
    goal: { kind: 'reach', startValue: 10, targetValue: 50 },
    at: ended(10, 50, 34),
    next: { ok: true, goal: { kind: 'reach', startValue: 34, targetValue: 50 } },
  },
  {
    why: 'a level that nobody measured waits for its start',
    goal: { kind: 'reach', startValue: 10, targetValue: 50 },
    at: ended(10, 50, null),
    next: { ok: true, goal: { kind: 'reach', startValue: null, targetValue: 50 } },
  },
  {
    why: 'a change keeps the target that its baseline gave: -30 % of 20 is 14',
    goal: { kind: 'change', percent: -30, mode: 'relative', baselineValue: 20 },
    at: ended(20, 14, 17),
    next: { ok: true, goal: { kind: 'reach', startValue: 17, targetValue: 14 } },
  },
  {
    why: 'a change without a baseline is the same promise still',
    goal: { kind: 'change', percent: -30, mode: 'relative', baselineValue: null },
    at: ended(null, null, null),
    next: { ok: true, goal: { kind: 'change', percent: -30, mode: 'relative', baselineValue: null } },
  },
  {
    why: 'of a count goes on what is left: 20 - 9 = 11',
    goal: { kind: 'accumulate', targetValue: 20 },
    at: ended(0, 20, 9),
    next: { ok: true, goal: { kind: 'accumulate', targetValue: 11 } },
  },
  {
    why: 'a count that is full has nothing left',
    goal: { kind: 'accumulate', targetValue: 20 },
    at: ended(0, 20, 21),
    next: { ok: false, why: 'nothing_left' },
  },
  {
    why: 'only open steps go on',
    goal: {
      kind: 'milestone',
      steps: [
        { name: 'draft', weight: 1, doneOnDay: '2026-02-01' },
        { name: 'review', weight: 2, doneOnDay: null },
      ],
    },
    at: ended(0, 3, 1),
    next: { ok: true, goal: { kind: 'milestone', steps: [{ name: 'review', weight: 2, doneOnDay: null }] } },
  },
])('$why', ({ goal, at, next }) => {
  expect(carriedGoal(goal, at)).toEqual(next);
});

it('a cycle is closing from its end until somebody closes it', () => {
  const cycle = { startDay: '2026-01-01', endDay: '2026-04-01', timeZone: 'UTC' };
  const on = (today: string, closed = false) => cycleState(cycle, closed, today);
  expect([
    on('2025-12-31'),
    on('2026-01-01'),
    on('2026-03-31'),
    on('2026-04-01'),
    on('2026-04-01', true),
  ]).toEqual(['upcoming', 'running', 'running', 'closing', 'closed']);
});
