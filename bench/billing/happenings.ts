import type { Invoice, Life } from './life.ts';

/** The lists that the provider serves newest first, and what one life adds to each. */
export const LISTS = [
  'customers',
  'subscriptions',
  'invoices',
  'charges',
  'refunds',
  'disputes',
  'balance_transactions',
  'events',
] as const;
export type ListName = (typeof LISTS)[number];
/** One object of a list. `seq` tells the objects of one subscription apart and fits ten bits. */
export type Happening = { at: number; seq: number };

export const EVENT_TYPES = [
  'customer.created',
  'customer.subscription.created',
  'customer.subscription.updated', // seats or plan
  'customer.subscription.updated', // the end was asked for
  'customer.subscription.updated', // a period began
  'customer.subscription.deleted',
  'invoice.created',
  'invoice.finalized',
  'invoice.paid',
  'invoice.payment_failed',
  'charge.succeeded',
  'charge.failed',
  'refund.created',
  'charge.dispute.created',
] as const;
export const EVENT = {
  customer: 0,
  started: 1,
  changed: 2,
  leaving: 3,
  renewed: 4,
  ended: 5,
  invoiced: 6,
  finalized: 7,
  paid: 8,
  unpaid: 9,
  charged: 10,
  declined: 11,
  refunded: 12,
  disputed: 13,
} as const;

export const eventSeq = (type: number, of: number): number => of * 16 + type;
/** Of a charge: the first attempt that failed, or the one that worked. */
export const chargeSeq = (invoice: number, worked: boolean): number => invoice * 2 + (worked ? 1 : 0);
/** Of a movement of the balance. */
export const MOVEMENT = { charge: 0, refund: 1, dispute: 2 } as const;
export const movementSeq = (invoice: number, kind: number): number => invoice * 4 + kind;

export function happeningsOf(list: ListName, life: Life): Happening[] {
  switch (list) {
    case 'customers':
      return life.customer === life.index ? [{ at: life.customerAt, seq: 0 }] : [];
    case 'subscriptions':
      return [{ at: life.startAt, seq: 0 }];
    case 'invoices':
      return life.invoices.map(({ at, seq }) => ({ at, seq }));
    case 'charges':
      return life.invoices.flatMap(chargesOf);
    case 'refunds':
      return life.invoices.flatMap(({ refund, seq }) =>
        refund === null ? [] : [{ at: refund.at, seq: chargeSeq(seq, true) }],
      );
    case 'disputes':
      return life.invoices.flatMap(({ disputedAt, seq }) =>
        disputedAt === null ? [] : [{ at: disputedAt, seq: chargeSeq(seq, true) }],
      );
    case 'balance_transactions':
      return life.invoices.flatMap(movementsOf);
    case 'events':
      return [...subscriptionEvents(life), ...life.invoices.flatMap(invoiceEvents)];
  }
}

function chargesOf({ seq, totalMinor, failedAt, paidAt }: Invoice): Happening[] {
  if (totalMinor === 0) return [];
  const failed = failedAt === null ? [] : [{ at: failedAt, seq: chargeSeq(seq, false) }];
  return paidAt === null ? failed : [...failed, { at: paidAt, seq: chargeSeq(seq, true) }];
}

function movementsOf({ seq, totalMinor, paidAt, refund, disputedAt }: Invoice): Happening[] {
  const happened: Happening[] = [];
  const add = (at: number | null, kind: number): void => {
    if (at !== null) happened.push({ at, seq: movementSeq(seq, kind) });
  };
  if (totalMinor > 0) add(paidAt, MOVEMENT.charge);
  add(refund?.at ?? null, MOVEMENT.refund);
  add(disputedAt, MOVEMENT.dispute);
  return happened;
}

function subscriptionEvents(life: Life): Happening[] {
  const { customerAt, startAt, phases, renewals, cancelAskedAt, endAt } = life;
  const happened: Happening[] = [{ at: startAt, seq: eventSeq(EVENT.started, 0) }];
  if (life.customer === life.index) happened.push({ at: customerAt, seq: eventSeq(EVENT.customer, 0) });
  for (const [n, { at }] of phases.entries()) {
    if (n > 0) happened.push({ at, seq: eventSeq(EVENT.changed, n) });
  }
  for (const [n, at] of renewals.entries()) {
    if (at > startAt) happened.push({ at, seq: eventSeq(EVENT.renewed, n) });
  }
  if (cancelAskedAt !== null && cancelAskedAt !== endAt) {
    happened.push({ at: cancelAskedAt, seq: eventSeq(EVENT.leaving, 0) });
  }
  if (endAt !== null) happened.push({ at: endAt, seq: eventSeq(EVENT.ended, 0) });
  return happened;
}

function invoiceEvents(invoice: Invoice): Happening[] {
  const { seq, at, finalizedAt, failedAt, paidAt, totalMinor, refund, disputedAt } = invoice;
  const happened: Happening[] = [
    { at, seq: eventSeq(EVENT.invoiced, seq) },
    { at: finalizedAt, seq: eventSeq(EVENT.finalized, seq) },
  ];
  const add = (when: number | null, type: number): void => {
    if (when !== null) happened.push({ at: when, seq: eventSeq(type, seq) });
  };
  add(failedAt, EVENT.unpaid);
  add(paidAt, EVENT.paid);
  if (totalMinor > 0) add(paidAt, EVENT.charged);
  if (totalMinor > 0) add(failedAt, EVENT.declined);
  add(refund?.at ?? null, EVENT.refunded);
  add(disputedAt, EVENT.disputed);
  return happened;
}
