import { expect, it } from 'vitest';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { cohort, did, measure } from './measure.ts';

const march = cohort('2026-03-01', '2026-04-01', '2026-05-01T00:00:00Z');
const steps = ['s1', 's2'];
function conversion(events: ProductEvent[], params = {}, window = march) {
  return measure('funnel_conversion', { steps, withinHours: 24, ...params }, window, { events });
}

it('keeps both sides and the sample beside a conversion', () => {
  // a went on, b did not: 1 of 2.
  const events = [
    did('a s1 2026-03-02T10:00:00Z'),
    did('a s2 2026-03-02T11:00:00Z'),
    did('b s1 2026-03-02T10:00:00Z'),
  ];
  const sides = { numerator: 1, denominator: 2, sampleSize: 2 };
  expect(conversion(events)).toEqual({ value: 0.5, ...sides, beside: { immature: 0 } });
  expect(measure('dropoff_rate', { steps }, march, { events })).toMatchObject({ value: 0.5, ...sides });
});

it.each([
  { second: '2026-03-03T09:59:59.999Z', rate: 1, why: 'a millisecond before the limit is in time' },
  { second: '2026-03-03T10:00:00Z', rate: 0, why: 'exactly on the limit is too late' },
  { second: '2026-03-02T10:00:00Z', rate: 1, why: 'at the same moment as the entry is in order' },
  { second: '2026-03-02T09:59:59.999Z', rate: 0, why: 'before the entry is not' },
])('withinHours: $why', ({ second, rate }) => {
  const events = [did(`a s2 ${second}`), did('a s1 2026-03-02T10:00:00Z')];
  expect(conversion(events).value).toBe(rate);
});

it.each([
  {
    asOf: '2026-03-03T10:00:00Z',
    expected: { value: 1 },
    why: 'counts whoever reached the deadline this moment',
  },
  {
    asOf: '2026-03-03T09:59:59.999Z',
    expected: { value: null, reason: 'no_mature_cohort', denominator: 0, beside: { immature: 1 } },
    why: 'leaves out even who has converted, a millisecond earlier',
  },
])('maturity $why', ({ asOf, expected }) => {
  const events = [did('a s1 2026-03-02T10:00:00Z'), did('a s2 2026-03-02T11:00:00Z')];
  expect(conversion(events, {}, cohort('2026-03-01', '2026-04-01', asOf))).toMatchObject(expected);
});

it('ignores later entries of the same person, even when they would have converted', () => {
  const events = [
    did('a s1 2026-03-02T10:00:00Z'),
    did('a s1 2026-03-10T10:00:00Z'),
    did('a s2 2026-03-10T11:00:00Z'),
  ];
  expect(conversion(events)).toMatchObject({ value: 0, denominator: 1 });
});

it('takes the first entry inside the window, whatever happened before it', () => {
  const events = [
    did('a s1 2026-02-20T10:00:00Z'),
    did('a s1 2026-03-10T10:00:00Z'),
    did('a s2 2026-03-10T11:00:00Z'),
  ];
  expect(conversion(events).value).toBe(1);
});

it('does not fulfil two steps with one event', () => {
  const params = { steps: ['open', 'open', 'buy'] };
  const once = [did('a open 2026-03-02T10:00:00Z'), did('a buy 2026-03-02T12:00:00Z')];
  expect(conversion(once, params).value).toBe(0);
  expect(conversion([...once, did('a open 2026-03-02T11:00:00Z')], params).value).toBe(1);
});

it('does not fulfil two steps with one event that was told twice, nor count people twice', () => {
  const params = { steps: ['open', 'open'] };
  const twice = [did('a open 2026-03-02T10:00:00Z', {}, 'e1'), did('a open 2026-03-02T10:00:00Z', {}, 'e1')];
  expect(conversion(twice, params)).toMatchObject({ value: 0, denominator: 1 });
  const withoutIds = [did('a open 2026-03-02T10:00:00Z'), did('a open 2026-03-02T10:00:00Z')];
  expect(conversion(withoutIds, params).value).toBe(1);
});

it('takes the earliest event that fits each step, so that a later repetition takes nobody out', () => {
  // s2 at 11 and again at 13, s3 at 12: the s2 of 11 leaves room for s3.
  const events = ['s1 2026-03-02T10', 's2 2026-03-02T13', 's3 2026-03-02T12', 's2 2026-03-02T11'];
  expect(
    conversion(
      events.map((text) => did(`a ${text}:00:00Z`)),
      { steps: ['s1', 's2', 's3'] },
    ).value,
  ).toBe(1);
});

it('gives no value for fewer mature people than the owner asked for', () => {
  const events = [did('a s1 2026-03-02T10:00:00Z'), did('b s1 2026-03-31T10:00:00Z')];
  const window = cohort('2026-03-01', '2026-04-01', '2026-03-31T12:00:00Z'); // b is not mature
  expect(conversion(events, { minCohort: 1 }, window).value).toBe(0);
  expect(conversion(events, { minCohort: 2 }, window)).toMatchObject({
    value: null,
    reason: 'insufficient_sample',
    sampleSize: 1,
  });
});

it('counts hours, not local clocks, when clocks change', () => {
  // New York skips 02:00 to 03:00 on 8 March 2026: from 10:00 to 10:00 the next day are only 23 hours.
  const window = cohort('2026-03-07', '2026-03-08', '2026-05-01T00:00:00Z', 'America/New_York');
  const entry = did('a s1 2026-03-07T10:00:00-05:00');
  expect(conversion([entry, did('a s2 2026-03-08T10:30:00-04:00')], {}, window).value).toBe(1); // 23 h 30 min
  expect(conversion([entry, did('a s2 2026-03-08T11:00:00-04:00')], {}, window).value).toBe(0); // 24 h
});
