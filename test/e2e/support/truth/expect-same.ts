import { expect } from 'vitest';

type Shown = number | null | undefined;

/**
 * The same number: whole ones to the last digit, others to the ten digits that every source keeps. Null is no number.
 * `bounds`: it lies between them, because nobody tells more.
 */
export function expectSame(
  shown: Shown,
  truth: Shown,
  what: string,
  bounds: { low: number; high: number } | null = null,
): void {
  if (bounds !== null) {
    expect(shown, what).toBeGreaterThanOrEqual(bounds.low * (1 - 1e-10));
    expect(shown, what).toBeLessThanOrEqual(bounds.high * (1 + 1e-10));
    return;
  }
  if (typeof shown !== 'number' || typeof truth !== 'number' || Number.isInteger(truth)) {
    expect(truth, `the SQL knows ${what}`).not.toBeUndefined();
    expect(shown, what).toBe(truth);
  } else {
    expect(shown / truth, `${what}: ${shown} for ${truth}`).toBeCloseTo(1, 10);
  }
}
