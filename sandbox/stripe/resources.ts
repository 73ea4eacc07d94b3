import { customers, invoicePayments, invoices } from './billing-resources.ts';
import { coupons, prices, products, promotionCodes, taxRates } from './catalog-resources.ts';
import { charges, disputes, refunds } from './payment-resources.ts';
import { balanceTransactions, events } from './record-resources.ts';
import type { Served } from './resource.ts';
import { creditNotes, exchangeRates, schedules, testClocks } from './schedule-resources.ts';
import { subscriptions } from './subscription-resource.ts';

export const RESOURCES: readonly Served[] = [
  charges,
  refunds,
  disputes,
  subscriptions,
  customers,
  invoices,
  invoicePayments,
  products,
  prices,
  coupons,
  balanceTransactions,
  events,
  taxRates,
  promotionCodes,
  schedules,
  creditNotes,
  exchangeRates,
  testClocks,
];
