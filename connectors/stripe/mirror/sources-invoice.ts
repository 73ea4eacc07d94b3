import { missingCoupons, type Unfold, wholeCouponsIn } from './coupons.ts';
import { type InvoiceObject, invoicePaymentSchema, invoiceSchema, lineSchema } from './invoice-schema.ts';
import { invoiceRecord } from './map-invoice.ts';
import type { Reader } from './reader.ts';
import { source } from './source.ts';

const PARTS = ['discounts.source.coupon', 'lines.data.discounts', 'payments'];

export const invoices = source({
  kind: 'invoice',
  what: 'invoices',
  schema: invoiceSchema,
  list: ({ stripe }, at) => stripe.invoices.list({ ...at, expand: PARTS.map((path) => `data.${path}`) }),
  retrieve: ({ stripe }, id) => stripe.invoices.retrieve(id, { expand: PARTS }),
  complete: async (reader, shown) => {
    const object = await withEveryLine(reader, await withEveryPayment(reader, shown));
    const records = await missingCoupons(reader, [
      { discounts: object.discounts, unfold: unfoldInvoice(reader, object.id) },
      // The coupons of a line's own discount are one level too deep to be unfolded.
      ...object.lines.data.map(({ discounts }) => ({ discounts, unfold: null })),
    ]);
    return { object, records };
  },
  map: invoiceRecord,
});

/** Inside an invoice Stripe shows ten lines at most. */
async function withEveryLine(reader: Reader, invoice: InvoiceObject): Promise<InvoiceObject> {
  if (!invoice.lines.has_more) return invoice;
  const data = await reader.whole('invoice lines', lineSchema, (at) =>
    reader.stripe.invoices.listLineItems(invoice.id, { ...at, expand: ['data.discounts'] }),
  );
  return { ...invoice, lines: { data, has_more: false } };
}

async function withEveryPayment(reader: Reader, invoice: InvoiceObject): Promise<InvoiceObject> {
  if (invoice.payments?.has_more !== true) return invoice;
  const data = await reader.whole('invoice payments', invoicePaymentSchema, (at) =>
    reader.stripe.invoicePayments.list({ ...at, invoice: invoice.id }),
  );
  return { ...invoice, payments: { data, has_more: false } };
}

function unfoldInvoice(reader: Reader, id: string): Unfold {
  return async () => {
    const expand = wholeCouponsIn('discounts');
    const ask = () => reader.stripe.invoices.retrieve(id, { expand });
    return (await reader.one('an invoice', invoiceSchema, ask))?.discounts ?? [];
  };
}
