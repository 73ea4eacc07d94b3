import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { FxRates, PriceItem, Segment, Subscription } from '../../../src/domain/billing/records.ts';
import type { RecordSets } from '../../../src/domain/catalog/record-sets.ts';
import type { MetricWindow, ParamValue } from '../../../src/domain/catalog/types.ts';
import { addDays } from '../../../src/domain/day.ts';
import { compute } from './support/billing.ts';

// Oracle: the revenue vectors, each with its published page or its arithmetic in the description.
type VectorSegment = {
  from: string;
  to: string | null;
  status: Segment['status'];
  items: (Omit<PriceItem, 'unitAmountMinor'> & { unitAmount: number })[];
  discounts?: {
    percentOff?: number;
    amountOff?: number;
    duration: 'forever';
    start?: string;
    end?: string;
  }[];
  tax?: { inclusive: boolean; ratePercent: number };
};
type Input = Omit<RecordSets, 'subscriptions' | 'fx' | 'payments' | 'refunds'> & {
  fx?: FxRates;
  subscriptions?: (Omit<Subscription, 'segments'> & { segments: VectorSegment[] })[];
  payments?: {
    id: string;
    customerId: string;
    currency: string;
    amount: number;
    tax: number;
    paidAt: string;
  }[];
  refunds?: { id: string; paymentId: string; amount: number; refundedAt: string }[];
};
type Vector = {
  id: string;
  description: string;
  metric: string;
  params: Record<string, ParamValue>;
  window: { type: string; date: string; start: string; end: string; timeZone: string };
  input: Input;
  expected: { value?: number | null; values?: Record<string, number>; reason?: string; tolerance: number };
};

const path = new URL('../../vectors/revenue.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: Vector[] };

it.each(vectors)('$id: $description', ({ metric, params, window, input, expected }) => {
  const found = compute(metric, windowOf(window), recordsOf(input), params);
  if (expected.value === null) expect(found).toMatchObject({ value: null, reason: expected.reason });
  if (typeof expected.value === 'number') expectClose(found.value, expected.value, expected.tolerance);
  for (const [name, value] of Object.entries(expected.values ?? {})) {
    expectClose(found.parts?.[name], value, expected.tolerance);
  }
});

function expectClose(found: number | null | undefined, value: number, tolerance: number): void {
  expect(Math.abs((found ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
}

function windowOf({ type, date, start, end, timeZone }: Vector['window']): MetricWindow {
  if (type === 'none') return { kind: 'none' };
  if (type === 'snapshot') return { kind: 'snapshot', day: date, timeZone };
  if (type === 'period') return { kind: 'period', startDay: start, endDay: addDays(end, 1), timeZone };
  throw new Error(`no window of type ${type} was expected here`);
}

function recordsOf({ subscriptions, payments, refunds, ...plain }: Input): RecordSets {
  return {
    ...plain,
    ...(subscriptions && {
      subscriptions: subscriptions.map(({ segments, ...rest }) => ({
        ...rest,
        segments: segments.map(segmentOf),
      })),
    }),
    ...(payments && {
      payments: payments.map(({ amount, tax, paidAt, ...rest }) => ({
        ...rest,
        amountMinor: amount,
        taxMinor: tax,
        paidAt: new Date(paidAt),
      })),
    }),
    ...(refunds && {
      refunds: refunds.map(({ amount, refundedAt, ...rest }) => ({
        ...rest,
        amountMinor: amount,
        taxMinor: null,
        refundedAt: new Date(refundedAt),
        status: 'succeeded',
      })),
    }),
  };
}

function segmentOf({ from, to, status, items, discounts = [], tax }: VectorSegment): Segment {
  return {
    fromAt: new Date(from),
    toAt: instant(to),
    status,
    items: items.map(({ unitAmount, ...rest }) => ({ ...rest, unitAmountMinor: unitAmount })),
    discounts: discounts.map(({ percentOff, amountOff, duration, start, end }) => ({
      percentOff: percentOff ?? null,
      amountOffMinor: amountOff ?? null,
      duration,
      startAt: instant(start),
      endAt: instant(end),
    })),
    tax: tax ?? null,
  };
}

function instant(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : new Date(text);
}
