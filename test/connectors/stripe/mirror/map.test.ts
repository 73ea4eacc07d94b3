import { Fraction } from 'fraction.js';
import { describe, expect, it } from 'vitest';
import type { LedgerCoupon, LedgerPrice } from '../../../../connectors/sdk/index.ts';
import { priceSchema } from '../../../../connectors/stripe/mirror/catalog-schema.ts';
import { customerSchema, subscriptionSchema } from '../../../../connectors/stripe/mirror/customer-schema.ts';
import { invoiceSchema } from '../../../../connectors/stripe/mirror/invoice-schema.ts';
import { priceRecord } from '../../../../connectors/stripe/mirror/map-catalog.ts';
import { customerRecord, subscriptionRecord } from '../../../../connectors/stripe/mirror/map-customer.ts';
import { invoiceRecord } from '../../../../connectors/stripe/mirror/map-invoice.ts';
import { balanceRecord, rateRecords } from '../../../../connectors/stripe/mirror/map-money.ts';
import { balanceTransactionSchema } from '../../../../connectors/stripe/mirror/money-schema.ts';
import { stateMrr } from '../../../../src/domain/billing/state-mrr.ts';
import { fixture, price, type Thing } from '../support/objects.ts';
import { stored } from './fake.ts';

type Case = { id: string; asOf: number; subscription: Thing; expected: number; customer?: unknown };
const { cases } = fixture<{ cases: Case[] }>('mrr_cases.json');
const now = new Date('2026-04-01T00:00:00Z');

function catalogueOf(subscription: Thing) {
  const items = (subscription['items'] as { data: { price: Thing }[] }).data;
  const prices = items.map((each) => priceRecord(priceSchema.parse(each.price)).data);
  return {
    prices: new Map<string, LedgerPrice>(prices.map((each) => [each.id, each])),
    coupons: new Map<string, LedgerCoupon>(),
  };
}

describe('the made subscriptions come out at their MRR', () => {
  it.each(cases)('$id', ({ asOf, subscription, expected, customer }) => {
    const { data } = subscriptionRecord(subscriptionSchema.parse(subscription), now);
    const at = asOf * 1_000;
    const discount =
      customer === undefined ? null : customerRecord(customerSchema.parse(customer)).data.discount;
    const terms = {
      catalogue: catalogueOf(subscription),
      currency: data.currency,
      policy: 'recurring' as const,
      customerDiscounts: discount === null ? [] : [discount],
    };
    const holds = (from: Date | null, to: Date | null) =>
      (from === null || from.getTime() <= at) && (to === null || at < to.getTime());
    expect(stateMrr(data.state, terms, holds).equals(new Fraction(expected))).toBe(true);
  });
});

it('keeps every line of an invoice with a change within its period', () => {
  const { response } = fixture<{ response: Thing }>('invoice_with_proration.json');
  const shown = { ...response, payments: response['payments'] ?? { data: [], has_more: false } };
  const { data } = invoiceRecord(invoiceSchema.parse(shown));
  expect(data.lines[0]).toMatchObject({
    amountMinor: -2_529,
    proration: true,
    priceId: 'price_pro_m',
    subscriptionId: 'sub_p',
  });
  expect(data.lines[1]).toMatchObject({ amountMinor: 5_110, proration: true, priceId: 'price_business_m' });
  expect(data).toMatchObject({ currency: 'USD', paidMinor: 13_666, isHeld: false, isTest: false });
});

it('keeps what a balance was moved by, fees and rates to the last digit', () => {
  const { response, expected } = fixture<{
    response: { data: unknown[] };
    expected: { grossSales: number; fees: number };
  }>('balance_transactions.json');
  const entries = response.data.map((each) => balanceRecord(balanceTransactionSchema.parse(each)).data);
  const sales = entries.filter(({ category }) => category === 'charge');
  expect(sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(expected.grossSales);
  expect(entries.reduce((sum, { feeMinor }) => sum + feeMinor, 0)).toBe(expected.fees);
  expect(entries.map(({ exchangeRate }) => exchangeRate)).toEqual([null, null, '0.0067692', '1.0949', null]);
});

it('says in words why a price cannot be worked out, and throws nothing', () => {
  const odd = price('price_odd', 100, {
    billing_scheme: 'by_moon',
    recurring: { interval: 'moon', interval_count: 1, usage_type: 'licensed' },
  });
  expect(priceRecord(priceSchema.parse(stored(odd))).data.problem).toBe(
    'Price price_odd has the scheme by_moon, without a tiers mode and the interval moon',
  );
});

it('names the field that a price lacks', () => {
  const { currency: _, ...rest } = stored(price('price_1', 100));
  expect(priceSchema.safeParse(rest).error?.issues[0]?.path).toEqual(['currency']);
});

// One euro buys 1.25 dollars: in dollars a euro is worth 1.25, and nothing has to be inverted.
it('reads exchange rates by what the other currencies are worth', () => {
  const told = [
    { id: 'eur', rates: { usd: '1.25', eur: '1' } },
    { id: 'usd', rates: { eur: '0.8', usd: '1' } },
  ];
  const records = rateRecords(told, new Set(['EUR']), now);
  expect(records.map(({ data }) => data)).toEqual([
    { base: 'USD', day: '2026-04-01', rates: { EUR: '1.25' } },
  ]);
});
