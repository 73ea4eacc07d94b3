import { missing } from '../../sandbox/stripe/errors.ts';
import { arrayOf, type Query } from '../../sandbox/stripe/query.ts';
import type { Company, Entry } from './company.ts';
import { EVENT_TYPES, happeningsOf, type ListName } from './happenings.ts';
import { parseId } from './ids.ts';
import type { Life } from './life.ts';
import { statusAt } from './render-subscription.ts';

/** What each list may be narrowed by, beside the time of creation. */
export const FILTERS: Partial<Record<ListName, readonly string[]>> = {
  customers: ['email', 'test_clock'],
  subscriptions: ['customer', 'price', 'status', 'collection_method', 'test_clock'],
  invoices: ['customer', 'subscription', 'status', 'collection_method'],
  charges: ['customer', 'payment_intent'],
  refunds: ['charge', 'payment_intent'],
  disputes: ['charge', 'payment_intent'],
  balance_transactions: ['currency', 'source', 'type'],
  events: ['type', 'types', 'delivery_success'],
};

/** Entries newest first, of the whole company or of those that a filter names. */
export type Rows = {
  length: number;
  at(position: number): Entry;
  countSince(second: number): number;
  positionOf(index: number, seq: number): number | null;
};

export function cursor(list: ListName, rows: Rows, id: string): number {
  const parsed = parseId(list, id);
  const position = parsed === null ? null : rows.positionOf(parsed.index, parsed.seq);
  if (position === null) throw missing(list.slice(0, -1), id, 'starting_after');
  return position;
}

export function rowsOf(company: Company, list: ListName, query: Query): Rows {
  const owners = ownersOf(query);
  if (owners === null) {
    return {
      length: company.count(list),
      at: (position) => company.at(list, position),
      countSince: (second) => company.countSince(list, second),
      positionOf: (index, seq) => company.positionOf(list, index, seq),
    };
  }
  const entries = owners
    .flatMap((index) => {
      const life = company.life(index);
      const all = life === null ? [] : happeningsOf(list, life);
      return all.map((happening) => ({ ...happening, index }));
    })
    .filter(({ index, seq }) => company.positionOf(list, index, seq) !== null)
    .toSorted((a, b) => b.at - a.at || b.index - a.index || b.seq - a.seq);
  const place = (index: number, seq: number) =>
    entries.findIndex((each) => each.index === index && each.seq === seq);
  return {
    length: entries.length,
    at: (position) => entries[position] as Entry, // positions are below the length
    countSince: (second) => entries.filter(({ at }) => at >= second).length,
    positionOf: (index, seq) => (place(index, seq) < 0 ? null : place(index, seq)),
  };
}

/** The subscriptions that a filter narrows a list to; null for none. */
function ownersOf({ values }: Query): number[] | null {
  const customer = values.get('customer');
  const subscription = values.get('subscription');
  const charge = values.get('charge') ?? values.get('source');
  if (subscription !== undefined) return one(parseId('subscriptions', subscription));
  if (charge !== undefined) return one(parseId('charges', charge));
  if (customer === undefined) return null;
  const [index] = one(parseId('customers', customer));
  return index === undefined ? [] : index % 20 === 18 ? [index, index + 1] : [index];
}

const one = (parsed: { index: number } | null): number[] => (parsed === null ? [] : [parsed.index]);

export function filterOf(
  company: Company,
  list: ListName,
  query: Query,
): (entry: Entry, life: Life) => boolean {
  const { values } = query;
  const status = values.get('status');
  if (list === 'subscriptions') {
    const of = (life: Life) => statusAt(life, company.nowOf(life.index));
    if (status === 'all') return () => true;
    if (status === undefined) return (_, life) => of(life) !== 'canceled';
    return (_, life) => of(life) === (status === 'ended' ? 'canceled' : status);
  }
  if (list === 'invoices' && status !== undefined) {
    return ({ seq }, life) => (life.invoices[seq]?.paidAt === null ? 'open' : 'paid') === status;
  }
  const type = values.get('type');
  const types = arrayOf(query, 'types') ?? (type === undefined ? null : [type]);
  if (list === 'events' && types !== null) {
    const matches = EVENT_TYPES.map((name) =>
      types.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each)),
    );
    return ({ seq }) => matches[seq % 16] === true;
  }
  return () => true;
}
