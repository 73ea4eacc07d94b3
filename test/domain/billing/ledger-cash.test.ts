import { expect, it } from 'vitest';
import { cashFlowsOf } from '../../../src/domain/billing/cash-flows.ts';
import type { LedgerPayment, LedgerRefund } from '../../../src/domain/billing/ledger-records.ts';
import { traitsOf } from '../../../src/domain/billing/traits.ts';
import { firstTrial } from '../../../src/domain/billing/trials.ts';
import { discountOf, invoiceOf, itemOf, ledgerWith, stateOf, subscriptionOf } from './support/ledger.ts';

const payment = (over: Partial<LedgerPayment> = {}): LedgerPayment => ({
  id: 'p1',
  customerId: 'c1',
  intentId: 'pi1',
  currency: 'usd',
  status: 'succeeded',
  amountMinor: 1_200,
  capturedMinor: 1_200,
  createdAt: new Date('2026-01-02'),
  ...over,
});
const refund = (over: Partial<LedgerRefund> = {}): LedgerRefund => ({
  id: 'r1',
  paymentId: 'p1',
  currency: 'usd',
  amountMinor: 300,
  createdAt: new Date('2026-02-03'),
  status: 'succeeded',
  movedMoney: true,
  ...over,
});
const taxed = invoiceOf('2026-01-01', [], { totalMinor: 1_200, taxMinor: 200, paymentIds: ['pi1'] });
const told = (ledger: Parameters<typeof ledgerWith>[0]) =>
  cashFlowsOf(ledgerWith(ledger)).map(({ kind, at, amountMinor, tax }) =>
    [kind, at.toISOString().slice(0, 10), amountMinor, tax.toFraction()].join(' '),
  );

it('dates money by its own day, with tax as its invoice says and what goes back in proportion', () => {
  const disputes = [
    {
      id: 'd1',
      paymentId: 'p1',
      currency: 'usd',
      amountMinor: 600,
      createdAt: new Date('2026-03-04'),
      status: 'lost' as const,
    },
    {
      id: 'd2',
      paymentId: 'p1',
      currency: 'usd',
      amountMinor: 600,
      createdAt: new Date('2026-03-05'),
      status: 'won' as const,
    },
  ];
  expect(told({ invoices: [taxed], payments: [payment()], refunds: [refund()], disputes })).toEqual([
    'payment 2026-01-02 1200 200',
    'refund 2026-02-03 -300 -50',
    'dispute 2026-03-04 -600 -100',
  ]);
});

it.each([
  { what: 'a failed refund', payments: [payment()], refunds: [refund({ status: 'failed' })], flows: 1 },
  {
    what: 'an authorisation that was let go',
    payments: [payment({ capturedMinor: 0 })],
    refunds: [refund({ movedMoney: false })],
    flows: 0,
  },
  {
    what: 'the part that was not captured',
    payments: [payment({ capturedMinor: 900 })],
    refunds: [refund({ movedMoney: false })],
    flows: 1,
  },
  { what: 'a payment that failed', payments: [payment({ status: 'failed' })], refunds: [], flows: 0 },
])('does not count $what', ({ payments, refunds, flows }) => {
  expect(told({ payments, refunds })).toHaveLength(flows);
});

it('counts a refund whose payment is not known, without tax', () => {
  expect(told({ invoices: [taxed], refunds: [refund({ paymentId: 'elsewhere' })] })).toEqual([
    'refund 2026-02-03 -300 0',
  ]);
});

it('finds the first trial ever and the first money for it, not for what was paid all along', () => {
  const state = stateOf([itemOf('small')]);
  const trial = { trialStartAt: new Date('2026-02-01'), trialEndAt: new Date('2026-02-15') };
  const subscriptions = [
    subscriptionOf(state, { id: 'old' }),
    subscriptionOf(state, { id: 's1', createdAt: new Date('2026-02-01'), ...trial }),
    subscriptionOf(state, { id: 'test', isTest: true, trialStartAt: new Date('2025-01-01') }),
  ];
  const invoices = [
    invoiceOf('2026-02-01', [], { paidMinor: 0 }),
    invoiceOf('2026-02-03', [], { subscriptionId: 'old' }),
    invoiceOf('2026-02-15', []),
  ];
  expect(firstTrial(ledgerWith({ subscriptions, invoices }))).toEqual({
    subscriptionId: 's1',
    startAt: trial.trialStartAt,
    endAt: trial.trialEndAt,
    paidAt: new Date('2026-02-15'),
  });
  expect(firstTrial(ledgerWith({ subscriptions: subscriptions.slice(0, 1), invoices }))).toBeNull();
});

it('keeps the coupons of the first invoice that brought money, and until then those that there are', () => {
  const state = stateOf([itemOf('small')], { discounts: [discountOf('later')] });
  const subscriptions = [subscriptionOf(state)];
  const friend = discountOf('friend', { promotionCode: 'FRIEND' });
  const invoices = [
    invoiceOf('2026-01-01', [], { paidMinor: 0 }),
    invoiceOf('2026-02-01', [], { discounts: [friend] }),
  ];
  expect(traitsOf(ledgerWith({ subscriptions }), [])).toMatchObject({
    coupons: ['later'],
    firstPaidAt: null,
  });
  const paid = ledgerWith({ subscriptions, invoices, payments: [payment()] });
  expect(traitsOf(paid, cashFlowsOf(paid))).toMatchObject({
    coupons: ['friend'],
    promotionCodes: ['FRIEND'],
    firstPaidAt: new Date('2026-01-02'),
  });
});
