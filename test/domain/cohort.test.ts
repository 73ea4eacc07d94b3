import { describe, expect, it } from 'vitest';
import { cohortDays } from '../../src/domain/cohort.ts';
import { addDays, eachDay } from '../../src/domain/day.ts';
import type { MetricTraits } from '../../src/domain/metric.ts';
import { type EvaluationInput, type EvaluationPoint, evaluateKeyResult } from '../../src/domain/snapshot.ts';

// The second quarter of 2026: 30 + 31 + 30 = 91 days.
const quarter = { startDay: '2026-04-01', endDay: '2026-07-01', timeZone: 'UTC' };
/** Activated within 14 days of signing up, a point for each day of sign-ups. */
const activation: MetricTraits = {
  kind: 'ratio',
  timeZone: 'UTC',
  settlesAfterHours: 14 * 24,
  staleAfterDays: 3,
  cadence: 'day',
};
/** Back 30 to 59 days later, a point for each month of sign-ups. */
const retention: MetricTraits = { ...activation, settlesAfterHours: 60 * 24, cadence: 'month' };

describe('the cohorts of a cycle', () => {
  it.each([
    {
      why: 'each day is a cohort, decided when its last person has had 14 days',
      traits: activation,
      cycle: quarter,
      // 1 April ends at 2 April 00:00; 14 days later it is 16 April. 30 June ends on 1 July: 15 July.
      days: {
        firstOwnDay: '2026-04-01',
        firstDecidedDay: '2026-04-16',
        lastOwnDay: '2026-06-30',
        finalDay: '2026-07-15',
      },
    },
    {
      why: 'a month is a cohort: a cycle from 1 April sees its first own one at the end of June',
      traits: retention,
      cycle: quarter,
      // April ends at 1 May 00:00; 60 days later (31 + 29) it is 30 June. June: 1 July + 60 (31 + 29) is 30 August.
      days: {
        firstOwnDay: '2026-04-30',
        firstDecidedDay: '2026-06-30',
        lastOwnDay: '2026-06-30',
        finalDay: '2026-08-30',
      },
    },
    {
      why: 'a month that began before the cycle is not its own',
      traits: retention,
      cycle: { ...quarter, startDay: '2026-04-15' },
      days: {
        // May ends at 1 June 00:00; 60 days later (30 + 30) it is 31 July.
        firstOwnDay: '2026-05-31',
        firstDecidedDay: '2026-07-31',
        lastOwnDay: '2026-06-30',
        finalDay: '2026-08-30',
      },
    },
    {
      why: 'hours are counted through a change of clocks',
      traits: { ...activation, timeZone: 'Europe/Berlin' },
      cycle: { startDay: '2026-03-20', endDay: '2026-03-21', timeZone: 'Europe/Berlin' },
      // 20 March ends at 21 March 00:00 winter time; 336 hours later it is 4 April 01:00 summer time.
      days: {
        firstOwnDay: '2026-03-20',
        firstDecidedDay: '2026-04-04',
        lastOwnDay: '2026-03-20',
        finalDay: '2026-04-04',
      },
    },
  ])('$why', ({ traits, cycle, days }) => {
    expect(cohortDays(traits, cycle)).toEqual(days);
  });

  it('has none where no whole month lies in the cycle', () => {
    expect(cohortDays(retention, { ...quarter, startDay: '2026-04-10', endDay: '2026-05-20' })).toBeNull();
  });
});

const rate = (day: string, value: number): EvaluationPoint => ({
  day,
  value,
  numerator: value * 1_000,
  denominator: 1_000,
  revision: 1,
});
const rates = (from: string, to: string, value: number) => eachDay(from, to).map((day) => rate(day, value));

/** From 20 % to 40 %, over the quarter. */
function at(now: string, points: EvaluationPoint[], change: Partial<EvaluationInput> = {}) {
  const cycle = change.cycle ?? quarter;
  const health = { paused: false, connectionState: 'active', everyMinutes: 60, lastFailure: null } as const;
  return evaluateKeyResult({
    goal: { kind: 'reach', startValue: 0.2, targetValue: 0.4 },
    unit: 'ratio',
    paceCurve: { kind: 'linear' },
    cycle,
    source: { traits: activation, health: { ...health, fetchedAt: new Date(now) } },
    cohort: cohortDays(activation, cycle),
    points,
    previous: null,
    now: new Date(now),
    ...change,
  });
}

describe('a Key Result that follows cohorts', () => {
  it('is held against the plan for the day on which its newest decided cohort entered', () => {
    // On 18 May 14 days have passed for everybody up to 3 May, day 33 of 91: 0.363 expected. 0.255 is 0.275 of the way,
    // 0.088 behind: on track. Against the plan for 17 May (47 of 91, 0.516) it would be 0.24 behind, and at risk.
    const points = [...rates('2026-03-01', '2026-05-04', 0.255), ...rates('2026-05-04', '2026-05-18', 0.05)];
    const evaluation = at('2026-05-18T10:00:00Z', points);
    expect(evaluation).toMatchObject({ asOfDay: '2026-05-03', status: 'on_track', currentValue: 0.255 });
    expect(evaluation.progress).toBeCloseTo(0.275, 9);
    expect(evaluation.expected).toBeCloseTo(33 / 91, 9);
  });

  it('waits until the first cohort of the cycle is decided, and says when that is', () => {
    const points = rates('2026-03-01', '2026-04-01', 0.39);
    expect(at('2026-04-15T23:59:00Z', points)).toMatchObject({
      status: 'too_early',
      asOfDay: '2026-03-31',
      statusReason: {
        code: 'cohort_waiting',
        values: { asOfDay: '2026-03-31', firstOwnDay: '2026-04-01', firstDecidedDay: '2026-04-16' },
      },
    });
    // From the first instant of 16 April on 1 April is decided, and the usual first days without a verdict begin.
    const decided = at('2026-04-16T00:00:00Z', [...points, rate('2026-04-01', 0.21)]);
    expect(decided).toMatchObject({
      status: 'too_early',
      asOfDay: '2026-04-01',
      statusReason: { code: 'too_early', values: { elapsedDays: 1 } },
    });
  });

  it('waits also where no cohort at all is decided yet, but not for a source that should have told', () => {
    const waiting = at('2026-04-10T00:00:00Z', []);
    expect(waiting).toMatchObject({ status: 'too_early', statusReason: { code: 'cohort_none_yet' } });
    expect(waiting.currentValue).toBeNull();
    expect(at('2026-04-17T00:00:00Z', []).status).toBe('unknown');
    // The newest decided day is 31 March and the newest known one 10 March: too old to judge by, cohorts or not.
    expect(at('2026-04-15T00:00:00Z', rates('2026-03-01', '2026-03-11', 0.3)).status).toBe('unknown');
  });

  it('does not take people of before the cycle for a result when the cycle is shorter than they need', () => {
    // A cycle of ten days is over before anybody of it has had 14: those before it had reached the target.
    const sprint = { startDay: '2026-04-01', endDay: '2026-04-11', timeZone: 'UTC' };
    const points = rates('2026-03-01', '2026-04-01', 0.45);
    expect(at('2026-04-14T12:00:00Z', points, { cycle: sprint })).toMatchObject({
      status: 'too_early',
      statusReason: { code: 'cohort_waiting' },
    });
  });

  it('is decided when the last cohort is, two weeks after the last day', () => {
    const points = rates('2026-03-01', '2026-07-20', 0.41);
    expect(at('2026-07-14T23:59:00Z', points)).toMatchObject({
      status: 'on_track',
      asOfDay: '2026-06-29',
      statusReason: { code: 'closing' },
    });
    expect(at('2026-07-15T00:00:00Z', points)).toMatchObject({ status: 'achieved', asOfDay: '2026-06-30' });
  });

  it('means cohorts of the cycle alone by a mean, and leaves the undecided out of it', () => {
    // Decided are 1 to 3 April on 18 April: rates of 0.2, 0.3 and 0.4 of 1,000 people each are 900 of 3,000.
    const own = [rate('2026-04-01', 0.2), rate('2026-04-02', 0.3), rate('2026-04-03', 0.4)];
    const others = [...rates('2026-03-01', '2026-04-01', 0.9), ...rates('2026-04-04', '2026-04-18', 0)];
    const evaluation = at('2026-04-18T00:00:00Z', [...others, ...own], { aggregate: 'mean' });
    expect(evaluation.currentValue).toBeCloseTo(0.3, 9);
    expect(evaluation.usedPoints.map(({ day }) => day)).toEqual(own.map(({ day }) => day));
  });

  it('says nothing of cohorts where an owner has said the value', () => {
    const override = { id: 'ovr', value: 0.4, fromDay: '2026-04-01', untilDay: addDays('2026-04-01', 30) };
    const evaluation = at('2026-04-10T00:00:00Z', rates('2026-03-01', '2026-04-01', 0.3), {
      overrides: [override],
    });
    expect(evaluation).toMatchObject({ currentValue: 0.4, statusReason: { code: 'too_early' } });
  });
});
