import { type Account, accountAt, applyFact } from '../model/account.ts';
import { countUntil, type Fact } from '../model/facts.ts';
import { idFor } from '../model/random.ts';
import { DAY_SECONDS } from '../model/time.ts';
import type { World } from '../world.ts';
import { renderCustomer } from './render-customer.ts';
import { renderDispute } from './render-dispute.ts';
import { renderInvoice } from './render-invoice.ts';
import { renderCharge, renderRefund } from './render-payment.ts';
import { renderSubscription } from './render-subscription.ts';
import type { Wire } from './wire.ts';

export const API_VERSION = '2026-10-28.endive';

const KEPT_SECONDS = 30 * DAY_SECONDS;
const known = new WeakMap<readonly Fact[], Wire[]>();

/** What happened in the last 30 days, oldest first, each with its object as it was at that moment. */
export function eventsOf(world: World): Wire[] {
  let events = known.get(world.facts);
  if (events === undefined) {
    events = replay(world);
    known.set(world.facts, events);
  }
  return events.filter((event) => Number(event.created) > world.now - KEPT_SECONDS);
}

function replay(world: World): Wire[] {
  const since = world.now - KEPT_SECONDS;
  const account = accountAt(world.facts, since);
  const events: Wire[] = [];
  const seen = new Map<string, number>();
  for (const fact of world.facts.slice(countUntil(world.facts, since))) {
    const then: World = { ...world, account, now: fact.at };
    const before = objectOf(fact, account, then);
    applyFact(account, fact);
    const after = objectOf(fact, account, then);
    // Test clocks keep their events to themselves.
    if (after === null || (after.test_clock ?? null) !== null) continue;
    for (const type of typesOf(fact, account)) {
      const changed =
        before !== null && type.endsWith('.updated')
          ? { previous_attributes: difference(before, after) }
          : {};
      const name = `${type} ${String(after.id)} ${fact.at}`;
      const repeat = seen.get(name) ?? 0;
      seen.set(name, repeat + 1);
      events.push({
        id: idFor('evt_', world.seed, name, repeat),
        object: 'event',
        api_version: API_VERSION,
        created: fact.at,
        data: { object: after, ...changed },
        livemode: false,
        pending_webhooks: 0,
        request: { id: null, idempotency_key: null },
        type,
      });
    }
  }
  return events;
}

function difference(before: Wire, after: Wire): Wire {
  const changed = Object.entries(before).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(changed);
}

function objectOf(fact: Fact, account: Account, world: World): Wire | null {
  const draw = <T>(
    entries: Map<string, T>,
    id: string,
    render: (state: T, world: World) => Wire,
  ): Wire | null => {
    const state = entries.get(id);
    return state === undefined ? null : render(state, world);
  };
  if (fact.kind === 'customer_created') return draw(account.customers, fact.customerId, renderCustomer);
  if ('disputeId' in fact) return draw(account.disputes, fact.disputeId, renderDispute);
  if ('refundId' in fact) return draw(account.refunds, fact.refundId, renderRefund);
  if (fact.kind.startsWith('invoice_') && 'invoiceId' in fact && fact.invoiceId !== null) {
    return draw(account.invoices, fact.invoiceId, renderInvoice);
  }
  if ('chargeId' in fact && fact.chargeId !== null) return draw(account.charges, fact.chargeId, renderCharge);
  return 'subscriptionId' in fact
    ? draw(account.subscriptions, fact.subscriptionId, renderSubscription)
    : null;
}

function typesOf(fact: Fact, account: Account): string[] {
  switch (fact.kind) {
    case 'customer_created':
      return ['customer.created'];
    case 'subscription_started':
      return ['customer.subscription.created'];
    case 'subscription_ended':
      return ['customer.subscription.deleted'];
    case 'subscription_status_changed':
      return [fact.status === 'paused' ? 'customer.subscription.paused' : 'customer.subscription.updated'];
    case 'subscription_items_changed':
    case 'subscription_discounts_changed':
    case 'subscription_cancel_requested':
    case 'collection_paused':
    case 'collection_resumed':
      return ['customer.subscription.updated'];
    case 'invoice_created':
      return ['invoice.created'];
    case 'invoice_finalized':
      return ['invoice.finalized'];
    case 'invoice_paid':
      return ['invoice.paid'];
    case 'invoice_closed':
      return [fact.status === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible'];
    case 'charge_created':
      return fact.captured || fact.status !== 'succeeded' ? [`charge.${fact.status}`] : ['charge.succeeded'];
    case 'charge_settled':
      return [`charge.${fact.status}`];
    case 'charge_captured':
      return account.charges.get(fact.chargeId)?.capturedAt === fact.at ? ['charge.captured'] : [];
    case 'charge_released':
      return account.charges.get(fact.chargeId)?.captured === false ? ['charge.expired'] : [];
    case 'refund_created':
      return ['refund.created'];
    case 'refund_changed':
      return fact.status === 'failed' ? ['refund.failed', 'refund.updated'] : ['refund.updated'];
    case 'dispute_opened':
      return ['charge.dispute.created'];
    case 'dispute_changed':
      return [fact.status === 'under_review' ? 'charge.dispute.updated' : 'charge.dispute.closed'];
  }
}
