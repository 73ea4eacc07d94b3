import type { LedgerDispute, LedgerPayment, LedgerRecord, LedgerRefund } from '../../sdk/index.ts';
import { capitals, instant, known } from './map-catalog.ts';
import type {
  BalanceTransactionObject,
  ChargeObject,
  CreditNoteObject,
  DisputeObject,
  ExchangeRateObject,
  RefundObject,
} from './money-schema.ts';

/** A status that nobody knows moved nothing yet. */
export function paymentRecord(charge: ChargeObject): LedgerRecord<'payment'> {
  const customerId = charge.customer ?? null;
  const data: LedgerPayment = {
    id: charge.id,
    customerId,
    intentId: charge.payment_intent ?? null,
    currency: capitals(charge.currency),
    status: known(['succeeded', 'pending', 'failed'], charge.status) ?? 'pending',
    amountMinor: charge.amount,
    capturedMinor: charge.captured ? charge.amount_captured : 0,
    createdAt: instant(charge.created),
  };
  return { kind: 'payment', id: charge.id, customerId, parentId: null, at: data.createdAt, data };
}

export function refundRecord(refund: RefundObject): LedgerRecord<'refund'> {
  const data: LedgerRefund = {
    id: refund.id,
    paymentId: refund.charge,
    currency: capitals(refund.currency),
    amountMinor: refund.amount,
    createdAt: instant(refund.created),
    status: known(['succeeded', 'pending', 'failed', 'canceled'], refund.status ?? '') ?? 'pending',
    // Told as nothing, not merely left out.
    movedMoney: refund.balance_transaction !== null,
  };
  return {
    kind: 'refund',
    id: refund.id,
    customerId: null,
    parentId: refund.charge,
    at: data.createdAt,
    data,
  };
}

/** An inquiry that ended without a loss, and a dispute that was prevented, took nothing away. */
const HARMLESS = ['won', 'warning_closed', 'prevented'];

export function disputeRecord(dispute: DisputeObject): LedgerRecord<'dispute'> {
  const { status } = dispute;
  const data: LedgerDispute = {
    id: dispute.id,
    paymentId: dispute.charge,
    currency: capitals(dispute.currency),
    amountMinor: dispute.amount,
    createdAt: instant(dispute.created),
    status: status === 'lost' ? 'lost' : HARMLESS.includes(status) ? 'won' : 'open',
  };
  return {
    kind: 'dispute',
    id: dispute.id,
    customerId: null,
    parentId: dispute.charge,
    at: data.createdAt,
    data,
  };
}

export function creditNoteRecord(note: CreditNoteObject): LedgerRecord<'credit_note'> {
  const customerId = note.customer ?? null;
  const at = instant(note.created);
  return {
    kind: 'credit_note',
    id: note.id,
    customerId,
    parentId: note.invoice,
    at,
    data: {
      id: note.id,
      invoiceId: note.invoice,
      customerId,
      currency: capitals(note.currency),
      amountMinor: note.amount,
      createdAt: at,
      status: note.status,
      kind: note.type,
    },
  };
}

export function balanceRecord(entry: BalanceTransactionObject): LedgerRecord<'balance_entry'> {
  const at = instant(entry.created);
  return {
    kind: 'balance_entry',
    id: entry.id,
    customerId: null,
    parentId: entry.source,
    at,
    data: {
      id: entry.id,
      createdAt: at,
      currency: capitals(entry.currency),
      amountMinor: entry.amount,
      feeMinor: entry.fee,
      netMinor: entry.net,
      category: entry.reporting_category,
      sourceId: entry.source,
      exchangeRate: entry.exchange_rate,
    },
  };
}

/**
 * Stripe says what one unit of each currency buys of the others; the ledger what one unit of the others is worth in
 * each. That is the same table read by its columns, so nothing is inverted and no digit is lost. Only currencies that
 * the account has seen are kept.
 */
export function rateRecords(
  told: readonly ExchangeRateObject[],
  seen: ReadonlySet<string>,
  now: Date,
): LedgerRecord<'exchange_rates'>[] {
  const day = now.toISOString().slice(0, 10);
  const bases = new Map<string, Record<string, string>>();
  for (const { id, rates } of told) {
    if (!seen.has(capitals(id))) continue;
    for (const [base, rate] of Object.entries(rates)) {
      if (base === id) continue;
      const worth = bases.get(capitals(base)) ?? {};
      worth[capitals(id)] = rate;
      bases.set(capitals(base), worth);
    }
  }
  return [...bases].map(([base, rates]) => ({
    kind: 'exchange_rates',
    id: `${base}:${day}`,
    customerId: null,
    parentId: null,
    at: new Date(`${day}T00:00:00Z`),
    data: { base, day, rates },
  }));
}
