import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/day.ts';
import type { Goal } from '../../src/domain/key-result.ts';
import { graceDays, paceStatus, type StatusInput } from '../../src/domain/status.ts';

// 100 days, so that the expected progress of a straight line is the day's number in hundredths.
const cycle = { startDay: '2026-07-01', endDay: '2026-10-09', timeZone: 'UTC' };
const nth = (n: number) => addDays(cycle.startDay, n - 1);
const reach: Goal = { kind: 'reach', startValue: 0, targetValue: 100 };
const guardrail: Goal = {
  kind: 'guardrail',
  operator: 'at_most',
  lower: null,
  upper: 300,
  method: 'share_of_checks',
  checksPlanned: null,
  startValue: null,
};
const fresh = { state: 'fresh', tooOld: null } as const;

const input = (over: Partial<StatusInput> = {}): StatusInput => ({
  goal: reach,
  unit: 'count',
  cycle,
  today: nth(51),
  asOfDay: nth(50),
  progress: { value: 0.5 },
  expected: 0.5,
  kept: null,
  missingDays: 0,
  closed: false,
  data: fresh,
  previous: null,
  ...over,
});
const judged = (progress: number, expected: number) =>
  paceStatus(input({ progress: { value: progress }, expected }));

describe('the pace rule', () => {
  // on_track: gap >= -0.10 or ratio >= 0.90; off_track: gap < -0.30 and ratio < 0.70.
  it.each([
    { progress: 0.5, expected: 0.5, state: 'on_track', why: 'as planned' },
    {
      progress: 0.7,
      expected: 0.8,
      state: 'on_track',
      why: 'C3: exactly 10 points behind is still on track',
    },
    { progress: 0.699, expected: 0.8, state: 'at_risk', why: 'C3: a hair more than 10 points behind is not' },
    { progress: 0.9, expected: 1, state: 'on_track', why: 'C3: exactly 90 % of the pace' },
    { progress: 1.08, expected: 1.2, state: 'on_track', why: '90 % of the pace although 12 points behind' },
    {
      progress: 0.05,
      expected: 0.15,
      state: 'on_track',
      why: 'early, 10 points are a third of the pace: the gap decides',
    },
    {
      progress: 0.3,
      expected: 0.6,
      state: 'at_risk',
      why: 'C3: exactly 30 points behind is not off track yet',
    },
    { progress: 0.299, expected: 0.6, state: 'off_track', why: 'more than 30 points and half the pace' },
    { progress: 0.7, expected: 1.01, state: 'off_track', why: '31 points behind at 69 % of the pace' },
    { progress: 0.75, expected: 1.06, state: 'at_risk', why: '31 points behind, but above 70 % of the pace' },
    { progress: 0, expected: 0.29, state: 'at_risk', why: 'no pace at all, but only 29 points behind' },
    { progress: -0.2, expected: 0.2, state: 'off_track', why: 'moved away from the target' },
    { progress: 1.4, expected: 0.5, state: 'on_track', why: 'ahead is never a problem' },
  ])('$progress of $expected expected is $state: $why', ({ expected, progress, state }) => {
    expect(judged(progress, expected).state).toBe(state);
  });

  it('gives its arithmetic with every verdict', () => {
    expect(judged(0.25, 0.75)).toEqual({
      state: 'off_track',
      asOfDay: nth(50),
      lastKnown: null,
      reason: {
        code: 'far_behind_pace',
        values: {
          progress: 0.25,
          expected: 0.75,
          gap: -0.5,
          ratio: 0.25 / 0.75,
          asOfDay: nth(50),
          missingDays: 0,
          elapsedDays: 50,
          totalDays: 100,
        },
      },
    });
  });

  it('has no ratio where nothing is expected yet, and judges by the gap', () => {
    expect(judged(-0.2, 0).reason.values).toMatchObject({ ratio: null, gap: -0.2 });
    expect(judged(-0.2, 0).state).toBe('at_risk');
    expect(judged(-0.4, 0).state).toBe('off_track');
  });
});

describe('the share of periods kept has the same borders', () => {
  it.each([
    { met: 27, periods: 30, state: 'on_track' },
    { met: 26, periods: 30, state: 'at_risk' },
    { met: 21, periods: 30, state: 'at_risk' },
    { met: 20, periods: 30, state: 'off_track' },
    { met: 0, periods: 30, state: 'off_track' },
  ])('$met of $periods is $state', ({ met, periods, state }) => {
    const share = met / periods;
    const status = paceStatus(
      input({ goal: guardrail, progress: { value: share }, kept: { met, periods, share } }),
    );
    expect(status.state).toBe(state);
    expect(status.reason.values).toMatchObject({ met, periods, share });
  });
});

describe('C21: too early to say', () => {
  it('says nothing in the first 15 % of the days, nor in the first seven', () => {
    const days = (n: number) => ({ ...cycle, endDay: addDays(cycle.startDay, n) });
    // 15 % of 100 is 15; of 92 it is 13.8; of 30 it is 4.5, and 7 is longer.
    expect([100, 92, 30].map((n) => graceDays(days(n), reach))).toEqual([15, 13, 7]);
  });

  it.each([
    { day: 1, state: 'too_early' },
    { day: 15, state: 'too_early' },
    { day: 16, state: 'off_track' },
  ])('without movement on day $day of 100: $state', ({ day, state }) => {
    const still = input({
      today: nth(day + 1),
      asOfDay: nth(day),
      progress: { value: -0.3 },
      expected: day / 100,
    });
    expect(paceStatus(still).state).toBe(state);
  });

  it('waits for the first period of a recurring goal', () => {
    const monthly: Goal = {
      kind: 'recurring',
      perPeriod: 1,
      periodUnit: 'month',
      periods: 3,
      carryOver: false,
    };
    expect(graceDays(cycle, monthly)).toBe(30);
  });
});

it('has not started before its first day', () => {
  const status = paceStatus(input({ today: '2026-06-28', asOfDay: '2026-06-27' }));
  expect(status).toMatchObject({ state: 'not_started', asOfDay: null });
  expect(status.reason).toEqual({
    code: 'starts_later',
    values: { startDay: '2026-07-01', daysUntilStart: 3 },
  });
});

describe('after the last day', () => {
  const last = { today: nth(103), asOfDay: nth(100), expected: 1 };

  it.each([
    { progress: 1, state: 'achieved' },
    { progress: 1.3, state: 'achieved' },
    { progress: 0.999, state: 'missed' },
    { progress: -0.2, state: 'missed' },
  ])('$progress is $state once the day has settled', ({ progress, state }) => {
    expect(paceStatus(input({ ...last, closed: true, progress: { value: progress } })).state).toBe(state);
  });

  it('stays provisional until then, and says so', () => {
    const status = paceStatus(
      input({ today: nth(101), asOfDay: nth(99), progress: { value: 0.95 }, expected: 0.99 }),
    );
    expect(status).toMatchObject({ state: 'on_track', asOfDay: nth(99) });
    expect(status.reason).toMatchObject({ code: 'closing', values: { lastDay: nth(100), progress: 0.95 } });
  });

  it('stands although the source is gone by then', () => {
    const tooOld = { throughDay: nth(100), behindDays: 30, staleAfterDays: 3 };
    const gone = input({ ...last, closed: true, progress: { value: 1 }, data: { state: 'stale', tooOld } });
    expect(paceStatus(gone).state).toBe('achieved');
  });

  it('does not call a total missed that only its missing days keep from the target', () => {
    const total: Goal = { kind: 'accumulate', targetValue: 100 };
    // Three days of 100 lack a value: on the other 97 the line expects 0.97.
    const close = input({ ...last, goal: total, closed: true, expected: 0.97, missingDays: 3 });
    expect(paceStatus({ ...close, progress: { value: 0.98 } })).toMatchObject({
      state: 'unknown',
      reason: { code: 'days_missing', values: { missingDays: 3 } },
    });
    expect(paceStatus({ ...close, progress: { value: 0.6 } }).state).toBe('missed');
    expect(paceStatus({ ...close, progress: { value: 1 } }).state).toBe('achieved');
  });
});

describe('a goal that is full before the end', () => {
  const total: Goal = { kind: 'accumulate', targetValue: 100 };
  const steps: Goal = { kind: 'milestone', steps: [{ name: 'Talk', weight: 1, doneOnDay: nth(9) }] };
  it.each([
    { goal: total, unit: 'count', code: 'goal_met_early', why: 'an entry can be corrected' },
    { goal: total, unit: 'money', code: 'on_pace', why: 'money can be refunded' },
    { goal: reach, unit: 'count', code: 'on_pace', why: 'a level can fall again' },
    { goal: steps, unit: 'count', code: 'goal_met_early', why: 'a step can be taken back' },
  ] as const)('a full $goal.kind in $unit is on track, not achieved: $why', ({ goal, code, unit }) => {
    // Achieved and missed are said of a cycle that is over and settled; until then the reason tells that it is met.
    const status = paceStatus(input({ goal, unit, progress: { value: 1 } }));
    expect(status).toMatchObject({ state: 'on_track', reason: { code } });
  });
});

describe('data that cannot be trusted', () => {
  const tooOld = { throughDay: nth(46), behindDays: 4, staleAfterDays: 3 };

  it('C13: four days without data make it unknown, with what it was and when', () => {
    const before = { state: 'at_risk', asOfDay: nth(46), lastKnown: null } as const;
    const status = paceStatus(
      input({ asOfDay: nth(46), data: { state: 'stale', tooOld }, previous: before }),
    );
    expect(status).toEqual({
      state: 'unknown',
      asOfDay: nth(46),
      lastKnown: { state: 'at_risk', asOfDay: nth(46) },
      reason: { code: 'judged_data_stale', values: tooOld },
    });
  });

  it('remembers what it was through many unknown days', () => {
    const lastKnown = { state: 'off_track', asOfDay: nth(40) } as const;
    const previous = { state: 'unknown', asOfDay: nth(46), lastKnown } as const;
    expect(paceStatus(input({ data: { state: 'stale', tooOld }, previous })).lastKnown).toEqual(lastKnown);
  });

  it('is unknown while paused for too long, and not a day earlier', () => {
    expect(paceStatus(input({ data: { state: 'paused', tooOld } })).state).toBe('unknown');
    expect(paceStatus(input({ data: { state: 'paused', tooOld: null } })).state).toBe('on_track');
  });

  it.each(['late', 'failing', 'paused'] as const)(
    'keeps the last status with its date while data are %s',
    (state) => {
      const behind = input({ asOfDay: nth(48), today: nth(51), progress: { value: 0.1 }, expected: 0.48 });
      const [good, bad] = [paceStatus(behind), paceStatus({ ...behind, data: { state, tooOld: null } })];
      expect(bad).toEqual(good);
      expect(bad).toMatchObject({ state: 'off_track', asOfDay: nth(48) });
    },
  );

  it('C5: has no verdict, and no zero, where there never was a value', () => {
    const none = input({ asOfDay: null, progress: { value: null, reason: 'no_observation' } });
    expect(paceStatus({ ...none, data: { state: 'none', tooOld: null } })).toMatchObject({
      state: 'unknown',
      reason: { code: 'judged_no_data' },
      lastKnown: null,
    });
  });

  it('says why there is no progress', () => {
    const waiting = input({ progress: { value: null, reason: 'awaiting_baseline' } });
    expect(paceStatus(waiting)).toMatchObject({ state: 'unknown', reason: { code: 'awaiting_baseline' } });
  });
});
