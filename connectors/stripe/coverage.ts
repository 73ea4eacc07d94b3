import type { Invoice, InvoiceLine, PastSubscription } from './billing-schema.ts';
import type { Price } from './schema.ts';

/** Seconds, half-open. */
type Span = { from: number; to: number };
type Line = Span & { subscription: string; amount: number };

/** Which customers paid at an instant, in one currency. */
export type Coverage = { payingAt(seconds: number): Set<string> };

export type CoverageOptions = {
  currency: string;
  /** Invoices made before this second were not read. */
  sinceSeconds: number;
  nowSeconds: number;
};

const NEVER_BEGUN = ['incomplete', 'incomplete_expired'];
const RUNNING = ['active', 'past_due'];

/**
 * Stripe keeps no history of subscriptions, so who paid at an instant is worked out from documents that do not change.
 * A customer pays while one of their subscriptions
 *
 * - is covered: an invoice of it, neither void nor a draft that waits for somebody, has a line of the subscription
 *   above zero after its discounts whose period holds the instant; one that was given up as uncollectible covers
 *   until then;
 * - or was paid up elsewhere: it came without a trial, its items cost something, and the instant lies between its
 *   creation and its first invoice here;
 *
 * and has not ended.
 */
export function coverageOf(
  subscriptions: readonly PastSubscription[],
  invoices: readonly Invoice[],
  options: CoverageOptions,
): Coverage {
  const documents = new Map<string, Line[]>();
  for (const invoice of invoices) {
    if (invoice.currency !== options.currency) continue;
    for (const line of linesOf(invoice)) {
      documents.set(line.subscription, [...(documents.get(line.subscription) ?? []), line]);
    }
  }
  const spans = subscriptions
    .filter((subscription) => isCounted(subscription, options.currency))
    .flatMap((subscription) =>
      spansOf(subscription, documents.get(subscription.id) ?? [], options).map((span) => ({
        ...span,
        customer: subscription.customer,
      })),
    );
  return {
    payingAt: (seconds) =>
      new Set(
        spans.filter(({ from, to }) => from <= seconds && seconds < to).map(({ customer }) => customer),
      ),
  };
}

function isCounted({ test_clock: clock, currency, status }: PastSubscription, wanted: string): boolean {
  return (clock === null || clock === undefined) && currency === wanted && !NEVER_BEGUN.includes(status);
}

function spansOf(subscription: PastSubscription, lines: readonly Line[], options: CoverageOptions): Span[] {
  const endedAt = subscription.ended_at ?? Number.POSITIVE_INFINITY;
  const covered = lines.filter(({ amount }) => amount > 0);
  const paidUp = paidUpElsewhere(subscription, lines, options);
  return [...covered, ...(paidUp === null ? [] : [paidUp])]
    .map(({ from, to }) => ({ from, to: Math.min(to, endedAt) }))
    .filter(({ from, to }) => from < to);
}

/** Billing that moved here: the subscription runs, and its first invoice comes when what was paid elsewhere is used up. */
function paidUpElsewhere(
  subscription: PastSubscription,
  lines: readonly Line[],
  { sinceSeconds, nowSeconds }: CoverageOptions,
): Span | null {
  const { created, trial_start: trialStart, items } = subscription;
  const costs = items.data.some(({ price }) => costsSomething(price));
  // What was billed before the first invoice that was read is not known.
  if (created < sinceSeconds || trialStart !== null || !costs) return null;
  if (lines.length > 0) return { from: created, to: Math.min(...lines.map(({ from }) => from)) };
  if (subscription.ended_at !== null) return { from: created, to: subscription.ended_at };
  const runs = RUNNING.includes(subscription.status) && subscription.pause_collection === null;
  return runs ? { from: created, to: nowSeconds + 1 } : null;
}

function costsSomething(price: Price): boolean {
  if (price.recurring?.usage_type !== 'licensed') return false;
  return (
    price.billing_scheme === 'tiered' || !(price.unit_amount_decimal?.isZero() ?? price.unit_amount === 0)
  );
}

/** The recurring lines of an invoice that stands, cut where the invoice was given up. */
function linesOf(invoice: Invoice): Line[] {
  if (!stands(invoice)) return [];
  const givenUpAt = invoice.status_transitions.marked_uncollectible_at;
  const cutAt =
    invoice.status === 'uncollectible' && givenUpAt !== null ? givenUpAt : Number.POSITIVE_INFINITY;
  return invoice.lines.data.flatMap((line) => {
    const subscription = subscriptionOf(line, invoice);
    if (subscription === null) return [];
    const amount = (line.discount_amounts ?? []).reduce((left, off) => left - off.amount, line.amount);
    return [{ subscription, amount, from: line.period.start, to: Math.min(line.period.end, cutAt) }];
  });
}

/** A renewal is a draft for about an hour before Stripe finalizes it; one that it will not finalize is waiting for somebody. */
function stands({ status, auto_advance: advances }: Invoice): boolean {
  if (status === 'draft') return advances === true;
  return status === 'open' || status === 'paid' || status === 'uncollectible';
}

/** Null for what is sold once, and for usage, which is billed when its period is over. */
function subscriptionOf({ parent, period }: InvoiceLine, { created }: Invoice): string | null {
  if (parent?.type === 'invoice_item_details') {
    const details = parent.invoice_item_details;
    return details?.proration === true ? details.subscription : null;
  }
  if (parent?.type !== 'subscription_item_details') return null;
  const details = parent.subscription_item_details;
  const inArrears = details?.proration === false && period.end <= created;
  return inArrears ? null : (details?.subscription ?? null);
}
