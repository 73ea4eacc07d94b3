import { describe, expect, it } from 'vitest';
import { stripe } from '../../../connectors/stripe/index.ts';
import { type LtvTerms, lifetimeValue } from '../../../connectors/stripe/lifetime-value.ts';
import { ltvPoint } from '../../../connectors/stripe/ltv.ts';
import { Exact } from '../../../connectors/stripe/schema.ts';
import { at, invoice, item, line, price, subscription, type Thing } from './support/objects.ts';
import { readOnce, utcWindow } from './support/read.ts';

const plan = price('price_plan', 10_000);

describe('the formula', () => {
  const terms: LtvTerms = { formula: 'arpa_over_churn' };
  it.each([
    // Published: ChartMogul's help page on lifetime value, 100.00 over 5 %.
    { why: 'ARPA over churn', arpa: 10_000, churn: 0.05, more: {}, value: '200000' },
    // 50.00 x 75 % / 3 %.
    {
      why: 'the gross margin of it',
      arpa: 5_000,
      churn: 0.03,
      more: { formula: 'margin_adjusted', grossMargin: 0.75 },
      value: '125000',
    },
    // Published: Stripe assumes a churn of 1.67 % where there is none; 5000 / 0.0167.
    {
      why: 'an assumed churn where nobody left',
      arpa: 5_000,
      churn: 0,
      more: { assumedMinChurn: 0.0167 },
      value: '299401.197604790419',
    },
    {
      why: 'the real churn where somebody did',
      arpa: 5_000,
      churn: 0.01,
      more: { assumedMinChurn: 0.5 },
      value: '500000',
    },
    // 1 % would mean 100 months; 50.00 x 60.
    {
      why: 'a lifetime no longer than the cap',
      arpa: 5_000,
      churn: 0.01,
      more: { maxLifetimeMonths: 60 },
      value: '300000',
    },
    {
      why: 'the cap where nobody left',
      arpa: 5_000,
      churn: 0,
      more: { maxLifetimeMonths: 60 },
      value: '300000',
    },
    {
      why: 'the real lifetime below the cap',
      arpa: 5_000,
      churn: 0.05,
      more: { maxLifetimeMonths: 60 },
      value: '100000',
    },
  ] as const)('is $why', ({ arpa, churn, more, value }) => {
    const { value: found } = lifetimeValue(new Exact(arpa), new Exact(churn), { ...terms, ...more });
    expect(found?.toDecimalPlaces(12).toFixed()).toBe(value);
  });

  it('has no value when nobody left, which is not an endless one', () => {
    expect(lifetimeValue(new Exact(5_000), new Exact(0), terms)).toEqual({
      value: null,
      reason: 'zero_churn',
    });
  });

  it('averages the rates of the months, each of them counting alike', () => {
    const paying = { mrr: new Exact(1_000), customers: 4 };
    const months = [
      { opening: 10, lost: 1 },
      { opening: 100, lost: 0 },
      { opening: 0, lost: 0 }, // before the first customer: no rate
    ];
    const point = ltvPoint('2026-03-31', paying, months, { formula: 'arpa_over_trailing_churn' });
    // (10 % + 0 %) / 2 = 5 %; 250 / 5 % = 5000.
    expect(point).toEqual({
      day: '2026-03-31',
      value: '5000',
      counts: { payingCustomers: 4, churnMonths: 2, openingCustomers: 110, lostCustomers: 1 },
      flags: { formula: 'arpa_over_trailing_churn', arpa: '250', monthlyChurn: '0.05', lifetimeMonths: '20' },
    });
  });

  it.each([
    { why: 'nobody pays', customers: 0, opening: 10 },
    { why: 'no month opened with a customer', customers: 5, opening: 0 },
  ])('has no value when $why', ({ customers, opening }) => {
    const paying = { mrr: new Exact(customers * 100), customers };
    const point = ltvPoint('2026-03-31', paying, [{ opening, lost: Math.min(1, opening) }], terms);
    expect(point).toMatchObject({ value: null, flags: { reason: 'zero_denominator' } });
  });
});

/** Billed on the first second of each month from 2026-01-01 on, at 100.00. */
function monthly(
  id: string,
  months: string[],
  more: Record<string, unknown> = {},
): { of: Thing; invoices: Thing[] } {
  const of = subscription(id, [item(`si_${id}`, plan, 1)], {
    customer: `cus_${id}`,
    created: at(`${months[0]}-01T00:00:00Z`),
    ...more,
  });
  return { of, invoices: months.map((month) => renewal(of, month)) };
}

function renewal(of: Thing, month: string, more: Record<string, unknown> = {}): Thing {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = new Date(Date.UTC(year, number, 1)).toISOString();
  const start = `${month}-01T00:00:00Z`;
  return invoice(
    `in_${of.id}_${month}`,
    of,
    start,
    [line(`il_${of.id}_${month}`, 10_000, [start, next])],
    more,
  );
}

const quarter = ['2026-01', '2026-02', '2026-03'];
const ended = (instant: string) => ({ status: 'canceled', ended_at: at(instant) });

type Input = { subscriptions: Thing[]; invoices: Thing[] };

/** How many customers paid at the opening of March 2026, and how many of those did not at its close. */
async function march({ subscriptions, invoices }: Input, now = '2026-04-10T00:00:00Z') {
  const day = now.slice(0, 10);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const options = {
    params: { currency: 'usd', formula: 'arpa_over_churn' },
    now,
    window: utcWindow(day, next),
  };
  const { points, asked, completeness } = await readOnce({ subscriptions, invoices }, 'ltv', options);
  const { openingCustomers: opening, lostCustomers: lost } = points[0]?.counts ?? {};
  return { opening, lost, point: points[0], asked, completeness };
}

const joined = (...of: { of: Thing; invoices: Thing[] }[]): Input => ({
  subscriptions: of.map((each) => each.of),
  invoices: of.flatMap((each) => each.invoices),
});

describe('churn of a month', () => {
  const stays = monthly('stays', [...quarter, '2026-04']);

  it('is the share of those who paid at its opening and no longer did at its close', async () => {
    const left = monthly('left', ['2026-01', '2026-02'], ended('2026-03-01T00:00:00Z'));
    const came = monthly('came', ['2026-03', '2026-04']);
    const found = await march(joined(stays, left, came));
    // Two paid as February ended; one of them is gone, and who came in March changes nothing.
    expect(found).toMatchObject({ opening: 2, lost: 1 });
    // MRR 200.00 of two customers, churn one half: 100.00 x 2 months.
    expect(found.point).toMatchObject({
      day: '2026-04-10',
      value: '20000',
      flags: { arpa: '10000', monthlyChurn: '0.5' },
    });
    expect(found.completeness.lastPageReached).toBe(true);
  });

  it('is dated by the end of the service, not by the request to cancel', async () => {
    const asked = { cancel_at_period_end: true, canceled_at: at('2026-02-10T00:00:00Z') };
    const announced = monthly('announced', quarter, { ...asked, ...ended('2026-04-01T00:00:00Z') });
    // Served to the last second of March: gone in April, not in February.
    expect(await march(joined(stays, announced))).toMatchObject({ opening: 2, lost: 0 });
  });

  it('ends with the subscription, whatever was paid beyond', async () => {
    const year: [string, string] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'];
    const of = subscription('sub_y', [], { created: at(year[0]), ...ended('2026-03-15T00:00:00Z') });
    const yearly = { of, invoices: [invoice('in_y', of, year[0], [line('il_y', 120_000, year)])] };
    expect(await march(joined(stays, yearly))).toMatchObject({ opening: 2, lost: 1 });
  });

  it('sees a yearly payment of last year', async () => {
    const year: [string, string] = ['2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z'];
    const of = subscription('sub_y', [], { created: at('2024-06-01T00:00:00Z') });
    const yearly = { of, invoices: [invoice('in_y', of, year[0], [line('il_y', 120_000, year)])] };
    expect(await march(joined(stays, yearly))).toMatchObject({ opening: 2, lost: 0 });
  });

  it('loses nobody who moved to another subscription', async () => {
    const before = monthly('before', ['2026-02'], {
      customer: 'cus_moved',
      ...ended('2026-03-01T00:00:00Z'),
    });
    const after = monthly('after', ['2026-03', '2026-04'], { customer: 'cus_moved' });
    expect(await march(joined(before, after))).toMatchObject({ opening: 1, lost: 0 });
  });

  it.each([
    { why: 'void', more: { status: 'void' } },
    { why: 'a draft that waits for somebody', more: { status: 'draft', auto_advance: false } },
    { why: 'in another currency', more: { currency: 'eur' } },
  ])('takes an invoice that is $why for no payment', async ({ more }) => {
    const other = monthly('other', ['2026-02']);
    other.invoices.push(renewal(other.of, '2026-03', more));
    expect(await march(joined(stays, other))).toMatchObject({ opening: 2, lost: 1 });
  });

  it.each([
    { why: 'open, while Stripe still tries', more: { status: 'open' } },
    {
      why: 'a draft of this hour, which Stripe will finalize',
      more: { status: 'draft', auto_advance: true },
    },
  ])('counts an invoice that is $why', async ({ more }) => {
    const other = monthly('other', ['2026-02']);
    other.invoices.push(renewal(other.of, '2026-03', more));
    expect(await march(joined(stays, other))).toMatchObject({ opening: 2, lost: 0 });
  });

  it('lets an invoice that was given up count until it was', async () => {
    const other = monthly('other', ['2026-01']);
    const givenUp = { marked_uncollectible_at: at('2026-03-08T00:00:00Z'), paid_at: null };
    const status = { status: 'uncollectible', status_transitions: givenUp };
    const start = '2026-02-15T00:00:00Z';
    const lines = [line('il_u', 10_000, [start, '2026-04-15T00:00:00Z'])];
    other.invoices.push(invoice('in_u', other.of, start, lines, status));
    expect(await march(joined(stays, other))).toMatchObject({ opening: 2, lost: 1 });
  });

  it('takes a customer who pays nothing after discounts for no paying one', async () => {
    const gift = monthly('gift', []);
    const of = { ...gift.of, created: at('2026-01-01T00:00:00Z') };
    const free = quarter.map((month) => {
      const whole = renewal(of, month);
      const [one] = (whole.lines as { data: Thing[] }).data;
      return {
        ...whole,
        lines: {
          data: [{ ...one, discount_amounts: [{ amount: 10_000, discount: 'di_1' }] }],
          has_more: false,
        },
      };
    });
    expect(await march(joined(stays, { of, invoices: free }))).toMatchObject({ opening: 1, lost: 0 });
  });

  it('finds the line that counts beyond the ten that an invoice shows', async () => {
    const of = subscription('sub_12', [], { customer: 'cus_12', created: at('2026-01-01T00:00:00Z') });
    const span: [string, string] = ['2026-02-01T00:00:00Z', '2026-06-01T00:00:00Z'];
    const lines = Array.from({ length: 12 }, (_, index) => line(`il_${index}`, index === 11 ? 500 : 0, span));
    const many = { of, invoices: [invoice('in_12', of, span[0], lines)] };
    const found = await march(joined(stays, many));
    expect(found).toMatchObject({ opening: 2, lost: 0 });
    expect(found.asked.some((path) => path.startsWith('/v1/invoices/in_12/lines'))).toBe(true);
  });

  it('sums a plan change up by its lines: the credit for unused time takes nobody away', async () => {
    const changed = monthly('changed', quarter);
    const rest: [string, string] = ['2026-03-16T00:00:00Z', '2026-04-01T00:00:00Z'];
    const details = { subscription: changed.of.id, proration: true };
    const parent = {
      type: 'invoice_item_details',
      invoice_item_details: details,
      subscription_item_details: null,
    };
    const lines = [line('il_credit', -5_161, rest, { parent }), line('il_debit', 9_000, rest, { parent })];
    changed.invoices.push(invoice('in_change', changed.of, rest[0], lines));
    expect(await march(joined(stays, changed))).toMatchObject({ opening: 2, lost: 0 });
  });

  it.each([
    {
      why: 'something sold once on a subscription’s invoice',
      of: { type: 'invoice_item_details', key: 'invoice_item_details' },
      created: '2026-02-01T00:00:00Z',
    },
    {
      why: 'usage, which is billed when its month is over',
      of: { type: 'subscription_item_details', key: 'subscription_item_details' },
      created: '2026-03-01T00:00:00Z',
    },
  ])('takes $why for no subscription', async ({ of: { type, key }, created }) => {
    const metered = price('price_use', 5, {
      recurring: { interval: 'month', interval_count: 1, usage_type: 'metered' },
    });
    const of = subscription('sub_use', [item('si_use', metered, undefined)], {
      created: at('2026-01-01T00:00:00Z'),
    });
    const parent = { type, [key]: { subscription: of.id, proration: false } };
    const lines = [line('il_use', 700, ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'], { parent })];
    const used = { of, invoices: [invoice('in_use', of, created, lines)] };
    expect(await march(joined(stays, used))).toMatchObject({ opening: 1, lost: 0 });
  });

  it('leaves out test clocks, first payments that never came, and trials', async () => {
    const clocked = monthly('clocked', ['2026-02'], { test_clock: 'clock_1' });
    const never = monthly('never', ['2026-02'], { status: 'incomplete_expired' });
    const trying = {
      of: subscription('trying', [item('si_t', plan, 1)], {
        created: at('2026-02-20T00:00:00Z'),
        status: 'trialing',
        trial_start: at('2026-02-20T00:00:00Z'),
        trial_end: at('2026-04-20T00:00:00Z'),
      }),
      invoices: [],
    };
    expect(await march(joined(stays, clocked, never, trying))).toMatchObject({ opening: 1, lost: 0 });
  });
});

describe('a subscription that came from elsewhere, paid up', () => {
  const stays = monthly('stays', [...quarter, '2026-04']);
  const moved = (more: Record<string, unknown> = {}) =>
    subscription('sub_moved', [item('si_m', plan, 1)], { created: at('2026-01-20T00:00:00Z'), ...more });

  it('counts from its creation until its first invoice takes over', async () => {
    const of = moved();
    const first = renewal(of, '2026-04');
    expect(await march(joined(stays, { of, invoices: [first] }))).toMatchObject({ opening: 2, lost: 0 });
  });

  it('is lost when it ends before that', async () => {
    const of = moved(ended('2026-03-10T00:00:00Z'));
    expect(await march(joined(stays, { of, invoices: [] }))).toMatchObject({ opening: 2, lost: 1 });
  });

  it.each([
    {
      why: 'costs nothing',
      more: { items: { data: [item('si_f', price('price_free', 0), 1)], has_more: false } },
    },
    { why: 'is unpaid', more: { status: 'unpaid' } },
    { why: 'has its collection paused', more: { pause_collection: { behavior: 'void', resumes_at: null } } },
    {
      why: 'began with a trial',
      more: { trial_start: at('2026-01-20T00:00:00Z'), trial_end: at('2026-02-03T00:00:00Z') },
    },
  ])('does not count when it $why', async ({ more }) => {
    expect(await march(joined(stays, { of: moved(more), invoices: [] }))).toMatchObject({
      opening: 1,
      lost: 0,
    });
  });
});

it('has a point for today only, because Stripe keeps no history of what subscriptions bring', async () => {
  const options = {
    params: { currency: 'usd' },
    now: '2026-04-10T00:00:00Z',
    window: utcWindow('2026-04-01', '2026-04-10'),
  };
  const { points, asked } = await readOnce({}, 'ltv', options);
  expect(points).toEqual([]);
  expect(asked).toEqual([]);
});

it('cuts the months in the zone of the metric', async () => {
  // Ended on 1 April 02:00 UTC, which is 31 March in New York: lost in March there, and in April in UTC.
  const left = monthly('left', [...quarter, '2026-04'], ended('2026-04-01T02:00:00Z'));
  const options = (timeZone: string) => ({
    params: { currency: 'usd', formula: 'arpa_over_churn' },
    now: '2026-04-10T12:00:00Z',
    window: { ...utcWindow('2026-04-10', '2026-04-11'), timeZone },
  });
  const data = joined(left);
  const utc = await readOnce(data, 'ltv', options('UTC'));
  const newYork = await readOnce(data, 'ltv', options('America/New_York'));
  expect(utc.points[0]?.counts).toMatchObject({ openingCustomers: 1, lostCustomers: 0 });
  expect(newYork.points[0]?.counts).toMatchObject({ openingCustomers: 1, lostCustomers: 1 });
});

it('asks for the gross margin that the formula needs', () => {
  const schema = stripe.metrics.ltv?.paramsSchema;
  const message = 'The formula margin_adjusted needs grossMargin, a number from 0 to 1';
  const parsed = schema?.safeParse({ currency: 'usd', formula: 'margin_adjusted' });
  expect(parsed?.error?.issues).toMatchObject([{ path: ['grossMargin'], message }]);
  expect(schema?.safeParse({ currency: 'usd', formula: 'margin_adjusted', grossMargin: 0.8 }).success).toBe(
    true,
  );
  expect(schema?.parse({ currency: 'USD' })).toEqual({
    currency: 'usd',
    formula: 'arpa_over_trailing_churn',
  });
  expect(schema?.safeParse({ currency: 'usd', grossMargin: 80 }).success).toBe(false);
});
