import { Fraction } from 'fraction.js';
import { describe, expect, it } from 'vitest';
import { assertIdentity } from '../../../src/domain/billing/movements.ts';
import type { Segment } from '../../../src/domain/billing/records.ts';
import {
  at,
  compute,
  inUsd,
  item,
  march,
  moved,
  period,
  steady,
  stretch,
  subscription,
} from './support/billing.ts';

const one = (...segments: Segment[]) => inUsd(subscription('c1', segments));

describe('what a change of a customer is called', () => {
  it.each([
    ['new: nothing before, ever', one(stretch('2026-03-05', null, 900)), { new: 900 }],
    [
      'reactivation: paid once, however long ago',
      one(stretch('2016-01-01', '2016-02-01', 700), stretch('2026-03-05', null, 900)),
      { reactivation: 900 },
    ],
    ['churn: to nothing', one(stretch('2026-01-01', '2026-03-05', 900)), { churn: 900 }],
    [
      'expansion: a dearer plan',
      one(stretch('2026-01-01', '2026-03-05', 900), stretch('2026-03-05', null, 1_500)),
      { expansion: 600 },
    ],
    [
      'expansion: a second subscription',
      inUsd(steady('c1', 900), subscription('c1', [stretch('2026-03-05', null, 400)])),
      { expansion: 400 },
    ],
    [
      'contraction: a cheaper plan',
      one(stretch('2026-01-01', '2026-03-05', 900), stretch('2026-03-05', null, 500)),
      { contraction: 400 },
    ],
    [
      'contraction: one of two subscriptions cancelled',
      inUsd(steady('c1', 900), subscription('c1', [stretch('2026-01-01', '2026-03-05', 400)])),
      { contraction: 400 },
    ],
    [
      'new: a trial that converts',
      one(stretch('2026-02-20', '2026-03-06', 900, { status: 'trialing' }), stretch('2026-03-06', null, 900)),
      { new: 900 },
    ],
    [
      'reactivation: a trial of a former payer that converts',
      one(
        stretch('2025-01-01', '2025-06-01', 900),
        stretch('2026-02-20', '2026-03-06', 900, { status: 'trialing' }),
        stretch('2026-03-06', null, 900),
      ),
      { reactivation: 900 },
    ],
    [
      'churn: seats to zero',
      one(
        stretch('2026-01-01', '2026-03-05', 0, { items: [item(300, { quantity: 3 })] }),
        stretch('2026-03-05', null, 0, { items: [item(300, { quantity: 0 })] }),
      ),
      { churn: 900 },
    ],
    [
      'churn and reactivation: gone for two days',
      one(stretch('2026-01-01', '2026-03-05', 900), stretch('2026-03-07', null, 900)),
      { churn: 900, reactivation: 900 },
    ],
    [
      'nothing: cancelled and back on the same day',
      one(stretch('2026-01-01', '2026-03-05T09:00:00Z', 900), stretch('2026-03-05T17:00:00Z', null, 900)),
      {},
    ],
    [
      'expansion only: a plan swapped by cancelling and creating another on the same day',
      inUsd(
        subscription('c1', [stretch('2026-01-01', '2026-03-05T09:00:00Z', 900)]),
        subscription('c1', [stretch('2026-03-05T17:00:00Z', null, 1_000)]),
      ),
      { expansion: 100 },
    ],
    [
      'nothing: came and went within one day',
      one(stretch('2026-03-05T09:00:00Z', '2026-03-05T17:00:00Z', 900)),
      {},
    ],
    [
      'new and churn: came and went within one month',
      one(stretch('2026-03-05', '2026-03-15', 900)),
      { new: 900, churn: 900 },
    ],
    [
      'churn: paused',
      one(stretch('2026-01-01', '2026-03-05', 900), stretch('2026-03-05', null, 900, { status: 'paused' })),
      { churn: 900 },
    ],
    ['churn only on the day paid access ends', one(stretch('2026-01-01', '2026-04-10', 900)), {}],
    [
      'the difference of the plans on the day of a change in mid-month, whatever was prorated',
      one(stretch('2026-01-01', '2026-03-16T12:00:00Z', 3_100), stretch('2026-03-16T12:00:00Z', null, 6_200)),
      { expansion: 3_100 },
    ],
  ])('%s', (_name, records, expected) => {
    expect(moved(march, records)).toEqual(expected);
  });

  it('calls someone who paid only within a day, between two closes, new when they come', () => {
    const records = one(
      stretch('2026-02-05T09:00:00Z', '2026-02-05T17:00:00Z', 900),
      stretch('2026-03-05', null, 900),
    );
    expect(moved(march, records)).toEqual({ new: 900 });
  });
});

it('gives each movement on its own and together, with the number of customers who made it', () => {
  const records = inUsd(
    subscription('a', [stretch('2026-03-05', null, 900)]),
    subscription('b', [stretch('2026-03-06', '2026-03-09', 100), stretch('2026-03-12', null, 50)]),
  );
  expect(compute('mrr_new', march, records)).toEqual({ value: 1_000, sampleSize: 2 });
  expect(compute('mrr_churn', march, records)).toEqual({ value: 100, sampleSize: 1 });
  expect(compute('mrr_reactivation', march, records)).toEqual({ value: 50, sampleSize: 1 });
  expect(compute('mrr_expansion', march, records)).toEqual({ value: 0, sampleSize: 0 });
  expect(compute('mrr_contraction', march, records)).toEqual({ value: 0, sampleSize: 0 });
  // 900 + 100 - 100 + 50
  expect(compute('mrr_movements', march, records)).toMatchObject({ value: 950, sampleSize: 2 });
});

it('counts only new MRR of customers whose channel is referral', () => {
  const records = {
    ...inUsd(
      subscription('a', [stretch('2026-03-05', '2026-03-10', 900), stretch('2026-03-10', null, 1_900)]),
      subscription('b', [stretch('2026-03-06', null, 100)]),
      subscription('unknown', [stretch('2026-03-06', null, 40)]),
    ),
    customers: [
      { id: 'a', channel: 'referral' },
      { id: 'b', channel: null },
    ],
  };
  expect(compute('referral_new_mrr', march, records)).toEqual({ value: 900, sampleSize: 1 });
});

describe('the close of a day', () => {
  it('still has what ends exactly at midnight, and not what begins then', () => {
    const records = inUsd(
      subscription('leaving', [stretch('2026-01-01', '2026-03-05T00:00:00Z', 1)]),
      subscription('coming', [stretch('2026-03-05T00:00:00Z', null, 20)]),
    );
    expect(compute('mrr', at('2026-03-04'), records).value).toBe(1);
    expect(compute('mrr', at('2026-03-05'), records).value).toBe(20);
  });

  it('is 23 hours after its beginning in New York on 8 March 2026', () => {
    // Midnight of the 9th is at 04:00 UTC, in summer time; the 8th began at 05:00 UTC.
    const records = one(stretch('2026-03-09T03:59:59Z', null, 900));
    expect(compute('mrr', at('2026-03-07', 'America/New_York'), records).value).toBe(0);
    expect(compute('mrr', at('2026-03-08', 'America/New_York'), records).value).toBe(900);
    const later = one(stretch('2026-03-09T04:00:00Z', null, 900));
    expect(compute('mrr', at('2026-03-08', 'America/New_York'), later).value).toBe(0);
  });

  it('books nothing on the day that Apia skipped', () => {
    // 29 December 2011 ended at 10:00 UTC on the 30th, and the 31st began.
    const records = one(stretch('2011-12-01', '2011-12-30T10:00:00Z', 900));
    const day = (start: string, end: string) => moved(period(start, end, 'Pacific/Apia'), records);
    expect(day('2011-12-29', '2011-12-30')).toEqual({});
    expect(day('2011-12-30', '2011-12-31')).toEqual({});
    expect(day('2011-12-31', '2012-01-01')).toEqual({ churn: 900 });
  });

  it('belongs to one day only where a clock goes back over midnight', () => {
    // St. John's, 7 November 2010: 00:01 became 23:01 of the 6th, at 02:31 UTC. The 7th had begun at 02:30 UTC.
    const records = one(stretch('2010-11-07T03:00:00Z', null, 900)); // reads 23:30 of the 6th again
    expect(compute('mrr', at('2010-11-06', 'America/St_Johns'), records).value).toBe(0);
    expect(compute('mrr', at('2010-11-07', 'America/St_Johns'), records).value).toBe(900);
  });
});

it('refuses, by the name of the customer, movements that do not lead from opening to closing', () => {
  const ledger = {
    customerId: 'cus_42',
    opening: new Fraction(100),
    closing: new Fraction(150),
    movements: [{ day: '2026-03-05', kind: 'expansion' as const, amount: new Fraction(149, 3) }],
  };
  expect(() => assertIdentity(ledger)).toThrow(/cus_42/);
  expect(() => assertIdentity({ ...ledger, closing: new Fraction(449, 3) })).not.toThrow();
});

it('refuses windows that it is not defined over', () => {
  expect(() => compute('mrr', march, inUsd())).toThrow(RangeError);
  expect(() => compute('mrr_new', at('2026-03-01'), inUsd())).toThrow(RangeError);
  expect(() => compute('mrr_new', period('2026-03-02', '2026-03-01'), inUsd())).toThrow(RangeError);
});
