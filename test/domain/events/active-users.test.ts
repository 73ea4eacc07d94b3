import { expect, it } from 'vitest';
import { did, measure, period } from './measure.ts';

const march = period('2026-03-01', '2026-04-01');

it('counts people, not events, and only those of the window', () => {
  const events = [
    did('a open 2026-02-28T23:59:59.999Z'),
    did('b open 2026-03-01T00:00:00Z'),
    did('b open 2026-03-02T00:00:00Z'),
    did('c open 2026-03-31T23:59:59.999Z'),
    did('d open 2026-04-01T00:00:00Z'),
  ];
  expect(measure('active_users', {}, march, { events })).toEqual({ value: 2 }); // b and c
});

it('does not take receiving a mail for using the product', () => {
  const events = [did('a mail_sent 2026-03-02T10:00:00Z'), did('b open 2026-03-02T10:00:00Z')];
  const count = (params: object) => measure('active_users', { ...params }, march, { events }).value;
  expect(count({})).toBe(2);
  expect(count({ passiveEvents: ['mail_sent'] })).toBe(1);
  expect(count({ activeEvent: 'mail_sent', passiveEvents: ['mail_sent'] })).toBe(1); // asked for by name
  expect(count({ activeEvent: 'buy' })).toBe(0);
});

it('nobody is zero, events that were never read are not', () => {
  expect(measure('active_users', {}, march, { events: [] })).toEqual({ value: 0 });
  expect(measure('active_users', {}, march, {})).toEqual({ value: null, reason: 'no_observation' });
});

it('somebody who signs up again is not new again', () => {
  const events = [did('a sign_up 2026-02-01T10:00:00Z'), did('a sign_up 2026-03-05T10:00:00Z')];
  const count = (startDay: string, endDay: string) =>
    measure('new_users', { signupEvent: 'sign_up' }, period(startDay, endDay), { events }).value;
  expect(count('2026-03-01', '2026-04-01')).toBe(0);
  expect(count('2026-02-01', '2026-03-01')).toBe(1);
});

it('an event told twice happened once, at the earlier of two times, in whatever order it was told', () => {
  const told = [
    did('a sign_up 2026-03-01T00:00:01Z', {}, 'e1'),
    did('a sign_up 2026-02-28T23:59:59Z', {}, 'e1'),
  ];
  for (const events of [told, told.toReversed()]) {
    expect(measure('new_users', { signupEvent: 'sign_up' }, march, { events }).value).toBe(0);
  }
});

it('the window ends at local midnight: the same event is of March in New York and of April in Shanghai', () => {
  const events = [did('a open 2026-03-31T20:00:00Z')];
  const count = (timeZone: string) =>
    measure('active_users', {}, period('2026-03-01', '2026-04-01', timeZone), { events }).value;
  expect([count('America/New_York'), count('Asia/Shanghai')]).toEqual([1, 0]);
});

it('stickiness: days without anybody count, a date that the zone skipped does not', () => {
  // a on both days, b on one: (2 + 1)/2 days over 2 people.
  const used = ['a 2011-12-29T12:00:00-10:00', 'b 2011-12-29T12:00:00-10:00', 'a 2011-12-31T12:00:00+14:00'];
  const events = used.map((text) => did(text.replace(' ', ' open ')));
  const stickiness = (endDay: string) =>
    measure('stickiness', {}, period('2011-12-29', endDay, 'Pacific/Apia'), { events });
  expect(stickiness('2012-01-01')).toEqual({ value: 0.75, numerator: 3, denominator: 4, sampleSize: 2 });
  expect(stickiness('2012-01-02').value).toBe(0.5); // a third day, without anybody
});

it('stickiness: the two days around a change of clocks are two days', () => {
  const events = [did('a open 2026-03-08T23:30:00-04:00'), did('a open 2026-03-09T00:30:00-04:00')];
  const window = period('2026-03-08', '2026-03-10', 'America/New_York');
  expect(measure('stickiness', {}, window, { events }).value).toBe(1);
});

it('stickiness of nobody has no value', () => {
  expect(measure('stickiness', {}, march, { events: [] })).toMatchObject({
    value: null,
    reason: 'zero_denominator',
  });
});

it('share rate: both sides lie in the window, and who is not active does not count', () => {
  const events = [
    did('a open 2026-03-02T10:00:00Z'),
    did('a share 2026-02-27T10:00:00Z'),
    did('b open 2026-03-02T10:00:00Z'),
    did('b share 2026-03-03T10:00:00Z'),
    did('b share 2026-03-04T10:00:00Z'),
    did('c share 2026-03-05T10:00:00Z'), // without ever opening it
  ];
  const share = (params: object) =>
    measure('share_rate', { shareEvent: 'share', ...params }, march, { events });
  expect(share({ activeEvent: 'open' })).toEqual({ value: 0.5, numerator: 1, denominator: 2, sampleSize: 2 });
  expect(share({}).value).toBeCloseTo(2 / 3, 12); // sharing is an activity like any other
  expect(share({ minCohort: 4 })).toMatchObject({ value: null, reason: 'insufficient_sample' });
  expect(share({ activeEvent: 'buy' })).toMatchObject({ value: null, reason: 'zero_denominator' });
});

it('review acceptance never passes 1: an answer to the prompt of another period takes no part', () => {
  const events = [
    did('a prompt 2026-02-28T23:59:00Z'),
    did('a accept 2026-03-01T00:01:00Z'),
    did('b prompt 2026-03-02T10:00:00Z'),
    did('b accept 2026-03-02T10:01:00Z'),
    did('b accept 2026-03-09T10:01:00Z'),
  ];
  const params = { promptEvent: 'prompt', acceptEvent: 'accept' };
  expect(measure('review_acceptance_rate', params, march, { events })).toMatchObject({
    value: 1,
    denominator: 1,
  });
});
