import type { InvoiceState } from '../model/account.ts';
import type { InvoiceDiscount } from '../model/facts.ts';
import type { OwnedDiscount } from '../world.ts';

/**
 * How an invoice's discounts fall on its lines, as Stripe shows them beside the invoice's own total: an item's discount
 * on the lines of the item, any other in proportion to what each line still costs. No cent is lost in the sharing.
 */
export function discountsByLine(
  invoice: InvoiceState,
  discounts: ReadonlyMap<string, OwnedDiscount>,
): Map<string, InvoiceDiscount[]> {
  const left = new Map(invoice.lines.map(({ id, amountMinor }) => [id, Math.max(0, amountMinor)]));
  const taken = new Map<string, InvoiceDiscount[]>();
  for (const { discountId, amountMinor } of invoice.discounts) {
    const itemId = discounts.get(discountId)?.itemId ?? null;
    const lines = invoice.lines.filter((line) => itemId === null || line.itemId === itemId);
    let cost = lines.reduce((sum, { id }) => sum + (left.get(id) ?? 0), 0);
    let due = amountMinor;
    for (const { id } of lines) {
      const before = left.get(id) ?? 0;
      if (before === 0 || cost === 0) continue;
      // What is still due over what can still bear it: the last line takes exactly the rest.
      const part = Math.min(before, Math.round((due * before) / cost));
      cost -= before;
      due -= part;
      left.set(id, before - part);
      if (part > 0) taken.set(id, [...(taken.get(id) ?? []), { discountId, amountMinor: part }]);
    }
  }
  return taken;
}
