import { readdirSync } from 'node:fs';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { localDay, parseAnswer } from '../../../connectors/sdk/index.ts';
import { subscriptionSchema } from '../../../connectors/stripe/mirror/customer-schema.ts';
import { invoiceSchema } from '../../../connectors/stripe/mirror/invoice-schema.ts';
import { invoiceRecord } from '../../../connectors/stripe/mirror/map-invoice.ts';
import { balanceRecord } from '../../../connectors/stripe/mirror/map-money.ts';
import { balanceTransactionSchema } from '../../../connectors/stripe/mirror/money-schema.ts';
import {
  at,
  fixture,
  invoice as invoiceOf,
  item,
  line,
  price,
  subscription,
  type Thing,
} from './support/objects.ts';
import { mrrOf, readOnce } from './support/read.ts';

it('has a test for every made fixture: a new one shows here', () => {
  const folder = new URL('../../fixtures/stripe/made/', import.meta.url);
  expect(readdirSync(folder).toSorted()).toEqual([
    'balance_transactions.json', // here
    'errors.json', // errors.test.ts
    'event_sequences.json', // here and mirror/changes.test.ts
    'events_page.json', // here
    'invoice_with_proration.json', // here
    'mrr_cases.json', // mirror/map.test.ts
    'subscription_with_12_items.json', // mrr-cases.test.ts
    'subscriptions_expected.json', // mrr-cases.test.ts
    'subscriptions_page_1.json', // mrr-cases.test.ts
    'subscriptions_page_2.json', // mrr-cases.test.ts
    'webhook_signature_vectors.json', // here and mirror/webhook.test.ts
  ]);
});

describe('an invoice with a plan change', () => {
  type Expected = {
    invoicedExcludingTax: number;
    ofWhichProration: number;
    recurringNextPeriod: number;
    mrrBeforeUpgrade: number;
    mrrAfterUpgrade: number;
    upgradeDay: string;
    tax: number;
  };
  const { response, expected } = fixture<{ response: Thing; expected: Expected }>(
    'invoice_with_proration.json',
  );
  const shown = { ...response, payments: { data: [], has_more: false } };
  const invoice = invoiceRecord(parseAnswer('Stripe', 'an invoice', invoiceSchema, shown)).data;
  const sum = (lines: typeof invoice.lines) =>
    lines.reduce((total, { amountMinor }) => total + amountMinor, 0);

  it('adds up by its signed lines, tax apart', () => {
    const { lines } = invoice;
    expect(sum(lines)).toBe(expected.invoicedExcludingTax);
    expect(sum(lines.filter(({ proration }) => proration))).toBe(expected.ofWhichProration);
    expect(sum(lines.filter(({ proration }) => !proration))).toBe(expected.recurringNextPeriod);
    expect(invoice.paidMinor - sum(lines)).toBe(expected.tax);
    expect(invoice.taxMinor).toBe(expected.tax);
  });

  it.each([
    { what: 'on the day of the change, by the plans and not by what was invoiced', first: true },
    { what: 'on the day of the change also where no invoice before it is known', first: false },
  ])('moves MRR $what', async ({ first }) => {
    const plans = [
      price('price_pro_m', expected.mrrBeforeUpgrade),
      price('price_business_m', expected.mrrAfterUpgrade),
    ];
    const of = subscription('sub_p', [item('si_p', plans[1] as Thing, 1)], {
      customer: response['customer'],
      created: at('2026-03-01T00:00:00Z'),
    });
    // The period before was billed by the invoice before this one.
    const details = { subscription: 'sub_p', subscription_item: 'si_p', proration: false };
    const march = line('il_0', expected.mrrBeforeUpgrade, ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'], {
      parent: { subscription_item_details: details, invoice_item_details: null },
      pricing: { price_details: { price: 'price_pro_m' } },
    });
    const before = invoiceOf('in_before', of, '2026-03-01T00:00:00Z', [march]);
    const invoices = [shown as unknown as Thing, ...(first ? [before] : [])];
    const data = { subscriptions: [of], prices: plans, invoices };
    const read = await readOnce(data, { now: '2026-04-01T12:00:00Z' });
    const dayBefore = new Date(Date.parse(expected.upgradeDay) - 86_400_000).toISOString().slice(0, 10);
    expect(
      ['2026-03-01', dayBefore, expected.upgradeDay, '2026-04-01'].map((day) => mrrOf(read, day)),
    ).toEqual(
      [
        expected.mrrBeforeUpgrade,
        expected.mrrBeforeUpgrade,
        expected.mrrAfterUpgrade,
        expected.mrrAfterUpgrade,
      ].map(String),
    );
  });
});

// How events are followed is in mirror/changes.test.ts. Here is what they come to.
type Event = { id: string; api_version: string; type: string; data: { object: Thing } };

describe('what events would have told', () => {
  type Sequence = {
    id: string;
    deliveries: Event[];
    fetchedNow: Thing;
    expectedStatus?: string;
    expectedMrr?: number;
    expectedHandled?: number;
  };
  const { sequences } = fixture<{ sequences: Sequence[] }>('event_sequences.json');
  const options = { now: '2026-03-10T12:00:00Z' };
  const mrrNow = async (subscriptions: Thing[]) =>
    Number(mrrOf(await readOnce({ subscriptions }, options), '2026-03-10'));

  it.each(sequences)('$id: what counts is the object as it is fetched', async (sequence) => {
    const { fetchedNow, expectedStatus: status, expectedMrr: mrr } = sequence;
    const parsed = parseAnswer('Stripe', 'a subscription', subscriptionSchema, fetchedNow);
    const found = { status: parsed.status, mrr: await mrrNow([fetchedNow]) };
    expect(found).toMatchObject({
      ...(status === undefined ? {} : { status }),
      ...(mrr === undefined ? {} : { mrr }),
    });
  });

  it('the last delivery of one that came out of order is not the state of the object', () => {
    const { deliveries, expectedStatus } = sequences.find(({ id }) => id === 'out_of_order') as Sequence;
    expect(deliveries.at(-1)?.data.object.status).not.toBe(expectedStatus);
  });

  it('a delivery that came twice is one event by its id', () => {
    const { deliveries, expectedHandled } = sequences.find(({ id }) => id === 'duplicate') as Sequence;
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(expectedHandled);
  });

  it('a payload of an old API version is refused and never read as today’s', () => {
    const { deliveries } = sequences.find(({ id }) => id === 'old_api_version') as Sequence;
    for (const { api_version: version, data } of deliveries) {
      expect(version).toBe('2020-03-02');
      expect(subscriptionSchema.safeParse(data.object).success).toBe(false);
    }
  });

  it('a page of events names what to fetch again and what is gone', async () => {
    const page = fixture<{
      response: { data: Event[] };
      expected: { refetch: string[]; softDelete: string[] };
    }>('events_page.json');
    const objects = page.response.data.map(({ data }) => data.object);
    const gone = objects.filter(({ deleted }) => deleted === true);
    const changed = objects.filter(({ deleted }) => deleted !== true);
    expect(gone.map(({ id }) => id)).toEqual(page.expected.softDelete);
    expect(changed.map(({ id }) => id)).toEqual(page.expected.refetch);
    // 99.00, no longer the 49.00 before the event.
    expect(await mrrNow(changed)).toBe(9_900);
  });
});

describe('balance transactions', () => {
  const { response, expected } = fixture<{
    response: { data: unknown[] };
    expected: Record<'grossSales' | 'refunds' | 'fees' | 'net' | 'payoutsIgnored', number> &
      Record<'netByDayUTC' | 'netByDayNewYork' | 'netByDayTokyo', Record<string, number>>;
  }>('balance_transactions.json');
  const entries = response.data.map((each) => balanceRecord(balanceTransactionSchema.parse(each)).data);
  const earned = entries.filter(({ category }) => category !== 'payout');
  type Entry = (typeof entries)[number];
  const sum = (pick: (of: Entry) => number, of = earned) => of.reduce((total, each) => total + pick(each), 0);
  const ofCategory = (wanted: string) =>
    sum(
      ({ amountMinor }) => amountMinor,
      entries.filter(({ category }) => category === wanted),
    );

  it('add up to sales less refunds and fees, and payouts are no revenue', () => {
    expect(ofCategory('charge')).toBe(expected.grossSales);
    expect(ofCategory('refund')).toBe(expected.refunds);
    expect(ofCategory('payout')).toBe(expected.payoutsIgnored);
    expect(sum(({ feeMinor }) => feeMinor)).toBe(expected.fees);
    expect(sum(({ netMinor }) => netMinor)).toBe(expected.net);
  });

  it.each([
    { timeZone: 'UTC', days: expected.netByDayUTC },
    { timeZone: 'America/New_York', days: expected.netByDayNewYork },
    { timeZone: 'Asia/Tokyo', days: expected.netByDayTokyo },
  ])('fall on the days of $timeZone', ({ timeZone, days }) => {
    const found: Record<string, number> = {};
    for (const { createdAt, netMinor } of earned) {
      const day = localDay(createdAt.getTime(), timeZone);
      found[day] = (found[day] ?? 0) + netMinor;
    }
    expect(found).toEqual(days);
  });
});

// What the receiver rests on: these vectors hold the official client to it.
describe('webhook signatures, in the official client', () => {
  type Vector = {
    name: string;
    why: string;
    payload: string;
    secret: string;
    header: string;
    nowSeconds: number;
    tolerance: number;
    libraryAccepts: boolean;
  };
  const { vectors } = fixture<{ vectors: Vector[] }>('webhook_signature_vectors.json');
  const { webhooks } = new Stripe('sk_test_unused', { telemetry: false });
  const accepts = ({ payload, header, secret, tolerance, nowSeconds }: Vector): boolean => {
    try {
      webhooks.constructEvent(payload, header, secret, tolerance, undefined, nowSeconds * 1_000);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(Stripe.errors.StripeSignatureVerificationError);
      return false;
    }
  };

  it.each(vectors)('$name: $why', (vector) => {
    expect(accepts(vector)).toBe(vector.libraryAccepts);
  });

  it('accept a timestamp of the future, so that a receiver has to refuse it by itself', () => {
    const [simple] = vectors as [Vector];
    expect(accepts({ ...simple, nowSeconds: 1_600_000_000 })).toBe(true);
  });
});
