import fc from 'fast-check';
import type { MetricWindow } from '../../../src/domain/catalog/index.ts';
import { addDays, dayStart } from '../../../src/domain/day.ts';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { eventNames, type Place } from './asks.ts';

const halfHourMs = 1_800_000;
const dayMs = 86_400_000;
/** Days before and after the place's own, on which something may happen. */
const [daysBefore, daysAfter] = [14, 24];

/** People with one day or many, with long gaps between them; some days begin at midnight exactly, or just before it. */
export function livesNear({ startDay, timeZone }: Place): fc.Arbitrary<ProductEvent[]> {
  const did = fc.record({
    event: fc.constantFrom(...eventNames),
    halfHours: fc.integer({ min: 0, max: 50 }), // the longest days have 25 hours
    shiftMs: fc.constantFrom(-1, 0, 0, 0, 1),
    p: fc.constantFrom('k1', 'k2', '7'),
  });
  const day = fc.record({
    day: fc.integer({ min: -daysBefore, max: daysAfter }),
    done: fc.array(did, { minLength: 1, maxLength: 3 }),
  });
  const life = fc.oneof(
    { weight: 1, arbitrary: fc.array(day, { minLength: 1, maxLength: 1 }) },
    { weight: 3, arbitrary: fc.array(day, { minLength: 2, maxLength: 14, size: 'max' }) },
  );
  return fc.array(life, { minLength: 3, maxLength: 8, size: 'max' }).map((lives) =>
    lives.flatMap((days, person) =>
      days.flatMap(({ day: offset, done }) =>
        done.map(({ event, halfHours, p, shiftMs }): ProductEvent => {
          const midnightMs = dayStart(addDays(startDay, offset), timeZone).getTime();
          const at = new Date(midnightMs + halfHours * halfHourMs + shiftMs);
          return { id: null, userId: `person ${person}`, event, at, properties: { p } };
        }),
      ),
    ),
  );
}

/**
 * Ten to forty windows, each a day later than the one before, of days as they are asked for one after the other; from
 * before anything happened to after it. Asked in the order of days, or in any; a window may be asked for twice.
 */
export function trailingNear(
  { startDay, timeZone }: Place,
  kind: 'period' | 'cohort',
): fc.Arbitrary<MetricWindow[]> {
  return fc
    .record({
      count: fc.integer({ min: 10, max: 40 }),
      first: fc.integer({ min: -40, max: daysAfter }),
      days: fc.constantFrom(1, 2, 3, 4, 7, 7, 14, 28),
      judgedAfterDays: fc.integer({ min: 0, max: 9 }),
      order: fc.constantFrom('by day', 'by day', 'any', 'twice'),
    })
    .chain(({ count, days, first, judgedAfterDays, order }) => {
      const windows = Array.from({ length: count }, (_, index): MetricWindow => {
        const startsOn = addDays(startDay, first + index);
        const span = { startDay: startsOn, endDay: addDays(startsOn, days), timeZone };
        if (kind === 'period') return { kind, ...span };
        const endMs = dayStart(span.endDay, timeZone).getTime();
        return { kind, ...span, asOfAt: new Date(endMs + judgedAfterDays * dayMs) };
      });
      if (order === 'twice') return fc.constant([...windows, ...windows.slice(0, 3)]);
      if (order === 'by day') return fc.constant(windows);
      return fc.shuffledSubarray(windows, { minLength: count });
    });
}

/** Windows of which none begins or ends before the one before it, of any length, and by any number of days. */
export function growingNear({ startDay, timeZone }: Place): fc.Arbitrary<MetricWindow[]> {
  const steps = fc.array(
    fc.record({ start: fc.integer({ min: 0, max: 2 }), end: fc.integer({ min: 0, max: 2 }) }),
    {
      minLength: 10,
      maxLength: 25,
      size: 'max',
    },
  );
  return steps.map((moves) => {
    let [from, until] = [-daysBefore, -daysBefore + 3];
    return moves.map((move): MetricWindow => {
      until += move.end;
      from = Math.min(from + move.start, until - 1);
      return {
        kind: 'period',
        startDay: addDays(startDay, from),
        endDay: addDays(startDay, until),
        timeZone,
      };
    });
  });
}
