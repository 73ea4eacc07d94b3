import { z } from 'zod';
import type { LedgerKind, MirrorTouch } from '../../sdk/index.ts';
import { seconds } from '../schema.ts';

/**
 * An event says which object changed. What the object looked like is believed only in the release that this version
 * reads, because events keep the shape of the endpoint, or account, that they were made for.
 */
export const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  created: seconds,
  api_version: z.string().nullable(),
  livemode: z.boolean(),
  data: z.object({
    object: z.looseObject({ id: z.string().nullish(), object: z.string().nullish() }),
    previous_attributes: z.record(z.string(), z.unknown()).nullish(),
  }),
});

export type EventObject = z.infer<typeof eventSchema>;

const KIND_OF: Readonly<Record<string, LedgerKind>> = {
  customer: 'customer',
  subscription: 'subscription',
  invoice: 'invoice',
  charge: 'payment',
  refund: 'refund',
  dispute: 'dispute',
  credit_note: 'credit_note',
  price: 'price',
  coupon: 'coupon',
};

/** Announcements: nothing has changed yet. */
const NO_CHANGE = [
  'customer.subscription.trial_will_end',
  'subscription_schedule.expiring',
  'invoice.upcoming',
  'invoice.will_be_due',
];

/** @returns null for an event that says nothing about the ledger, such as one of a type that nobody knows */
export function touchedBy({ type, data: { object } }: EventObject): MirrorTouch | null {
  if (NO_CHANGE.includes(type)) return null;
  if (object.object === 'discount') return ownerOf(object);
  if (object.object === 'subscription_schedule') return scheduledBy(object);
  if (object.object === 'invoice_payment') return touch('invoice', object['invoice']);
  return touch(KIND_OF[object.object ?? ''], object.id);
}

/** Whether it tells of a discount that a customer has on everything: one of an item names its customer as well. */
export function isOfWholeCustomer({ data: { object } }: EventObject): boolean {
  const narrower = [object['subscription'], object['subscription_item'], object['invoice']];
  return object.object === 'discount' && narrower.every((id) => id === null || id === undefined);
}

/** A discount changes what it was given to. */
function ownerOf(discount: Record<string, unknown>): MirrorTouch | null {
  return touch('subscription', discount['subscription']) ?? touch('customer', discount['customer']);
}

/** A schedule that let its subscription go names it elsewhere; one that has not begun may have none yet. */
function scheduledBy(schedule: Record<string, unknown>): MirrorTouch | null {
  return (
    touch('subscription', schedule['subscription']) ??
    touch('subscription', schedule['released_subscription'])
  );
}

function touch(kind: LedgerKind | undefined, id: unknown): MirrorTouch | null {
  return kind === undefined || typeof id !== 'string' || id === '' ? null : { kind, id };
}
