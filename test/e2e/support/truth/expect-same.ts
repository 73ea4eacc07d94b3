import { expect } from 'vitest';

type Shown = number | null | undefined;

/** The same number: whole ones to the last digit, others to the ten digits that every source keeps. Null is no number. */
export function expectSame(shown: Shown, truth: Shown, what: string): void {
  if (typeof shown !== 'number' || typeof truth !== 'number' || Number.isInteger(truth)) {
    expect(truth, `the SQL knows ${what}`).not.toBeUndefined();
    expect(shown, what).toBe(truth);
  } else {
    expect(shown / truth, `${what}: ${shown} for ${truth}`).toBeCloseTo(1, 10);
  }
}
