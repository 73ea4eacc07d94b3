import { expect, it } from 'vitest';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { cohort, did, measure } from './measure.ts';

const march = cohort('2026-03-01', '2026-04-01', '2026-05-01T00:00:00Z');
const named = { signupEvent: 'sign_up', event: 'create' };
function activation(events: ProductEvent[], params = {}, window = march) {
  return measure('activation_rate', { ...named, ...params }, window, { events });
}
const signup = did('a sign_up 2026-03-02T10:00:00Z');

it('asks for three within 14 days when the owner does not say otherwise', () => {
  const two = [signup, did('a create 2026-03-03T10:00:00Z'), did('a create 2026-03-04T10:00:00Z')];
  expect(activation(two).value).toBe(0);
  expect(activation([...two, did('a create 2026-03-16T09:59:59Z')]).value).toBe(1);
  expect(activation([...two, did('a create 2026-03-16T10:00:00Z')]).value).toBe(0); // exactly 14 days later
});

it('counts different things when asked to: one saved three times is one thing', () => {
  const saved = (...ids: unknown[]) =>
    ids.map((contentId, index) => did(`a create 2026-03-0${3 + index}T10:00:00Z`, { contentId }));
  const params = { distinctProperty: 'contentId' };
  expect(activation([signup, ...saved('x', 'x', 'x')], params).value).toBe(0);
  expect(activation([signup, ...saved('x', 'x', 'x')]).value).toBe(1);
  expect(activation([signup, ...saved('x', 'y', 'z')], params).value).toBe(1);
  expect(activation([signup, ...saved('x', 'y', null)], params).value).toBe(0); // of an unknown thing
});

it('does not count one event three times because it was told three times', () => {
  const told = [1, 2, 3].map(() => did('a create 2026-03-03T10:00:00Z', {}, 'e1'));
  expect(activation([signup, ...told]).value).toBe(0);
});

it('starts the clock at the sign-up itself, and not a moment before', () => {
  const params = { minCount: 1 };
  expect(activation([signup, did('a create 2026-03-02T10:00:00Z')], params).value).toBe(1);
  expect(activation([signup, did('a create 2026-03-02T09:59:59.999Z')], params).value).toBe(0);
  expect(
    activation([signup, did('a create 2026-03-02T09:00:00Z')], { ...params, clock: 'calendar' }).value,
  ).toBe(0);
});

it('calendar days end at local midnight, also on a day of 23 hours', () => {
  // 8 March 2026 in New York has 23 hours. Signed up on the 7th at 23:30, so two days end on the 9th at 00:00.
  const window = cohort('2026-03-01', '2026-04-01', '2026-05-01T00:00:00Z', 'America/New_York');
  const late = did('a sign_up 2026-03-07T23:30:00-05:00');
  const params = { minCount: 1, withinDays: 2, clock: 'calendar' };
  expect(activation([late, did('a create 2026-03-08T23:59:59-04:00')], params, window).value).toBe(1);
  expect(activation([late, did('a create 2026-03-09T00:00:00-04:00')], params, window).value).toBe(0);
  // Rolling, two days are 48 hours and end at 00:30 on the 10th, the lost hour made good.
  const rolling = { ...params, clock: 'rolling' };
  expect(activation([late, did('a create 2026-03-10T00:29:59-04:00')], rolling, window).value).toBe(1);
  expect(activation([late, did('a create 2026-03-10T00:30:00-04:00')], rolling, window).value).toBe(0);
});

it('does not spend one of the days on a date that the zone skipped', () => {
  // Apia had no 30 December 2011: the second day of somebody who signed up on the 29th is the 31st.
  const window = cohort('2011-12-29', '2011-12-30', '2012-03-01T00:00:00Z', 'Pacific/Apia');
  const before = did('a sign_up 2011-12-29T12:00:00-10:00');
  const params = { minCount: 1, withinDays: 2, clock: 'calendar' };
  expect(activation([before, did('a create 2011-12-31T23:59:00+14:00')], params, window).value).toBe(1);
  expect(activation([before, did('a create 2012-01-01T00:00:00+14:00')], params, window).value).toBe(0);
});

it('is mature when the last local day is over, not before', () => {
  const at = (asOf: string) => cohort('2026-03-01', '2026-04-01', asOf, 'Asia/Shanghai');
  // 10:00 UTC on 2 March is 18:00 there; the day ends at 16:00 UTC.
  const params = { minCount: 1, withinDays: 1, clock: 'calendar' };
  expect(activation([signup], params, at('2026-03-02T16:00:00Z')).value).toBe(0);
  expect(activation([signup], params, at('2026-03-02T15:59:59Z'))).toMatchObject({
    reason: 'no_mature_cohort',
  });
});

it('takes the first sign-up inside the window as the start', () => {
  const again = [
    did('a sign_up 2026-01-02T10:00:00Z'),
    signup,
    did('a sign_up 2026-03-20T10:00:00Z'),
    did('a create 2026-03-21T10:00:00Z'), // 19 days after the first of March
  ];
  expect(activation(again, { minCount: 1 })).toMatchObject({ value: 0, denominator: 1 });
});

it('onboarding: every step once is enough, twice the same is not, and a week is the usual limit', () => {
  const params = { signupEvent: 'sign_up', requiredSteps: ['profile', 'invite'] };
  const done = (...events: ProductEvent[]) =>
    measure('onboarding_completion_rate', params, march, { events: [signup, ...events] }).value;
  const profile = did('a profile 2026-03-03T10:00:00Z');
  expect(done(profile, did('a profile 2026-03-04T10:00:00Z'))).toBe(0);
  expect(done(profile, did('a invite 2026-03-09T09:59:59Z'))).toBe(1);
  expect(done(profile, did('a invite 2026-03-09T10:00:00Z'))).toBe(0);
});

it('onboarding on the calendar clock ends with the seventh local day', () => {
  const params = { signupEvent: 'sign_up', requiredSteps: ['profile'], clock: 'calendar' };
  const done = (at: string) =>
    measure('onboarding_completion_rate', params, march, { events: [signup, did(`a profile ${at}`)] }).value;
  expect(done('2026-03-08T23:59:59Z')).toBe(1); // 2 March is the first of the seven
  expect(done('2026-03-09T00:00:00Z')).toBe(0);
});
