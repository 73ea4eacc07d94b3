import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../connectors/sdk/index.ts';
import { invoiceSchema, pastSubscriptionSchema } from '../../../connectors/stripe/billing-schema.ts';
import { coverageOf } from '../../../connectors/stripe/coverage.ts';
import { stripe } from '../../../connectors/stripe/index.ts';
import { testContext } from '../support/context.ts';
import { startHttpServer } from '../support/http-server.ts';
import {
  at,
  charge,
  coupon,
  discount,
  dispute,
  invoice,
  item,
  line,
  price,
  refund,
  subscription,
} from './support/objects.ts';
import { KEY, readFrom, readOnce, utcWindow, valuesOf } from './support/read.ts';
import { type StripeData, startStripe } from './support/server.ts';

// biome-ignore format: one trap a line
const TRAPS = [
  { section: '§1', trap: 'the account’s default API version', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'asks in the API version it was written for' } },
  { section: '§1', trap: 'events in the version of their endpoint', test: { file: 'test/connectors/stripe/fixtures.test.ts', name: 'a payload of an old API version is refused' } },
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
  { section: '§4', trap: 'a list that grows while it is walked', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'bounds the walk by the window and the start of the run' } },
  { section: '§4', trap: 'a cursor whose object is gone', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'when the object it had got to was deleted' } },
  { section: '§4', trap: 'created finds new objects, never changed ones', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'a list by created never shows what changed' } },
  { section: '§4', trap: 'ten items of a subscription are shown', test: { file: 'test/connectors/stripe/mrr-cases.test.ts', name: 'counts all twelve items of a subscription that shows ten' } },
  { section: '§4', trap: 'ten lines of an invoice are shown', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'finds the line that counts beyond the ten that an invoice shows' } },
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
  { section: '§5', trap: 'MRR moves at the change, not with the invoice', test: { file: 'test/connectors/stripe/fixtures.test.ts', name: 'moves MRR by the plans and not by what was invoiced' } },
  { section: '§5', trap: 'drafts, void and uncollectible invoices', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'a draft that waits for somebody' } },
  { section: '§5', trap: 'authorised is not captured', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'is money captured, less refunds and lost disputes' } },
  { section: '§5', trap: 'a refund of an authorisation', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'takes nothing off for an authorisation that was let go' } },
  { section: '§5', trap: 'a bank debit that is still pending', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'A bank debit is pending for days' } },
  { section: '§5', trap: 'a refund that fails weeks later', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'A refund that failed gives its day the money back' } },
  { section: '§5', trap: 'a refund named by its charge as well', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'takes a refund off once, on its own day' } },
  { section: '§5', trap: 'disputes that moved no money', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'has cost nothing' } },
  { section: '§5', trap: 'a customer that is deleted', test: { file: 'test/connectors/stripe/traps.test.ts', name: 'still counts the subscription of a customer that comes as deleted' } },
  { section: '§5', trap: 'a coupon that is deleted', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'finds a deleted coupon where it is still in use' } },
  { section: '§6', trap: 'whole yen', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'whole yen, which have no cents' } },
  { section: '§6', trap: 'decimals by Stripe’s table, not by ISO', test: { file: 'test/domain/money.test.ts', name: 'Two decimals in the amount although nobody can pay them' } },
  { section: '§6', trap: 'three decimals, and ×100 without any', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'in the smallest unit that Stripe gives it in' } },
  { section: '§6', trap: 'currencies added up', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'never adds currencies, and says what it left out' } },
  { section: '§6', trap: 'money in floats', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'adds money as integers, beyond what a float can hold' } },
  { section: '§6', trap: 'thirds of a cent', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'adds thirds of a year up without losing a cent' } },
  { section: '§7', trap: 'events out of order', test: { file: 'test/connectors/stripe/fixtures.test.ts', name: 'the last delivery of one that came out of order is not the state' } },
  { section: '§7', trap: 'events twice', test: { file: 'test/connectors/stripe/fixtures.test.ts', name: 'a delivery that came twice is one event by its id' } },
  { section: '§7', trap: 'a signature of the future', test: { file: 'test/connectors/stripe/fixtures.test.ts', name: 'accept a timestamp of the future' } },
  { section: '§8', trap: '429, conflicts and answers that forbid a retry', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'one quick retry of a server error that allows it' } },
  { section: '§8', trap: 'an object that is locked', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'lock_timeout' } },
  { section: '§8', trap: 'Retry-After, which the client ignores', test: { file: 'test/connectors/stripe/errors.test.ts', name: 'waits as long as Stripe asks when it is overloaded' } },
  { section: '§8', trap: 'a limit that other tools share', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: 'starts no more than ten requests in any second' } },
  { section: '§8', trap: 'a key inside an error message', test: { file: 'connectors/sdk/test-kit-faults.ts', name: 'they must not get out' } },
  { section: '§9', trap: 'a discount after its end', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'ended at this second' } },
  { section: '§9', trap: 'yearly plans counted whole', test: { file: 'test/connectors/stripe/mrr.test.ts', name: '120.00 / 12' } },
  { section: '§9', trap: 'old MRR worked out from today’s state', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'has no point for days before today, because Stripe keeps no history' } },
  { section: '§9', trap: 'test clocks in real numbers', test: { file: 'test/connectors/stripe/mrr.test.ts', name: 'a test clock' } },
  { section: '§9', trap: 'refunds on the day of the sale', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'each on its own day' } },
  { section: '§9', trap: 'a failure on the last page', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'gives no number when the last of many pages fails' } },
  { section: '§9', trap: 'a day that has not begun', test: { file: 'test/connectors/stripe/net-revenue.test.ts', name: 'says nothing about days to come' } },
  { section: '§9', trap: 'a renewal that is a draft for an hour', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'a draft of this hour, which Stripe will finalize' } },
  { section: 'metrics §17.3', trap: 'cohorts that are not mature', test: { file: 'test/connectors/stripe/trial-to-paid.test.ts', name: 'gives no point, and no low number, for a day whose trials still run' } },
  { section: 'metrics §17.5', trap: 'clocks that change', test: { file: 'test/connectors/sdk/local-day.test.ts', name: 'agrees with Temporal for any instant' } },
  { section: 'metrics §17.8', trap: 'an average of averages', test: { file: 'test/connectors/stripe/trial-to-paid.test.ts', name: 'divides those who paid by those who tried' } },
  { section: 'metrics §17.10', trap: 'an outage read as zero', test: { file: 'connectors/sdk/test-kit-faults.ts', name: 'an empty answer is not "no data"' } },
  { section: 'metrics §17.11', trap: 'churn of subscriptions, not of customers', test: { file: 'test/connectors/stripe/ltv.test.ts', name: 'loses nobody who moved to another subscription' } },
  { section: 'metrics §17.13', trap: 'a trial counted as a customer', test: { file: 'test/connectors/stripe/facts-traps.test.ts', name: "it.each(['trialing'" } },
];

const today = { now: '2026-03-31T12:00:00Z', window: utcWindow('2026-03-31', '2026-04-01') };
const march = { now: '2026-03-10T00:00:00Z', window: utcWindow('2026-03-01', '2026-03-03') };
const march1 = '2026-03-01T10:00:00Z';
const pro = price('price_pro', 10_000);
const seat = (id: string, more: Record<string, unknown> = {}) =>
  subscription(id, [item(`si_${id}`, pro, 1)], more);

async function mrrOf(data: StripeData) {
  return valuesOf(await readOnce(data, 'mrr', today))['2026-03-31'];
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
  const reading = mrrOf({ subscriptions: [seat('a', { discounts: [{ ...old, coupon: ten }] })] });
  await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift' });
});

it.each(['trialing', 'incomplete', 'incomplete_expired', 'unpaid', 'paused'])(
  'a subscription that is %s brings nothing, and its customer is none who pays',
  async (status) => {
    const data = { subscriptions: [seat('a', { status }), seat('b')] };
    const paying = await readOnce(data, 'paying_customers', { ...today, params: {} });
    expect(await mrrOf(data)).toBe('10000');
    expect(valuesOf(paying)).toEqual({ '2026-03-31': '1' });
  },
);

it('keeps a subscription that is to be canceled at the end of its period until it ends', async () => {
  const more = { cancel_at_period_end: true, canceled_at: at(march1), cancel_at: at('2026-04-20T00:00:00Z') };
  expect(await mrrOf({ subscriptions: [seat('a', more)] })).toBe('10000');
});

it.each(['keep_as_draft', 'mark_uncollectible', 'void'])(
  'collection paused with %s earns nothing though Stripe says active, until the second it resumes',
  async (behavior) => {
    const mrrWith = (resumesAt: number | null) =>
      mrrOf({ subscriptions: [seat('a', { pause_collection: { behavior, resumes_at: resumesAt } })] });
    expect(await mrrWith(null)).toBe('0');
    expect(await mrrWith(at('2026-03-31T12:00:01Z'))).toBe('0');
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
  expect(await mrrOf(data)).toBe('14000');
});

describe('a deleted coupon, whose products show only when they are asked for,', () => {
  const addon = price('price_addon', 5_000, { product: 'prod_addon' });
  const shown = coupon('GONE', { percent_off: 20 });
  const whole = { ...shown, applies_to: { products: ['prod_addon'] } };
  const items = [item('si_1', pro, 1), item('si_2', addon, 1)];
  const isWhole = (query: URLSearchParams, from: string) =>
    [...query.values()].includes(`${from}.source.coupon.applies_to`);

  it('still reduces nothing but its products on a subscription', async () => {
    const of = subscription('a', items, { discounts: [discount('di', shown)] });
    const server = await startStripe({ subscriptions: [of], coupons: [] });
    server.answer('/v1/subscriptions/a', (query) => ({
      body: { ...of, discounts: [discount('di', isWhole(query, 'discounts') ? whole : shown)] },
    }));
    try {
      // 100.00 + 50.00 x 0.8
      expect(valuesOf(await readFrom(server, 'mrr', today))).toEqual({ '2026-03-31': '14000' });
    } finally {
      await server.close();
    }
  });

  it('nor on a customer', async () => {
    const of = subscription('a', items, { customer: 'cus_1' });
    const customer = { id: 'cus_1', object: 'customer', discount: discount('di', 'GONE') };
    const server = await startStripe({ subscriptions: [of], customers: [customer], coupons: [] });
    server.answer('/v1/customers/cus_1', (query) => ({
      body: { ...customer, discount: discount('di', isWhole(query, 'discount') ? whole : shown) },
    }));
    try {
      expect(valuesOf(await readFrom(server, 'mrr', today))).toEqual({ '2026-03-31': '14000' });
    } finally {
      await server.close();
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
  const shown = { ...archived, tiers: undefined };
  const data = { subscriptions: [subscription('a', [item('si', shown, 2)])], prices: [archived] };
  const { asked, ...reading } = await readOnce(data, 'mrr', today);
  expect(valuesOf(reading)).toEqual({ '2026-03-31': '600' });
  expect(asked.find((path) => path.startsWith('/v1/prices'))).not.toContain('active');
});

it('takes no quantity for none only where usage is metered', async () => {
  const reading = mrrOf({ subscriptions: [subscription('a', [item('si', pro, undefined)])] });
  await expect(reading).rejects.toMatchObject({ errorClass: 'schema_drift', code: 'no_quantity' });
});

it('reads a list again later when the object it had got to was deleted', async () => {
  const charges = [charge('ch_2', march1, 1), charge('ch_1', march1, 1)];
  const server = await startStripe({ charges });
  server.answer('/v1/charges', (query) => {
    if (!query.has('starting_after')) return { body: { object: 'list', data: charges, has_more: true } };
    const said = { message: "No such charge: 'ch_1'", param: 'starting_after', code: 'resource_missing' };
    return { status: 400, body: { error: { type: 'invalid_request_error', ...said } } };
  });
  try {
    const reading = readFrom(server, 'net_revenue', march);
    await expect(reading).rejects.toMatchObject({ code: 'cursor_gone', remedy: { by: 'time' } });
  } finally {
    await server.close();
  }
});

it('a list by created never shows what changed, so 35 days are read again and overwritten', async () => {
  // A bank debit is pending for days, and a hold may be captured on one of the next.
  const before = {
    charges: [
      charge('ch_held', march1, 500, { captured: false, amount_captured: 0 }),
      charge('ch_debit', march1, 2_000, { status: 'pending', paid: false }),
    ],
    refunds: [
      refund('re_fails', '2026-03-02T10:00:00Z', 70),
      refund('re_waits', '2026-03-02T11:00:00Z', 30, { status: 'requires_action' }),
    ],
  };
  // A refund that failed gives its day the money back.
  const after = {
    charges: [charge('ch_held', march1, 500), charge('ch_debit', march1, 2_000)],
    refunds: [
      refund('re_fails', '2026-03-02T10:00:00Z', 70, { status: 'failed' }),
      refund('re_waits', '2026-03-02T11:00:00Z', 30),
    ],
  };
  const first = await readOnce(before, 'net_revenue', march);
  const second = await readOnce(after, 'net_revenue', march);
  expect(valuesOf(first)).toEqual({ '2026-03-01': '0', '2026-03-02': '-70' });
  expect(valuesOf(second)).toEqual({ '2026-03-01': '2500', '2026-03-02': '-30' });
  expect(stripe.metrics.net_revenue?.rereadDays).toBe(35);
});

it('takes a refund off once, on its own day, though its charge names it as well', async () => {
  const charges = [charge('ch_1', march1, 900, { amount_refunded: 200 })];
  const refunds = [refund('re_1', '2026-03-02T10:00:00Z', 200, { charge: 'ch_1' })];
  const reading = await readOnce({ charges, refunds }, 'net_revenue', march);
  expect(valuesOf(reading)).toEqual({ '2026-03-01': '900', '2026-03-02': '-200' });
});

it.each(['warning_needs_response', 'warning_under_review', 'warning_closed', 'prevented', 'under_review'])(
  'a dispute that is %s has cost nothing',
  async (status) => {
    const disputes = [dispute('dp_1', march1, 300, { status })];
    const reading = await readOnce({ disputes }, 'net_revenue', march);
    expect(valuesOf(reading)).toEqual({ '2026-03-01': '0', '2026-03-02': '0' });
  },
);

it('adds money as integers, beyond what a float can hold', async () => {
  const most = Number.MAX_SAFE_INTEGER; // 9,007,199,254,740,991
  const charges = [charge('ch_3', march1, 1), charge('ch_2', march1, most), charge('ch_1', march1, most)];
  const reading = await readOnce({ charges }, 'net_revenue', march);
  expect(valuesOf(reading)['2026-03-01']).toBe('18014398509481983');
});

// UGX has no usable decimals and is given ×100 all the same; BHD has three.
it.each([
  { code: 'ugx', amount: 50_000 },
  { code: 'bhd', amount: 1_230 },
])('passes $code on in the smallest unit that Stripe gives it in', async ({ code, amount }) => {
  const charges = [charge('ch_1', march1, amount, { currency: code })];
  const reading = await readOnce({ charges }, 'net_revenue', { ...march, params: { currency: code } });
  expect(valuesOf(reading)['2026-03-01']).toBe(String(amount));
});

it('dates what was paid for by the period of the lines, not by that of the invoice', () => {
  const of = subscription('sub_1', [], { customer: 'cus_1', created: at('2025-01-01T00:00:00Z') });
  const lines = [line('il_1', 100, ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'])];
  const before = { period_start: at('2026-02-01T00:00:00Z'), period_end: at('2026-03-01T00:00:00Z') };
  const answer = invoice('in_1', of, '2026-03-01T00:00:00Z', lines, before);
  const { payingAt } = coverageOf(
    [parseAnswer('Stripe', 'a subscription', pastSubscriptionSchema, of)],
    [parseAnswer('Stripe', 'an invoice', invoiceSchema, answer)],
    { currency: 'usd', sinceSeconds: at('2026-01-01T00:00:00Z'), nowSeconds: at('2026-05-01T00:00:00Z') },
  );
  const paysOn = (day: string) => payingAt(at(`${day}T12:00:00Z`)).has('cus_1');
  expect(['2026-02-15', '2026-03-15', '2026-04-15'].map(paysOn)).toEqual([false, true, false]);
});

it('starts no more than ten requests in any second, of the limit that other tools share', async () => {
  const charges = Array.from({ length: 11 }, (_, index) => charge(`ch_${index}`, march1, 1));
  const { exchanges } = await readOnce({ charges }, 'net_revenue', { ...march, pageSize: 1 });
  const starts = exchanges.map(({ startedAt }) => Date.parse(startedAt));
  // 11 pages of charges, 1 of refunds, 1 of disputes.
  expect(starts).toHaveLength(13);
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
  const { context } = testContext({ apiKey: KEY }, server.url, new Date(march.now));
  try {
    const reading = stripe.metrics.net_revenue?.read(context, march.window, { currency: 'usd' });
    await expect(reading).rejects.toMatchObject({ errorClass: 'transient', remedy: { by: 'time' } });
  } finally {
    await server.close();
  }
  expect(requests).toBe(2);
});

it.each(['net_revenue', 'mrr', 'ltv', 'trial_to_paid'])(
  '%s walks lists and never searches, which trails behind by up to an hour',
  async (metricId) => {
    const params = metricId === 'trial_to_paid' ? {} : { currency: 'usd' };
    const { asked } = await readOnce({ subscriptions: [seat('a')] }, metricId, { ...today, params });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path) => path.includes('/search'))).toEqual([]);
  },
);
