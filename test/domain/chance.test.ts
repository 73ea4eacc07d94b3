import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Band,
  bandOf,
  type Chance,
  chanceBefore,
  halfLifeDays,
  smoothChance,
} from '../../src/domain/chance.ts';
import { addDays } from '../../src/domain/day.ts';

/** Smooths one raw chance a day, in order, as the evaluations of those days would. */
function series(days: [day: string, raw: number][], halfLife = 3): Chance {
  let kept: Chance | null = null;
  for (const [day, raw] of days) kept = smoothChance(kept, day, raw, halfLife);
  if (kept === null) throw new RangeError('a series has at least one day');
  return kept;
}

describe('smoothing by hand', () => {
  // A mean of logits is a weighted geometric mean of odds, odds = p / (1 - p). With half-life h and a gap of d days
  // the old odds weigh w = 0.5^(d / h), the new ones 1 - w.
  it.each([
    {
      why: 'a half-life later both count the same',
      // w = 1/2: logit = (ln 4 + ln 1) / 2 = ln 2, odds 2, p = 2/3.
      days: [
        ['2026-08-01', 0.8],
        ['2026-08-04', 0.5],
      ],
      halfLife: 3,
      smoothed: 2 / 3,
    },
    {
      why: 'two half-lives later the old one counts a quarter',
      // w = 1/4: logit = (ln 16 + 3 ln 1) / 4 = ln 2, odds 2, p = 2/3. Before: odds 16 is p = 16/17.
      days: [
        ['2026-08-01', 16 / 17],
        ['2026-08-07', 0.5],
      ],
      halfLife: 3,
      smoothed: 2 / 3,
    },
    {
      why: 'the next day moves it by a fifth',
      // w = 2^(-1/3) = 0.793701; logit = 0.793701 * 1.386294 + 0.206299 * (-1.386294) = 0.814311; odds 2.257619.
      days: [
        ['2026-08-01', 0.8],
        ['2026-08-02', 0.2],
      ],
      halfLife: 3,
      smoothed: 0.693027,
    },
    {
      why: 'three days in a row, one step after the other',
      // 1st: logit 0. 2nd, 3 days on: (0 + ln 9) / 2 = ln 3. 3rd, 3 days on: (ln 3 + ln 27) / 2 = ln 9, odds 9.
      days: [
        ['2026-08-01', 0.5],
        ['2026-08-04', 0.9],
        ['2026-08-07', 27 / 28],
      ],
      halfLife: 3,
      smoothed: 0.9,
    },
    {
      why: 'the first day is taken as it is',
      days: [['2026-08-01', 0.37]],
      halfLife: 3,
      smoothed: 0.37,
    },
    {
      why: 'a certain day is held at 0.995, so that it can be forgotten',
      // logit = (ln 1 + ln 199) / 2 = ln sqrt(199) = ln 14.106736; p = 14.106736 / 15.106736.
      days: [
        ['2026-08-01', 0.5],
        ['2026-08-04', 1],
      ],
      halfLife: 3,
      smoothed: 0.933804,
    },
    {
      why: 'a certain beginning is forgotten as well, downwards',
      // Held at 0.005, odds 1/199: logit = (-ln 199 + ln 1) / 2; p = 1 / 15.106736.
      days: [
        ['2026-08-01', 0],
        ['2026-08-04', 0.5],
      ],
      halfLife: 3,
      smoothed: 0.066196,
    },
  ] satisfies { why: string; days: [string, number][]; halfLife: number; smoothed: number }[])(
    '$why',
    ({ days, halfLife, smoothed }) => {
      expect(series(days, halfLife).smoothed).toBeCloseTo(smoothed, 6);
    },
  );

  it('keeps a certain first day as certain as it is', () => {
    expect(series([['2026-08-01', 1]])).toEqual({ asOfDay: '2026-08-01', raw: 1, smoothed: 1, trail: [] });
  });

  it('keeps the raw chance beside the smoothed one', () => {
    const days: [string, number][] = [
      ['2026-08-01', 0.8],
      ['2026-08-02', 0.2],
    ];
    expect(series(days).raw).toBe(0.2);
  });

  // From odds 16 (p = 16/17) to odds 1 (p = 1/2) over one step of the series: odds 16^w = 2^(4w).
  it.each([
    { step: 'day' as const, from: '2026-08-01', to: '2026-08-02', odds: 2 ** (4 * 0.5 ** (1 / 3)) },
    { step: 'week' as const, from: '2026-08-01', to: '2026-08-08', odds: 2 }, // two half-lives: w = 1/4
    { step: 'month' as const, from: '2026-09-01', to: '2026-10-01', odds: 2 }, // 30 days, two half-lives
    { step: 'hour' as const, from: '2026-08-01', to: '2026-08-02', odds: 2 ** (1 / 4) }, // four: w = 1/16
  ])('remembers less from one $step to the next, the longer it is', ({ from, odds, step, to }) => {
    const days: [string, number][] = [
      [from, 16 / 17],
      [to, 0.5],
    ];
    expect(series(days, halfLifeDays[step]).smoothed).toBeCloseTo(odds / (1 + odds), 12);
  });
});

describe('a day that is computed again', () => {
  const before: Chance = { asOfDay: '2026-08-01', raw: 0.8, smoothed: 0.8, trail: [] };

  it('replaces its first answer and is not smoothed with it', () => {
    const first = smoothChance(before, '2026-08-04', 0.1, 3);
    // The point was restated, the raw chance is now 0.5: w = 1/2, odds 2, as if 0.1 had never been.
    expect(smoothChance(first, '2026-08-04', 0.5, 3).smoothed).toBeCloseTo(2 / 3, 12);
  });

  it('gives the same answer after a gap longer than the trail', () => {
    const first = smoothChance(before, '2026-08-31', 0.5, 15);
    // 30 days, half-life 15: w = 1/4, odds 4^(1/4) = sqrt(2), p = 0.585786.
    expect(first.smoothed).toBeCloseTo(0.585786, 6);
    expect(smoothChance(first, '2026-08-31', 0.5, 15)).toEqual(first);
  });

  it('forgets the days after it when an earlier day is computed again', () => {
    const through = series([
      ['2026-08-01', 0.8],
      ['2026-08-04', 0.5],
      ['2026-08-07', 0.9],
    ]);
    expect(smoothChance(through, '2026-08-04', 0.5, 3)).toEqual({
      asOfDay: '2026-08-04',
      raw: 0.5,
      smoothed: expect.closeTo(2 / 3, 12),
      trail: [['2026-08-01', 0.8]],
    });
  });

  it('is the weighted mean of all logits so far, however often and with whatever gaps', () => {
    const moment = fc.record({
      gap: fc.integer({ min: 1, max: 40 }),
      raw: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      again: fc.integer({ min: 0, max: 3 }),
    });
    const halfLife = fc.constantFrom(0.25, 3, 3.5, 15);
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 40 }), halfLife, (moments, half) => {
        let day = '2026-01-01';
        let kept: Chance | null = null;
        // The same mean without recursion: every logit with the weight that all later days have left to it.
        const parts: { logit: number; weight: number }[] = [];
        for (const { again, gap, raw } of moments) {
          day = addDays(day, gap);
          const left = parts.length === 0 ? 0 : 0.5 ** (gap / half);
          for (const part of parts) part.weight *= left;
          parts.push({ logit: Math.log(raw / (1 - raw)), weight: 1 - left });
          for (let i = 0; i <= again; i += 1) kept = smoothChance(kept, day, raw, half);
          const mean = parts.reduce((sum, { logit, weight }) => sum + weight * logit, 0);
          expect(kept?.smoothed).toBeCloseTo(1 / (1 + Math.exp(-mean)), 9);
          expect(kept?.trail.length).toBeLessThanOrEqual(14);
        }
      }),
    );
  });
});

describe('the trail', () => {
  const daily = (count: number): Chance =>
    series(Array.from({ length: count }, (_, i) => [addDays('2026-08-01', i), i % 2 === 0 ? 0.4 : 0.6]));

  it('holds the fourteen days before, oldest first, and not the day itself', () => {
    const days = daily(30).trail.map(([day]) => day);
    expect(days).toEqual(Array.from({ length: 14 }, (_, i) => addDays('2026-08-16', i))); // 16 to 29 August
  });

  it('keeps the newest day however long ago it was, and nothing older', () => {
    const { trail } = smoothChance(daily(5), '2026-10-01', 0.5, 3);
    expect(trail.map(([day]) => day)).toEqual(['2026-08-05']);
  });

  it('says what the chance was a week ago', () => {
    // The day before the eighth was the first; the second one is 0.693027, as above.
    const kept = series([
      ['2026-08-01', 0.8],
      ['2026-08-02', 0.2],
      ['2026-08-08', 0.2],
      ['2026-08-09', 0.2],
    ]);
    expect(chanceBefore(kept, 7)).toBeCloseTo(0.693027, 6);
    expect(chanceBefore(kept, 8)).toBe(0.8);
  });

  it('takes the last day before where that very day is missing', () => {
    const kept = series([
      ['2026-08-01', 0.8],
      ['2026-08-10', 0.2],
    ]);
    expect(chanceBefore(kept, 7)).toBe(0.8);
  });

  it('says nothing of a time before the first day', () => {
    const kept = series([
      ['2026-08-04', 0.8],
      ['2026-08-10', 0.2],
    ]);
    expect(chanceBefore(kept, 7)).toBeNull();
    expect(chanceBefore(series([['2026-08-04', 0.8]]), 7)).toBeNull();
  });
});

describe('the band of a chance', () => {
  // Borders 0.60 and 0.30; a change needs 0.05 more: up at 0.65 and 0.35, down below 0.55 and below 0.25.
  it.each<{ chance: number; none: Band; on: Band; risk: Band; off: Band }>([
    { chance: 0.66, none: 'on_track', on: 'on_track', risk: 'on_track', off: 'on_track' },
    { chance: 0.65, none: 'on_track', on: 'on_track', risk: 'on_track', off: 'on_track' },
    { chance: 0.6499, none: 'on_track', on: 'on_track', risk: 'at_risk', off: 'at_risk' },
    { chance: 0.6, none: 'on_track', on: 'on_track', risk: 'at_risk', off: 'at_risk' },
    { chance: 0.5999, none: 'at_risk', on: 'on_track', risk: 'at_risk', off: 'at_risk' },
    { chance: 0.55, none: 'at_risk', on: 'on_track', risk: 'at_risk', off: 'at_risk' },
    { chance: 0.5499, none: 'at_risk', on: 'at_risk', risk: 'at_risk', off: 'at_risk' },
    { chance: 0.35, none: 'at_risk', on: 'at_risk', risk: 'at_risk', off: 'at_risk' },
    { chance: 0.3499, none: 'at_risk', on: 'at_risk', risk: 'at_risk', off: 'off_track' },
    { chance: 0.3, none: 'at_risk', on: 'at_risk', risk: 'at_risk', off: 'off_track' },
    { chance: 0.2999, none: 'off_track', on: 'at_risk', risk: 'at_risk', off: 'off_track' },
    { chance: 0.25, none: 'off_track', on: 'at_risk', risk: 'at_risk', off: 'off_track' },
    { chance: 0.2499, none: 'off_track', on: 'off_track', risk: 'off_track', off: 'off_track' },
    { chance: 0, none: 'off_track', on: 'off_track', risk: 'off_track', off: 'off_track' },
  ])(
    'at $chance is $none; after on track $on, after at risk $risk, after off track $off',
    ({ chance, none, off, on, risk }) => {
      expect(bandOf(chance, null)).toBe(none);
      expect(bandOf(chance, 'on_track')).toBe(on);
      expect(bandOf(chance, 'at_risk')).toBe(risk);
      expect(bandOf(chance, 'off_track')).toBe(off);
    },
  );

  it('does not change to and fro while the chance swings within the margin', () => {
    const bands: Band[] = [];
    for (const chance of [0.62, 0.58, 0.62, 0.58, 0.54, 0.62, 0.58, 0.66]) {
      bands.push(bandOf(chance, bands.at(-1) ?? null));
    }
    expect(bands).toEqual([
      'on_track',
      'on_track',
      'on_track',
      'on_track',
      'at_risk',
      'at_risk',
      'at_risk',
      'on_track',
    ]);
  });
});
