/** One Key Result in the progress of its Objective. `progress` null: it has no value, and takes no part. */
export type RollUpItem = { progress: number | null; weight: number };

/**
 * The weighted mean of the Key Results that have a value, each held between 0 and 1: one that doubled its target
 * cannot hide another that stands still, and one below its start counts as not begun.
 *
 * @returns `coverage`, the share of the weight that has a value; `value` is null when nothing has
 * @see Perdoo, "Is Key Result progress above 100 % counted in Objective success"
 */
export function objectiveProgress(
  items: readonly RollUpItem[],
): { value: number; coverage: number } | { value: null; reason: 'no_observation'; coverage: 0 } {
  let all = 0;
  let measured = 0;
  let sum = 0;
  for (const { progress, weight } of items) {
    all += weight;
    if (progress === null) continue;
    measured += weight;
    sum += weight * clamped(progress);
  }
  if (measured === 0) return { value: null, reason: 'no_observation', coverage: 0 };
  return { value: sum / measured, coverage: measured / all };
}

/** Progress as it is drawn, 0 to 1. What is stored stays unclamped. */
export function clamped(progress: number): number {
  return Math.min(Math.max(progress, 0), 1);
}
