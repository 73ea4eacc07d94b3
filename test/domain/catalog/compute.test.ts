import { expect, it } from 'vitest';
import { computeMetric, findMetric, type MetricWindow, unitOf } from '../../../src/domain/catalog/index.ts';

const timeZone = 'UTC';
const march: MetricWindow = { kind: 'period', startDay: '2026-03-01', endDay: '2026-04-01', timeZone };

it('refuses what the catalogue does not have, and says which', () => {
  expect(() => computeMetric('nothing_such', {}, march, {})).toThrow('no metric "nothing_such"');
  expect(() => computeMetric('nps', { dedupe: 'some' }, march, {})).toThrow('"dedupe" is "some"');
  expect(() => computeMetric('nps', {}, { kind: 'none' }, {})).toThrow('window of kind "none"; use "period"');
});

it.each([
  { startDay: '2026-03-01', endDay: '2026-03-01', says: 'has no day' },
  { startDay: '2026-04-01', endDay: '2026-03-01', says: 'has no day' },
  { startDay: '2026-02-30', endDay: '2026-03-31', says: '"2026-02-30" is not a day' },
])('refuses the window from $startDay to $endDay', ({ endDay, startDay, says }) => {
  expect(() => computeMetric('nps', {}, { ...march, startDay, endDay }, {})).toThrow(says);
});

it('refuses a zone that does not exist', () => {
  expect(() => computeMetric('nps', {}, { ...march, timeZone: 'Mars' }, {})).toThrow(
    '"Mars" is not a time zone',
  );
});

it('tells a measured zero from nothing measured', () => {
  expect(computeMetric('new_users', { signupEvent: 'a' }, march, { events: [] })).toMatchObject({ value: 0 });
  expect(computeMetric('new_users', { signupEvent: 'a' }, march, {})).toMatchObject({ value: null });
});

it('stores a duration by the unit that was asked for', () => {
  const metric = findMetric('lead_time');
  if (metric === null) throw new Error('no metric');
  expect(unitOf(metric, {})).toEqual({ name: 'days', storedAs: 'duration', storedPer: 86_400 });
  expect(unitOf(metric, { unit: 'hours' })).toEqual({
    name: 'hours',
    storedAs: 'duration',
    storedPer: 3_600,
  });
  // The unit of a span of retention is no unit of its value.
  const retention = findMetric('retention');
  expect(retention === null ? null : unitOf(retention, { unit: 'day' }).name).toBe('ratio');
});
