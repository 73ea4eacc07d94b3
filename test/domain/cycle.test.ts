import { expect, it } from 'vitest';
import { createCycle, elapsed, elapsedDays, lastDay, totalDays } from '../../src/domain/cycle.ts';

const april = { startDay: '2026-04-01', endDay: '2026-05-01', timeZone: 'UTC' };

it('counts the days of a cycle without its end day', () => {
  expect([totalDays(april), lastDay(april)]).toEqual([30, '2026-04-30']);
});

// Oracle: Engagedly's help page, 1 to 30 April on 15 April is 50 %.
it.each([
  { day: '2026-03-31', days: 0, share: 0 },
  { day: '2026-04-01', days: 1, share: 1 / 30 },
  { day: '2026-04-15', days: 15, share: 0.5 },
  { day: '2026-04-30', days: 30, share: 1 },
  { day: '2026-06-01', days: 30, share: 1 },
])('at the close of $day $days of 30 days have passed', ({ day, days, share }) => {
  expect(elapsedDays(april, day)).toBe(days);
  expect(elapsed(april, day)).toBe(share);
});

it('says in one sentence that a cycle ends before it starts, with both days', () => {
  const result = createCycle('2026-07-01', '2026-06-30', 'UTC');
  expect(result).toEqual({
    ok: false,
    problem: 'The cycle ends on 2026-06-30, before it starts on 2026-07-01; the end must be the later day.',
  });
});

it.each([
  { start: '2026-07-01', end: '2026-07-01', zone: 'UTC', names: 'no day' },
  { start: '2026-02-30', end: '2026-07-01', zone: 'UTC', names: '2026-02-30' },
  { start: '2026-07-01', end: '2026-10-01', zone: 'Mars/Olympus', names: 'Mars/Olympus' },
])('refuses $start to $end in $zone, naming $names', ({ end, names, start, zone }) => {
  const result = createCycle(start, end, zone);
  expect(result.ok ? '' : result.problem).toContain(names);
});

it('takes a cycle of a single day', () => {
  expect(createCycle('2026-07-01', '2026-07-02', 'Asia/Shanghai').ok).toBe(true);
});
