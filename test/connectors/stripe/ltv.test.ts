import { describe, expect, it } from 'vitest';
import type { RevenueMeasurement } from '../../../src/app/ports-billing.ts';
import { checkLtv, lifetimePoint } from '../../../src/wiring/billing-ltv.ts';
import {
  at,
  coupon,
  discount,
  invoice,
  item,
  line,
  price,
  subscription,
  type Thing,
} from './support/objects.ts';
import { payersOf, readOnce } from './support/read.ts';

const plan = price('price_plan', 10_000);

/** One measurement, of which the tests name what they are about. */
function measured(given: Partial<RevenueMeasurement>): RevenueMeasurement {
  return { value: null, ...given } as RevenueMeasurement; // a missing value has its reason in `given`
}

function termsOf(more: Record<string, unknown>) {
  const checked = checkLtv({ currency: 'usd', formula: 'arpa_over_churn', ...more });
  if (!checked.ok) throw new Error(checked.problems.join(' '));
  return checked.terms;
}

function lifetimeOf(arpa: number, churn: number[], more: Record<string, unknown> = {}) {
  const months = churn.map((value) => measured({ value }));
  return lifetimePoint('2026-03-31', measured({ value: arpa }), months, termsOf(more));
}

describe('the formula', () => {
  it.each([
    // Published: ChartMogul's help page on lifetime value, 100.00 over 5 %.
    { why: 'ARPA over churn', arpa: 10_000, churn: 0.05, more: {}, value: 200_000 },
    // 50.00 x 75 % / 3 %.
    {
      why: 'the gross margin of it',
      arpa: 5_000,
      churn: 0.03,
      more: { formula: 'margin_adjusted', grossMargin: 0.75 },
      value: 125_000,
    },
    // Published: Stripe assumes a churn of 1.67 % where there is none; 5000 / 0.0167.
    {
      why: 'an assumed churn where nobody left',
      arpa: 5_000,
      churn: 0,
      more: { assumedMinChurn: 0.0167 },
      value: 299_401.19760479,
    },
    {
      why: 'the real churn where somebody did',
      arpa: 5_000,
      churn: 0.01,
      more: { assumedMinChurn: 0.005 },
      value: 500_000,
    },
    // 1 % would mean 100 months; 50.00 x 60.
    {
      why: 'a lifetime no longer than the cap',
      arpa: 5_000,
      churn: 0.01,
      more: { maxLifetimeMonths: 60 },
      value: 300_000,
    },
    {
      why: 'the cap where nobody left',
      arpa: 5_000,
      churn: 0,
      more: { maxLifetimeMonths: 60 },
      value: 300_000,
    },
    {
      why: 'the real lifetime below the cap',
      arpa: 5_000,
      churn: 0.05,
      more: { maxLifetimeMonths: 60 },
      value: 100_000,
    },
  ])('is $why', ({ arpa, churn, more, value }) => {
    expect(Number(lifetimeOf(arpa, [churn], more).value)).toBeCloseTo(value, 8);
  });

  it('has no value when nobody left, which is not an endless one', () => {
    expect(lifetimeOf(5_000, [0])).toMatchObject({ value: null, reason: 'zero_churn' });
  });

  it('averages the rates of the months, each of them counting alike', () => {
    const months = [
      measured({ value: 0.1, numerator: 1, denominator: 10 }),
      measured({ value: 0, numerator: 0, denominator: 100 }),
      // Before the first customer: no rate.
      measured({ value: null, numerator: 0, denominator: 0 }),
    ];
    const arpa = measured({ value: 250, sampleSize: 4 });
    const point = lifetimePoint('2026-03-31', arpa, months, termsOf({ formula: 'arpa_over_trailing_churn' }));
    // (10 % + 0 %) / 2 = 5 %; 250 / 5 % = 5000.
    expect(point).toMatchObject({
      day: '2026-03-31',
      value: '5000',
      counts: { payingCustomers: 4, churnMonths: 2, openingCustomers: 110, lostCustomers: 1 },
      flags: { formula: 'arpa_over_trailing_churn', arpa: 250, monthlyChurn: 0.05, lifetimeMonths: 20 },
    });
  });

  it('has no value when nobody pays', () => {
    const arpa = measured({ value: null, reason: 'zero_denominator' });
    expect(lifetimePoint('2026-03-31', arpa, [measured({ value: 0.1 })], termsOf({}))).toMatchObject({
      value: null,
      reason: 'zero_denominator',
    });
  });

  it('has no value when no month opened with a customer', () => {
    expect(lifetimeOf(100, [])).toMatchObject({ value: null, reason: 'zero_denominator' });
  });

  it('asks for the gross margin that it needs', () => {
    const message = 'The formula margin_adjusted needs grossMargin, a number from 0 to 1';
    const adjusted = { currency: 'usd', formula: 'margin_adjusted' };
    expect(checkLtv(adjusted)).toMatchObject({ ok: false, problems: [expect.stringContaining(message)] });
    expect(checkLtv({ ...adjusted, grossMargin: 0.8 })).toMatchObject({ ok: true });
    expect(checkLtv({ ...adjusted, grossMargin: 80 })).toMatchObject({ ok: false });
    expect(checkLtv({ currency: 'USD' })).toMatchObject({
      ok: true,
      given: { currency: 'usd', formula: 'arpa_over_trailing_churn' },
    });
  });
});

type Life = { of: Thing; invoices: Thing[] };

/** Billed on the first second of each month from 2026-01-01 on, at 100.00. */
function monthly(id: string, months: string[], more: Record<string, unknown> = {}): Life {
  const of = subscription(id, [item(`si_${id}`, plan, 1)], {
    customer: `cus_${id}`,
    created: at(`${months[0]}-01T00:00:00Z`),
    ...more,
  });
  return { of, invoices: months.map((month) => renewal(of, month)) };
}

function renewal(of: Thing, month: string, more: Record<string, unknown> = {}): Thing {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const start = `${month}-01T00:00:00Z`;
  const next = new Date(Date.UTC(year, number, 1)).toISOString();
  const pricing = { price_details: { price: 'price_plan' } };
  const own = [line(`il_${of.id}_${month}`, 10_000, [start, next], { pricing })];
  return invoice(`in_${of.id}_${month}`, of, start, own, more);
}

const quarter = ['2026-01', '2026-02', '2026-03'];
const ended = (instant: string) => ({ status: 'canceled', ended_at: at(instant) });

/** How many customers paid as March 2026 opened, and how many of those did not as it closed. */
async function march(lives: Life[], timeZone = 'UTC') {
  const data = {
    subscriptions: lives.map(({ of }) => of),
    invoices: lives.flatMap(({ invoices }) => invoices),
  };
  const read = await readOnce(data, { now: '2026-04-10T00:00:00Z', timeZone });
  const opening = payersOf(read, '2026-02-28');
  const closing = new Set(payersOf(read, '2026-03-31'));
  return { opening: opening.length, lost: opening.filter((id) => !closing.has(id)).length };
}

describe('churn of a month', () => {
  const stays = monthly('stays', [...quarter, '2026-04']);

  it('is the share of those who paid at its opening and no longer did at its close', async () => {
    const left = monthly('left', ['2026-01', '2026-02'], ended('2026-03-01T00:00:01Z'));
    const came = monthly('came', ['2026-03', '2026-04']);
    // Two paid as February ended; one of them is gone, and who came in March changes nothing.
    expect(await march([stays, left, came])).toEqual({ opening: 2, lost: 1 });
  });

  it('is dated by the end of the service, not by the request to cancel', async () => {
    const asked = { cancel_at_period_end: true, canceled_at: at('2026-02-10T00:00:00Z') };
    const announced = monthly('announced', quarter, { ...asked, ...ended('2026-04-01T00:00:00Z') });
    // Served to the last second of March: gone in April, not in February.
    expect(await march([stays, announced])).toEqual({ opening: 2, lost: 0 });
  });

  it('ends with the subscription, whatever was paid beyond', async () => {
    const year: [string, string] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'];
    const of = subscription('sub_y', [item('si_y', plan, 1)], {
      created: at(year[0]),
      ...ended('2026-03-15T00:00:00Z'),
    });
    const yearly = { of, invoices: [invoice('in_y', of, year[0], [line('il_y', 120_000, year)])] };
    expect(await march([stays, yearly])).toEqual({ opening: 2, lost: 1 });
  });

  it('loses nobody who moved to another subscription', async () => {
    const before = monthly('before', ['2026-02'], {
      customer: 'cus_moved',
      ...ended('2026-03-01T00:00:00Z'),
    });
    const after = monthly('after', ['2026-03', '2026-04'], { customer: 'cus_moved' });
    expect(await march([before, after])).toEqual({ opening: 1, lost: 0 });
  });

  it('takes a customer who pays nothing after discounts for no paying one', async () => {
    const off = discount('di_1', coupon('GIFT', { percent_off: 100 }));
    const gift = monthly('gift', [], { created: at('2026-01-01T00:00:00Z'), discounts: [off] });
    expect(await march([stays, gift])).toEqual({ opening: 1, lost: 0 });
  });

  it('sums a plan change up by its lines: the credit for unused time takes nobody away', async () => {
    const changed = monthly('changed', quarter);
    const rest: [string, string] = ['2026-03-16T00:00:00Z', '2026-04-01T00:00:00Z'];
    const details = { subscription: changed.of.id, subscription_item: 'si_changed', proration: true };
    const parent = {
      type: 'invoice_item_details',
      invoice_item_details: details,
      subscription_item_details: null,
    };
    const pricing = { price_details: { price: 'price_plan' } };
    const lines = [
      line('il_credit', -5_161, rest, { parent, pricing }),
      line('il_debit', 9_000, rest, { parent, pricing }),
    ];
    changed.invoices.push(invoice('in_change', changed.of, rest[0], lines));
    expect(await march([stays, changed])).toEqual({ opening: 2, lost: 0 });
  });

  it('counts a renewal that is a draft for an hour like any other', async () => {
    const other = monthly('other', ['2026-02']);
    const draft = {
      status: 'draft',
      auto_advance: true,
      amount_paid: 0,
      status_transitions: { paid_at: null, marked_uncollectible_at: null, voided_at: null },
    };
    other.invoices.push(renewal(other.of, '2026-03', draft));
    expect(await march([stays, other])).toEqual({ opening: 2, lost: 0 });
  });

  it('lets who no longer pays count until the invoice was given up', async () => {
    const unpaid = monthly('unpaid', ['2026-01', '2026-02'], { status: 'unpaid' });
    const givenUp = { marked_uncollectible_at: at('2026-03-08T00:00:00Z'), paid_at: null, voided_at: null };
    const more = { status: 'uncollectible', amount_paid: 0, status_transitions: givenUp };
    unpaid.invoices.push(renewal(unpaid.of, '2026-03', more));
    expect(await march([stays, unpaid])).toEqual({ opening: 2, lost: 1 });
  });

  it('takes usage, which is billed when its month is over, for no subscription', async () => {
    const metered = price('price_use', 5, {
      recurring: { interval: 'month', interval_count: 1, usage_type: 'metered' },
    });
    const of = subscription('sub_use', [item('si_use', metered, undefined)]);
    const lines = [line('il_use', 700, ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'])];
    const used = { of, invoices: [invoice('in_use', of, '2026-03-01T00:00:00Z', lines)] };
    expect(await march([stays, used])).toEqual({ opening: 1, lost: 0 });
  });

  it('leaves out test clocks, first payments that never came, and trials', async () => {
    const clocked = monthly('clocked', ['2026-02'], { test_clock: 'clock_1' });
    const never = monthly('never', [], {
      created: at('2026-02-01T00:00:00Z'),
      status: 'incomplete_expired',
    });
    const trying = monthly('trying', [], {
      created: at('2026-02-20T00:00:00Z'),
      status: 'trialing',
      trial_start: at('2026-02-20T00:00:00Z'),
      trial_end: at('2026-04-20T00:00:00Z'),
    });
    expect(await march([stays, clocked, never, trying])).toEqual({ opening: 1, lost: 0 });
  });

  it('cuts the months in the zone of the metric', async () => {
    // Ended on 1 April 02:00 UTC, which is 31 March in New York: lost in March there, and in April in UTC.
    const left = monthly('left', [...quarter, '2026-04'], ended('2026-04-01T02:00:00Z'));
    expect(await march([left])).toEqual({ opening: 1, lost: 0 });
    expect(await march([left], 'America/New_York')).toEqual({ opening: 1, lost: 1 });
  });
});

describe('a subscription that came from elsewhere, paid up', () => {
  const stays = monthly('stays', [...quarter, '2026-04']);
  const moved = (more: Record<string, unknown> = {}) =>
    subscription('sub_moved', [item('si_m', plan, 1)], { created: at('2026-01-20T00:00:00Z'), ...more });

  it('counts from its creation until its first invoice takes over', async () => {
    const of = moved();
    expect(await march([stays, { of, invoices: [renewal(of, '2026-04')] }])).toEqual({ opening: 2, lost: 0 });
  });

  it('is lost when it ends before that', async () => {
    const of = moved(ended('2026-03-10T00:00:00Z'));
    expect(await march([stays, { of, invoices: [] }])).toEqual({ opening: 2, lost: 1 });
  });

  it.each([
    {
      why: 'costs nothing',
      more: { items: { data: [item('si_f', price('price_free', 0), 1)], has_more: false } },
    },
    { why: 'is unpaid', more: { status: 'unpaid' } },
    { why: 'has its collection paused', more: { pause_collection: { behavior: 'void', resumes_at: null } } },
  ])('does not count when it $why', async ({ more }) => {
    expect(await march([stays, { of: moved(more), invoices: [] }])).toEqual({ opening: 1, lost: 0 });
  });
});
