import { expect, it } from 'vitest';
import { at, invoice, item, line, price, subscription, type Thing } from './support/objects.ts';
import { readOnce } from './support/read.ts';

// Whose time is up by when, and in which zone, is proved over stored rows: test/db/billing/measure.test.ts.

const pro = price('price_pro', 4_900);
const march: [string, string] = ['2026-03-15T00:00:00Z', '2026-04-15T00:00:00Z'];

function trial(id: string, start: string, end: string, more: Record<string, unknown> = {}): Thing {
  const dates = { created: at(start), trial_start: at(start), trial_end: at(end) };
  return subscription(id, [item(`si_${id}`, pro, 1)], { customer: `cus_${id}`, ...dates, ...more });
}

function paid(of: Thing, instant: string, more: Record<string, unknown> = {}): Thing {
  return invoice(`in_${of.id}_${instant}`, of, instant, [line(`il_${of.id}`, 4_900, march)], more);
}

/** The first trial of each customer who had one, and when it was first paid for. */
async function trials(subscriptions: Thing[], invoices: Thing[]) {
  const kinds = ['subscription', 'invoice'] as const;
  const { customers } = await readOnce({ subscriptions, invoices }, { now: '2026-05-01T00:00:00Z', kinds });
  return Object.fromEntries(
    customers.flatMap(({ customerId, trial: found }) =>
      found === null ? [] : [[customerId, found] as const],
    ),
  );
}

const first = trial('sub_a', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z');

it('begins with the trial, ends as Stripe says now, and was paid with the first invoice of more than nothing', async () => {
  const invoices = [paid(first, '2026-04-15T10:00:00Z'), paid(first, '2026-03-15T10:00:00Z')];
  expect(await trials([first], invoices)).toEqual({
    cus_sub_a: {
      subscriptionId: 'sub_a',
      startAt: new Date('2026-03-01T09:00:00Z'),
      endAt: new Date('2026-03-15T09:00:00Z'),
      paidAt: new Date('2026-03-15T10:00:00Z'),
    },
  });
});

it('judges a trial that was extended by its real end, and one without an end by none', async () => {
  const extended = trial('sub_x', '2026-03-01T09:00:00Z', '2026-04-05T09:00:00Z');
  const open = trial('sub_o', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z', { trial_end: null });
  const found = await trials([extended, open], []);
  expect(found['cus_sub_x']?.endAt).toEqual(new Date('2026-04-05T09:00:00Z'));
  expect(found['cus_sub_o']?.endAt).toBeNull();
});

it('counts a payment during the trial', async () => {
  const found = await trials([first], [paid(first, '2026-03-02T00:00:00Z')]);
  expect(found['cus_sub_a']?.paidAt).toEqual(new Date('2026-03-02T00:00:00Z'));
});

it('counts a person once, on the day of their first trial, also when that subscription is long gone', async () => {
  const long = trial('sub_1', '2026-02-01T09:00:00Z', '2026-02-15T09:00:00Z', {
    customer: 'cus_same',
    status: 'canceled',
    ended_at: at('2026-02-15T09:00:00Z'),
  });
  const again = trial('sub_2', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z', { customer: 'cus_same' });
  const found = await trials([again, long], [paid(again, '2026-03-15T10:00:00Z')]);
  expect(Object.keys(found)).toEqual(['cus_same']);
  expect(found['cus_same']?.startAt).toEqual(new Date('2026-02-01T09:00:00Z'));
});

it('counts a payment for another subscription that the person began instead', async () => {
  const instead = subscription('sub_new', [item('si_n', pro, 1)], {
    customer: 'cus_sub_a',
    created: at('2026-03-10T09:00:00Z'),
  });
  const found = await trials([instead, first], [paid(instead, '2026-03-10T09:00:05Z')]);
  expect(found['cus_sub_a']?.paidAt).toEqual(new Date('2026-03-10T09:00:05Z'));
});

it.each([
  {
    why: 'a renewal of a subscription that was there before the trial',
    of: subscription('sub_old', [], { customer: 'cus_sub_a', created: at('2025-06-01T00:00:00Z') }),
    more: {},
  },
  { why: 'an invoice of nothing, as a trial begins with', of: first, more: { amount_paid: 0 } },
  {
    why: 'an invoice that is still open',
    of: first,
    more: {
      status: 'open',
      amount_paid: 0,
      status_transitions: { paid_at: null, marked_uncollectible_at: null, voided_at: null },
    },
  },
  { why: 'an invoice without a subscription', of: first, more: { parent: null } },
  { why: 'a payment of somebody else', of: first, more: { customer: 'cus_other' } },
  { why: 'an invoice without a customer', of: first, more: { customer: null } },
])('does not take $why for a conversion', async ({ of, more }) => {
  const others = of === first ? [] : [of];
  const found = await trials([first, ...others], [paid(of, '2026-03-15T10:00:00Z', more)]);
  expect(found['cus_sub_a']).toMatchObject({ subscriptionId: 'sub_a', paidAt: null });
});

it('leaves people on test clocks out', async () => {
  const clocked = trial('sub_t', '2026-03-01T09:00:00Z', '2026-03-15T09:00:00Z', { test_clock: 'clock_1' });
  expect(await trials([clocked], [paid(clocked, '2026-03-15T10:00:00Z')])).toEqual({});
});
