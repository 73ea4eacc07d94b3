import { describe, expect, it } from 'vitest';
import type { MetricWindow } from '../../../src/domain/catalog/types.ts';
import type { Issue } from '../../../src/domain/delivery/records.ts';
import { march, measure, period, snapshot } from '../surveys/measure.ts';

const feature = (id: string, doneAt: string | null, type = 'feature'): Issue => ({
  id,
  type,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  doneAt: doneAt === null ? null : new Date(doneAt),
  features: [],
});
const bug = (id: string, createdAt: string, features: string[] = [], type = 'bug'): Issue => ({
  id,
  type,
  createdAt: new Date(createdAt),
  doneAt: null,
  features,
});

describe('bugs per feature', () => {
  it("follows the team's own words for bugs and features", () => {
    const issues = [
      feature('1', '2026-03-05T00:00:00Z', 'Story'),
      feature('2', '2026-03-06T00:00:00Z', 'Epic'),
      bug('3', '2026-03-07T00:00:00Z', [], 'Defect'),
      bug('4', '2026-03-07T00:00:00Z'),
    ];
    const params = { bugTypes: ['Defect', 'bug'], featureTypes: ['Story'] };
    expect(measure('bugs_per_feature', params, march, { issues })).toMatchObject({
      value: 2,
      numerator: 2,
      denominator: 1,
    });
  });

  it('has no value when no feature was finished, however many bugs there were', () => {
    const issues = [bug('1', '2026-03-07T00:00:00Z'), feature('2', null)];
    expect(measure('bugs_per_feature', {}, march, { issues })).toMatchObject({ reason: 'zero_denominator' });
    expect(measure('bugs_per_feature', {}, march, { issues: [] })).toMatchObject({
      reason: 'zero_denominator',
    });
    expect(measure('bugs_per_feature', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
  });
});

describe('bugs linked to features', () => {
  const cohort = (asOf: string): MetricWindow => ({
    kind: 'cohort',
    startDay: '2026-03-01',
    endDay: '2026-04-01',
    timeZone: 'UTC',
    asOfAt: new Date(asOf),
  });
  const linked = (issues: Issue[], asOf = '2026-06-01T00:00:00Z', params = {}) =>
    measure('linked_bugs_per_feature', params, cohort(asOf), { issues });
  const shipped = feature('f', '2026-03-02T12:00:00Z');

  it.each([
    { createdAt: '2026-03-02T11:59:59.999Z', bugs: 0, why: 'before the feature shipped' },
    { createdAt: '2026-03-02T12:00:00Z', bugs: 1, why: 'at the moment it shipped' },
    { createdAt: '2026-04-01T11:59:59.999Z', bugs: 1, why: 'just within 30 days' },
    { createdAt: '2026-04-01T12:00:00Z', bugs: 0, why: 'exactly 30 days later' },
  ])('a bug found $why counts $bugs', ({ createdAt, bugs }) => {
    expect(linked([shipped, bug('b', createdAt, ['f'])]).value).toBe(bugs);
  });

  it('leaves a feature out until 30 days have passed, with the bugs that it already has', () => {
    const issues = [
      shipped,
      feature('young', '2026-03-20T00:00:00Z'),
      bug('1', '2026-03-05T00:00:00Z', ['f']),
      bug('2', '2026-03-21T00:00:00Z', ['young']),
    ];
    expect(linked(issues, '2026-04-01T12:00:00Z')).toMatchObject({ value: 1, denominator: 1 });
    expect(linked(issues, '2026-04-01T11:59:59.999Z')).toEqual({ value: null, reason: 'no_mature_cohort' });
    expect(linked(issues, '2026-04-19T00:00:00Z')).toMatchObject({ value: 1, numerator: 2, denominator: 2 });
  });

  it('waits for the whole time in which bugs are looked for, also when maturity is set shorter', () => {
    const params = { matureDays: 7, findDays: 14 };
    expect(linked([shipped], '2026-03-16T11:59:59Z', params)).toMatchObject({ reason: 'no_mature_cohort' });
    expect(linked([shipped], '2026-03-16T12:00:00Z', params)).toMatchObject({ value: 0, denominator: 1 });
  });

  it('counts a bug of two features once, and not one that is linked to none of them', () => {
    const issues = [
      shipped,
      feature('g', '2026-03-03T00:00:00Z'),
      bug('1', '2026-03-05T00:00:00Z', ['f', 'g']),
      bug('2', '2026-03-05T00:00:00Z', ['elsewhere']),
      bug('3', '2026-03-05T00:00:00Z'),
    ];
    expect(linked(issues)).toMatchObject({ value: 0.5, numerator: 1, denominator: 2 });
    expect(linked(issues.toReversed())).toEqual(linked(issues));
  });

  it('judges a period at its own end', () => {
    const window = period('2026-03-01', '2026-04-02');
    const issues = [shipped, feature('young', '2026-03-20T00:00:00Z')];
    expect(measure('linked_bugs_per_feature', {}, window, { issues })).toMatchObject({ denominator: 1 });
  });

  it('has no value when nothing shipped, and another reason when issues were not read', () => {
    expect(linked([feature('open', null)])).toMatchObject({ reason: 'zero_denominator' });
    expect(measure('linked_bugs_per_feature', {}, march, {})).toEqual({
      value: null,
      reason: 'no_observation',
    });
  });
});

describe('bugs after a release', () => {
  const release = { version: '2.0', releasedAt: new Date('2026-03-10T00:00:00Z') };
  const found = (createdAt: string, affectedVersion: string | null = '2.0') => ({
    id: createdAt,
    createdAt: new Date(createdAt),
    affectedVersion,
  });
  const bugs = [
    found('2026-03-11T00:00:00Z'),
    found('2026-03-12T00:00:00Z'),
    found('2026-03-12T00:00:00Z', null),
  ];

  it('has no value while the days after the release still run: a young release would look good', () => {
    // 30 days from 10 March 00:00 end on 9 April 00:00, which is the close of the 8th.
    const on = (day: string) => measure('post_release_bugs', {}, snapshot(day), { release, bugs });
    expect(on('2026-04-07')).toEqual({ value: null, reason: 'no_mature_cohort' });
    expect(on('2026-04-08')).toEqual({ value: 2 });
  });

  it('counts over the days it is told', () => {
    const within = (withinDays: number) =>
      measure('post_release_bugs', { withinDays }, { kind: 'none' }, { release, bugs }).value;
    expect([within(1), within(2), within(3)]).toEqual([0, 1, 2]);
  });

  it('is zero for a clean release, and nothing when release or bugs were not read', () => {
    const none = { kind: 'none' } as const;
    expect(measure('post_release_bugs', {}, none, { release, bugs: [] }).value).toBe(0);
    const notRead = { value: null, reason: 'no_observation' };
    expect(measure('post_release_bugs', {}, none, { release })).toEqual(notRead);
    expect(measure('post_release_bugs', {}, none, { bugs })).toEqual(notRead);
  });
});
