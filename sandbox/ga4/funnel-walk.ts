import type { EpochSeconds } from '../model/time.ts';
import type { Hit } from './hits.ts';

export type WalkStep = {
  isDirectly: boolean; // nothing may lie between it and the step before
  withinSeconds: number | null; // of the step before
  test(hit: Hit): boolean;
};

/** How one user went through a funnel. */
export type Walk = {
  reached: boolean[]; // by step
  wentOn: boolean[]; // from the step to the next
  firstHit: Hit | null; // with which the user came in
};

/** A step that was just completed: where in the user's events, and by which way in. */
type Mark = { index: number; at: EpochSeconds; firstHit: Hit };

/**
 * Follows one user's events. A user may try as often as they like: for each step the latest completion is
 * remembered, because every limit counts from the step before, so what the latest cannot reach no earlier one can.
 *
 * @param events of one user, oldest first
 */
export function walkOf(events: readonly Hit[], steps: readonly WalkStep[], isOpen: boolean): Walk {
  const marks: (Mark | null)[] = steps.map(() => null);
  const walk: Walk = { reached: steps.map(() => false), wentOn: steps.map(() => false), firstHit: null };
  let deepest = -1;
  for (const [index, hit] of events.entries()) {
    // From the last step on, so that one event does not complete two.
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      const step = steps[at] as WalkStep; // `at` counts the steps
      if (!step.test(hit)) continue;
      const before = at === 0 ? null : (marks[at - 1] ?? null);
      const follows = before !== null && isInTime(step, before, hit, index);
      if (follows) walk.wentOn[at - 1] = true;
      if (!follows && at > 0 && !isOpen) continue;
      walk.reached[at] = true;
      const mark = { index, at: hit.at, firstHit: follows ? before.firstHit : hit };
      marks[at] = mark;
      if (at > deepest) [deepest, walk.firstHit] = [at, mark.firstHit];
    }
  }
  return walk;
}

function isInTime({ isDirectly, withinSeconds }: WalkStep, before: Mark, hit: Hit, index: number): boolean {
  if (isDirectly && before.index !== index - 1) return false;
  return withinSeconds === null || hit.at - before.at <= withinSeconds;
}
