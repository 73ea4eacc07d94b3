import { describe, expect, it } from 'vitest';
import { checkParams, checkWindowRule, findMetric } from '../../../src/domain/catalog/index.ts';
import type { Cycle } from '../../../src/domain/cycle.ts';
import { addDays, addMonths } from '../../../src/domain/day.ts';
import { answer, type KeyResultDraft, readText } from '../../../src/domain/draft/index.ts';
import { checkGoal } from '../../../src/domain/goal.ts';
import type { Goal } from '../../../src/domain/key-result.ts';
import type { Observation } from '../../../src/domain/metric.ts';
import { progressOf } from '../../../src/domain/progress.ts';
import { withBaseline } from '../../../src/domain/snapshot.ts';
import casebook from './fixtures/casebook-progress.json' with { type: 'json' };

/**
 * From the sentence to the number: each Key Result of the casebook is read from its text, becomes a goal, is given the
 * casebook's baseline and current value, and comes to the casebook's progress.
 */
type Row = (typeof casebook)[number];
const cycle: Cycle = { startDay: '2026-01-01', endDay: '2026-04-01', timeZone: 'UTC' };
const asOfDay = '2026-03-31';

/** What the owner says where the text does not: the readings that the casebook works out. */
const answers: Record<string, string> = { K16: 'per_quarter', K36: 'contraction', K42: 'share_each_month' };

function draftOf({ id, text }: Row): KeyResultDraft {
  const [draft] = readText(text, { cycle }).keyResults;
  if (draft === undefined) throw new Error(`${id} was not read`);
  const option = answers[id];
  return option === undefined ? draft : answer(draft, option);
}

function goalOf(row: Row): Goal {
  const { goal } = draftOf(row);
  if (goal === null) throw new Error(`${row.id} has no goal`);
  return goal.kind === 'change' ? withBaseline(goal, row.baseline ?? Number.NaN) : goal;
}

const point = (day: string, value: number): Observation => ({
  day,
  value,
  numerator: null,
  denominator: null,
});

/** The casebook writes percent as 0..100, money in whole units and durations in minutes: the goal says what that is here. */
function scaleOf(row: Row, goal: Goal): number {
  return goal.kind === 'reach' && row.target !== undefined ? goal.targetValue / row.target : 1;
}

/** The casebook's `current` as the points that it stands for. */
function pointsOf(row: Row, goal: Goal): Observation[] {
  const current = row.current ?? 0;
  switch (goal.kind) {
    case 'guardrail':
      // K42: two of three months hold the share.
      return Array.from({ length: row.months ?? 0 }, (_, month) =>
        point(addDays(addMonths(cycle.startDay, month + 1), -1), month < (row.months_ok ?? 0) ? 0.1 : 0.05),
      );
    case 'recurring':
      // One a week: the week's first day.
      return Array.from({ length: current }, (_, week) => point(addDays(cycle.startDay, 7 * week), 1));
    case 'milestone':
      return [];
    default:
      return [point(asOfDay, current * scaleOf(row, goal))];
  }
}

/** Steps are ticked in the order in which they are listed, for as much as the casebook says is done. */
function withSteps(row: Row, goal: Goal): Goal {
  if (goal.kind !== 'milestone') return goal;
  const done = Math.round((row.current ?? 0) * goal.steps.length);
  const steps = goal.steps.map((step, at) => ({ ...step, doneOnDay: at < done ? '2026-02-01' : null }));
  return { ...goal, steps };
}

describe('the 57 Key Results of the casebook', () => {
  it('are all there', () => {
    expect(casebook).toHaveLength(57);
  });

  it.each(casebook)('$id comes to a progress of $progress', (row) => {
    const goal = withSteps(row, goalOf(row));
    const isCounted = goal.kind === 'accumulate' || goal.kind === 'recurring';
    const reading = progressOf(goal, pointsOf(row, goal), asOfDay, cycle, {
      kind: isCounted ? 'flow' : 'stock',
      everyDayExpected: false,
    });
    expect(reading.value).toBeCloseTo(row.progress, 3);
  });

  it.each(casebook)('$id is a goal that can be kept', (row) => {
    expect(checkGoal(goalOf(row), draftOf(row).unit)).toEqual([]);
  });

  it.each(casebook)('$id proposes a metric that the catalogue has, over a window that it has', (row) => {
    const { metric, question } = readText(row.text, { cycle }).keyResults[0] as KeyResultDraft; // read above
    const options = question?.options.map(({ becomes }) => becomes.metric ?? metric) ?? [metric];
    for (const proposed of options) {
      if (proposed === null) continue;
      const found = findMetric(proposed.key);
      expect(found, proposed.key).not.toBeNull();
      if (found === null) continue;
      expect(checkWindowRule(found, proposed.window)).toBeNull();
      // Names of events and labels are the owner's to say; whatever is proposed has to be one of the metric's own.
      const checked = checkParams(found, proposed.params);
      const wrong = checked.ok
        ? []
        : checked.problems.filter(({ problem }) => !problem.includes('is missing'));
      expect(wrong).toEqual([]);
    }
  });
});
