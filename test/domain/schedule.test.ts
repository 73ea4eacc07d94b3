import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../src/domain/day.ts';
import { nextSlot, type Schedule } from '../../src/domain/schedule.ts';

const hourly: Schedule = { kind: 'interval', everyMinutes: 60, anchor: new Date('2026-01-01T00:07:00Z') };

describe('an interval', () => {
  it.each([
    { now: '2026-08-12T10:00:00Z', next: '2026-08-12T10:07:00.000Z', why: 'the next aligned minute' },
    { now: '2026-08-12T10:07:00Z', next: '2026-08-12T11:07:00.000Z', why: 'strictly after a slot' },
    { now: '2026-08-15T23:59:59Z', next: '2026-08-16T00:07:00.000Z', why: 'no slot made up after days off' },
    { now: '2025-12-31T12:00:00Z', next: '2025-12-31T12:07:00.000Z', why: 'in phase before its anchor too' },
  ])('runs at $next after $now: $why', ({ next, now }) => {
    expect(nextSlot(hourly, new Date(now)).toISOString()).toBe(next);
  });

  it('refuses an interval of nothing', () => {
    expect(() => nextSlot({ ...hourly, everyMinutes: 0 }, new Date('2026-08-12T10:00:00Z'))).toThrow(
      RangeError,
    );
  });
});

describe('a daily slot', () => {
  const slots = (at: string, timeZone: string, from: string, count: number): Date[] => {
    const found: Date[] = [];
    let now = new Date(from);
    for (let i = 0; i < count; i += 1) {
      now = nextSlot({ kind: 'daily', at, timeZone }, now);
      found.push(now);
    }
    return found;
  };

  it('runs at 02:30 on the day Lord Howe has no 02:15, and loses no day', () => {
    // Clocks go from 02:00 to 02:30 on 4 Oct 2026: +10:30 before, +11 after.
    expect(
      slots('02:15', 'Australia/Lord_Howe', '2026-10-02T00:00:00Z', 3).map((at) => at.toISOString()),
    ).toEqual(['2026-10-02T15:45:00.000Z', '2026-10-03T15:30:00.000Z', '2026-10-04T15:15:00.000Z']);
  });

  it('runs once on the day 02:30 comes twice', () => {
    expect(slots('02:30', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2).map((at) => at.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it('gives every local day exactly one slot, at most 25 hours apart, through every change of clocks', () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${`${h}`.padStart(2, '0')}:${`${m}`.padStart(2, '0')}`);
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(clock, zone, (at, timeZone) => {
        const found = slots(at, timeZone, '2026-01-01T12:00:00Z', 366);
        const days = found.map((slot) => localDay(slot, timeZone));
        expect(new Set(days).size).toBe(366);
        found.slice(1).forEach((slot, index) => {
          const gap = slot.getTime() - (found[index]?.getTime() ?? 0);
          expect(gap).toBeLessThanOrEqual(25 * 3_600_000);
        });
      }),
      { numRuns: 12 },
    );
  });

  it('gives the day that Apia skipped no slot, and the one after it one', () => {
    const days = slots('09:00', 'Pacific/Apia', '2011-12-28T00:00:00Z', 4).map((at) =>
      localDay(at, 'Pacific/Apia'),
    );
    expect(days).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it.each(['24:00', '9:00', '09:60', ''])('refuses "%s" as a time of day', (at) => {
    expect(() => nextSlot({ kind: 'daily', at, timeZone: 'UTC' }, new Date(0))).toThrow(RangeError);
  });
});
