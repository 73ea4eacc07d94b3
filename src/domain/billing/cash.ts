import type { Fraction } from 'fraction.js';
import type { RecordSets } from '../catalog/record-sets.ts';
import type { Measurement, MetricWindow } from '../catalog/types.ts';
import { windowOf } from '../day.ts';
import { dayFinder } from './alive.ts';
import { rateInto } from './currency.ts';
import { exact, sum, zero } from './exact.ts';
import { amount, noValue, periodOf } from './measurement.ts';
import type { Dispute, Payment, Refund } from './records.ts';

/** Money that came in (positive) or went back, in the currency of its payment. */
type Flow = { at: Date; currency: string; amount: Fraction };
type Cash = { reportingCurrency: string; payments: readonly Payment[]; given: readonly Giveback[] };
/** A refund that succeeded or a dispute that was lost. */
type Giveback = { paymentId: string; amountMinor: number; taxMinor: number | null; at: Date };

/** Payments by the day they were made, less refunds and lost disputes by theirs; fees stay in. Disputes count where read. */
export function netRevenue(records: RecordSets, window: MetricWindow, excludeTax: boolean): Measurement {
  const { reportingCurrency, payments, refunds } = records;
  if (!reportingCurrency || !payments || !refunds) return noValue('no_observation');
  const given = [...succeeded(refunds), ...lost(records.disputes ?? [])];
  return cashIn({ reportingCurrency, payments, given }, records, window, excludeTax, () => true);
}

/** The same of customers won by referral, less tax. Disputes count where they were read. */
export function referralRevenue(records: RecordSets, window: MetricWindow): Measurement {
  const { reportingCurrency, payments, refunds, customers } = records;
  if (!reportingCurrency || !payments || !refunds || !customers) return noValue('no_observation');
  const given = [...succeeded(refunds), ...lost(records.disputes ?? [])];
  const referred = referredIds(customers);
  return cashIn({ reportingCurrency, payments, given }, records, window, true, (payment) =>
    referred.has(payment.customerId),
  );
}

/** Money given back by refunds and lost disputes, each on its own day, as a positive amount. Disputes count where read. */
export function refundsGiven(records: RecordSets, window: MetricWindow, excludeTax: boolean): Measurement {
  const { reportingCurrency, payments, refunds } = records;
  if (!reportingCurrency || !payments || !refunds) return noValue('no_observation');
  const given = [...succeeded(refunds), ...lost(records.disputes ?? [])].filter(isIn(window));
  const flows = givenBackFlows(given, payments, excludeTax, () => true);
  if (flows === null) return noValue('no_observation');
  const total = valueOf(flows, reportingCurrency, records.fx, periodOf(window).timeZone);
  return total === null ? noValue('missing_rate') : amount(total.neg(), flows.length);
}

/** The customers whose channel, frozen at the first payment, is referral. */
export function referredIds(customers: NonNullable<RecordSets['customers']>): ReadonlySet<string> {
  return new Set(customers.filter(({ channel }) => channel === 'referral').map(({ id }) => id));
}

function cashIn(
  { reportingCurrency, payments, given }: Cash,
  { fx }: RecordSets,
  window: MetricWindow,
  excludeTax: boolean,
  takesPart: (payment: Payment) => boolean,
): Measurement {
  const inside = isIn(window);
  const received = payments
    .filter((payment) => takesPart(payment))
    .map((payment) => paid(payment, excludeTax))
    .filter(inside);
  const back = givenBackFlows(given.filter(inside), payments, excludeTax, takesPart);
  if (back === null) return noValue('no_observation');
  const total = valueOf([...received, ...back], reportingCurrency, fx, periodOf(window).timeZone);
  return total === null ? noValue('missing_rate') : amount(total, received.length);
}

/** What was given back of the payments that take part; null when one of the payments is not known. */
function givenBackFlows(
  given: readonly Giveback[],
  payments: readonly Payment[],
  excludeTax: boolean,
  takesPart: (payment: Payment) => boolean,
): Flow[] | null {
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  const flows: Flow[] = [];
  for (const back of given) {
    const payment = byId.get(back.paymentId);
    // Without its payment nobody knows its currency, its tax or whose it was: the records are not whole.
    if (payment === undefined) return null;
    if (takesPart(payment)) flows.push(givenBack(back, payment, excludeTax));
  }
  return flows;
}

/** The sum at the rates of each flow's local day; null when one of them is missing. */
function valueOf(
  flows: readonly Flow[],
  reportingCurrency: string,
  fx: RecordSets['fx'],
  timeZone: string,
): Fraction | null {
  const rate = rateInto(reportingCurrency, fx);
  const dayOf = dayFinder(timeZone);
  const values: Fraction[] = [];
  for (const flow of flows) {
    const factor = rate(flow.currency, dayOf(flow.at));
    if (factor === null) return null;
    values.push(flow.amount.mul(factor));
  }
  return sum(values);
}

function isIn(window: MetricWindow): (flow: { at: Date }) => boolean {
  const { startDay, endDay, timeZone } = periodOf(window);
  const { startAt, endAt } = windowOf(startDay, endDay, timeZone);
  return ({ at }) => at >= startAt && at < endAt;
}

function paid(payment: Payment, excludeTax: boolean): Flow {
  const net = exact(payment.amountMinor).sub(excludeTax ? exact(payment.taxMinor) : zero);
  return { at: payment.paidAt, currency: payment.currency, amount: net };
}

function givenBack(back: Giveback, payment: Payment, excludeTax: boolean): Flow {
  const net = exact(back.amountMinor).sub(excludeTax ? taxGivenBack(back, payment) : zero);
  return { at: back.at, currency: payment.currency, amount: net.neg() };
}

/** Where the tax given back is not known, it is the same share of the refund as tax was of the payment. */
function taxGivenBack(back: Giveback, payment: Payment): Fraction {
  if (back.taxMinor !== null) return exact(back.taxMinor);
  if (payment.amountMinor === 0) return zero;
  return exact(back.amountMinor).mul(exact(payment.taxMinor)).div(exact(payment.amountMinor));
}

function succeeded(refunds: readonly Refund[]): Giveback[] {
  return refunds
    .filter(({ status }) => status === 'succeeded')
    .map((refund) => ({ ...refund, at: refund.refundedAt }));
}

/** @throws RangeError when it is not known when a dispute was lost: leaving it out would be a silent zero */
function lost(disputes: readonly Dispute[]): Giveback[] {
  return disputes
    .filter(({ status }) => status === 'lost')
    .map(({ id, paymentId, amountMinor, closedAt }) => {
      if (closedAt === null) throw new RangeError(`dispute ${id} is lost, but not known since when`);
      return { paymentId, amountMinor, taxMinor: null, at: closedAt };
    });
}
