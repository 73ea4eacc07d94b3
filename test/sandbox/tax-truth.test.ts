import { expect, it } from 'vitest';
import type { Fact, InvoiceLine, LineTax } from '../../sandbox/model/facts.ts';
import { taxInNetRevenueByDay, toDecimal } from '../../sandbox/truth.ts';

const at = (instant: string) => Date.parse(instant) / 1_000;

function invoice(invoiceId: string, when: string, totalMinor: number, taxes: LineTax[]): Fact {
  const line: InvoiceLine = {
    id: `il_${invoiceId}`,
    itemId: 'si_1',
    priceId: 'price_1',
    description: '',
    amountMinor: totalMinor,
    quantity: 1,
    periodStart: at(when),
    periodEnd: at(when) + 86_400,
    proration: false,
    taxes,
  };
  const owner = { number: '1', customerId: 'cus_1', subscriptionId: 'sub_1', currency: 'usd' } as const;
  const plain = { reason: 'subscription_cycle', discounts: [], testClockId: null } as const;
  return { kind: 'invoice_created', at: at(when), invoiceId, lines: [line], totalMinor, ...owner, ...plain };
}

function charge(chargeId: string, when: string, amountMinor: number, invoiceId: string | null): Fact {
  const worked = { captured: true, status: 'succeeded', failureCode: null, method: 'card' } as const;
  const plain = { customerId: 'cus_1', currency: 'usd', description: '' } as const;
  return { kind: 'charge_created', at: at(when), chargeId, invoiceId, amountMinor, ...worked, ...plain };
}

function refund(refundId: string, when: string, amountMinor: number): Fact {
  const plain = { chargeId: 'ch_1', currency: 'usd', status: 'succeeded', reason: null } as const;
  return { kind: 'refund_created', at: at(when), refundId, amountMinor, ...plain };
}

const tax = (amountMinor: number, inclusive: boolean): LineTax => ({
  taxRateId: 'txr_1',
  inclusive,
  amountMinor,
  taxableMinor: 0,
});

const taxOf = (facts: Fact[], timeZone = 'UTC') => {
  const options = { timeZone, currency: 'usd', now: new Date('2026-03-10T00:00:00Z') };
  return Object.fromEntries(
    [...taxInNetRevenueByDay({ facts }, options)].map(([day, value]) => [day, toDecimal(value)]),
  );
};

// 119.00 with 19.00 of value added tax within it.
const paid = [
  invoice('in_1', '2026-03-01T10:00:00Z', 11_900, [tax(1_900, true)]),
  charge('ch_1', '2026-03-01T11:00:00Z', 11_900, 'in_1'),
];

it('says how much of a payment is tax, on the day of the payment', () => {
  expect(taxOf(paid)).toEqual({ '2026-03-01': '1900.000000' });
});

it('takes back the same share of what is given back, on its own day', () => {
  // 1,900 of 11,900 is 19/119; of 5,000 given back that is 798.319…
  const facts = [...paid, refund('re_1', '2026-03-04T10:00:00Z', 5_000)];
  expect(taxOf(facts)).toEqual({ '2026-03-01': '1900.000000', '2026-03-04': '-798.319328' });
});

it('counts only the part that credit on the balance has left to the card', () => {
  // Of 119.00 the card paid 59.50, the half: half of the tax is in it.
  const half = [paid[0] as Fact, charge('ch_1', '2026-03-01T11:00:00Z', 5_950, 'in_1')];
  expect(taxOf(half)).toEqual({ '2026-03-01': '950.000000' });
});

it('adds up the taxes of one invoice, within the amount or on top of it', () => {
  // 100.00 with 3.00 within and 8.88 on top: the card pays 108.88, of which 11.88 is tax.
  const facts = [
    invoice('in_1', '2026-03-01T10:00:00Z', 10_888, [tax(300, true), tax(888, false)]),
    charge('ch_1', '2026-03-01T11:00:00Z', 10_888, 'in_1'),
  ];
  expect(taxOf(facts)).toEqual({ '2026-03-01': '1188.000000' });
});

it('cuts days in the time zone asked for, and leaves out what has no tax', () => {
  const facts = [...paid, charge('ch_2', '2026-03-02T11:00:00Z', 4_000, null)];
  // 11:00 UTC on the first is midnight, and so the second, in Auckland (UTC+13 in March).
  expect(taxOf(facts, 'Pacific/Auckland')).toEqual({ '2026-03-02': '1900.000000' });
});
