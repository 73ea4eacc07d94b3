import { describe, expect, it } from 'vitest';
import type { Discount, Segment, SubscriptionStatus } from '../../../src/domain/billing/records.ts';
import {
  at,
  compute,
  discount,
  inUsd,
  item,
  march,
  moved,
  steady,
  stretch,
  subscription,
} from './support/billing.ts';

const today = at('2026-03-31');

/** MRR of one subscription of 100.00 a month, changed as given. */
function mrrWith(over: Partial<Segment> & { items?: Segment['items'] }, discountPolicy = 'recurring') {
  const segment = { ...stretch('2026-01-01', null, 10_000), ...over };
  return compute('mrr', today, inUsd(subscription('c1', [segment])), { discountPolicy }).value;
}

describe('status', () => {
  it.each<[SubscriptionStatus, number]>([
    ['active', 10_000],
    ['past_due', 10_000],
    ['trialing', 0],
    ['incomplete', 0],
    ['incomplete_expired', 0],
    ['unpaid', 0],
    ['paused', 0],
    ['canceled', 0],
  ])('%s brings %d', (status, mrr) => {
    expect(mrrWith({ status })).toBe(mrr);
  });

  it('counts past due until the day it turns unpaid', () => {
    const records = inUsd(
      subscription('c1', [
        stretch('2026-01-01', '2026-03-01', 10_000),
        stretch('2026-03-01', '2026-03-10T08:00:00Z', 10_000, { status: 'past_due' }),
        stretch('2026-03-10T08:00:00Z', null, 10_000, { status: 'unpaid' }),
      ]),
    );
    expect(compute('mrr', at('2026-03-09'), records).value).toBe(10_000);
    expect(compute('mrr', at('2026-03-10'), records).value).toBe(0);
    expect(moved(march, records)).toEqual({ churn: 10_000 });
  });

  it('does not call somebody on a free or a fully discounted plan a paying customer', () => {
    const records = inUsd(
      steady('free', 0),
      steady('given', 10_000, { discounts: [discount({ percentOff: 100 })] }),
      steady('payer', 500),
    );
    expect(compute('mrr', today, records).value).toBe(500);
    expect(compute('paying_customers', today, records).value).toBe(1);
  });
});

describe('intervals', () => {
  // A year has 12 months, 52 weeks and 365 days.
  it.each([
    ['a day', item(1_200, { interval: 'day' }), 36_500], // 1200 x 365 / 12
    ['ten days', item(1_200, { interval: 'day', intervalCount: 10 }), 3_650],
    ['a week', item(1_200, { interval: 'week' }), 5_200], // 1200 x 52 / 12
    ['four weeks', item(1_200, { interval: 'week', intervalCount: 4 }), 1_300],
    ['three months', item(1_200, { intervalCount: 3 }), 400],
    ['a year', item(1_200, { interval: 'year' }), 100],
    ['two years, prepaid', item(24_000, { interval: 'year', intervalCount: 2 }), 1_000],
  ] as const)('normalises a price per %s', (_name, price, mrr) => {
    expect(mrrWith({ items: [price] })).toBe(mrr);
  });

  it('spreads a prepaid term from its start to its end', () => {
    const items = [item(24_000, { interval: 'year', intervalCount: 2 })];
    const records = inUsd(subscription('c1', [stretch('2024-03-10', '2026-03-10', 0, { items })]));
    expect(compute('mrr', at('2024-03-09'), records).value).toBe(0);
    expect(compute('mrr', at('2024-03-10'), records).value).toBe(1_000);
    expect(compute('mrr', at('2026-03-09'), records).value).toBe(1_000);
    expect(compute('mrr', at('2026-03-10'), records).value).toBe(0);
  });

  it('keeps thirds of a cent: three yearly plans of 1.00 are 25 cents a month', () => {
    const yearly = { items: [item(100, { interval: 'year' })] }; // 8.333… each
    expect(compute('mrr', today, inUsd(...['a', 'b', 'c'].map((id) => steady(id, 0, yearly)))).value).toBe(
      25,
    );
  });

  it('takes prices in fractions of a cent as written: 1,001 seats at half a cent', () => {
    expect(mrrWith({ items: [item(0.5, { quantity: 1_001 })] })).toBe(500.5);
    expect(mrrWith({ items: [item(1e-7, { quantity: 10_000_000 })] })).toBe(1);
  });

  it('refuses a price that is billed every zero months', () => {
    expect(() => mrrWith({ items: [item(100, { intervalCount: 0 })] })).toThrow(RangeError);
  });

  it('leaves usage out', () => {
    expect(mrrWith({ items: [item(700), item(99_999, { usage: 'metered' })] })).toBe(700);
  });
});

describe('discounts', () => {
  it.each([
    ['percentages multiply: 100 x 0.8 x 0.9', [{ percentOff: 20 }, { percentOff: 10 }], 7_200],
    [
      'percent comes before the fixed amount: 100 x 0.8 - 10',
      [{ amountOffMinor: 1_000 }, { percentOff: 20 }],
      7_000,
    ],
    ['fixed amounts add up', [{ amountOffMinor: 1_000 }, { amountOffMinor: 500 }], 8_500],
    ['a fixed amount above the price leaves nothing, not less', [{ amountOffMinor: 20_000 }], 0],
    ['two discounts above 100 % do not multiply to a price', [{ percentOff: 150 }, { percentOff: 150 }], 0],
  ])('%s', (_name, discounts, mrr) => {
    expect(mrrWith({ discounts: discounts.map(discount) })).toBe(mrr);
  });

  it('takes a fixed amount once per billing interval: (1,200 - 120) / 12 a month', () => {
    const items = [item(120_000, { interval: 'year' })];
    expect(mrrWith({ items, discounts: [discount({ amountOffMinor: 12_000 })] })).toBe(9_000);
  });

  it('takes a fixed amount off the shortest interval when items have several', () => {
    // Invoiced monthly: 30.00 - 20.00, beside 1,200.00 a year.
    const items = [item(120_000, { interval: 'year' }), item(3_000)];
    expect(mrrWith({ items, discounts: [discount({ amountOffMinor: 2_000 })] })).toBe(11_000);
    // The 20.00 cannot take more than the 10.00 that there are.
    const small = [item(1_000), item(120_000, { interval: 'year' })];
    expect(mrrWith({ items: small, discounts: [discount({ amountOffMinor: 2_000 })] })).toBe(10_000);
  });

  it.each<[string, Record<Discount['duration'], number>]>([
    ['recurring', { forever: 8_000, repeating: 8_000, once: 10_000 }],
    ['forever', { forever: 8_000, repeating: 10_000, once: 10_000 }],
    ['all', { forever: 8_000, repeating: 8_000, once: 8_000 }],
    ['none', { forever: 10_000, repeating: 10_000, once: 10_000 }],
  ])('discountPolicy %s', (policy, byDuration) => {
    for (const [duration, mrr] of Object.entries(byDuration)) {
      const running = discount({
        percentOff: 20,
        duration: duration as Discount['duration'],
        startAt: new Date('2026-03-01'),
        endAt: new Date('2026-07-01'),
      });
      expect(mrrWith({ discounts: [running] }, policy)).toBe(mrr);
    }
  });

  it('books a discount that ends as expansion and one that begins as contraction, on their days', () => {
    const inside = { startAt: new Date('2026-03-05T10:00:00Z'), endAt: new Date('2026-03-20T00:00:00Z') };
    const records = inUsd(
      steady('c1', 10_000, { discounts: [discount({ percentOff: 30, duration: 'repeating', ...inside })] }),
    );
    const closes = ['04', '05', '19', '20'].map((day) => compute('mrr', at(`2026-03-${day}`), records).value);
    expect(closes).toEqual([10_000, 7_000, 7_000, 10_000]);
    expect(moved(march, records)).toEqual({ contraction: 3_000, expansion: 3_000 });
  });

  it('does not let a discount outlive its segment', () => {
    const lasting = [
      discount({ percentOff: 50, startAt: new Date('2026-02-01'), endAt: new Date('2027-01-01') }),
    ];
    const records = inUsd(
      subscription('c1', [
        stretch('2026-02-10', '2026-03-10', 10_000, { discounts: lasting }),
        stretch('2026-03-10', null, 10_000),
      ]),
    );
    expect(compute('mrr', at('2026-03-09'), records).value).toBe(5_000);
    expect(compute('mrr', at('2026-03-10'), records).value).toBe(10_000);
  });
});

describe('tax', () => {
  it('comes off after the discount: (132 - 12) / 1.2', () => {
    const discounts = [discount({ amountOffMinor: 1_200 })];
    const tax = { inclusive: true, ratePercent: 20 };
    expect(mrrWith({ items: [item(13_200)], discounts, tax })).toBe(10_000);
  });

  it('is not in the price when it is exclusive', () => {
    expect(mrrWith({ tax: { inclusive: false, ratePercent: 20 } })).toBe(10_000);
  });

  it('adds up hundreds of different tax rates without losing the number', () => {
    // Price = 100.00 + tax at each rate, so each is 100.00 without it.
    const rates = Array.from({ length: 600 }, (_, index) => 5 + index / 1000 + 0.0007);
    const subscriptions = rates.map((ratePercent, index) =>
      steady(`c${index}`, 0, {
        items: [item(10_000 + 100 * ratePercent)],
        tax: { inclusive: true, ratePercent },
      }),
    );
    expect(compute('mrr', today, inUsd(...subscriptions)).value).toBeCloseTo(6_000_000, 4);
  });
});

it('is not moved by refunds, failed charges and payments', () => {
  const payment = { id: 'p', customerId: 'c1', currency: 'USD', amountMinor: 10_000, taxMinor: 0 };
  const records = {
    ...inUsd(steady('c1', 10_000)),
    payments: [{ ...payment, paidAt: new Date('2026-03-05') }],
    refunds: [
      {
        id: 'r',
        paymentId: 'p',
        amountMinor: 10_000,
        taxMinor: 0,
        refundedAt: new Date('2026-03-06'),
        status: 'succeeded' as const,
      },
    ],
  };
  expect(moved(march, records)).toEqual({});
  expect(compute('mrr', today, records).value).toBe(10_000);
});
