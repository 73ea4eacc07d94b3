import type { CustomerState } from '../model/account.ts';
import type { Fact } from '../model/facts.ts';
import { renderCustomer } from './render-customer.ts';
import { invoicePaymentId, paymentCreatedAt, renderInvoice, renderInvoicePayment } from './render-invoice.ts';
import { paymentIntentId } from './render-payment.ts';
import { offClock, remembered, rowsOf, serve, tableOf } from './resource.ts';

export const customers = serve({
  object: 'customer',
  path: '/v1/customers',
  permission: 'rak_customer',
  table: (world) => world.account.customers,
  id: (customer) => customer.customerId,
  createdAt: (customer) => customer.at,
  render: renderCustomer,
  filters: {
    email: (customer, value) => customer.email === value,
    test_clock: (customer, value) => customer.testClockId === value,
  },
  also(query) {
    const shown = offClock<CustomerState>((customer) => customer.testClockId)(query);
    return (customer) => customer.deletedAt === null && shown(customer);
  },
  renderGone: (customer) =>
    customer.deletedAt === null ? null : { id: customer.customerId, object: 'customer', deleted: true },
});

export const invoices = serve({
  object: 'invoice',
  path: '/v1/invoices',
  permission: 'rak_invoice',
  table: (world) => world.account.invoices,
  id: (invoice) => invoice.invoiceId,
  createdAt: (invoice) => invoice.at,
  render: renderInvoice,
  filters: {
    customer: (invoice, value) => invoice.customerId === value,
    subscription: (invoice, value) => invoice.subscriptionId === value,
    status: (invoice, value) => invoice.status === value,
    collection_method: (_invoice, value) => value === 'charge_automatically',
  },
  also: offClock((invoice) => invoice.testClockId),
  few(query, { account }) {
    const customer = query.values.get('customer');
    const subscription = query.values.get('subscription');
    if (subscription !== undefined) {
      return rowsOf(account.invoices, account.subscriptions.get(subscription)?.invoiceIds);
    }
    return customer === undefined
      ? null
      : rowsOf(account.invoices, account.customers.get(customer)?.invoiceIds);
  },
});

const payments = remembered((_facts: readonly Fact[], { account }) =>
  tableOf(
    account.invoices.list.filter(({ paidBy, paidAt }) => paidBy !== null && paidAt !== null),
    invoicePaymentId,
    paymentCreatedAt,
  ),
);

export const invoicePayments = serve({
  object: 'invoice_payment',
  path: '/v1/invoice_payments',
  permission: 'rak_invoice',
  table: (world) => payments(world.facts, world),
  id: invoicePaymentId,
  createdAt: paymentCreatedAt,
  render: (invoice) => renderInvoicePayment(invoice),
  filters: {
    invoice: (invoice, value) => invoice.invoiceId === value,
    status: (_invoice, value) => value === 'paid',
  },
  few(query, { account }) {
    const invoice = account.invoices.get(query.values.get('invoice') ?? '');
    return query.values.has('invoice') ? (invoice?.paidBy == null ? [] : [invoice]) : null;
  },
  otherParams: ['payment'],
  also(query) {
    const intent = query.values.get('payment[payment_intent]');
    return (invoice) =>
      intent === undefined || (invoice.paidBy !== null && paymentIntentId(invoice.paidBy) === intent);
  },
});
