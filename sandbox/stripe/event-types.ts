import type { Discount, Fact } from '../model/facts.ts';
import type { World } from '../world.ts';
import { renderDiscount } from './render-catalog.ts';
import { renderCreditNote } from './render-credit-note.ts';
import { renderCustomer } from './render-customer.ts';
import { renderDispute } from './render-dispute.ts';
import { renderInvoice, renderInvoicePayments } from './render-invoice.ts';
import { renderCharge, renderRefund } from './render-payment.ts';
import { renderSchedule } from './render-schedule.ts';
import { renderSubscription } from './render-subscription.ts';
import type { Wire } from './wire.ts';

/** One event that a fact makes: its type, and its object as the account is at the time of asking. */
export type Touch = { type: string; draw: (world: World) => Wire | null };

type Draw = (world: World) => Wire | null;

const drawn = <Row>(
  row: Row | undefined,
  render: (row: Row, world: World) => Wire,
  world: World,
): Wire | null => (row === undefined ? null : render(row, world));

const customer =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.customers.get(id), renderCustomer, world);
const subscription =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.subscriptions.get(id), renderSubscription, world);
const schedule =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.schedules.get(id), renderSchedule, world);
const invoice =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.invoices.get(id), renderInvoice, world);
const charge =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.charges.get(id), renderCharge, world);
const refund =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.refunds.get(id), renderRefund, world);
const dispute =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.disputes.get(id), renderDispute, world);
const creditNote =
  (id: string): Draw =>
  (world) =>
    drawn(world.account.creditNotes.get(id), renderCreditNote, world);
const discount =
  ({ id }: Discount): Draw =>
  (world) => {
    const owned = world.discounts.get(id);
    return owned === undefined ? null : renderDiscount(owned, world.account);
  };
const customerDiscount =
  (customerId: string): Draw =>
  (world) => {
    const held = world.account.customers.get(customerId)?.discount ?? null;
    return held === null ? null : discount(held)(world);
  };
const payment =
  (invoiceId: string): Draw =>
  (world) => {
    const paid = world.account.invoices.get(invoiceId);
    return paid === undefined ? null : (renderInvoicePayments(paid)[0] ?? null);
  };

/** The events that a fact makes, in their order. @param world as it was before the fact */
export function touchesOf(fact: Fact, world: World): Touch[] {
  switch (fact.kind) {
    case 'customer_created':
      return [
        { type: 'customer.created', draw: customer(fact.customerId) },
        ...discountEvents([], fact.discount === null ? [] : [fact.discount]),
      ];
    case 'customer_discount_changed': {
      const before = world.account.customers.get(fact.customerId)?.discount ?? null;
      const list = (one: Discount | null) => (one === null ? [] : [one]);
      const switched = { type: 'customer.discount.updated', draw: customerDiscount(fact.customerId) };
      return [
        ...(before !== null && fact.discount !== null
          ? [switched]
          : discountEvents(list(before), list(fact.discount))),
        { type: 'customer.updated', draw: customer(fact.customerId) },
      ];
    }
    case 'customer_deleted':
      return [{ type: 'customer.deleted', draw: customer(fact.customerId) }];
    case 'charge_created':
    case 'charge_captured':
    case 'charge_released':
    case 'charge_settled':
      return chargeEvents(fact, world);
    case 'invoice_created':
    case 'invoice_finalized':
    case 'invoice_paid':
    case 'invoice_closed':
      return invoiceEvents(fact, world);
    case 'refund_created':
      return [
        { type: 'refund.created', draw: refund(fact.refundId) },
        { type: 'charge.refunded', draw: charge(fact.chargeId) },
      ];
    case 'refund_changed': {
      const { refundId, status } = fact;
      const failed = status === 'failed' ? [{ type: 'refund.failed', draw: refund(refundId) }] : [];
      const chargeId = world.account.refunds.get(refundId)?.chargeId ?? '';
      return [
        ...failed,
        { type: 'refund.updated', draw: refund(refundId) },
        { type: 'charge.updated', draw: charge(chargeId) },
      ];
    }
    case 'dispute_opened':
    case 'dispute_changed':
      return disputeEvents(fact);
    case 'credit_note_created':
      return [
        { type: 'credit_note.created', draw: creditNote(fact.creditNoteId) },
        { type: 'invoice.updated', draw: invoice(fact.invoiceId) },
      ];
    default:
      return subscriptionEvents(fact, world);
  }
}

type Of<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;
type OfSubscription = Exclude<Extract<Fact, { subscriptionId: string }>, { kind: 'invoice_created' }>;

function subscriptionEvents(fact: OfSubscription, world: World): Touch[] {
  const { subscriptionId } = fact;
  const draw = subscription(subscriptionId);
  const updated = { type: 'customer.subscription.updated', draw };
  const before = world.account.subscriptions.get(subscriptionId);
  switch (fact.kind) {
    case 'subscription_started': {
      const given = [...fact.discounts, ...fact.items.flatMap(({ discounts }) => discounts)];
      return [{ type: 'customer.subscription.created', draw }, ...discountEvents([], given)];
    }
    case 'subscription_status_changed':
      if (fact.status === 'paused') return [{ type: 'customer.subscription.paused', draw }, updated];
      return before?.status === 'paused'
        ? [{ type: 'customer.subscription.resumed', draw }, updated]
        : [updated];
    case 'subscription_items_changed': {
      const was = before?.items.flatMap(({ discounts }) => discounts) ?? [];
      return [
        updated,
        ...discountEvents(
          was,
          fact.items.flatMap(({ discounts }) => discounts),
        ),
      ];
    }
    case 'subscription_discounts_changed':
      return [...discountEvents(before?.discounts ?? [], fact.discounts), updated];
    case 'subscription_ended':
      return [{ type: 'customer.subscription.deleted', draw }];
    case 'schedule_created':
      return [{ type: 'subscription_schedule.created', draw: schedule(fact.scheduleId) }, updated];
    case 'schedule_advanced':
      return [{ type: 'subscription_schedule.updated', draw: schedule(fact.scheduleId) }];
    case 'schedule_finished':
      return [{ type: `subscription_schedule.${fact.status}`, draw: schedule(fact.scheduleId) }, updated];
    case 'subscription_cancel_requested':
    case 'subscription_cancel_undone':
    case 'collection_paused':
    case 'collection_resumed':
      return [updated];
  }
}

function discountEvents(before: readonly Discount[], after: readonly Discount[]): Touch[] {
  const has = (list: readonly Discount[], { id }: Discount) => list.some((one) => one.id === id);
  return [
    ...before
      .filter((one) => !has(after, one))
      .map((one) => ({ type: 'customer.discount.deleted', draw: discount(one) })),
    ...after
      .filter((one) => !has(before, one))
      .map((one) => ({ type: 'customer.discount.created', draw: discount(one) })),
  ];
}

function invoiceEvents(
  fact: Of<'invoice_created' | 'invoice_finalized' | 'invoice_paid' | 'invoice_closed'>,
  world: World,
): Touch[] {
  const { invoiceId } = fact;
  const draw = invoice(invoiceId);
  switch (fact.kind) {
    case 'invoice_created':
      return [
        { type: 'invoice.created', draw },
        { type: 'customer.subscription.updated', draw: subscription(fact.subscriptionId) },
      ];
    case 'invoice_finalized': {
      const customerId = world.account.invoices.get(invoiceId)?.customerId ?? '';
      return [
        { type: 'invoice.finalized', draw },
        { type: 'invoice.updated', draw },
        { type: 'customer.updated', draw: customer(customerId) },
      ];
    }
    case 'invoice_paid': {
      const paid = fact.chargeId === null ? [] : [{ type: 'invoice_payment.paid', draw: payment(invoiceId) }];
      return [
        { type: 'invoice.updated', draw },
        ...paid,
        { type: 'invoice.paid', draw },
        { type: 'invoice.payment_succeeded', draw },
      ];
    }
    case 'invoice_closed':
      return [{ type: fact.status === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible', draw }];
  }
}

function chargeEvents(
  fact: Of<'charge_created' | 'charge_captured' | 'charge_released' | 'charge_settled'>,
  world: World,
): Touch[] {
  const draw = charge(fact.chargeId);
  const before = world.account.charges.get(fact.chargeId);
  const open = before?.captured === false && before.releasedMinor === 0;
  switch (fact.kind) {
    case 'charge_created': {
      const failed = fact.status === 'failed' && fact.invoiceId !== null;
      const owed = failed ? [{ type: 'invoice.payment_failed', draw: invoice(fact.invoiceId ?? '') }] : [];
      return [{ type: `charge.${fact.status}`, draw }, ...owed];
    }
    case 'charge_settled':
      return [{ type: `charge.${fact.status}`, draw }];
    case 'charge_captured':
      return open ? [{ type: 'charge.captured', draw }] : [];
    case 'charge_released':
      return open ? [{ type: 'charge.expired', draw }] : [];
  }
}

function disputeEvents(fact: Of<'dispute_opened' | 'dispute_changed'>): Touch[] {
  const draw = dispute(fact.disputeId);
  if (fact.kind === 'dispute_opened') {
    const inquiry = fact.status.startsWith('warning');
    const withdrawn = { type: 'charge.dispute.funds_withdrawn', draw };
    return [
      { type: 'charge.dispute.created', draw },
      ...(inquiry ? [] : [withdrawn]),
      { type: 'charge.updated', draw: charge(fact.chargeId) },
    ];
  }
  if (fact.status === 'under_review') return [{ type: 'charge.dispute.updated', draw }];
  const reinstated = fact.status === 'won' ? [{ type: 'charge.dispute.funds_reinstated', draw }] : [];
  return [...reinstated, { type: 'charge.dispute.closed', draw }];
}
