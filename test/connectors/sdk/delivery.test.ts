import { describe, expect, it } from 'vitest';
import { durationPoint, quotientPoint, STATISTICS, shiftDay } from '../../../connectors/sdk/delivery.ts';
import { nearNames } from '../../../connectors/sdk/near-names.ts';
import { durationOf } from '../../../src/domain/delivery/durations.ts';

/** A small generator with a seed, so that a failure can be looked at again. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48_271) % 2_147_483_647) yield state;
}

describe('how long things took', () => {
  // The catalogue's own arithmetic is the oracle: connectors may not import it, so theirs must not drift away from it.
  it.each(STATISTICS)('is the catalogue’s %s of the same stretches', (stat) => {
    const random = numbers(20_260_301);
    const next = () => random.next().value as number; // it never ends
    for (let size = 1; size <= 60; size += 1) {
      const stretches = Array.from({ length: size }, () => {
        const startMs = 1_772_000_000_000 + (next() % 1_000_000_000);
        return { startMs, endMs: startMs + (next() % 900_000_000) - 30_000_000 };
      });
      const records = stretches.map(({ endMs, startMs }) => ({
        startedAt: new Date(startMs),
        finishedAt: new Date(endMs),
      }));
      const point = durationPoint('2026-03-01', stretches, stat);
      const expected = durationOf(records, stat, 1_000).value;
      if (expected === null) expect(point.value).toBeNull();
      else expect(Number(point.value)).toBeCloseTo(expected, 6);
    }
  });

  it('has no value of nothing, and no exponent of a little', () => {
    expect(durationPoint('2026-03-01', [], 'mean')).toEqual({
      day: '2026-03-01',
      value: null,
      reason: 'zero_denominator',
      denominator: '0',
    });
    expect(quotientPoint('2026-03-01', 1, 10_000_000).value).toBe('0.0000001');
    expect(quotientPoint('2026-03-01', 0, 4).value).toBe('0');
  });
});

it('counts calendar days across a leap day and a clock change', () => {
  expect(shiftDay('2028-02-28', 2)).toBe('2028-03-01');
  expect(shiftDay('2026-03-30', -2)).toBe('2026-03-28');
});

it('finds names that somebody may have meant', () => {
  expect(nearNames(['bug', 'Feature', 'user interview'], 'UserInterviw')).toEqual(['user interview']);
});
