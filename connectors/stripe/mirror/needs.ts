import type { LedgerKind } from '../../sdk/index.ts';
import type { Source } from './source.ts';
import { coupons, prices } from './sources-catalog.ts';
import { customers, subscriptions } from './sources-customer.ts';
import { invoices } from './sources-invoice.ts';
import { balanceTransactions, charges, creditNotes, disputes, refunds } from './sources-money.ts';

/** In the order of their batches: what others refer to comes first. */
export const SOURCES: readonly Source[] = [
  prices,
  coupons,
  customers,
  subscriptions,
  invoices,
  charges,
  refunds,
  disputes,
  creditNotes,
  balanceTransactions,
];

/** A subscription cannot be worked out without these, so their batches are over before its first one. */
export const FIRST: readonly LedgerKind[] = ['price', 'coupon'];

const RECURRING: readonly LedgerKind[] = ['price', 'coupon', 'customer', 'subscription', 'invoice'];

/** What has to be listed so that records of a kind can be understood; exchange rates are read apart. */
const NEEDS: Record<LedgerKind, readonly LedgerKind[]> = {
  price: ['price'],
  coupon: ['coupon'],
  customer: ['customer', 'coupon'],
  customer_observation: ['customer', 'coupon'],
  subscription: RECURRING,
  observation: RECURRING,
  invoice: ['invoice', 'customer', 'coupon'],
  payment: ['payment', 'customer'],
  refund: ['refund', 'payment', 'customer'],
  dispute: ['dispute', 'payment', 'customer'],
  credit_note: ['credit_note', 'invoice', 'customer', 'coupon'],
  balance_entry: ['balance_entry'],
  exchange_rates: [],
};

export const KINDS = Object.keys(NEEDS) as LedgerKind[]; // Object.keys forgets the type of its keys

export function sourcesFor(kinds: readonly LedgerKind[]): Source[] {
  const needed = new Set(kinds.flatMap((kind) => NEEDS[kind]));
  return SOURCES.filter(({ kind }) => needed.has(kind));
}

/** The kinds of records that a list brings, by the kind of the list. */
export function kindsFrom(kind: LedgerKind): LedgerKind[] {
  if (kind === 'subscription') return ['subscription', 'observation'];
  return kind === 'customer' ? ['customer', 'customer_observation'] : [kind];
}

/** Which list a touched record belongs to. */
export function sourceOf(kind: LedgerKind, among: readonly Source[]): Source | undefined {
  return among.find((source) => kindsFrom(source.kind).includes(kind));
}
