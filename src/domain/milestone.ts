import type { Goal } from './key-result.ts';

type MilestoneGoal = Extract<Goal, { kind: 'milestone' }>;

/** The weight of the steps that were done by the close of `asOfDay`, and its share of all. One step is done or not. */
export function milestoneProgress(goal: MilestoneGoal, asOfDay: string): { done: number; value: number } {
  let done = 0;
  let all = 0;
  for (const step of goal.steps) {
    all += step.weight;
    if (step.doneOnDay !== null && step.doneOnDay <= asOfDay) done += step.weight;
  }
  return { done, value: done / all };
}

/**
 * The share of steps that a straight line would have finished, taking them in order. A step has no half: a single
 * one is expected on the last day, not to be 60 % done after 60 % of the cycle.
 */
export function expectedSteps(goal: MilestoneGoal, lineProgress: number): number {
  const all = goal.steps.reduce((sum, step) => sum + step.weight, 0);
  let finished = 0;
  for (const step of goal.steps) {
    if ((finished + step.weight) / all > lineProgress + 1e-9) break;
    finished += step.weight;
  }
  return finished / all;
}
