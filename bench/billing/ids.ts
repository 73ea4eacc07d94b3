import type { ListName } from './happenings.ts';

/** An id says which subscription it is of, and which object of that: nothing has to be looked up. */
const PREFIXES: Record<ListName, string> = {
  customers: 'cus_b',
  subscriptions: 'sub_b',
  invoices: 'in_b',
  charges: 'ch_b',
  refunds: 're_b',
  disputes: 'du_b',
  balance_transactions: 'txn_b',
  events: 'evt_b',
};

const OF = 5; // digits of the subscription
const SEQ = 2; // digits of `seq`

/** The part that is the same for everything of one subscription. */
export const tail = (index: number): string => index.toString(36).padStart(OF, '0');
export const seqTail = (index: number, seq: number): string =>
  tail(index) + seq.toString(36).padStart(SEQ, '0');

export const customerId = (index: number): string => PREFIXES.customers + tail(index);
export const subscriptionId = (index: number): string => PREFIXES.subscriptions + tail(index);
export const itemId = (index: number): string => `si_b${tail(index)}`;
export const discountId = (index: number): string => `di_b${tail(index)}`;

export function idOf(list: ListName, index: number, seq: number): string {
  const single = list === 'customers' || list === 'subscriptions';
  return PREFIXES[list] + (single ? tail(index) : seqTail(index, seq));
}

/** Null for an id that this company never gave to an object of the list. */
export function parseId(list: ListName, id: string): { index: number; seq: number } | null {
  const prefix = PREFIXES[list];
  const single = list === 'customers' || list === 'subscriptions';
  const rest = id.slice(prefix.length);
  if (!id.startsWith(prefix) || rest.length !== (single ? OF : OF + SEQ) || !/^[0-9a-z]+$/.test(rest))
    return null;
  return { index: parseInt(rest.slice(0, OF), 36), seq: single ? 0 : parseInt(rest.slice(OF), 36) };
}
