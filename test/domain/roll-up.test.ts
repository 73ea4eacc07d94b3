import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { objectiveProgress, treeProgress } from '../../src/domain/roll-up.ts';

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

const node = (id: string, parentId: string | null, progress: (number | null)[], weight = 1) => ({
  id,
  parentId,
  weight,
  items: progress.map((each) => ({ progress: each, weight: 1 })),
});

it('a parent is the mean of its own Key Results and its child objectives, each as one item', () => {
  // Published shape (Quantive): (27 + 18 + child 73) / 3 = 39.33; the child is (46 + 100) / 2 = 73.
  const tree = [node('parent', null, [0.27, 0.18]), node('child', 'parent', [0.46, 1])];
  expect(treeProgress(tree).get('parent')?.value).toBeCloseTo((0.27 + 0.18 + 0.73) / 3, 12);
  expect(treeProgress(tree, 'key_results_only').get('parent')?.value).toBeCloseTo(0.225, 12);
  expect(treeProgress(tree).get('child')?.value).toBeCloseTo(0.73, 12);
});

it('weighs a child by its own weight, and leaves one without a value out', () => {
  // (1 × 0.2 + 3 × 0.6) / 4 = 0.5
  const tree = [
    node('parent', null, [0.2]),
    node('child', 'parent', [0.6], 3),
    node('empty', 'parent', [null]),
  ];
  const parent = treeProgress(tree).get('parent');
  expect(parent?.value).toBeCloseTo(0.5, 12);
  // 1 and 3 of a weight of 5 have a value.
  expect(parent?.coverage).toBeCloseTo(0.8, 12);
});

it('ends where objectives are each other’s parents', () => {
  const loop = [node('a', 'b', [0.5]), node('b', 'a', [1])];
  for (const { value } of treeProgress(loop).values()) expect(value).not.toBeNull();
});
