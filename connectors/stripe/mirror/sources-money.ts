import { balanceRecord, creditNoteRecord, disputeRecord, paymentRecord, refundRecord } from './map-money.ts';
import {
  balanceTransactionSchema,
  chargeSchema,
  creditNoteSchema,
  disputeSchema,
  refundSchema,
} from './money-schema.ts';
import { source } from './source.ts';

export const charges = source({
  kind: 'payment',
  what: 'charges',
  schema: chargeSchema,
  list: ({ stripe }, at) => stripe.charges.list(at),
  retrieve: ({ stripe }, id) => stripe.charges.retrieve(id),
  map: paymentRecord,
});

export const refunds = source({
  kind: 'refund',
  what: 'refunds',
  schema: refundSchema,
  list: ({ stripe }, at) => stripe.refunds.list(at),
  retrieve: ({ stripe }, id) => stripe.refunds.retrieve(id),
  map: refundRecord,
});

export const disputes = source({
  kind: 'dispute',
  what: 'disputes',
  schema: disputeSchema,
  list: ({ stripe }, at) => stripe.disputes.list(at),
  retrieve: ({ stripe }, id) => stripe.disputes.retrieve(id),
  map: disputeRecord,
});

export const creditNotes = source({
  kind: 'credit_note',
  what: 'credit notes',
  schema: creditNoteSchema,
  list: ({ stripe }, at) => stripe.creditNotes.list(at),
  retrieve: ({ stripe }, id) => stripe.creditNotes.retrieve(id),
  map: creditNoteRecord,
});

export const balanceTransactions = source({
  kind: 'balance_entry',
  what: 'balance transactions',
  schema: balanceTransactionSchema,
  list: ({ stripe }, at) => stripe.balanceTransactions.list(at),
  retrieve: null,
  map: balanceRecord,
});
