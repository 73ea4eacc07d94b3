import { renderCustomer } from './render-customer.ts';
import { renderInvoice, renderInvoicePayments } from './render-invoice.ts';
import { offClock, serve } from './resource.ts';

export const customers = serve({
  object: 'customer',
  path: '/v1/customers',
  permission: 'rak_customer',
  all: (world) => world.account.customers.values(),
  id: (customer) => customer.customerId,
  createdAt: (customer) => customer.at,
  render: renderCustomer,
  filters: {
    email: (customer, value) => customer.email === value,
    test_clock: (customer, value) => customer.testClockId === value,
  },
  also: offClock((customer) => customer.testClockId),
});

export const invoices = serve({
  object: 'invoice',
  path: '/v1/invoices',
  permission: 'rak_invoice',
  all: (world) => world.account.invoices.values(),
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
});

export const invoicePayments = serve({
  object: 'invoice_payment',
  path: '/v1/invoice_payments',
  permission: 'rak_invoice',
  all: (world) => [...world.account.invoices.values()].flatMap(renderInvoicePayments),
  id: (payment) => String(payment.id),
  createdAt: (payment) => Number(payment.created),
  render: (payment) => payment,
  filters: {
    invoice: (payment, value) => payment.invoice === value,
    status: (payment, value) => payment.status === value,
  },
});
