import { expect, it } from 'vitest';
import { property } from './support/property.ts';
import { berlin, later, readOne, runOn, valuesOf, week } from './support/read.ts';

const days = {
  '2026-03-02': { newUsers: 10, activeUsers: 100, sessions: 150, 'sessionKeyEventRate:sign_up': '0.06' },
  '2026-03-03': { newUsers: 20, activeUsers: 110, sessions: 160, 'sessionKeyEventRate:sign_up': '0.05' },
};
const two = berlin('2026-03-02', '2026-03-04');

it('asks once for ten reads of one metric', async () => {
  const reads = Array.from({ length: 10 }, () => ({ metric: 'new_users', window: two }));
  const { outcomes, asked, exchanges } = await runOn(property(days), reads);
  expect(asked).toHaveLength(1);
  expect(outcomes.map(valuesOf)).toEqual(reads.map(() => ({ '2026-03-02': '10', '2026-03-03': '20' })));
  expect(exchanges).toHaveLength(1);
});

it('asks once for different metrics of one window, in one report without a name twice', async () => {
  const reads = [
    { metric: 'new_users', window: two },
    { metric: 'sessions', window: two },
    { metric: 'active_users', window: two },
    { metric: 'key_event_conversion', params: { keyEvent: 'sign_up' }, window: two },
  ];
  const { outcomes, asked } = await runOn(property(days), reads);
  expect(asked).toHaveLength(1);
  const [report, ...others] = asked[0]?.body.requests ?? [];
  expect(others).toEqual([]);
  expect(report?.metrics.map(({ name }) => name)).toEqual([
    'newUsers',
    'sessions',
    'activeUsers',
    'sessionKeyEventRate:sign_up',
  ]);
  // 0.06 of 150 are 9, 0.05 of 160 are 8
  expect(outcomes[3]).toMatchObject({
    points: [
      { day: '2026-03-02', value: '0.06', numerator: '9', denominator: '150' },
      { day: '2026-03-03', value: '0.05', numerator: '8', denominator: '160' },
    ],
  });
});

it('puts five windows into one request and a sixth into the next, each answer going where it belongs', async () => {
  const endDays = ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08'];
  const reads = endDays.map((endDay) => ({ metric: 'sessions', window: berlin('2026-03-02', endDay) }));
  const { outcomes, asked } = await runOn(property(days), reads);
  expect(asked.map(({ body }) => body.requests?.length)).toEqual([5, 1]);
  // One day more in each window
  expect(outcomes.map((outcome) => Object.keys(valuesOf(outcome)).length)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('opens a second report for the eleventh metric, and keeps both parts of a rate in one', async () => {
  const events = Array.from({ length: 10 }, (_, at) => `event_${at}`);
  const reads = events.map((keyEvent) => ({
    metric: 'key_event_conversion',
    params: { keyEvent },
    window: two,
  }));
  const { asked } = await runOn(property(days), reads);
  const reports = (asked[0]?.body.requests ?? []).map(({ metrics }) => metrics.map(({ name }) => name));
  // nine rates with the sessions they share, then the tenth with its own
  expect(reports.map((names) => names.length)).toEqual([10, 2]);
  expect(reports.every((names) => names.includes('sessions'))).toBe(true);
});

it('one bad key event fails its own metric and no other (a batch is refused as a whole)', async () => {
  const message =
    'Field sessionKeyEventRate:no_such is not a valid metric. For a list of valid dimensions and metrics, see the API schema.';
  const good = property(days);
  const { outcomes, asked } = await runOn(
    (call) =>
      JSON.stringify(call.body).includes('no_such')
        ? { status: 400, body: { error: { code: 400, message, status: 'INVALID_ARGUMENT' } } }
        : good(call),
    [
      { metric: 'new_users', window: two },
      { metric: 'key_event_conversion', params: { keyEvent: 'no_such' }, window: two },
      { metric: 'sessions', window: berlin('2026-03-02', '2026-03-03') },
    ],
  );
  expect(valuesOf(outcomes[0])).toEqual({ '2026-03-02': '10', '2026-03-03': '20' });
  expect(outcomes[1]).toMatchObject({ error: { errorClass: 'config', remedy: { by: 'owner' } } });
  expect((outcomes[1] as { error: Error }).error.message).toContain('Field sessionKeyEventRate:no_such');
  expect(valuesOf(outcomes[2])).toEqual({ '2026-03-02': '150' });
  // all, then each report, then each metric of the bad one
  expect(asked.map(({ body }) => body.requests?.length)).toEqual([2, 1, 1, 1, 1]);
});

it('sends absolute days and ends at today in the property’s zone, not a day later (off by one)', async () => {
  // 23:30 UTC on the 3rd is half past midnight on the 4th in Berlin.
  const now = new Date('2026-03-03T23:30:00Z');
  const { asked } = await readOne(property(days), { metric: 'sessions', window: week }, { now });
  expect(asked[0]?.body.requests?.[0]?.dateRanges).toEqual([
    { startDate: '2026-03-02', endDate: '2026-03-04' },
  ]);
});

it('leaves today out while it has no row, and marks it as partial once it has', async () => {
  const now = new Date('2026-03-03T18:00:00Z');
  const [yesterday] = Object.entries(days);
  const without = await readOne(
    property(Object.fromEntries([yesterday ?? []])),
    { metric: 'sessions' },
    { now },
  );
  expect(valuesOf(without)).toEqual({ '2026-03-02': '150' });
  const having = await readOne(property(days), { metric: 'sessions' }, { now });
  expect(having.points).toEqual([
    { day: '2026-03-02', value: '150' },
    { day: '2026-03-03', value: '160', flags: { partialDay: true } },
  ]);
});

it('asks nothing about a window that has not begun', async () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const { points, asked } = await readOne(property(days), { metric: 'sessions' }, { now });
  expect(points).toEqual([]);
  expect(asked).toEqual([]);
});

it('one day of a spring with 23 hours is one point', async () => {
  const spring = { '2026-03-28': { sessions: 240 }, '2026-03-29': { sessions: 230 } };
  const now = new Date('2026-04-10T12:00:00Z');
  const window = berlin('2026-03-28', '2026-03-31');
  const { points } = await readOne(property(spring), { metric: 'sessions', window }, { now });
  expect(points.map(({ day, value }) => [day, value])).toEqual([
    ['2026-03-28', '240'],
    ['2026-03-29', '230'],
    ['2026-03-30', '0'],
  ]);
});

it('does not cut days in another zone than the property does: the owner is told both', async () => {
  const { outcomes } = await runOn(property(days, { timeZone: 'America/New_York' }), [
    { metric: 'sessions' },
  ]);
  const { error } = outcomes[0] as { error: Error };
  expect(error).toMatchObject({ errorClass: 'config', code: 'time_zone', remedy: { by: 'owner' } });
  expect(error.message).toBe(
    'This GA4 property cuts its days in America/New_York, the metric in Europe/Berlin. Set the metric’s own time zone to America/New_York.',
  );
});

it('knows that a zone may have two names', async () => {
  const window = { ...berlin('2026-03-02', '2026-03-03'), timeZone: 'Asia/Kolkata' };
  const reading = await readOne(property(days, { timeZone: 'Asia/Calcutta' }), {
    metric: 'sessions',
    window,
  });
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '150' });
});

it('a rate whose count is not whole has no value and says why', async () => {
  const odd = { '2026-03-02': { sessions: 150, 'sessionKeyEventRate:sign_up': '0.063' } };
  const read = {
    metric: 'key_event_conversion',
    params: { keyEvent: 'sign_up' },
    window: berlin('2026-03-02', '2026-03-03'),
  };
  // 0.063 of 150 are 9.45
  expect((await readOne(property(odd), read)).points).toEqual([
    { day: '2026-03-02', value: null, flags: { notWhole: 9.45 } },
  ]);
});

it('takes a rate with 17 digits for what it stands for', async () => {
  // 1813 of 1845 sessions
  const long = { '2026-03-02': { totalUsers: 1_845, 'userKeyEventRate:sign_up': '0.98265582655826555' } };
  const params = { keyEvent: 'sign_up', per: 'user' };
  const read = { metric: 'key_event_conversion', params, window: berlin('2026-03-02', '2026-03-03') };
  expect((await readOne(property(long), read)).points).toMatchObject([
    { numerator: '1813', denominator: '1845' },
  ]);
});

it('asks for 28 days of people under their own name', async () => {
  const some = { '2026-03-02': { active28DayUsers: 900 } };
  const read = { metric: 'active_users', params: { days: 28 }, window: berlin('2026-03-02', '2026-03-03') };
  expect(valuesOf(await readOne(property(some), read))).toEqual({ '2026-03-02': '900' });
});

it('pages by rowCount when an answer is shorter than the report', async () => {
  const { asked, completeness, ...reading } = await readOne(property(days, { pageSize: 1 }), {
    metric: 'sessions',
    window: two,
  });
  expect(valuesOf({ completeness, points: reading.points })).toEqual({
    '2026-03-02': '150',
    '2026-03-03': '160',
  });
  const offsets = asked.map(({ body }) => body.requests?.[0]?.offset);
  expect(offsets).toEqual(['0', '1']);
  expect(completeness).toMatchObject({ pages: 2, items: 2, lastPageReached: true });
});

it.each([
  { why: 'a day comes twice', change: { dimensionValues: [{ value: '20260302' }] }, code: 'repeated_row' },
  { why: 'there are more rows than promised', rowCount: 1, code: 'row_count' },
])('believes nothing when $why', async ({ change, rowCount, code }) => {
  const respond = property(days, {
    change: (report) => ({
      ...report,
      rows: (report.rows ?? []).map((row) => ({ ...row, ...change })),
      rowCount: rowCount ?? report.rowCount,
    }),
  });
  const { outcomes } = await runOn(respond, [{ metric: 'sessions', window: two }]);
  expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code } }]);
});

it('does not stop at a page that promises more and holds nothing', async () => {
  const respond = property(days, { change: (report) => ({ ...report, rows: [], rowCount: 7 }) });
  const { outcomes, asked } = await runOn(respond, [{ metric: 'sessions' }], { now: later });
  expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'row_count' } }]);
  expect(asked).toHaveLength(1);
});
