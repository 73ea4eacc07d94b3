import { describe, expect, it } from 'vitest';
import { type DataStateInput, dataState } from '../../src/domain/data-state.ts';
import type { ErrorClass } from '../../src/domain/retry.ts';

const now = new Date('2026-08-12T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
/** A daily flow in UTC that settles at midnight, read every hour: on 12 August its newest settled day is the 11th. */
const input = (over: Partial<DataStateInput> = {}): DataStateInput => ({
  paused: false,
  connectionState: 'active',
  fetchedAt: minutesAgo(20),
  everyMinutes: 60,
  lastFailure: null,
  newestPointDay: '2026-08-12',
  newestSettledDay: '2026-08-11',
  traits: { kind: 'flow', timeZone: 'UTC', settlesAfterHours: 0, staleAfterDays: 3 },
  now,
  ...over,
});
const failed = (errorClass: ErrorClass) => ({ errorClass, since: minutesAgo(90) });
const through = (day: string) => ({ newestPointDay: day, newestSettledDay: day });

describe('the data of a metric are', () => {
  it.each([
    { state: 'fresh', code: 'data_fresh', over: {}, why: 'the day that should be there is there' },
    { state: 'late', code: 'data_day_missing', over: through('2026-08-10'), why: 'yesterday is missing' },
    {
      state: 'late',
      code: 'data_sync_overdue',
      over: { fetchedAt: minutesAgo(121) },
      why: 'two intervals without a sync',
    },
    {
      state: 'fresh',
      code: 'data_fresh',
      over: { fetchedAt: minutesAgo(120) },
      why: 'two intervals exactly',
    },
    {
      state: 'failing',
      code: 'data_run_failed',
      over: { lastFailure: failed('transient') },
      why: 'the last attempt failed',
    },
    {
      state: 'late',
      code: 'data_rate_limited',
      over: { lastFailure: failed('rate_limited') },
      why: 'a limit ends by itself',
    },
    {
      state: 'late',
      code: 'data_rate_limited',
      over: { connectionState: 'quota_exhausted' },
      why: 'so does a quota',
    },
    {
      state: 'failing',
      code: 'data_needs_owner',
      over: { connectionState: 'needs_reauth' },
      why: 'the key was refused',
    },
    { state: 'stale', code: 'data_stale', over: through('2026-08-07'), why: 'four days behind' },
    {
      state: 'late',
      code: 'data_day_missing',
      over: through('2026-08-08'),
      why: 'three days behind is the limit',
    },
    {
      state: 'stale',
      code: 'data_stale',
      over: { ...through('2026-08-07'), lastFailure: failed('auth') },
      why: 'stale says more than failing',
    },
    {
      state: 'failing',
      code: 'data_run_failed',
      over: { ...through('2026-08-09'), lastFailure: failed('schema_drift') },
      why: 'failing says more than late',
    },
    {
      state: 'none',
      code: 'data_none',
      over: { newestPointDay: null, newestSettledDay: null },
      why: 'never a point',
    },
    {
      state: 'none',
      code: 'data_none',
      over: { newestPointDay: null, newestSettledDay: null, lastFailure: failed('config') },
      why: 'never a point, and failing',
    },
    {
      state: 'paused',
      code: 'data_paused',
      over: { paused: true, ...through('2026-07-01') },
      why: 'paused comes first',
    },
    {
      state: 'paused',
      code: 'data_paused',
      over: { connectionState: 'paused' },
      why: 'so is its connection',
    },
  ] as const)('$state: $why', ({ code, over, state }) => {
    const found = dataState(input(over));
    expect([found.state, found.reason.code]).toEqual([state, code]);
  });
});

it('C13: four days of a dead source turn fresh into failing and then stale', () => {
  // The last sync ran at 10:00 on the 8th, when the 7th was the newest settled day.
  const dead = { ...through('2026-08-07'), fetchedAt: new Date('2026-08-08T10:00:00Z') };
  const states = ['08T10:30', '08T12:30', '09T12:30', '10T12:30', '11T12:30', '12T12:30'].map((at) => {
    const lastFailure =
      at === '08T10:30'
        ? null
        : { errorClass: 'transient' as const, since: new Date('2026-08-08T11:00:00Z') };
    return dataState(input({ ...dead, lastFailure, now: new Date(`2026-08-${at}:00Z`) })).state;
  });
  // On the 11th the 10th should be there, three days after the 7th; on the 12th it is four.
  expect(states).toEqual(['fresh', 'failing', 'failing', 'failing', 'failing', 'stale']);
});

it('gives a day two intervals to arrive after it settles', () => {
  const yesterday = (at: string) =>
    dataState(input({ ...through('2026-08-10'), fetchedAt: new Date(at), now: new Date(at) }));
  expect(yesterday('2026-08-12T01:59:00Z').state).toBe('fresh');
  expect(yesterday('2026-08-12T02:00:00Z').state).toBe('late');
});

it('does not call a metric late that settles two days after', () => {
  const traits = { kind: 'flow', timeZone: 'UTC', settlesAfterHours: 48, staleAfterDays: 3 } as const;
  expect(dataState(input({ traits, newestSettledDay: '2026-08-09' })).state).toBe('fresh');
  expect(dataState(input({ traits, newestSettledDay: '2026-08-08' })).state).toBe('late');
});

it('does not expect settled days of a metric that began today', () => {
  expect(dataState(input({ newestPointDay: '2026-08-12', newestSettledDay: null })).state).toBe('fresh');
});

it('calls what comes weekly late once the next week’s value should be there', () => {
  // At noon on the 12th the 11th should be settled.
  const weekly = { traits: { ...input({}).traits, staleAfterDays: 9 }, rhythmDays: 7 };
  const through = (day: string) =>
    dataState(input({ ...weekly, newestPointDay: day, newestSettledDay: day }));
  expect(through('2026-08-05').state).toBe('fresh'); // six days behind
  expect(through('2026-08-04').state).toBe('late');
  expect(through('2026-08-01').state).toBe('stale');
});

it('says with what numbers data are too old, also while paused', () => {
  const numbers = { throughDay: '2026-08-07', behindDays: 4, staleAfterDays: 3 };
  expect(dataState(input(through('2026-08-07'))).tooOld).toEqual(numbers);
  expect(dataState(input({ ...through('2026-08-07'), paused: true })).tooOld).toEqual(numbers);
  expect(dataState(input({ paused: true })).tooOld).toBeNull();
});

describe('the data of a monthly cohort, read 60 days after its month', () => {
  const cohorts = {
    kind: 'ratio',
    timeZone: 'UTC',
    settlesAfterHours: 60 * 24,
    staleAfterDays: 3,
    cadence: 'month',
  } as const;
  const monthly = (day: string, at: string) =>
    dataState(input({ ...through(day), traits: cohorts, now: new Date(at), fetchedAt: new Date(at) }));

  it.each([
    // May ends on the 31st; 60 days later, at the end of 30 July, its cohort is complete.
    {
      at: '2026-07-30T12:00:00Z',
      newest: '2026-04-30',
      state: 'fresh',
      why: 'the cohort of May is not complete yet',
    },
    { at: '2026-07-31T12:00:00Z', newest: '2026-05-31', state: 'fresh', why: 'the cohort of May is there' },
    {
      at: '2026-08-29T12:00:00Z',
      newest: '2026-05-31',
      state: 'fresh',
      why: 'June follows on 30 August only',
    },
    // 31 days behind the cohort that should be there: more than the limit of three.
    { at: '2026-07-31T12:00:00Z', newest: '2026-04-30', state: 'stale', why: 'the cohort of May is missing' },
  ])('are $state on $at: $why', ({ at, newest, state }) => {
    expect(monthly(newest, at).state).toBe(state);
  });
});
