import type { Goal } from './key-result.ts';

/** How a Key Result stood when its cycle was closed. Values are in the metric's unit; null: there was none. */
export type FinalStanding = {
  startValue: number | null;
  targetValue: number | null;
  finalValue: number | null;
};

export type CarriedGoal = { ok: true; goal: Goal } | { ok: false; why: 'target_reached' | 'nothing_left' };

/**
 * The goal with which an open Key Result goes on in the next cycle: from where it ended to the target it still has. A
 * change by a percentage keeps the target that its baseline gave, because the same percentage again would be another
 * promise; what is counted keeps what is left; a promise to hold or to repeat starts anew.
 */
export function carriedGoal(goal: Goal, { finalValue, startValue, targetValue }: FinalStanding): CarriedGoal {
  switch (goal.kind) {
    case 'reach':
      return onward(finalValue, goal.targetValue);
    case 'change':
      // Never captured: there is nothing yet to go on from.
      if (startValue === null || targetValue === null) return { ok: true, goal };
      return onward(finalValue, targetValue);
    case 'accumulate': {
      const left = goal.targetValue - (finalValue ?? 0);
      return left > 0
        ? { ok: true, goal: { ...goal, targetValue: left } }
        : { ok: false, why: 'nothing_left' };
    }
    case 'milestone': {
      const steps = goal.steps.filter((step) => step.doneOnDay === null);
      return steps.length > 0 ? { ok: true, goal: { ...goal, steps } } : { ok: false, why: 'nothing_left' };
    }
    case 'guardrail':
    case 'recurring':
      return { ok: true, goal };
  }
}

function onward(finalValue: number | null, targetValue: number): CarriedGoal {
  if (finalValue === targetValue) return { ok: false, why: 'target_reached' };
  return { ok: true, goal: { kind: 'reach', startValue: finalValue, targetValue } };
}
