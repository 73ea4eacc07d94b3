import type { LedgerCatalogue, LedgerInvoice } from './ledger-records.ts';
import { isInArrears, tellsOfItem } from './line-facts.ts';

/**
 * One invoice as the renewal of a subscription. `periods`: begin and end of what it bills ahead, milliseconds; empty for
 * an invoice of changes alone.
 */
export type Bill = {
  invoice: LedgerInvoice;
  periods: readonly { fromMs: number; toMs: number }[];
  /** When the usage that it bills was over. */
  arrearsMs: readonly number[];
};

/** The invoices of one subscription, oldest first. */
export function billsOf(
  subscriptionId: string,
  invoices: readonly LedgerInvoice[],
  catalogue: LedgerCatalogue,
): Bill[] {
  const own = invoices.filter(
    ({ isTest, lines }) => !isTest && lines.some((line) => line.subscriptionId === subscriptionId),
  );
  return own
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map((invoice) => {
      const lines = invoice.lines.filter((line) => line.subscriptionId === subscriptionId && !line.proration);
      return {
        invoice,
        periods: lines
          .filter((line) => tellsOfItem(line, invoice, catalogue))
          .map(({ startAt, endAt }) => ({ fromMs: startAt.getTime(), toMs: endAt.getTime() })),
        arrearsMs: lines.filter((line) => isInArrears(line, invoice)).map(({ endAt }) => endAt.getTime()),
      };
    });
}

/** The moments at which periods began. */
export function renewalsOf(bills: readonly Bill[]): number[] {
  return [
    ...new Set(
      bills.flatMap(({ periods, arrearsMs }) => [...periods.map(({ fromMs }) => fromMs), ...arrearsMs]),
    ),
  ];
}
