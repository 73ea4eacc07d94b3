import { EVENT, EVENT_TYPES, type Happening } from './happenings.ts';
import { idOf } from './ids.ts';
import type { Life } from './life.ts';
import { renderInvoice } from './render-invoice.ts';
import { renderCharge, renderDispute, renderRefund } from './render-payment.ts';
import { renderCustomer, renderItem, renderSubscription } from './render-subscription.ts';

/** An event with its object; a subscription as it was then, and what it was before. */
export function renderEvent(life: Life, { at, seq }: Happening): string {
  const kind = seq % 16;
  const object = objectOf(life, kind, Math.floor(seq / 16), at);
  const before = previous(life, kind, at);
  return `{"id":"${idOf('events', life.index, seq)}","object":"event","api_version":"2026-10-28.endive","created":${at},"data":{"object":${object}${before}},"livemode":false,"pending_webhooks":0,"request":{"id":null,"idempotency_key":null},"type":"${EVENT_TYPES[kind] ?? ''}"}`;
}

function objectOf(life: Life, kind: number, of: number, at: number): string {
  if (kind === EVENT.customer) return renderCustomer(life);
  if (kind <= EVENT.ended) return renderSubscription(life, at);
  const invoice = life.invoices[of];
  if (invoice === undefined) throw new RangeError(`subscription ${life.index} has no invoice ${of}`);
  if (kind <= EVENT.unpaid) return renderInvoice(life, invoice);
  if (kind === EVENT.refunded) return renderRefund(life, invoice);
  if (kind === EVENT.disputed) return renderDispute(life, invoice);
  return renderCharge(life, invoice, kind === EVENT.charged);
}

function previous(life: Life, kind: number, at: number): string {
  if (kind === EVENT.leaving) {
    const before =
      '"cancel_at":null,"cancel_at_period_end":false,"canceled_at":null,"cancellation_details":{"comment":null,"feedback":null,"reason":null}';
    return `,"previous_attributes":{${before}}`;
  }
  if (kind !== EVENT.changed && kind !== EVENT.renewed) return '';
  const items = `{"object":"list","data":[${renderItem(life, at - 1)}],"has_more":false,"url":"/v1/subscription_items?subscription=${idOf('subscriptions', life.index, 0)}"}`;
  // The first period begins where a trial ends.
  const status = kind === EVENT.renewed && at === life.trialEndAt ? ',"status":"trialing"' : '';
  return `,"previous_attributes":{"items":${items}${status}}`;
}
