import {
  type Completeness,
  type ConnectorContext,
  localDay,
  mergeCompleteness,
  type PlannedRead,
} from '../sdk/index.ts';
import type { Invoice, PastSubscription } from './billing-schema.ts';
import { createStripeClient, type Listed } from './client.ts';
import { completeMonths } from './months.ts';
import type { StripeConfig } from './official.ts';

/** How many complete months the churn of a lifetime value looks back over. */
export const CHURN_MONTHS = 6;

/** Three years, the longest billing period that Stripe allows, and a hundred days for what is billed beforehand. */
const LONGEST_PERIOD_SECONDS = 1_200 * 86_400;

type Need = Pick<PlannedRead, 'metric' | 'window'>;

/** Every subscription there ever was, canceled ones included; read once in a run. */
export function readPastSubscriptions(
  context: ConnectorContext<StripeConfig>,
): Promise<Listed<PastSubscription>> {
  return context.shared('stripe:past-subscriptions', () =>
    createStripeClient(context).pastSubscriptions({ lt: endOf(context.now) }),
  );
}

/**
 * The invoices made since the earliest moment that any read of this run asks about, so that one walk serves all of
 * them. An invoice shows ten lines at most: see `readWholeInvoices`.
 */
export function readInvoices(context: ConnectorContext<StripeConfig>, need: Need): Promise<Listed<Invoice>> {
  const gte = sinceWhen(context, need);
  return context.shared(`stripe:invoices:${gte}`, () =>
    createStripeClient(context).invoices({ gte, lt: endOf(context.now) }),
  );
}

/** The same with every line. */
export function readWholeInvoices(
  context: ConnectorContext<StripeConfig>,
  need: Need,
): Promise<Listed<Invoice>> {
  return context.shared(`stripe:whole-invoices:${sinceWhen(context, need)}`, async () => {
    const client = createStripeClient(context);
    const { items, completeness } = await readInvoices(context, need);
    const proofs: Completeness[] = [completeness];
    const whole: Invoice[] = [];
    for (const invoice of items) {
      if (!invoice.lines.has_more || invoice.status === 'void') {
        whole.push(invoice);
        continue;
      }
      const lines = await client.invoiceLines(invoice.id);
      proofs.push(lines.completeness);
      whole.push({ ...invoice, lines: { data: lines.items, has_more: false } });
    }
    return { items: whole, completeness: mergeCompleteness(...proofs) };
  });
}

/** From which second on a lifetime value needs invoices: what covers its first month may be billed years before. */
export function coverageSince(now: Date, timeZone: string): number {
  const [first] = completeMonths(now, timeZone, CHURN_MONTHS);
  return (first?.startsAt ?? endOf(now)) - LONGEST_PERIOD_SECONDS;
}

function sinceWhen(context: ConnectorContext<StripeConfig>, need: Need): number {
  const starts = [need, ...context.reads].flatMap(({ metric, window }) => {
    const startsAt = Math.ceil(window.startAt.getTime() / 1_000);
    if (metric === 'trial_to_paid') return startsAt < endOf(context.now) ? [startsAt] : [];
    const today = localDay(context.now, window.timeZone);
    const asked = metric === 'ltv' && window.startDay <= today && today < window.endDay;
    return asked ? [coverageSince(context.now, window.timeZone)] : [];
  });
  return Math.min(endOf(context.now) - 1, ...starts);
}

/** Lists are bounded by the start of the run, so that they cannot grow while they are walked. */
function endOf(now: Date): number {
  return Math.floor(now.getTime() / 1_000) + 1;
}
