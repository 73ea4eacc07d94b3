import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startHttpServer } from '../support/http-server.ts';
import { event, startFake } from './mirror/fake.ts';
import { emptyLedger, readOn } from './mirror/support.ts';
import {
  at,
  charge,
  coupon,
  discount,
  invoice,
  item,
  line,
  price,
  refund,
  subscription,
} from './support/objects.ts';
import { KEY, mrrOf, netRevenueOf, payersOf, problemsOf, readFrom, readOnce, whole } from './support/read.ts';
import type { StripeData } from './support/server.ts';

// biome-ignore format: one trap a line
const TRAPS = [
  { section: '§1', trap: 'the account’s default API version', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'asks in the API version it was written for' } },
  { section: '§1', trap: 'events in the version of their endpoint', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'dates a change told in an old release by its last event' } },
  { section: '§1', trap: 'an enumeration gets a new value', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'a status from the future' } },
  { section: '§1', trap: 'fields of subscriptions that moved', test: { file: 'test/published/stripe-events.test.ts', name: 'is refused by the names of the fields it lacks' } },
  { section: '§1', trap: 'fields of invoices that moved', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'as when an old shape comes' } },
  { section: '§1', trap: 'the coupon of a discount moved to its source', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'refuses a discount of the shape before clover' } },
  { section: '§1', trap: 'mixed intervals on one subscription', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'monthly invoice of a subscription that also has a yearly item' } },
  { section: '§1', trap: 'decimals are objects and finer than a cent', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'keeps fractions of a cent of a price that has no whole amount' } },
  { section: '§2', trap: 'a missing permission', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'tells the owner which permission is missing' } },
  { section: '§2', trap: 'a key that has expired', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'tells the owner that the key has expired' } },
  { section: '§2', trap: 'live and test payments in one sum', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'refuses a sum of live and test payments' } },
  { section: '§2', trap: 'live and test invoices in one sum', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'refuses live and test invoices in one read' } },
  { section: '§2', trap: 'a key of an organisation', test: { file: 'test/connectors/stripe/connection.test.ts', name: 'sk_org_live_abc' } },
  { section: '§3', trap: 'telemetry about the machine', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'tells nothing about this machine' } },
  { section: '§3', trap: 'an address with a path', test: { file: 'test/connectors/stripe/connection.test.ts', name: 'refuses an address with a path, which the official client would drop' } },
  { section: '§3', trap: 'retries that the client makes by itself', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'though the official client retries by itself' } },
  { section: '§4', trap: 'a page holds 10 or 100', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'walks every page and bounds the walk' } },
  { section: '§4', trap: 'the same page for ever', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'repeats a page for ever' } },
  { section: '§4', trap: 'more is promised on an empty page', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'promises more and sends nothing' } },
  { section: '§4', trap: 'a list without an end', test: { file: 'test/connectors/sdk/pages.test.ts', name: 'gives up on a list that has no end' } },
  { section: '§4', trap: 'an error with the status 200', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'does not take an error for a result because its status is 200' } },
  { section: '§4', trap: 'a list that grows while it is walked', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'so that what comes meanwhile is left to the next' } },
  { section: '§4', trap: 'a cursor whose object is gone', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'goes on past an object that was deleted while the list was walked' } },
  { section: '§4', trap: 'created finds new objects, never changed ones', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'a list by created never shows what changed' } },
  { section: '§4', trap: 'ten items of a subscription are shown', test: { file: 'test/connectors/stripe/mrr-cases.test.ts', name: 'counts all twelve items of a subscription that shows ten' } },
  { section: '§4', trap: 'ten lines of an invoice are shown', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'finds the line that counts beyond the ten that an invoice shows' } },
  { section: '§4', trap: 'five levels of expansion fail the request', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'never asks for more than four levels' } },
  { section: '§4', trap: 'a bare coupon id reads as gross', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'takes a bare coupon id for what it is' } },
  { section: '§4', trap: 'a coupon nobody knows reads as gross', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'refuses to report gross when a coupon cannot be found anywhere' } },
  { section: '§4', trap: 'tiers exist only when expanded', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'reads the tiers of a tiered price from the price list' } },
  { section: '§4', trap: 'products of a coupon exist only when expanded', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'limits a coupon to its products' } },
  { section: '§4', trap: 'products of a deleted coupon exist only when expanded', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'still reduces nothing but its products' } },
  { section: '§4', trap: 'amounts in other currencies exist only when expanded', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'uses the amount that a price has in the subscription’s currency' } },
  { section: '§4', trap: 'search is only eventually right', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'never searches' } },
  { section: '§4', trap: 'times are UTC, days are not', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'cuts days in $timeZone' } },
  { section: '§5', trap: 'statuses that bring nothing', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'and its customer is none who pays' } },
  { section: '§5', trap: 'churn is dated by the request to cancel', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'is dated by the end of the service, not by the request to cancel' } },
  { section: '§5', trap: 'canceled at the end of the period, and still running', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'to be canceled at the end of its period' } },
  { section: '§5', trap: 'paused collection is active', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'earns nothing though Stripe says active' } },
  { section: '§5', trap: 'lists leave canceled subscriptions out', test: { file: 'test/connectors/stripe/trial-to-paid.test.ts', name: 'also when that subscription is long gone' } },
  { section: '§5', trap: 'metered and one-time items', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'leaves out items that are on trial, metered or paid once' } },
  { section: '§5', trap: 'a quantity that is missing', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'takes no quantity for none only where usage is metered' } },
  { section: '§5', trap: 'prices that are archived', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'asks for archived prices too' } },
  { section: '§5', trap: 'tiers of both modes, and their flat amounts', test: { file: 'test/fixtures/stripe/made/mrr_cases.json', name: 'volume: all at the third tier plus its flat amount' } },
  { section: '§5', trap: 'packs rounded up or down', test: { file: 'test/fixtures/stripe/made/mrr_cases.json', name: '101 contacts in packs of 50, rounded up' } },
  { section: '§5', trap: 'a once-coupon is no lasting reduction', test: { file: 'test/fixtures/stripe/made/mrr_cases.json', name: 'A once-coupon is no recurring reduction' } },
  { section: '§5', trap: 'weeks and days are no quarters of a month', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'brings a $interval to a month' } },
  { section: '§5', trap: 'an amount off once per invoice', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'takes an amount off once per invoice, not once per line' } },
  { section: '§5', trap: 'discounts in their order', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'discounts apply in their order' } },
  { section: '§5', trap: 'a customer-wide discount beside another', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'only where the subscription has none of its own' } },
  { section: '§5', trap: 'tax inside the price', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'takes tax out of a price that contains it' } },
  { section: '§5', trap: 'the period of an invoice is the previous one', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'by the period of the lines, not by that of the invoice' } },
  { section: '§5', trap: 'two proration lines for one change', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'sums a plan change up by its lines' } },
  { section: '§5', trap: 'MRR moves at the change, not with the invoice', test: { file: 'test/connectors/stripe/fixtures.test.ts', name: 'by the plans and not by what was invoiced' } },
  { section: '§5', trap: 'drafts, void and uncollectible invoices', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'lets who no longer pays count until the invoice was given up' } },
  { section: '§5', trap: 'authorised is not captured', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'is money captured, less refunds and lost disputes' } },
  { section: '§5', trap: 'a refund of an authorisation', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'takes nothing off for an authorisation that was let go' } },
  { section: '§5', trap: 'a bank debit that is still pending', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'A bank debit is pending for days' } },
  { section: '§5', trap: 'a refund that fails weeks later', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'A refund that failed gives its day the money back' } },
  { section: '§5', trap: 'a refund named by its charge as well', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'takes a refund off once, on its own day' } },
  { section: '§5', trap: 'disputes that moved no money', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'has cost nothing' } },
  { section: '§5', trap: 'a customer that is deleted', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'marks a deleted customer and keeps what was stored of them' } },
  { section: '§5', trap: 'a coupon that is deleted', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'finds a deleted coupon where it is still in use' } },
  { section: '§6', trap: 'whole yen', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'whole yen, which have no cents' } },
  { section: '§6', trap: 'decimals by Stripe’s table, not by ISO', test: { file: 'test/domain/money.test.ts', name: 'Two decimals in the amount although nobody can pay them' } },
  { section: '§6', trap: 'three decimals, and ×100 without any', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'in the smallest unit that Stripe gives it in' } },
  { section: '§6', trap: 'currencies added up', test: { file: 'test/wiring/billing.test.ts', name: 'names what a single currency leaves out' } },
  { section: '§6', trap: 'money in floats', test: { file: 'test/db/billing/derived.test.ts', name: 'stores money exactly, thirds of a cent too' } },
  { section: '§6', trap: 'thirds of a cent', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'adds thirds of a year up without losing a cent' } },
  { section: '§7', trap: 'events out of order', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'whatever the number and order of its events' } },
  { section: '§7', trap: 'events twice', test: { file: 'test/db/billing/keep.test.ts', name: 'keeps an event once, however often it is delivered' } },
  { section: '§7', trap: 'a signature of the future', test: { file: 'test/connectors/stripe/mirror/webhook.test.ts', name: 'more than five minutes ahead' } },
  { section: '§8', trap: '429, conflicts and answers that forbid a retry', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'one quick retry of a server error that allows it' } },
  { section: '§8', trap: 'an object that is locked', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'lock_timeout' } },
  { section: '§8', trap: 'Retry-After, which the client ignores', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'waits as long as Stripe asks when it is overloaded' } },
  { section: '§8', trap: 'a limit that other tools share', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'starts no more than ten requests in any second' } },
  { section: '§8', trap: 'a key inside an error message', test: { file: 'connectors/sdk/test-kit-faults.ts', name: 'they must not get out' } },
  { section: '§9', trap: 'a discount after its end', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'ended at this second' } },
  { section: '§9', trap: 'yearly plans counted whole', test: { file: 'test/connectors/stripe/mrr.test.ts', name: '120.00 / 12' } },
  { section: '§9', trap: 'old MRR worked out from today’s state', test: { file: 'test/domain/billing/derive.test.ts', name: 'is observed from the first observation on, and marked reconstructed before' } },
  { section: '§9', trap: 'test clocks in real numbers', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'a test clock' } },
  { section: '§9', trap: 'refunds on the day of the sale', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'each on its own day' } },
  { section: '§9', trap: 'a failure on the last page', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'gives no number when the last of many pages fails' } },
  { section: '§9', trap: 'a day that has not begun', test: { file: 'test/connectors/stripe-sandbox.test.ts', name: 'nothing is said about them' } },
  { section: '§9', trap: 'a renewal that is a draft for an hour', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'counts a renewal that is a draft for an hour like any other' } },
  { section: '§4', trap: 'a walk that is killed half-way', test: { file: 'test/connectors/stripe/kit.test.ts', name: 'mirrorKit({' } },
  { section: '§5', trap: 'a customer with several subscriptions', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'loses nobody who moved to another subscription' } },
  { section: '§7', trap: 'events older than thirty days are gone', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'lists everything again after more than thirty days of silence' } },
  { section: '§7', trap: 'a webhook is a hint and no truth', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'fetches what a webhook named' } },
  { section: '§9', trap: 'requests that grow with the company', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'costs as many more requests as there were changes' } },
  { section: '§9', trap: 'a missing right makes a sum smaller', test: { file: 'test/connectors/stripe/mirror/changes.test.ts', name: 'leaves a gap that names the right, and the other lists are read' } },
  { section: 'metrics §17.3', trap: 'cohorts that are not mature', test: { file: 'test/db/billing/measure.test.ts', name: 'has no value while nobody’s time is up, however many have paid' } },
  { section: 'metrics §17.5', trap: 'clocks that change', test: { file: 'test/connectors/sdk/local-day.test.ts', name: 'agrees with Temporal for any instant' } },
  { section: 'metrics §17.8', trap: 'an average of averages', test: { file: 'test/db/billing/measure.test.ts', name: 'counts who paid before the trial’s end and the days of grace, of those whose time is up' } },
  { section: 'metrics §17.10', trap: 'an outage read as zero', test: { file: 'connectors/sdk/test-kit-faults.ts', name: 'an empty answer is not "no data"' } },
  { section: 'metrics §17.11', trap: 'churn of subscriptions, not of customers', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'loses nobody who moved to another subscription' } },
  { section: 'metrics §17.13', trap: 'a trial counted as a customer', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: "it.each(['trialing'" } },
];

const now = '2026-03-31T12:00:00Z';
const today = '2026-03-31';
const march1 = '2026-03-01T10:00:00Z';
const pro = price('price_pro', 10_000);
const seat = (id: string, more: Record<string, unknown> = {}) =>
  subscription(id, [item(`si_${id}`, pro, 1)], more);

async function mrr(data: StripeData): Promise<string> {
  return mrrOf(await readOnce(data, { now }), today);
}

describe('the traps of the facts', () => {
  it.each(TRAPS)('$section: $trap', ({ test }) => {
    const text = readFileSync(new URL(`../../../${test.file}`, import.meta.url), 'utf8');
    // What this file's own table says of its tests proves nothing.
    const tests = import.meta.url.endsWith(test.file) ? text.slice(text.indexOf('\n];\n')) : text;
    expect(tests).toContain(test.name);
  });
});

it('refuses a discount of the shape before clover instead of reporting gross MRR', async () => {
  const { source: _moved, ...old } = discount('di', 'TEN');
  const ten = coupon('TEN', { percent_off: 10 });
  const reading = mrr({ subscriptions: [seat('a', { discounts: [{ ...old, coupon: ten }] })] });
  await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift' });
});

it.each(['trialing', 'incomplete', 'incomplete_expired', 'unpaid', 'paused'])(
  'a subscription that is %s brings nothing, and its customer is none who pays',
  async (status) => {
    const read = await readOnce({ subscriptions: [seat('a', { status }), seat('b')] }, { now });
    expect(mrrOf(read, today)).toBe('10000');
    expect(payersOf(read, today)).toEqual(['cus_b']);
  },
);

it('keeps a subscription that is to be canceled at the end of its period until it ends', async () => {
  const more = { cancel_at_period_end: true, canceled_at: at(march1), cancel_at: at('2026-04-20T00:00:00Z') };
  expect(await mrr({ subscriptions: [seat('a', more)] })).toBe('10000');
});

it.each(['keep_as_draft', 'mark_uncollectible', 'void'])(
  'collection paused with %s earns nothing though Stripe says active, until the day it resumes',
  async (behavior) => {
    const mrrWith = (resumesAt: number | null) =>
      mrr({ subscriptions: [seat('a', { pause_collection: { behavior, resumes_at: resumesAt } })] });
    expect(await mrrWith(null)).toBe('0');
    expect(await mrrWith(at('2026-04-01T00:00:01Z'))).toBe('0');
    expect(await mrrWith(at('2026-03-31T12:00:00Z'))).toBe('10000');
  },
);

it('uses a customer-wide discount only where the subscription has none of its own', async () => {
  const half = coupon('HALF', { percent_off: 50 });
  const ten = coupon('TEN', { percent_off: 10 });
  const own = { customer: 'cus_1', discounts: [discount('di_1', ten)] };
  const data = {
    subscriptions: [seat('a', own), seat('b', { customer: 'cus_1' })],
    customers: [{ id: 'cus_1', object: 'customer', discount: discount('di_2', half) }],
    coupons: [half, ten],
  };
  // 100.00 x 0.9 + 100.00 x 0.5
  expect(await mrr(data)).toBe('14000');
});

describe('a deleted coupon, whose products show only when they are asked for,', () => {
  const addon = price('price_addon', 5_000, { product: 'prod_addon' });
  const shown = coupon('GONE', { percent_off: 20 });
  const limited = { ...shown, applies_to: { products: ['prod_addon'] } };
  const items = [item('si_1', pro, 1), item('si_2', addon, 1)];
  const isWhole = (query: URLSearchParams, from: string) =>
    [...query.values()].includes(`${from}.source.coupon.applies_to`);

  it('still reduces nothing but its products on a subscription', async () => {
    const of = subscription('a', items, { discounts: [discount('di', shown)] });
    const fake = await startFake(whole({ subscriptions: [of], coupons: [] }));
    fake.server.answer('/v1/subscriptions/a', (query) => ({
      body: { ...of, discounts: [discount('di', isWhole(query, 'discounts') ? limited : shown)] },
    }));
    try {
      // 100.00 + 50.00 x 0.8
      expect(mrrOf(await readFrom(fake, { now }), today)).toBe('14000');
    } finally {
      await fake.server.close();
    }
  });

  it('nor on a customer', async () => {
    const of = subscription('a', items, { customer: 'cus_1' });
    const shared = { id: 'cus_1', object: 'customer', created: at(march1), livemode: false };
    const customer = { ...shared, discount: discount('di', 'GONE') };
    const fake = await startFake(whole({ subscriptions: [of], customers: [customer], coupons: [] }));
    fake.server.answer('/v1/customers/cus_1', (query) => ({
      body: { ...shared, discount: discount('di', isWhole(query, 'discount') ? limited : shown) },
    }));
    try {
      expect(mrrOf(await readFrom(fake, { now }), today)).toBe('14000');
    } finally {
      await fake.server.close();
    }
  });
});

it('asks for archived prices too, because subscriptions go on at them', async () => {
  const tiers = [{ up_to: null, unit_amount: 300, unit_amount_decimal: '300' }];
  const tiered = {
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    unit_amount: null,
    unit_amount_decimal: null,
  };
  const archived = price('price_old', 0, { ...tiered, tiers, active: false });
  const read = await readOnce({ subscriptions: [subscription('a', [item('si', archived, 2)])] }, { now });
  expect(mrrOf(read, today)).toBe('600');
  expect(read.asked.find((path) => path.startsWith('/v1/prices'))).not.toContain('active');
});

it('takes no quantity for none only where usage is metered', async () => {
  const read = await readOnce({ subscriptions: [subscription('a', [item('si', pro, undefined)])] }, { now });
  expect(problemsOf(read)).toEqual(['Item si is licensed and has no quantity']);
});

it('finds the line that counts beyond the ten that an invoice shows', async () => {
  const of = subscription('sub_12', [item('si_1', pro, 1)]);
  const span: [string, string] = ['2026-02-01T00:00:00Z', '2026-06-01T00:00:00Z'];
  const lines = Array.from({ length: 12 }, (_, index) => line(`il_${index}`, index, span));
  const { ledger, asked } = await readOnce(
    { subscriptions: [of], invoices: [invoice('in_12', of, span[0], lines)] },
    { now },
  );
  const told = [...ledger.records.values()].flatMap((record) =>
    record.kind === 'invoice' ? record.data.lines : [],
  );
  expect(told.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
  expect(asked.some((path) => path.startsWith('/v1/invoices/in_12/lines'))).toBe(true);
});

it('a list by created never shows what changed, so the events are followed and what they name is fetched', async () => {
  // A bank debit is pending for days, and a hold may be captured on one of the next.
  const data = whole({
    charges: [
      charge('ch_held', march1, 500, { captured: false, amount_captured: 0 }),
      charge('ch_debit', march1, 2_000, { status: 'pending', paid: false }),
    ],
    refunds: [
      refund('re_fails', '2026-03-02T10:00:00Z', 70),
      refund('re_waits', '2026-03-02T11:00:00Z', 30, { status: 'requires_action' }),
    ],
  });
  // A refund that failed gives its day the money back.
  const changed = {
    charges: [charge('ch_held', march1, 500), charge('ch_debit', march1, 2_000)],
    refunds: [
      refund('re_fails', '2026-03-02T10:00:00Z', 70, { status: 'failed' }),
      refund('re_waits', '2026-03-02T11:00:00Z', 30),
    ],
  };
  const kinds = ['payment', 'refund', 'dispute'] as const;
  const fake = await startFake(data);
  try {
    const first = await readFrom(fake, { now: '2026-03-10T12:00:00Z', kinds });
    expect(netRevenueOf(first)).toEqual({ '2026-03-02': -70 });
    Object.assign(data, whole(changed));
    for (const [index, object] of [...changed.charges, ...changed.refunds].entries()) {
      const type = object['object'] === 'charge' ? 'charge.updated' : 'refund.updated';
      fake.events.push(event(`evt_${index}`, '2026-03-11T12:00:00Z', type, object));
    }
    fake.server.asked.length = 0;
    const second = await readFrom(fake, { now: '2026-03-12T12:00:00Z', kinds }, first.ledger);
    expect(netRevenueOf(second)).toEqual({ '2026-03-01': 2_500, '2026-03-02': -30 });
    expect(second.asked.filter((path) => /^\/v1\/(charges|refunds)\/(ch|re)_/.test(path))).toHaveLength(4);
  } finally {
    await fake.server.close();
  }
});

it('knows who was served by the period of the lines, not by that of the invoice', async () => {
  // Billed a month behind its lines: the invoice's own period is the one before.
  const before = { period_start: at('2026-01-01T00:00:00Z'), period_end: at('2026-02-01T00:00:00Z') };
  const plans = [price('price_small', 1_000), pro];
  const of = subscription('sub_1', [item('si_1', pro, 1)], { created: at('2026-02-01T00:00:00Z') });
  const billed = (month: string, next: string, priceId: string) =>
    invoice(
      `in_${month}`,
      of,
      `${month}-01T00:00:00Z`,
      [
        line(`il_${month}`, 1_000, [`${month}-01T00:00:00Z`, `${next}-01T00:00:00Z`], {
          pricing: { price_details: { price: priceId } },
        }),
      ],
      before,
    );
  const invoices = [billed('2026-03', '2026-04', 'price_pro'), billed('2026-02', '2026-03', 'price_small')];
  const read = await readOnce({ subscriptions: [of], prices: plans, invoices }, { now });
  expect(['2026-01-31', '2026-02-15', '2026-03-15'].map((day) => mrrOf(read, day))).toEqual([
    '0',
    '1000',
    '10000',
  ]);
});

it('starts no more than ten requests in any second, of the limit that other tools share', async () => {
  const charges = Array.from({ length: 11 }, (_, index) => charge(`ch_${index}`, march1, 1));
  const fake = await startFake(whole({ charges }), 1);
  const starts: number[] = [];
  try {
    // At the rate of a connection that names none.
    const place = { ...fake.place(now), config: { apiKey: KEY } };
    const ledger = emptyLedger();
    await readOn(ledger, place, { kinds: ['payment'], onRequest: () => starts.push(performance.now()) });
    // 11 pages of charges, 1 of customers, 1 of coupons, 1 of events.
    expect(starts.length).toBeGreaterThan(12);
  } finally {
    await fake.server.close();
  }
  for (const [index, tenth] of starts.slice(10).entries()) {
    // Timers and clocks round to the millisecond.
    expect(tenth - (starts[index] ?? 0)).toBeGreaterThan(980);
  }
});

it('asks twice and no more when the connection breaks, though the official client retries by itself', async () => {
  let requests = 0;
  const server = await startHttpServer((request) => {
    requests += 1;
    request.socket.destroy();
  });
  const place = { config: { apiKey: KEY }, endpoint: server.url, now: new Date(now) };
  try {
    const reading = readOn(emptyLedger(), place, { kinds: ['balance_entry'] });
    await expect(reading).rejects.toMatchObject({ errorClass: 'transient', remedy: { by: 'time' } });
  } finally {
    await server.close();
  }
  expect(requests).toBe(2);
});

it('walks lists and never searches, which trails behind by up to an hour', async () => {
  const { asked } = await readOnce({ subscriptions: [seat('a')] }, { now });
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((path) => path.includes('/search'))).toEqual([]);
});
