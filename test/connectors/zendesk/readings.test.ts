import { describe, expect, it } from 'vitest';
import { memoryQuota } from '../../../connectors/sdk/index.ts';
import { zendesk } from '../../../connectors/zendesk/index.ts';
import { testContext } from '../support/context.ts';
import { CONFIG, planned, pointsOf, readAll, valuesOf, window } from './support/read.ts';
import { NOW, startZendesk, worldOf } from './support/server.ts';

const march = window('2026-03-01', '2026-03-04');
const ticket = (id: number, createdAt: string, more: object = {}) => ({ id, createdAt, ...more });

describe('tickets by day', () => {
  it('are cut into days of the metric’s zone, also when its clock is put forward', async () => {
    // New York puts its clock forward on 8 March 2026: that day is 05:00 to 04:00 UTC, 23 hours.
    const tickets = [
      ticket(1, '2026-03-08T04:59:59Z'),
      ticket(2, '2026-03-08T05:00:00Z'),
      ticket(3, '2026-03-09T03:59:59Z'),
      ticket(4, '2026-03-09T04:00:00Z'),
      ticket(5, '2026-03-10T04:00:00Z'),
    ];
    const days = window('2026-03-07', '2026-03-10', 'America/New_York');
    const { readings, server } = await readAll({ tickets }, [planned('ticket_count', days)]);
    expect(readings[0]?.points).toEqual([
      { day: '2026-03-07', value: '1' },
      { day: '2026-03-08', value: '2' },
      { day: '2026-03-09', value: '1' },
    ]);
    expect(server.asked[0]?.searchParams.get('query')).toBe(
      'created>=2026-03-07T05:00:00Z created<2026-03-10T04:00:00Z',
    );
  });

  it('begin in Shanghai at four in the afternoon of the day before, wherever the account is', async () => {
    const tickets = [ticket(1, '2026-02-28T15:59:59Z'), ticket(2, '2026-02-28T16:00:00Z')];
    const days = window('2026-02-28', '2026-03-02', 'Asia/Shanghai');
    const world = { tickets, accountOffsetMinutes: -480 };
    expect(await valuesOf(world, planned('ticket_count', days))).toEqual({
      '2026-02-28': '1',
      '2026-03-01': '1',
    });
  });

  it('say nothing of days to come, and of the running day what the search shows by now', async () => {
    // Now is noon: what came two minutes ago is not indexed yet.
    const tickets = [ticket(1, '2026-03-20T08:00:00Z'), ticket(2, '2026-03-20T11:58:00Z')];
    const days = window('2026-03-19', '2026-03-23');
    expect(await valuesOf({ tickets }, planned('ticket_count', days))).toEqual({
      '2026-03-19': '0',
      '2026-03-20': '1',
    });
  });

  it('leave out what is no request of its own', async () => {
    const tickets = [
      ticket(1, '2026-03-01T09:00:00Z'),
      ticket(2, '2026-03-01T09:00:00Z', { tags: ['spam'] }),
      ticket(3, '2026-03-01T09:00:00Z', { tags: ['billing', 'closed_by_merge'] }),
      ticket(4, '2026-03-01T09:00:00Z', { followUpOf: 1 }),
      ticket(5, '2026-03-01T09:00:00Z', { status: 'deleted' }),
      ticket(6, '2026-03-02T09:00:00Z', { status: 'closed', tags: ['vip'] }),
    ];
    const count = (params: object) => valuesOf({ tickets }, planned('ticket_count', march, params));
    expect(await count({})).toEqual({ '2026-03-01': '1', '2026-03-02': '1', '2026-03-03': '0' });
    expect(await count({ followUps: true })).toMatchObject({ '2026-03-01': '2' });
    expect(await count({ excludedTags: ['vip'] })).toMatchObject({ '2026-03-01': '3', '2026-03-02': '0' });
  });

  it('carry all of the wanted tags, in any case, and nothing but them', async () => {
    const tickets = [
      ticket(1, '2026-03-01T09:00:00Z', { tags: ['billing', 'refund'] }),
      ticket(2, '2026-03-01T09:00:00Z', { tags: ['billing'] }),
      ticket(3, '2026-03-01T09:00:00Z', { tags: ['billing_issue', 'refund'] }),
      ticket(4, '2026-03-02T09:00:00Z', { tags: ['refund', 'billing', 'vip'] }),
    ];
    const tags = ['Billing', 'refund'];
    expect(await valuesOf({ tickets }, planned('ticket_count', march, { tags }))).toEqual({
      '2026-03-01': '1',
      '2026-03-02': '1',
      '2026-03-03': '0',
    });
  });

  it('can be those of one channel', async () => {
    const tickets = [
      ticket(1, '2026-03-01T09:00:00Z', { channel: 'email' }),
      ticket(2, '2026-03-01T09:00:00Z', { channel: 'web' }),
    ];
    expect(await valuesOf({ tickets }, planned('ticket_count', march, { channel: 'web' }))).toMatchObject({
      '2026-03-01': '1',
    });
  });

  it('are read once for all metrics of a run, over all of their days', async () => {
    const tickets = [
      ticket(1, '2026-02-10T09:00:00Z', { tags: ['billing'] }),
      ticket(2, '2026-03-01T09:00:00Z'),
    ];
    const reads = [
      planned('ticket_count', march),
      planned('ticket_count', window('2026-02-10', '2026-02-12'), { tags: ['billing'] }),
    ];
    const { readings, server } = await readAll({ tickets }, reads);
    expect(readings.map(({ points }) => points[0])).toEqual([
      { day: '2026-03-01', value: '1' },
      { day: '2026-02-10', value: '1' },
    ]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.pathname).toBe('/zendesk/api/v2/search/export');
  });

  it('of an account without any are zeros, and the list was seen to its end', async () => {
    const { readings } = await readAll({}, [planned('ticket_count', march)]);
    expect(readings[0]).toEqual({
      points: [
        { day: '2026-03-01', value: '0' },
        { day: '2026-03-02', value: '0' },
        { day: '2026-03-03', value: '0' },
      ],
      completeness: { pages: 1, items: 0, lastPageReached: true, notes: [] },
    });
  });
});

describe('tickets by month', () => {
  const tickets = [
    ticket(1, '2026-01-31T23:30:00Z'), // 18:30 in New York
    ticket(2, '2026-02-01T05:00:00Z'), // midnight in New York
    ticket(3, '2026-02-14T12:00:00Z'),
    ticket(4, '2026-03-01T04:59:00Z'), // still February there
    ticket(5, '2026-03-05T12:00:00Z'),
  ];
  const monthly = (startDay: string, endDay: string) =>
    pointsOf(
      { tickets },
      planned('ticket_count', window(startDay, endDay, 'America/New_York'), { per: 'month' }),
    );

  it('have one point on the last day of each month that is over, of the whole month', async () => {
    // The window begins in the middle of February, whose first days are read all the same.
    expect(await monthly('2026-02-20', '2026-03-21')).toEqual([{ day: '2026-02-28', value: '3' }]);
    expect(await monthly('2026-01-01', '2026-03-01')).toEqual([
      { day: '2026-01-31', value: '1' },
      { day: '2026-02-28', value: '3' },
    ]);
  });

  it('have none before the month’s last day, and then nobody is asked', async () => {
    const server = await startZendesk(worldOf({ tickets }));
    try {
      const { context } = testContext(CONFIG, server.endpoint, new Date(NOW));
      const { params, window: days } = planned('ticket_count', window('2026-03-02', '2026-03-21'), {
        per: 'month',
      });
      const reading = await zendesk.metrics['ticket_count']?.read(context, days, params);
      expect(reading?.points).toEqual([]);
      expect(server.requestCount()).toBe(0);
    } finally {
      await server.close();
    }
  });
});

describe('customer satisfaction', () => {
  const rating = (id: number, day: string, score: 'good' | 'bad' | 'offered', more: object = {}) => ({
    id,
    ticketId: id,
    requesterId: 100 + id,
    score,
    createdAt: `${day}T10:00:00Z`,
    ...more,
  });

  it('is good by good and bad over the days up to each, with both sides and the interval', async () => {
    const ratings = [
      rating(1, '2026-02-27', 'bad'), // before the window of the first day
      rating(2, '2026-02-28', 'good'),
      rating(3, '2026-03-01', 'good'),
      rating(4, '2026-03-02', 'bad'),
      rating(5, '2026-03-02', 'offered'),
      rating(6, '2026-03-02', 'good'),
    ];
    const points = await pointsOf(
      { ratings },
      planned('csat', window('2026-03-01', '2026-03-03'), { days: 2 }),
    );
    // 28 February and 1 March: 2 of 2. 1 and 2 March: 2 of 3, by Wilson 0.2077 to 0.9385.
    expect(points).toMatchObject([
      { day: '2026-03-01', value: '1', numerator: '2', denominator: '2' },
      { day: '2026-03-02', value: '0.666666666667', numerator: '2', denominator: '3' },
    ]);
    expect(points[1]?.sample).toEqual({
      size: 3,
      lower: expect.closeTo(0.2077, 4) as number,
      upper: expect.closeTo(0.9385, 4) as number,
      level: 0.95,
    });
  });

  it('asks from the first day that a point looks back to, in the metric’s zone', async () => {
    const days = window('2026-03-09', '2026-03-10', 'America/New_York');
    const ratings = [rating(1, '2026-03-08', 'good', { createdAt: '2026-03-08T04:59:59Z' })];
    const { readings, server } = await readAll({ ratings }, [planned('csat', days, { days: 2 })]);
    // Midnight of the 8th in New York is 05:00 UTC: the rating a second before is of the 7th.
    expect(readings[0]?.points).toMatchObject([{ value: null, reason: 'zero_denominator' }]);
    const asked = server.asked[0]?.searchParams;
    expect(asked?.get('start_time')).toBe(String(Date.parse('2026-03-08T05:00:00Z') / 1_000));
    expect(asked?.has('end_time')).toBe(false);
  });

  it('counts a ticket that was rated anew once, as it stands', async () => {
    const ratings = [
      rating(1, '2026-03-01', 'bad', { ticketId: 9 }),
      rating(2, '2026-03-03', 'good', { ticketId: 9 }),
    ];
    const read = planned('csat', march, { days: 3 });
    expect(await valuesOf({ ratings }, read)).toEqual({
      '2026-03-01': '0',
      '2026-03-02': '0',
      '2026-03-03': '1',
    });
  });

  it('counts every ticket of a person, or only the latest', async () => {
    const ratings = [
      rating(1, '2026-03-01', 'bad', { requesterId: 5 }),
      rating(2, '2026-03-02', 'good', { requesterId: 5 }),
      rating(3, '2026-03-02', 'good', { requesterId: null }),
      rating(4, '2026-03-02', 'bad', { requesterId: null }),
    ];
    const third = (params: object) =>
      pointsOf({ ratings }, planned('csat', window('2026-03-03', '2026-03-04'), params));
    expect(await third({})).toMatchObject([{ value: '0.5', denominator: '4' }]);
    expect(await third({ dedupe: 'latest_per_respondent' })).toMatchObject([
      { value: '0.666666666667', denominator: '3' },
    ]);
  });

  it('has no value of too few, and then says only how few', async () => {
    const ratings = [rating(1, '2026-03-01', 'good')];
    const read = planned('csat', window('2026-03-01', '2026-03-02'), { minResponses: 2 });
    expect(await pointsOf({ ratings }, read)).toEqual([
      {
        day: '2026-03-01',
        value: null,
        reason: 'insufficient_sample',
        sample: { size: 1, lower: null, upper: null, level: null },
      },
    ]);
  });

  it('follows the list to its last page', async () => {
    const ratings = Array.from({ length: 5 }, (_, index) =>
      rating(index + 1, '2026-03-01', index < 4 ? 'good' : 'bad'),
    );
    const read = planned('csat', window('2026-03-01', '2026-03-02'), { days: 1 });
    const { readings, server } = await readAll({ ratings, maxPageSize: 2 }, [read]);
    expect(readings[0]).toMatchObject({ points: [{ value: '0.8' }], completeness: { pages: 3, items: 5 } });
    expect(server.asked.map((url) => url.searchParams.get('page[after]') !== null)).toEqual([
      false,
      true,
      true,
    ]);
  });
});

it('asks one at a time, and no more than ninety times a minute', () => {
  expect(zendesk.limits).toEqual({ requestsPerSecond: 1.5, concurrent: 1 });
});

it('does not ask an account that another worker was told to leave alone', async () => {
  const server = await startZendesk(
    worldOf({ refuse: () => ({ status: 429, headers: { 'retry-after': '30' } }) }),
  );
  try {
    const quota = memoryQuota(() => Date.parse(NOW));
    const read = planned('ticket_count', march);
    const again = () => {
      const { context } = testContext(CONFIG, server.endpoint, new Date(NOW));
      return zendesk.metrics['ticket_count']?.read({ ...context, quota }, read.window, read.params);
    };
    await expect(again()).rejects.toMatchObject({ code: 'http_429' });
    await expect(again()).rejects.toMatchObject({ code: 'quota_paused', remedy: { afterMs: 30_000 } });
    expect(server.requestCount()).toBe(1);
  } finally {
    await server.close();
  }
});
