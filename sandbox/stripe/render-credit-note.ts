import type { CreditNoteState } from '../model/account.ts';
import type { World } from '../world.ts';
import { nestedList, type Wire } from './wire.ts';

export function renderCreditNote(note: CreditNoteState, world: World): Wire {
  const { creditNoteId: id, amountMinor, type, refundId } = note;
  const invoice = world.account.invoices.get(note.invoiceId);
  const paid = type === 'post_payment';
  const refunded = {
    amount_refunded: amountMinor,
    payment_record_refund: null,
    refund: refundId,
    type: 'refund',
  };
  return {
    id,
    object: 'credit_note',
    amount: amountMinor,
    amount_shipping: 0,
    created: note.at,
    currency: invoice?.currency ?? 'usd',
    customer: invoice?.customerId ?? null,
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: note.at,
    invoice: note.invoiceId,
    lines: nestedList(`/v1/credit_notes/${id}/lines`, renderCreditNoteLines(note, world)),
    livemode: false,
    memo: null,
    metadata: {},
    number: `${invoice?.number ?? ''}-${note.number}`,
    out_of_band_amount: null,
    pdf: `https://pay.stripe.example/credit_notes/${id}/pdf`,
    post_payment_amount: paid ? amountMinor : 0,
    pre_payment_amount: paid ? 0 : amountMinor,
    pretax_credit_amounts: [],
    reason: note.reason,
    refunds: refundId === null ? [] : [refunded],
    shipping_cost: null,
    status: 'issued',
    subtotal: amountMinor,
    subtotal_excluding_tax: amountMinor,
    total: amountMinor,
    total_excluding_tax: amountMinor,
    total_taxes: [],
    type,
    voided_at: null,
  };
}

export function renderCreditNoteLines(note: CreditNoteState, world: World): Wire[] {
  const invoice = world.account.invoices.get(note.invoiceId);
  const line = invoice?.lines.find(({ id }) => id === note.lineId);
  return [
    {
      id: `cnli_${note.creditNoteId.slice(3)}`,
      object: 'credit_note_line_item',
      amount: note.amountMinor,
      description: line?.description ?? null,
      discount_amount: 0,
      discount_amounts: [],
      invoice_line_item: note.lineId,
      livemode: false,
      metadata: {},
      pretax_credit_amounts: [],
      quantity: null,
      tax_rates: [],
      taxes: [],
      type: 'invoice_line_item',
      unit_amount: null,
      unit_amount_decimal: null,
    },
  ];
}
