import { expect, it } from 'vitest';
import { answer, vectorsOf } from './measure.ts';

const vectors = ['satisfaction', 'delivery', 'engagement'].flatMap(vectorsOf);

it('reads every vector of the three files that is about surveys, tickets, delivery or learning', () => {
  // 16 of satisfaction less the one about events, all 10 of delivery, 3 about support.
  expect(vectors).toHaveLength(15 + 10 + 3);
});

it.each(vectors)('$id: $description', (found) => {
  const { expected } = found;
  const { unit, ...measured } = answer(found);
  expect(unit).toBe(expected.unit);
  if (expected.value === null) {
    expect(measured).toMatchObject({ value: null, reason: expected.reason });
  } else {
    expect(Math.abs(Number(measured.value) - expected.value)).toBeLessThanOrEqual(expected.tolerance);
    expect(measured.value).not.toBeNull();
  }
});
