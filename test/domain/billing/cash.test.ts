import { describe, expect, it } from 'vitest';
import type { Dispute, Payment, Refund } from '../../../src/domain/billing/records.ts';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import { compute, march, period } from './support/billing.ts';

function payment(id: string, paidAt: string, over: Partial<Payment> = {}): Payment {
  const paid = { amountMinor: 12_000, taxMinor: 2_000, paidAt: new Date(paidAt) };
  return { id, customerId: 'c1', currency: 'USD', ...paid, ...over };
}
function refund(paymentId: string, refundedAt: string, over: Partial<Refund> = {}): Refund {
  const given = { amountMinor: 6_000, taxMinor: null, refundedAt: new Date(refundedAt) };
  return { id: `r-${paymentId}`, paymentId, status: 'succeeded', ...given, ...over };
}
function dispute(paymentId: string, over: Partial<Dispute>): Dispute {
  return { id: `d-${paymentId}`, paymentId, amountMinor: 12_000, status: 'lost', closedAt: null, ...over };
}
function cash(given: Partial<RecordSets>): RecordSets {
  return { reportingCurrency: 'USD', payments: [], refunds: [], disputes: [], ...given };
}

describe('net revenue', () => {
  it('is what was paid less what was refunded, each on its own day', () => {
    const records = cash({
      payments: [payment('old', '2026-02-10'), payment('new', '2026-03-10')],
      refunds: [refund('old', '2026-03-12'), refund('new', '2026-04-01T00:00:00Z')],
    });
    // 120.00 paid in March, 60.00 of February's payment given back in March.
    expect(compute('net_revenue', march, records)).toEqual({ value: 6_000, sampleSize: 1 });
  });

  it.each<Refund['status']>(['pending', 'failed', 'canceled'])(
    'does not subtract a refund that is %s',
    (status) => {
      const records = cash({
        payments: [payment('p', '2026-03-10')],
        refunds: [refund('p', '2026-03-12', { status })],
      });
      expect(compute('net_revenue', march, records).value).toBe(12_000);
    },
  );

  it('subtracts a lost dispute on the day it was lost, and no other', () => {
    const payments = [payment('p', '2026-02-10'), payment('q', '2026-03-10'), payment('r', '2026-03-11')];
    const records = cash({
      payments,
      disputes: [
        dispute('p', { closedAt: new Date('2026-03-20') }),
        dispute('q', { status: 'won', closedAt: new Date('2026-03-20') }),
        dispute('r', { status: 'open' }),
      ],
    });
    expect(compute('net_revenue', march, records).value).toBe(12_000); // 120 + 120 - 120
  });

  it('excludes tax when asked: from payments, and the tax given back from refunds and disputes', () => {
    const records = cash({
      payments: ['a', 'b', 'c'].map((id) => payment(id, '2026-03-10')),
      refunds: [refund('a', '2026-03-12', { taxMinor: 500 }), refund('b', '2026-03-12')],
      disputes: [dispute('c', { closedAt: new Date('2026-03-20') })],
    });
    // With tax: 360 - 60 - 60 - 120. Without: 300 - (60 - 5) - (60 - 10, a sixth as in the payment) - (120 - 20).
    expect(compute('net_revenue', march, records).value).toBe(12_000);
    expect(compute('net_revenue', march, records, { excludeTax: true }).value).toBe(9_500);
  });

  it('counts by local days', () => {
    const records = cash({ payments: [payment('p', '2026-04-01T06:30:00Z')] });
    const inLosAngeles = period('2026-03-01', '2026-04-01', 'America/Los_Angeles');
    expect(compute('net_revenue', inLosAngeles, records).value).toBe(12_000);
    expect(compute('net_revenue', march, records).value).toBe(0);
  });

  it('converts each flow at the rate of its own local day', () => {
    const fx = {
      mode: 'daily' as const,
      rates: {
        EUR: [
          { fromDay: '2026-03-01', rate: 1.1 },
          { fromDay: '2026-03-20', rate: 1.2 },
        ],
      },
    };
    const records = cash({
      fx,
      payments: [payment('p', '2026-03-19T23:30:00Z', { currency: 'eur' })],
      refunds: [refund('p', '2026-03-20T12:00:00Z')],
    });
    expect(compute('net_revenue', march, records).value).toBe(6_000); // 120 x 1.1 - 60 x 1.2
    // In Shanghai the payment is of the 20th already: 120 x 1.2 - 60 x 1.2.
    const inShanghai = period('2026-03-01', '2026-04-01', 'Asia/Shanghai');
    expect(compute('net_revenue', inShanghai, records).value).toBe(7_200);
  });

  it('has no value without a rate, but needs none for flows outside the window', () => {
    const euros = payment('p', '2026-03-10', { currency: 'EUR' });
    const missing = { value: null, reason: 'missing_rate' };
    expect(compute('net_revenue', march, cash({ payments: [euros] }))).toEqual(missing);
    const april = period('2026-04-01', '2026-05-01');
    expect(compute('net_revenue', april, cash({ payments: [euros] })).value).toBe(0);
  });

  it.each(['payments', 'refunds', 'reportingCurrency'] as const)(
    'has no value when %s were not read: too much is no better than nothing',
    (name) => {
      const { [name]: _absent, ...rest } = cash({ payments: [payment('p', '2026-03-10')] });
      expect(compute('net_revenue', march, rest)).toEqual({ value: null, reason: 'no_observation' });
    },
  );

  it('has no value when a refund of the window belongs to a payment that was not read', () => {
    const records = cash({ refunds: [refund('older', '2026-03-12')] });
    expect(compute('net_revenue', march, records)).toEqual({ value: null, reason: 'no_observation' });
  });

  it('refuses a lost dispute without its day', () => {
    const records = cash({ payments: [payment('p', '2026-03-10')], disputes: [dispute('p', {})] });
    expect(() => compute('net_revenue', march, records)).toThrow(/d-p/);
  });
});

describe('referral revenue', () => {
  const customers = [
    { id: 'c1', channel: 'referral' },
    { id: 'c2', channel: 'ads' },
  ];

  it('is of referred customers, less tax, refunds and lost disputes', () => {
    const records = cash({
      customers,
      payments: [
        payment('p', '2026-03-10'),
        payment('q', '2026-03-11', { customerId: 'c2' }),
        payment('r', '2026-03-12', { customerId: 'nobody knows' }),
        payment('s', '2026-02-12'),
      ],
      refunds: [refund('p', '2026-03-12'), refund('q', '2026-03-12')],
      disputes: [dispute('s', { closedAt: new Date('2026-03-20') })],
    });
    // 100 - 50 - 100: a bad month may well be below zero.
    expect(compute('referral_revenue', march, records)).toEqual({ value: -5_000, sampleSize: 1 });
  });

  it('does not need a rate for the payments of others', () => {
    const records = cash({
      customers,
      payments: [
        payment('p', '2026-03-10'),
        payment('q', '2026-03-11', { customerId: 'c2', currency: 'EUR' }),
      ],
    });
    expect(compute('referral_revenue', march, records).value).toBe(10_000);
  });

  it('has no value when nobody knows who was referred', () => {
    const records = cash({ payments: [payment('p', '2026-03-10')] });
    expect(compute('referral_revenue', march, records)).toEqual({ value: null, reason: 'no_observation' });
  });
});
