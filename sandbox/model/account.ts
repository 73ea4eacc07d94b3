import { type Catalog, entry } from './catalog.ts';
import type {
  BalanceUse,
  ChargeFact,
  CreditNoteFact,
  CustomerChangeFact,
  CustomerFact,
  Discount,
  DisputeFact,
  DisputeStatus,
  Fact,
  InvoiceFact,
  Item,
  RefundFact,
  RefundStatus,
  ScheduleFact,
  SubscriptionFact,
  SubscriptionStatus,
} from './facts.ts';
import { Rows } from './rows.ts';
import { type EpochSeconds, periodAt } from './time.ts';

type Of<F, Kind> = Extract<F, { kind: Kind }>;

export type CustomerState = CustomerFact & {
  deletedAt: EpochSeconds | null;
  balanceMinor: number; // negative: credit
  subscriptionIds: string[];
  invoiceIds: string[];
};

export type SubscriptionState = Of<SubscriptionFact, 'subscription_started'> & {
  endsAt: EpochSeconds | null;
  cancelRequestedAt: EpochSeconds | null;
  endedAt: EpochSeconds | null;
  endReason: Of<SubscriptionFact, 'subscription_ended'>['reason'] | null;
  paused: { behavior: string; resumesAt: EpochSeconds | null } | null;
  pausedAt: EpochSeconds | null; // by status, not by collection
  latestInvoiceId: string | null;
  scheduleId: string | null;
  invoiceIds: string[];
};

export type InvoiceState = Of<InvoiceFact, 'invoice_created'> & {
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
  finalizedAt: EpochSeconds | null;
  paidAt: EpochSeconds | null;
  closedAt: EpochSeconds | null;
  paidBy: string | null; // charge
  attempts: number;
  balance: BalanceUse | null; // known once it is finalized
  creditNoteIds: string[];
};

export type CreditNoteState = CreditNoteFact;

export type ScheduleState = Of<ScheduleFact, 'schedule_created'> & {
  status: 'active' | 'completed' | 'released' | 'canceled';
  phase: number; // the current one
  finishedAt: EpochSeconds | null;
};

export type ChargeState = Of<ChargeFact, 'charge_created'> & {
  capturedMinor: number;
  capturedAt: EpochSeconds | null;
  releasedMinor: number; // of a hold, given back without ever being money
  settledAt: EpochSeconds | null; // null while pending
  refundIds: string[];
  disputeIds: string[];
};

export type RefundState = Of<RefundFact, 'refund_created'> & { changedAt: EpochSeconds | null };
export type DisputeState = Of<DisputeFact, 'dispute_opened'> & { changedAt: EpochSeconds | null };

/** What the provider's database holds at one moment, each map oldest first. */
export type Account = {
  customers: Rows<CustomerState>;
  subscriptions: Rows<SubscriptionState>;
  schedules: Rows<ScheduleState>;
  invoices: Rows<InvoiceState>;
  creditNotes: Rows<CreditNoteState>;
  charges: Rows<ChargeState>;
  refunds: Rows<RefundState>;
  disputes: Rows<DisputeState>;
};

export function emptyAccount(): Account {
  return {
    customers: new Rows(),
    subscriptions: new Rows(),
    schedules: new Rows(),
    invoices: new Rows(),
    creditNotes: new Rows(),
    charges: new Rows(),
    refunds: new Rows(),
    disputes: new Rows(),
  };
}

/** Adds one fact to what is already there. Facts must come oldest first. */
export function applyFact(account: Account, fact: Fact): void {
  switch (fact.kind) {
    case 'customer_created':
    case 'customer_discount_changed':
    case 'customer_deleted':
      return applyCustomer(account, fact);
    case 'schedule_created':
    case 'schedule_advanced':
    case 'schedule_finished':
      return applySchedule(account, fact);
    case 'credit_note_created':
      account.creditNotes.set(fact.creditNoteId, fact);
      held(account.invoices, fact.invoiceId).creditNoteIds.push(fact.creditNoteId);
      return;
    case 'invoice_created':
    case 'invoice_finalized':
    case 'invoice_paid':
    case 'invoice_closed':
      return applyInvoice(account, fact);
    case 'charge_created':
    case 'charge_captured':
    case 'charge_released':
    case 'charge_settled':
      return applyCharge(account, fact);
    case 'refund_created':
      account.refunds.set(fact.refundId, { ...fact, changedAt: null });
      held(account.charges, fact.chargeId).refundIds.push(fact.refundId);
      return;
    case 'refund_changed':
      change(account.refunds, fact.refundId, {
        status: fact.status satisfies RefundStatus,
        changedAt: fact.at,
      });
      return;
    case 'dispute_opened':
      account.disputes.set(fact.disputeId, { ...fact, changedAt: null });
      held(account.charges, fact.chargeId).disputeIds.push(fact.disputeId);
      return;
    case 'dispute_changed':
      change(account.disputes, fact.disputeId, {
        status: fact.status satisfies DisputeStatus,
        changedAt: fact.at,
      });
      return;
    default:
      return applySubscription(account, fact);
  }
}

function applyCustomer(account: Account, fact: CustomerFact | CustomerChangeFact): void {
  const { customers } = account;
  switch (fact.kind) {
    case 'customer_created': {
      customers.set(fact.customerId, {
        ...fact,
        deletedAt: null,
        balanceMinor: 0,
        subscriptionIds: [],
        invoiceIds: [],
      });
      return;
    }
    case 'customer_discount_changed':
      return change(customers, fact.customerId, { discount: fact.discount });
    case 'customer_deleted':
      return change(customers, fact.customerId, { deletedAt: fact.at, discount: null });
  }
}

function applySchedule(account: Account, fact: ScheduleFact): void {
  const { schedules, subscriptions } = account;
  switch (fact.kind) {
    case 'schedule_created':
      schedules.set(fact.scheduleId, { ...fact, status: 'active', phase: 0, finishedAt: null });
      return change(subscriptions, fact.subscriptionId, { scheduleId: fact.scheduleId });
    case 'schedule_advanced': {
      const { phase } = held(schedules, fact.scheduleId);
      return change(schedules, fact.scheduleId, { phase: phase + 1 });
    }
    case 'schedule_finished':
      change(schedules, fact.scheduleId, { status: fact.status, finishedAt: fact.at });
      return change(subscriptions, fact.subscriptionId, { scheduleId: null });
  }
}

function applySubscription(account: Account, fact: SubscriptionFact): void {
  const id = fact.subscriptionId;
  const update = (changes: Partial<SubscriptionState>) => change(account.subscriptions, id, changes);
  switch (fact.kind) {
    case 'subscription_started': {
      account.subscriptions.set(id, {
        ...fact,
        endsAt: null,
        cancelRequestedAt: null,
        endedAt: null,
        endReason: null,
        paused: null,
        pausedAt: null,
        latestInvoiceId: null,
        scheduleId: null,
        invoiceIds: [],
      });
      account.customers.get(fact.customerId)?.subscriptionIds.push(id);
      return;
    }
    case 'subscription_status_changed':
      return update({ status: fact.status, pausedAt: fact.status === 'paused' ? fact.at : null });
    case 'subscription_items_changed':
      return update({ items: fact.items, anchorAt: fact.anchorAt });
    case 'subscription_discounts_changed':
      return update({ discounts: fact.discounts });
    case 'subscription_cancel_requested':
      return update({ endsAt: fact.endsAt, cancelRequestedAt: fact.at });
    case 'subscription_cancel_undone':
      return update({ endsAt: null, cancelRequestedAt: null });
    case 'subscription_ended': {
      const requested = held(account.subscriptions, id).cancelRequestedAt ?? fact.at;
      const gone: SubscriptionStatus = 'canceled';
      return update({ status: gone, endedAt: fact.at, endReason: fact.reason, cancelRequestedAt: requested });
    }
    case 'collection_paused':
      return update({ paused: { behavior: fact.behavior, resumesAt: fact.resumesAt } });
    case 'collection_resumed':
      return update({ paused: null });
  }
}

function applyInvoice(account: Account, fact: InvoiceFact): void {
  const id = fact.invoiceId;
  if (fact.kind === 'invoice_created') {
    // Named one by one, here and for charges: a spread costs several times as much, and a long history has many.
    account.invoices.set(id, {
      kind: fact.kind,
      at: fact.at,
      invoiceId: id,
      number: fact.number,
      customerId: fact.customerId,
      subscriptionId: fact.subscriptionId,
      currency: fact.currency,
      reason: fact.reason,
      lines: fact.lines,
      discounts: fact.discounts,
      totalMinor: fact.totalMinor,
      testClockId: fact.testClockId,
      status: 'draft',
      finalizedAt: null,
      paidAt: null,
      closedAt: null,
      paidBy: null,
      attempts: 0,
      balance: null,
      creditNoteIds: [],
    });
    const subscription = held(account.subscriptions, fact.subscriptionId);
    subscription.latestInvoiceId = id;
    subscription.invoiceIds.push(id);
    account.customers.get(fact.customerId)?.invoiceIds.push(id);
    return;
  }
  const invoice = held(account.invoices, id);
  switch (fact.kind) {
    case 'invoice_finalized':
      invoice.status = 'open';
      invoice.finalizedAt = fact.at;
      if (fact.balance === undefined) return;
      invoice.balance = fact.balance;
      held(account.customers, invoice.customerId).balanceMinor = fact.balance.endingMinor;
      return;
    case 'invoice_paid':
      invoice.status = 'paid';
      invoice.paidAt = fact.at;
      invoice.paidBy = fact.chargeId;
      return;
    case 'invoice_closed':
      invoice.status = fact.status;
      invoice.closedAt = fact.at;
  }
}

function applyCharge(account: Account, fact: ChargeFact): void {
  const id = fact.chargeId;
  if (fact.kind === 'charge_created') {
    account.charges.set(id, {
      kind: fact.kind,
      at: fact.at,
      chargeId: id,
      customerId: fact.customerId,
      invoiceId: fact.invoiceId,
      currency: fact.currency,
      amountMinor: fact.amountMinor,
      captured: fact.captured,
      status: fact.status,
      failureCode: fact.failureCode,
      method: fact.method,
      description: fact.description,
      capturedMinor: fact.captured ? fact.amountMinor : 0,
      capturedAt: null,
      releasedMinor: 0,
      settledAt: fact.status === 'pending' ? null : fact.at,
      refundIds: [],
      disputeIds: [],
    });
    const invoice = fact.invoiceId === null ? undefined : account.invoices.get(fact.invoiceId);
    if (invoice !== undefined) invoice.attempts += 1;
    return;
  }
  const charge = held(account.charges, id);
  if (fact.kind === 'charge_settled') {
    const kept = fact.status === 'failed' ? { captured: false, capturedMinor: 0 } : {};
    const failureCode = fact.status === 'failed' ? 'insufficient_funds' : null;
    return change(account.charges, id, { status: fact.status, settledAt: fact.at, failureCode, ...kept });
  }
  // Whatever happens first to a hold is final.
  if (charge.captured || charge.releasedMinor > 0) return;
  if (fact.kind === 'charge_released') {
    return change(account.charges, id, { releasedMinor: charge.amountMinor });
  }
  const { capturedMinor } = fact;
  const releasedMinor = charge.amountMinor - capturedMinor;
  change(account.charges, id, { captured: true, capturedMinor, capturedAt: fact.at, releasedMinor });
}

/** The period of one item: a trial is its own period, and an ended subscription stays in its last one. */
export function itemPeriod(
  catalog: Catalog,
  subscription: SubscriptionState,
  item: Item,
  now: EpochSeconds,
): { start: EpochSeconds; end: EpochSeconds } {
  const { trialEndAt, endedAt, at, anchorAt } = subscription;
  const moment = Math.max(at, endedAt === null ? now : endedAt - 1);
  if (trialEndAt !== null && moment < trialEndAt) return { start: at, end: trialEndAt };
  const { recurring } = entry(catalog.prices, item.priceId);
  if (recurring === null) throw new RangeError(`${item.priceId} is sold once and has no period`);
  return periodAt(anchorAt, recurring, moment);
}

/** A customer's discount counts only where the subscription has none of its own. */
export function discountsOf(account: Account, subscription: SubscriptionState): readonly Discount[] {
  if (subscription.discounts.length > 0) return subscription.discounts;
  const discount = account.customers.get(subscription.customerId)?.discount ?? null;
  return discount === null ? [] : [discount];
}

function held<T>(entries: Rows<T>, id: string): T {
  const found = entries.get(id);
  if (found === undefined) throw new RangeError(`no fact made "${id}" before this one`);
  return found;
}

function change<T extends object>(entries: Rows<T>, id: string, changes: Partial<T>): void {
  Object.assign(held(entries, id), changes);
}

export function accountAt(facts: readonly Fact[], at: EpochSeconds): Account {
  const account = emptyAccount();
  for (const fact of facts) if (fact.at <= at) applyFact(account, fact);
  return account;
}
