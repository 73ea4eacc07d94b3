import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ticket } from '../../../src/domain/tickets/records.ts';
import { march, measure, period } from '../surveys/measure.ts';

const ticket = (id: string, change: Partial<Ticket> = {}): Ticket => ({
  id,
  requesterId: 'u1',
  createdAt: new Date('2026-03-10T12:00:00Z'),
  status: 'open',
  mergedInto: null,
  tags: [],
  ...change,
});
const notRequests = [
  ticket('spam', { status: 'spam', tags: ['usability'] }),
  ticket('deleted', { status: 'deleted', tags: ['usability'] }),
  ticket('merged', { status: 'closed', mergedInto: '1', tags: ['usability'] }),
  ticket('follow-up', { followUpOf: '1', tags: ['usability'] }),
];

describe('support requests per user and month', () => {
  const support = (params = {}, records = {}) =>
    measure('support_requests_per_user_month', params, march, { tickets: [], activeUsers: 10, ...records });

  it('leaves out spam, deleted and merged tickets and follow-ups, and keeps both sides', () => {
    const tickets = [ticket('1'), ticket('2', { status: 'solved', followUpOf: null }), ...notRequests];
    expect(support({}, { tickets })).toEqual({
      value: 0.2,
      numerator: 2,
      denominator: 10,
      beside: { requests: 2, activeUsers: 10 },
    });
  });

  it('rescales a month of 31 days to thirty only when asked', () => {
    const tickets = Array.from({ length: 31 }, (_, index) => ticket(String(index)));
    expect(support({}, { tickets, activeUsers: 31 }).value).toBe(1);
    expect(support({ normalise: '30d' }, { tickets, activeUsers: 31 })).toMatchObject({
      value: 30 / 31,
      numerator: 30,
      beside: { requests: 31 },
    });
  });

  it('counts thirty calendar days as thirty, also when the clocks change in them', () => {
    // New York, 1 to 30 March 2026: the 8th has 23 hours.
    const window = period('2026-03-01', '2026-03-31', 'America/New_York');
    const records = { tickets: [ticket('1')], activeUsers: 1 };
    expect(measure('support_requests_per_user_month', { normalise: '30d' }, window, records).value).toBe(1);
  });

  it('is zero when nobody asked for help', () => {
    expect(support()).toMatchObject({ value: 0, numerator: 0, denominator: 10 });
  });

  it('has no value without users, and another reason when either side was not read', () => {
    expect(support({}, { activeUsers: 0 })).toMatchObject({ value: null, reason: 'zero_denominator' });
    const notRead = { value: null, reason: 'no_observation' };
    expect(measure('support_requests_per_user_month', {}, march, { tickets: [] })).toEqual(notRead);
    expect(measure('support_requests_per_user_month', {}, march, { activeUsers: 3 })).toEqual(notRead);
  });
});

describe('tickets with a tag', () => {
  const tag = 'usability';

  it('counts requests that carry exactly this tag, made inside the window', () => {
    const tickets = [
      ticket('1', { tags: ['billing', tag] }),
      ticket('2', { tags: ['usability-praise'] }),
      ticket('3', { tags: [tag], createdAt: new Date('2026-03-31T23:59:59.999Z') }),
      ticket('4', { tags: [tag], createdAt: new Date('2026-04-01T00:00:00Z') }),
      ...notRequests,
    ];
    expect(measure('tagged_ticket_count', { tag }, march, { tickets }).value).toBe(2);
  });

  it('puts the count over a thousand active users when asked, so that growth is not read as trouble', () => {
    const tickets = [
      ticket('1', { tags: [tag] }),
      ticket('2', { tags: [tag] }),
      ticket('3', { tags: [tag] }),
    ];
    const perThousand = (activeUsers?: number) =>
      measure('tagged_ticket_count', { tag, perThousandActive: true }, march, {
        tickets,
        ...(activeUsers === undefined ? {} : { activeUsers }),
      });
    // 3 tickets of 400 users are 7.5 of a thousand.
    expect(perThousand(400)).toEqual({
      value: 7.5,
      numerator: 3_000,
      denominator: 400,
      beside: { tickets: 3, activeUsers: 400 },
    });
    expect(perThousand(0)).toMatchObject({ reason: 'zero_denominator' });
    expect(perThousand()).toEqual({ value: null, reason: 'no_observation' });
  });

  it('is zero when no ticket carries the tag, and nothing when tickets were not read', () => {
    expect(measure('tagged_ticket_count', { tag }, march, { tickets: [] }).value).toBe(0);
    expect(measure('tagged_ticket_count', { tag }, march, {})).toEqual({
      value: null,
      reason: 'no_observation',
    });
  });

  it('asks for the tag instead of guessing one', () => {
    expect(() => measure('tagged_ticket_count', {}, march, { tickets: [] })).toThrow(RangeError);
  });
});

it('counts of tickets add up over split windows and do not depend on order', () => {
  const tickets = fc.array(
    fc.record({
      id: fc.uuid(),
      requesterId: fc.constant('u'),
      createdAt: fc.integer({ min: 0, max: 45 * 24 }).map((hours) => new Date(Date.UTC(2026, 1, 20, hours))),
      status: fc.constantFrom('open', 'solved', 'spam', 'deleted'),
      mergedInto: fc.constantFrom(null, 'other'),
      tags: fc.subarray(['usability', 'billing']),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(tickets, fc.integer({ min: 2, max: 30 }), (found, day) => {
      const cut = `2026-03-${String(day).padStart(2, '0')}`;
      const count = (window: typeof march, records: Ticket[]) =>
        Number(measure('tagged_ticket_count', { tag: 'usability' }, window, { tickets: records }).value);
      const whole = count(march, found);
      expect(count(period('2026-03-01', cut), found) + count(period(cut, '2026-04-01'), found)).toBe(whole);
      expect(count(march, found.toReversed())).toBe(whole);
    }),
  );
});
