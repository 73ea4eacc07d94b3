import { readdirSync } from 'node:fs';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { localDay, parseAnswer } from '../../../connectors/sdk/index.ts';
import {
  type Invoice,
  invoiceSchema,
  pastSubscriptionSchema,
} from '../../../connectors/stripe/billing-schema.ts';
import { coverageOf } from '../../../connectors/stripe/coverage.ts';
import { subscriptionSchema } from '../../../connectors/stripe/schema.ts';
import { fixture, item, price, subscription, type Thing } from './support/objects.ts';
import { readOnce, utcWindow, valuesOf } from './support/read.ts';

it('has a test for every made fixture: a new one shows here', () => {
  const folder = new URL('../../fixtures/stripe/made/', import.meta.url);
  expect(readdirSync(folder).toSorted()).toEqual([
    'balance_transactions.json', // here
    'errors.json', // errors.test.ts
    'event_sequences.json', // here
    'events_page.json', // here
    'invoice_with_proration.json', // here
    'mrr_cases.json', // mrr-cases.test.ts
    'subscription_with_12_items.json', // mrr-cases.test.ts
    'subscriptions_expected.json', // mrr-cases.test.ts
    'subscriptions_page_1.json', // mrr-cases.test.ts
    'subscriptions_page_2.json', // mrr-cases.test.ts
    'webhook_signature_vectors.json', // here
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
  const invoice = parseAnswer('Stripe', 'an invoice', invoiceSchema, response);
  const prorated = (line: Invoice['lines']['data'][number]) =>
    line.parent?.invoice_item_details?.proration === true;
  const sum = (lines: Invoice['lines']['data']) => lines.reduce((total, { amount }) => total + amount, 0);

  it('adds up by its signed lines, tax apart', () => {
    const { data } = invoice.lines;
    expect(sum(data)).toBe(expected.invoicedExcludingTax);
    expect(sum(data.filter(prorated))).toBe(expected.ofWhichProration);
    expect(sum(data.filter((line) => !prorated(line)))).toBe(expected.recurringNextPeriod);
    expect(invoice.amount_paid - sum(data)).toBe(expected.tax);
  });

  it('shows its customer paying from the day of the change to the end of the next period, and not after', () => {
    const past = subscription('sub_p', [], { customer: 'cus_p', created: 1_772_323_200 });
    const { payingAt } = coverageOf([pastSubscriptionSchema.parse(past)], [invoice], {
      currency: 'usd',
      sinceSeconds: 1_775_000_000, // the subscription is older than what was read
      nowSeconds: 1_777_600_000,
    });
    const paysOn = (day: string) => payingAt(Date.parse(`${day}T12:00:00Z`) / 1_000).has('cus_p');
    expect(['2026-03-15', expected.upgradeDay, '2026-03-31', '2026-04-30', '2026-05-01'].map(paysOn)).toEqual(
      [
        false, // billed by an earlier invoice, which was not read
        true,
        true,
        true,
        false,
      ],
    );
  });

  it.each([
    { plan: 'before', amount: expected.mrrBeforeUpgrade },
    { plan: 'after', amount: expected.mrrAfterUpgrade },
  ])('moves MRR by the plans and not by what was invoiced: $amount $plan', async ({ amount }) => {
    const of = subscription('sub_p', [item('si_p', price('price_p', amount), 1)]);
    const options = { now: '2026-04-01T12:00:00Z', window: utcWindow('2026-04-01', '2026-04-02') };
    const reading = await readOnce({ subscriptions: [of], invoices: [response] }, 'mrr', options);
    expect(valuesOf(reading)).toEqual({ '2026-04-01': String(amount) });
  });
});

// Events and webhooks are not read yet: every run walks the lists, and so sees each object as it is now.
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
  const options = { now: '2026-03-10T12:00:00Z', window: utcWindow('2026-03-10', '2026-03-11') };

  it.each(sequences)('$id: what counts is the object as it is fetched', async (sequence) => {
    const { fetchedNow, expectedStatus: status, expectedMrr: mrr } = sequence;
    const parsed = parseAnswer('Stripe', 'a subscription', subscriptionSchema, fetchedNow);
    const reading = await readOnce({ subscriptions: [fetchedNow] }, 'mrr', options);
    const found = { status: parsed.status, mrr: Number(valuesOf(reading)['2026-03-10']) };
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
    // The walk finds the change by itself: 99.00, no longer the 49.00 before the event.
    const reading = await readOnce({ subscriptions: changed }, 'mrr', options);
    expect(valuesOf(reading)).toEqual({ '2026-03-10': '9900' });
  });
});

// Balance transactions are not read yet: nothing is converted to one currency. What holds already is how days are cut.
describe('balance transactions', () => {
  type Transaction = {
    created: number;
    amount: number;
    fee: number;
    net: number;
    reporting_category: string;
  };
  const { response, expected } = fixture<{
    response: { data: Transaction[] };
    expected: Record<'grossSales' | 'refunds' | 'fees' | 'net' | 'payoutsIgnored', number> &
      Record<'netByDayUTC' | 'netByDayNewYork' | 'netByDayTokyo', Record<string, number>>;
  }>('balance_transactions.json');
  const earned = response.data.filter(({ reporting_category: category }) => category !== 'payout');
  const sum = (pick: (of: Transaction) => number, of = earned) =>
    of.reduce((total, each) => total + pick(each), 0);
  const ofCategory = (wanted: string) =>
    sum(
      ({ amount }) => amount,
      response.data.filter(({ reporting_category: category }) => category === wanted),
    );

  it('add up to sales less refunds and fees, and payouts are no revenue', () => {
    expect(ofCategory('charge')).toBe(expected.grossSales);
    expect(ofCategory('refund')).toBe(expected.refunds);
    expect(ofCategory('payout')).toBe(expected.payoutsIgnored);
    expect(sum(({ fee }) => fee)).toBe(expected.fees);
    expect(sum(({ amount, fee }) => amount - fee)).toBe(expected.net);
  });

  it.each([
    { timeZone: 'UTC', days: expected.netByDayUTC },
    { timeZone: 'America/New_York', days: expected.netByDayNewYork },
    { timeZone: 'Asia/Tokyo', days: expected.netByDayTokyo },
  ])('fall on the days of $timeZone', ({ timeZone, days }) => {
    const found: Record<string, number> = {};
    for (const { created, amount, fee } of earned) {
      const day = localDay(created * 1_000, timeZone);
      found[day] = (found[day] ?? 0) + amount - fee;
    }
    expect(found).toEqual(days);
  });
});

// Webhooks are not received yet. These vectors hold the official client to what a receiver would rest on.
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
