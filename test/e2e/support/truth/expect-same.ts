import { expect } from 'vitest';

type Shown = number | null | undefined;

/**
 * The same number: whole ones to the last digit, others to the ten digits that every source keeps. Null is no number.
 * `slack`: by which share it may differ.
 */
export function expectSame(shown: Shown, truth: Shown, what: string, slack = 0): void {
  if (slack > 0 && typeof shown === 'number' && typeof truth === 'number') {
    expect(Math.abs(shown - truth), `${what}: ${shown} for ${truth}`).toBeLessThanOrEqual(
      slack * Math.abs(truth),
    );
    return;
  }
  if (typeof shown !== 'number' || typeof truth !== 'number' || Number.isInteger(truth)) {
    expect(truth, `the SQL knows ${what}`).not.toBeUndefined();
    expect(shown, what).toBe(truth);
  } else {
    expect(shown / truth, `${what}: ${shown} for ${truth}`).toBeCloseTo(1, 10);
  }
}
