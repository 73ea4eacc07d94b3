import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectiveProgress } from '../../src/domain/roll-up.ts';

it('C6 and C7: one Key Result cannot make up for another, in either direction', () => {
  // 2.5 counts as 1 and -0.5 as 0: (1 + 0 + 0.5) / 3.
  const items = [2.5, -0.5, 0.5].map((progress) => ({ progress, weight: 1 }));
  expect(objectiveProgress(items)).toEqual({ value: 0.5, coverage: 1 });
});

it('has no progress when no Key Result has', () => {
  expect(objectiveProgress([{ progress: null, weight: 1 }])).toEqual({
    value: null,
    reason: 'no_observation',
    coverage: 0,
  });
  expect(objectiveProgress([])).toMatchObject({ value: null });
});

it('stays between nothing and everything', () => {
  const item = fc.record({
    progress: fc.option(fc.double({ min: -5, max: 5, noNaN: true })),
    weight: fc.double({ min: 0.01, max: 10, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 1 }), (items) => {
      const { coverage, value } = objectiveProgress(items);
      for (const share of [coverage, value ?? 0]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});
