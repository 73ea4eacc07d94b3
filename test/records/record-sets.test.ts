import { expect, it } from 'vitest';
import { parseRecordSets } from '../../src/records/index.ts';

const problems = (input: unknown) => {
  const parsed = parseRecordSets(input);
  return parsed.ok ? [] : parsed.problems;
};
const segment = {
  from: '2026-03-01T00:00:00Z',
  to: null,
  status: 'active',
  items: [{ unitAmount: 1_000, quantity: 2, interval: 'month', intervalCount: 1, usage: 'licensed' }],
};
const subscription = { id: 's', customerId: 'c', currency: 'usd', segments: [segment] };

it('turns instants into dates, whatever offset they are written with', () => {
  const event = { userId: 'u', event: 'open', time: '2026-03-01T08:00:00+08:00' };
  expect(parseRecordSets({ events: [event] })).toEqual({
    ok: true,
    records: {
      events: [
        { id: null, userId: 'u', event: 'open', at: new Date('2026-03-01T00:00:00Z'), properties: {} },
      ],
    },
  });
});

it('reads a subscription with its segments, discounts and tax', () => {
  const discount = { percentOff: 20, duration: 'repeating', end: '2026-06-01T00:00:00Z' };
  const taxed = { ...segment, discounts: [discount], tax: { inclusive: true, ratePercent: 20 } };
  expect(parseRecordSets({ subscriptions: [{ ...subscription, segments: [taxed] }] })).toEqual({
    ok: true,
    records: {
      subscriptions: [
        {
          id: 's',
          customerId: 'c',
          currency: 'USD',
          segments: [
            {
              fromAt: new Date('2026-03-01T00:00:00Z'),
              toAt: null,
              status: 'active',
              items: [
                {
                  unitAmountMinor: 1_000,
                  quantity: 2,
                  interval: 'month',
                  intervalCount: 1,
                  usage: 'licensed',
                },
              ],
              discounts: [
                {
                  percentOff: 20,
                  amountOffMinor: null,
                  duration: 'repeating',
                  startAt: null,
                  endAt: new Date('2026-06-01T00:00:00Z'),
                },
              ],
              tax: { inclusive: true, ratePercent: 20 },
            },
          ],
        },
      ],
    },
  });
});

it('reads daily rates as a list and as an object, and one rate for good', () => {
  const rates = (fx: unknown) => {
    const parsed = parseRecordSets({ fx });
    return parsed.ok ? parsed.records.fx : parsed.problems;
  };
  const daily = { mode: 'daily', rates: { EUR: [{ fromDay: '2026-03-01', rate: 1.1 }] } };
  expect(rates({ mode: 'daily', rates: { EUR: [{ from: '2026-03-01', rate: 1.1 }] } })).toEqual(daily);
  expect(rates({ mode: 'daily', rates: { EUR: { '2026-03-01': 1.1 } } })).toEqual(daily);
  expect(rates({ mode: 'constant', rates: { EUR: 1.1 } })).toEqual({ mode: 'constant', rates: { EUR: 1.1 } });
  // A rate of zero would make money vanish in silence.
  expect(rates({ mode: 'constant', rates: { EUR: 0 } })).toHaveLength(1);
});

it('leaves a set that was not given unread, and keeps one that is empty', () => {
  expect(parseRecordSets({ events: [] })).toEqual({ ok: true, records: { events: [] } });
  expect(parseRecordSets({})).toEqual({ ok: true, records: {} });
});

it('lets fields pass that it does not know', () => {
  const known = { id: 'c', channel: 'referral' };
  expect(parseRecordSets({ customers: [{ ...known, name: 'x' }], other: 1 })).toEqual({
    ok: true,
    records: { customers: [known] },
  });
});

it('keeps a zero, and counts an entry without a value once', () => {
  const time = '2026-03-01T00:00:00Z';
  const parsed = parseRecordSets({ spend: 0, entries: [{ time }, { time, value: 0 }, { time, value: -1 }] });
  expect(parsed).toMatchObject({
    ok: true,
    records: { spend: 0, entries: [{ id: 'entry-1', value: 1 }, { value: 0 }, { value: -1 }] },
  });
});

it.each([
  { input: { events: [{ userId: 'u', event: 'open' }] }, path: 'events.0.time' },
  { input: { events: [{ event: 'open', time: '2026-03-01T00:00:00Z' }] }, path: 'events.0.userId' },
  { input: { events: [{ userId: 'u', event: 'a', time: '2026-03-01' }] }, path: 'events.0.time' },
  { input: { events: [{ userId: 'u', event: 'a', time: '2026-03-01T00:00:00' }] }, path: 'events.0.time' },
  {
    input: { payments: [{ id: 'p', customerId: 'c', currency: 'USD', paidAt: '2026-03-01T00:00:00Z' }] },
    path: 'payments.0.amount',
  },
  {
    input: { subscriptions: [{ ...subscription, segments: [{ ...segment, to: undefined }] }] },
    path: 'subscriptions.0.segments.0.to',
  },
  {
    input: { subscriptions: [{ ...subscription, segments: [{ ...segment, status: 'gone' }] }] },
    path: 'subscriptions.0.segments.0.status',
  },
  {
    input: { sessions: [{ userId: 'u', start: '2026-03-02T00:00:00Z', end: '2026-03-01T00:00:00Z' }] },
    path: 'sessions.0',
  },
  { input: { activeUsers: '10' }, path: 'activeUsers' },
  { input: { spend: null }, path: 'spend' },
  { input: [], path: 'input' },
])('names $path when it is missing or wrong', ({ input, path }) => {
  expect(problems(input).map((problem) => problem.path)).toEqual([path]);
});
