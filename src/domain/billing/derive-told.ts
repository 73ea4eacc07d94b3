import type { Fraction } from 'fraction.js';
import { type CutSeries, dayFinders } from './cut-series.ts';
import type { CashFlow, DerivedCustomer, Series } from './derived.ts';
import { exact, zero } from './exact.ts';
import { movementRowsOf } from './movement-rows.ts';
import type { Dispute, Payment, Refund, Subscription } from './records.ts';
import { toldPieces } from './told-pieces.ts';

/** Ready facts of one customer, without a ledger behind them. */
export type ToldRecords = {
  customerId: string;
  subscriptions: readonly Subscription[];
  payments: readonly Payment[];
  refunds: readonly Refund[];
  disputes: readonly Dispute[];
  channel: string | null;
};

/**
 * Works out what is stored of a customer whose history was told as it is. Nothing says where a told trial began, so there
 * is none.
 *
 * @throws RangeError naming customer and day when movements and MRR disagree, and for a lost dispute without its day
 */
export function deriveTold(told: ToldRecords, series: readonly Series[]): DerivedCustomer {
  return toldDerivation(series)(told);
}

/** The same for many customers: days are looked up in each zone once for all of them. */
export function toldDerivation(series: readonly Series[]): (told: ToldRecords) => DerivedCustomer {
  const cut = dayFinders(series);
  return (told) => {
    const cash = toldCash(told);
    const firstPaidAt = cash.find(({ kind }) => kind === 'payment')?.at ?? null;
    return {
      customerId: told.customerId,
      movements: cut.map((one) => toldRows(told, one)),
      problem: null,
      cash,
      trial: null,
      traits: { firstPaidAt, coupons: [], promotionCodes: [], metadata: {}, channel: told.channel },
      isTest: false,
    };
  };
}

function toldRows({ customerId, subscriptions }: ToldRecords, { dayOf, discountPolicy }: CutSeries) {
  const pieces = subscriptions.flatMap((subscription) => toldPieces(subscription, dayOf, discountPolicy));
  return movementRowsOf(customerId, pieces);
}

/** By the rules of `cash.ts`: refunds by when they were made, lost disputes by when they were lost. */
function toldCash({ payments, refunds, disputes }: ToldRecords): CashFlow[] {
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const paid = payments.map(
    ({ id, paidAt, currency, amountMinor, taxMinor }): CashFlow => ({
      kind: 'payment',
      id,
      paymentId: id,
      at: paidAt,
      currency: currency.toUpperCase(),
      amountMinor,
      tax: exact(taxMinor),
    }),
  );
  const back = (kind: 'refund' | 'dispute', given: Giveback): CashFlow => {
    const payment = byId.get(given.paymentId);
    if (payment === undefined)
      throw new RangeError(`${kind} ${given.id} gives back payment ${given.paymentId}, which was not told`);
    const tax = given.taxMinor === null ? shareOfTax(given.amountMinor, payment) : exact(given.taxMinor);
    const { id, paymentId, at, amountMinor } = given;
    const currency = payment.currency.toUpperCase();
    return { kind, id, paymentId, at, currency, amountMinor: -amountMinor, tax: tax.neg() };
  };
  const refunded = refunds
    .filter(({ status }) => status === 'succeeded')
    .map((refund) => back('refund', { ...refund, at: refund.refundedAt }));
  const lost = disputes
    .filter(({ status }) => status === 'lost')
    .map((dispute) => back('dispute', { ...dispute, taxMinor: null, at: lostAt(dispute) }));
  return [...paid, ...refunded, ...lost].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

type Giveback = { id: string; paymentId: string; amountMinor: number; taxMinor: number | null; at: Date };

function shareOfTax(amountMinor: number, payment: Payment): Fraction {
  if (payment.amountMinor === 0) return zero;
  return exact(amountMinor).mul(exact(payment.taxMinor)).div(exact(payment.amountMinor));
}

function lostAt({ id, closedAt }: Dispute): Date {
  if (closedAt === null) throw new RangeError(`dispute ${id} is lost, but not known since when`);
  return closedAt;
}
