import type { CashFlow, CustomerTraits } from './derived.ts';
import type { CustomerLedger, LedgerDiscount, LedgerInvoice } from './ledger-records.ts';

/**
 * What tells how a customer was won: the discounts of the first invoice that brought money, because they cannot change any
 * more; where there is none yet, those that the customer has now. A ledger does not say a channel.
 */
export function traitsOf(ledger: CustomerLedger, cash: readonly CashFlow[]): CustomerTraits {
  const invoice = firstPaid(ledger.invoices);
  const present = presentDiscounts(ledger);
  const discounts = invoice === null ? present : discountsOf(invoice, present);
  return {
    firstPaidAt: cash.find(({ kind }) => kind === 'payment')?.at ?? null,
    coupons: unique(discounts.map(({ couponId }) => couponId)),
    promotionCodes: unique(
      discounts.flatMap(({ promotionCode }) => (promotionCode === null ? [] : [promotionCode])),
    ),
    metadata: ledger.customer?.metadata ?? {},
    channel: null,
  };
}

function firstPaid(invoices: readonly LedgerInvoice[]): LedgerInvoice | null {
  let first: LedgerInvoice | null = null;
  for (const invoice of invoices) {
    if (invoice.isTest || invoice.paidMinor <= 0) continue;
    if (first === null || invoice.createdAt < first.createdAt) first = invoice;
  }
  return first;
}

/** An invoice names the discounts of its items on its lines alone. */
function discountsOf(
  { discounts, lines }: LedgerInvoice,
  present: readonly LedgerDiscount[],
): LedgerDiscount[] {
  const onLines = new Set(lines.flatMap((line) => line.discounts.map(({ discountId }) => discountId)));
  return [...discounts, ...present.filter(({ id }) => onLines.has(id))];
}

function presentDiscounts({ customer, subscriptions, observations }: CustomerLedger): LedgerDiscount[] {
  const states = [...subscriptions, ...observations].map(({ state }) => state);
  const given = states.flatMap((state) => [
    ...state.discounts,
    ...state.items.flatMap(({ discounts }) => discounts),
  ]);
  return customer === null || customer.discount === null ? given : [...given, customer.discount];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
