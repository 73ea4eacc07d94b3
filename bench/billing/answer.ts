import { invalid, missing, unknownUrl } from '../../sandbox/stripe/errors.ts';
import {
  inRange,
  limitOf,
  parseQuery,
  type Query,
  rangeOf,
  refuseUnknown,
} from '../../sandbox/stripe/query.ts';
import type { Company, Entry } from './company.ts';
import { type Wanted, wantedOf } from './expand.ts';
import { happeningsOf, LISTS, type ListName } from './happenings.ts';
import { idOf, parseId } from './ids.ts';
import type { Invoice, Life } from './life.ts';
import { cursor, FILTERS, filterOf, rowsOf } from './listing.ts';
import { COUPONS, PLANS, PRICES } from './plans.ts';
import { renderCoupon, renderPriceWith, renderProduct, SOLD_SINCE } from './render-catalog.ts';
import { renderEvent } from './render-event.ts';
import { renderInvoice, renderInvoicePayments, renderLines } from './render-invoice.ts';
import { renderCharge, renderDispute, renderMovement, renderRefund } from './render-payment.ts';
import { renderCustomer, renderItem, renderSubscription } from './render-subscription.ts';

const ACCOUNT = `{"id":"acct_bench","object":"account","business_profile":{"mcc":null,"name":"Bench (generated data)","product_description":null,"url":null},"charges_enabled":true,"country":"US","default_currency":"usd","livemode":false,"metadata":{},"type":"standard"}`;

const EXCHANGE_RATES = '{"id":"usd","object":"exchange_rate","rates":{"eur":0.9259,"jpy":147.05,"usd":1}}';

/** Lists that the company has nothing for. */
const EMPTY = ['credit_notes', 'promotion_codes', 'subscription_schedules', 'test_helpers'];

/** The text of an answer. @throws Refusal as the provider would refuse */
export function answer(company: Company, path: string, search: string): string {
  const [, version, collection = '', id, part] = path.split('/');
  if (version !== 'v1') throw unknownUrl('GET', path);
  const query = parseQuery(search);
  if (collection === 'account' || collection === 'accounts') return ACCOUNT;
  const list = LISTS.find((name) => name === collection);
  if (list === undefined) return catalogue(company, collection, id, query, path);
  if (id === undefined) return listed(company, list, query);
  const found = find(company, list, decodeURIComponent(id));
  if (part === 'lines' && list === 'invoices')
    return wrap(path, renderLines(found.life, invoiceOf(found, list)), false);
  if (part !== undefined) throw unknownUrl('GET', path);
  return render(company, list, found, wantedOf(query.expand, ''));
}

function catalogue(
  company: Company,
  collection: string,
  id: string | undefined,
  query: Query,
  path: string,
): string {
  const wanted = wantedOf(query.expand, id === undefined ? 'data.' : '');
  const all = catalogueOf(collection, wanted);
  if (all !== null && id === undefined) {
    const shown = inRange(SOLD_SINCE, rangeOf(query, 'created') ?? {});
    return wrap(path, shown ? [...all.values()] : [], false);
  }
  if (all !== null) {
    const found = all.get(decodeURIComponent(id ?? ''));
    if (found === undefined) throw missing(collection.slice(0, -1), id ?? '');
    return found;
  }
  if (collection === 'subscription_items') {
    const { life } = find(company, 'subscriptions', query.values.get('subscription') ?? '');
    return wrap(path, [renderItem(life, company.nowOf(life.index))], false);
  }
  if (collection === 'invoice_payments' && query.values.has('invoice')) {
    const found = find(company, 'invoices', query.values.get('invoice') ?? '');
    const payment = renderInvoicePayments(found.life, invoiceOf(found, 'invoices'));
    return wrap(path, payment === '' ? [] : [payment], false);
  }
  if (collection === 'exchange_rates') return EXCHANGE_RATES;
  if (EMPTY.includes(collection) && id === undefined) return wrap(path, [], false);
  throw unknownUrl('GET', path);
}

function catalogueOf(collection: string, wanted: Wanted): Map<string, string> | null {
  if (collection === 'prices')
    return new Map(PRICES.map((price) => [price.id, renderPriceWith(price, wanted)]));
  if (collection === 'coupons') return new Map(COUPONS.map((coupon) => [coupon.id, renderCoupon(coupon)]));
  if (collection !== 'products') return null;
  return new Map(PLANS.map((plan) => [`prod_bench${plan}`, renderProduct(`prod_bench${plan}`)]));
}

function wrap(url: string, data: readonly string[], hasMore: boolean): string {
  return `{"object":"list","data":[${data.join(',')}],"has_more":${hasMore},"url":"${url}"}`;
}

function listed(company: Company, list: ListName, query: Query): string {
  refuseUnknown(query, ['limit', 'starting_after', 'ending_before', 'created', ...(FILTERS[list] ?? [])]);
  if (query.values.has('ending_before')) throw invalid('This generated company lists forwards only.');
  const limit = limitOf(query);
  const rows = rowsOf(company, list, query);
  const created = rangeOf(query, 'created') ?? {};
  const below = Math.min(
    created.lt ?? Number.POSITIVE_INFINITY,
    (created.lte ?? Number.POSITIVE_INFINITY) + 1,
  );
  const from = Math.max(created.gte ?? 0, (created.gt ?? -1) + 1);
  const after = query.values.get('starting_after');
  let position = below === Number.POSITIVE_INFINITY ? 0 : rows.countSince(below);
  if (after !== undefined) position = Math.max(position, cursor(list, rows, after) + 1);
  const end = rows.countSince(from);
  const keep = filterOf(company, list, query);
  const wanted = wantedOf(query.expand, 'data.');
  const page: string[] = [];
  let hasMore = false;
  for (; position < end; position += 1) {
    const entry = rows.at(position);
    const life = company.life(entry.index);
    if (life === null || !keep(entry, life)) continue;
    hasMore = page.length === limit;
    if (hasMore) break;
    page.push(render(company, list, { life, entry }, wanted));
  }
  return wrap(`/v1/${list}`, page, hasMore);
}

type Found = { life: Life; entry: Entry };

function find(company: Company, list: ListName, id: string): Found {
  const parsed = parseId(list, id);
  const life = parsed === null ? null : company.life(parsed.index);
  const entry =
    parsed === null || life === null
      ? undefined
      : happeningsOf(list, life).find(({ seq }) => seq === parsed.seq);
  if (life === null || entry === undefined || company.positionOf(list, life.index, entry.seq) === null) {
    throw missing(list.slice(0, -1), id);
  }
  return { life, entry: { ...entry, index: life.index } };
}

function render(company: Company, list: ListName, found: Found, wanted: Wanted): string {
  const { life, entry } = found;
  switch (list) {
    case 'customers':
      return renderCustomer(life);
    case 'subscriptions':
      return renderSubscription(life, company.nowOf(life.index), wanted);
    case 'invoices':
      return renderInvoice(life, invoiceOf(found, list), wanted);
    case 'charges':
      return renderCharge(life, invoiceOf(found, list), entry.seq % 2 === 1, wanted);
    case 'refunds':
      return renderRefund(life, invoiceOf(found, list));
    case 'disputes':
      return renderDispute(life, invoiceOf(found, list));
    case 'balance_transactions':
      return renderMovement(life, invoiceOf(found, list), entry.seq % 4);
    case 'events':
      return renderEvent(life, entry);
  }
}

/** How many objects of a list one invoice may have; a power of two. */
const PER_INVOICE: Partial<Record<ListName, number>> = { invoices: 1, balance_transactions: 4 };

function invoiceOf({ life, entry }: Found, list: ListName): Invoice {
  const invoice = life.invoices[Math.floor(entry.seq / (PER_INVOICE[list] ?? 2))];
  if (invoice === undefined) throw missing(list.slice(0, -1), idOf(list, life.index, entry.seq));
  return invoice;
}
