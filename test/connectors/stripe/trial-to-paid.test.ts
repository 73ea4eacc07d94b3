import { expect, it } from 'vitest';
import { stripe } from '../../../connectors/stripe/index.ts';
import { at, invoice, item, line, price, subscription, type Thing } from './support/objects.ts';
import { readOnce, utcWindow } from './support/read.ts';

const pro = price('price_pro', 4_900);
const march: [string, string] = ['2026-03-15T00:00:00Z', '2026-04-15T00:00:00Z'];

function trial(id: string, start: string, end: string, more: Record<string, unknown> = {}): Thing {
  const dates = { created: at(start), trial_start: at(start), trial_end: at(end) };
  return subscription(id, [item(`si_${id}`, pro, 1)], { customer: `cus_${id}`, ...dates, ...more });
}

function paid(of: Thing, instant: string, more: Record<string, unknown> = {}): Thing {
  return invoice(`in_${of.id}_${instant}`, of, instant, [line(`il_${of.id}`, 4_900, march)], more);
}

const window = utcWindow('2026-03-01', '2026-03-03');

async function read(
  subscriptions: Thing[],
  invoices: Thing[],
  { now = '2026-05-01T00:00:00Z', params = {}, during = window, pageSize = 100 } = {},
) {
  const options = { params, now, window: during, pageSize };
  const { points, completeness, asked } = await readOnce(
    { subscriptions, invoices },
    'trial_to_paid',
    options,
  );
  const days = Object.fromEntries(
    points.map(({ day, value, numerator, denominator }) => [day, { value, numerator, denominator }]),
  );
  return { days, points, completeness, asked };
}

const two = [
  trial('sub_a', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z'),
  trial('sub_b', '2026-03-01T20:00:00Z', '2026-03-15T20:00:00Z'),
] as const;

it('divides those who paid by those who tried, on the day their trial began', async () => {
  const { days, points, completeness } = await read([...two], [paid(two[0], '2026-03-15T10:00:00Z')]);
  expect(days['2026-03-01']).toEqual({ value: '0.5', numerator: '1', denominator: '2' });
  // Nobody began on 2 March: no rate, which is not a rate of zero.
  expect(days['2026-03-02']).toEqual({ value: null, numerator: '0', denominator: '0' });
  expect(points[1]?.flags).toEqual({ reason: 'zero_denominator' });
  expect(completeness).toMatchObject({ lastPageReached: true, pages: 2, items: 3 });
});

it.each([
  { why: 'a second before the grace is over is in time', instant: '2026-03-22T08:59:59Z', paidOf: '1' },
  // Trial end 15 March 09:00 and seven times 24 hours.
  { why: 'exactly when the grace is over is too late', instant: '2026-03-22T09:00:00Z', paidOf: '0' },
  { why: 'during the trial counts', instant: '2026-03-02T00:00:00Z', paidOf: '1' },
])('a payment $why', async ({ instant, paidOf }) => {
  const { days } = await read([two[0]], [paid(two[0], instant)]);
  expect(days['2026-03-01']).toMatchObject({ numerator: paidOf, denominator: '1' });
});

it('gives no point, and no low number, for a day whose trials still run', async () => {
  const { days } = await read([...two], [paid(two[0], '2026-03-15T10:00:00Z')], {
    now: '2026-03-20T00:00:00Z',
  });
  expect(days).not.toHaveProperty('2026-03-01');
});

it('leaves a person whose time is not up out of both numbers, even one who has paid', async () => {
  const longer = trial('sub_c', '2026-03-01T10:00:00Z', '2026-04-30T10:00:00Z');
  const invoices = [paid(two[0], '2026-03-15T10:00:00Z'), paid(longer, '2026-03-16T10:00:00Z')];
  const { days, points } = await read([...two, longer], invoices);
  expect(days['2026-03-01']).toEqual({ value: '0.5', numerator: '1', denominator: '2' });
  expect(points[0]?.counts).toEqual({ immature: 1 });
});

it('judges a trial that was extended by its real end', async () => {
  const extended = trial('sub_x', '2026-03-01T09:00:00Z', '2026-04-05T09:00:00Z');
  const { days } = await read([extended], [paid(extended, '2026-04-10T09:00:00Z')]);
  expect(days['2026-03-01']).toMatchObject({ numerator: '1', denominator: '1' });
});

it('takes the usual length where Stripe names no end', async () => {
  const open = trial('sub_o', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z', { trial_end: null });
  // 1 March and 10 + 2 days: 13 March 09:00 is too late, a second earlier is not.
  const params = { trialDays: 10, graceDays: 2 };
  const late = await read([open], [paid(open, '2026-03-13T09:00:00Z')], { params });
  const inTime = await read([open], [paid(open, '2026-03-13T08:59:59Z')], { params });
  expect(late.days['2026-03-01']?.numerator).toBe('0');
  expect(inTime.days['2026-03-01']?.numerator).toBe('1');
});

it('counts a person once, on the day of their first trial, also when that subscription is long gone', async () => {
  const first = trial('sub_1', '2026-02-01T09:00:00Z', '2026-02-15T09:00:00Z', {
    customer: 'cus_same',
    status: 'canceled',
    ended_at: at('2026-02-15T09:00:00Z'),
  });
  const again = trial('sub_2', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z', { customer: 'cus_same' });
  const { days, asked } = await read([again, first], [paid(again, '2026-03-15T10:00:00Z')]);
  expect(days['2026-03-01']).toMatchObject({ denominator: '0', value: null });
  expect(asked.find((path) => path.startsWith('/v1/subscriptions'))).toContain('status=all');
});

it('counts a payment for another subscription that the person began instead', async () => {
  const instead = subscription('sub_new', [item('si_n', pro, 1)], {
    customer: 'cus_sub_a',
    created: at('2026-03-10T09:00:00Z'),
  });
  const { days } = await read([instead, two[0]], [paid(instead, '2026-03-10T09:00:05Z')]);
  expect(days['2026-03-01']).toMatchObject({ numerator: '1', denominator: '1' });
});

it.each([
  {
    why: 'a renewal of a subscription that was there before the trial',
    of: subscription('sub_old', [], { customer: 'cus_sub_a', created: at('2025-06-01T00:00:00Z') }),
    more: {},
  },
  { why: 'an invoice of nothing, as a trial begins with', of: two[0], more: { amount_paid: 0 } },
  { why: 'an invoice that is still open', of: two[0], more: { status: 'open', amount_paid: 0 } },
  { why: 'an invoice without a subscription', of: two[0], more: { parent: null } },
  { why: 'a payment of somebody else', of: two[0], more: { customer: 'cus_other' } },
  { why: 'an invoice without a customer', of: two[0], more: { customer: null } },
])('does not take $why for a conversion', async ({ of, more }) => {
  const others = of === two[0] ? [] : [of];
  const { days } = await read([two[0], ...others], [paid(of, '2026-03-15T10:00:00Z', more)]);
  expect(days['2026-03-01']).toMatchObject({ value: '0', numerator: '0', denominator: '1' });
});

it('leaves people on test clocks out', async () => {
  const clocked = trial('sub_t', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z', { test_clock: 'clock_1' });
  const { days } = await read([clocked], [paid(clocked, '2026-03-15T10:00:00Z')]);
  expect(days['2026-03-01']).toMatchObject({ denominator: '0' });
});

it('cuts the days in the zone of the metric', async () => {
  // 2 March 02:00 UTC is 1 March 21:00 in New York.
  const late = trial('sub_n', '2026-03-02T02:00:00Z', '2026-03-16T02:00:00Z');
  const newYork = {
    ...window,
    timeZone: 'America/New_York',
    startAt: new Date('2026-03-01T05:00:00Z'),
    endAt: new Date('2026-03-03T05:00:00Z'),
  };
  const { days } = await read([late], [paid(late, '2026-03-16T04:00:00Z')], { during: newYork });
  expect(days['2026-03-01']).toMatchObject({ numerator: '1', denominator: '1' });
});

it('says nothing yet about today, when somebody may still begin', async () => {
  const { days } = await read([], [], { now: '2026-03-02T12:00:00Z' });
  expect(Object.keys(days)).toEqual(['2026-03-01']);
});

it('asks for no invoice made before the window, and for all that were made since', async () => {
  const { asked } = await read([two[0]], [paid(two[0], '2026-03-15T10:00:00Z')]);
  const invoices = asked.find((path) => path.startsWith('/v1/invoices'));
  // 1 March and, because payments come after the window, the second of the run, included.
  expect(invoices).toContain(`created[gte]=${at('2026-03-01T00:00:00Z')}`);
  expect(invoices).toContain(`created[lt]=${at('2026-05-01T00:00:00Z') + 1}`);
});

it('asks nothing about a window that has not begun', async () => {
  const { points, asked } = await read([], [], { now: '2026-02-01T00:00:00Z' });
  expect(points).toEqual([]);
  expect(asked).toEqual([]);
});

it('settles when the last usual trial has run out, grace included', () => {
  const { settlesAfterHours, paramsSchema, rereadDays } = stripe.metrics.trial_to_paid ?? {};
  const params: unknown = paramsSchema?.parse({});
  expect(params).toEqual({ graceDays: 7, trialDays: 14 });
  // 21 days of 24 hours.
  expect(typeof settlesAfterHours === 'function' ? settlesAfterHours(params) : settlesAfterHours).toBe(504);
  expect(rereadDays).toBe(35);
});

it.each([{ graceDays: 91 }, { graceDays: -1 }, { graceDays: 1.5 }])('refuses %j', (params) => {
  expect(stripe.metrics.trial_to_paid?.paramsSchema.safeParse(params).success).toBe(false);
});
