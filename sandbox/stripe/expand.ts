import { entry } from '../model/catalog.ts';
import type { World } from '../world.ts';
import { invalid } from './errors.ts';
import { renderCoupon, renderCurrencyOptions, renderDiscount, renderTiers } from './render-catalog.ts';
import { renderInvoicePayments } from './render-invoice.ts';
import { renderRefund } from './render-payment.ts';
import { renderSubscription } from './render-subscription.ts';
import { rowsOf } from './resource.ts';
import { nestedList, type Wire } from './wire.ts';

/** How one property of an object leads on. */
type Link =
  | { via: 'id'; to: string } // an id, or an array of ids, that becomes an object
  | { via: 'object' | 'list'; to: string } // already there
  | { via: 'added'; to: string | null; add: (owner: Wire, world: World) => unknown } // absent until expanded
  | { via: 'nothing' }; // always null here

const id = (to: string): Link => ({ via: 'id', to });
const within = (to: string): Link => ({ via: 'object', to });
const list = (to: string): Link => ({ via: 'list', to });
const added = (to: string | null, add: (owner: Wire, world: World) => unknown): Link => ({
  via: 'added',
  to,
  add,
});
const nothing = (...names: string[]): Record<string, Link> =>
  Object.fromEntries(names.map((name) => [name, { via: 'nothing' }]));

const tiers = added(null, (price, world) => {
  const found = entry(world.catalog.prices, String(price.id));
  return found.tiersMode === null ? undefined : renderTiers(found);
});

/** By object and property. What is not named here cannot be expanded. */
const LINKS: Record<string, Record<string, Link>> = {
  subscription: {
    customer: id('customer'),
    discounts: id('discount'),
    items: list('subscription_item'),
    latest_invoice: id('invoice'),
    ...nothing('application', 'default_payment_method', 'default_source', 'on_behalf_of'),
    schedule: id('subscription_schedule'),
    test_clock: id('test_helpers.test_clock'),
    ...nothing('pending_setup_intent'),
  },
  subscription_item: { discounts: id('discount'), plan: within('plan'), price: within('price') },
  price: {
    product: id('product'),
    tiers,
    currency_options: added(null, (price, world) =>
      renderCurrencyOptions(entry(world.catalog.prices, String(price.id))),
    ),
  },
  plan: { product: id('product'), tiers },
  product: { default_price: id('price') },
  discount: {
    customer: id('customer'),
    'source.coupon': id('coupon'),
    promotion_code: id('promotion_code'),
  },
  promotion_code: { 'promotion.coupon': id('coupon'), ...nothing('customer') },
  subscription_schedule: {
    customer: id('customer'),
    subscription: id('subscription'),
    released_subscription: id('subscription'),
    ...nothing('application', 'test_clock'),
  },
  credit_note: {
    customer: id('customer'),
    invoice: id('invoice'),
    lines: list('credit_note_line_item'),
    ...nothing('customer_balance_transaction'),
  },
  credit_note_line_item: {},
  // A coupon that applies to everything has no applies_to, asked for or not.
  coupon: {
    applies_to: added(null, (coupon, world) => {
      const products = world.catalog.coupons.get(String(coupon.id))?.productIds;
      return products === undefined ? undefined : { products };
    }),
    currency_options: added(null, () => undefined),
  },
  customer: {
    discount: within('discount'),
    subscriptions: added('subscription', (customer, world) => {
      const url = `/v1/customers/${String(customer.id)}/subscriptions`;
      const own = rowsOf(
        world.account.subscriptions,
        world.account.customers.get(String(customer.id))?.subscriptionIds,
      ).filter(({ status }) => status !== 'canceled');
      return nestedList(url, own.map((subscription) => renderSubscription(subscription, world)).toReversed());
    }),
    ...nothing('default_source', 'test_clock', 'cash_balance'),
  },
  charge: {
    balance_transaction: id('balance_transaction'),
    customer: id('customer'),
    refunds: added('refund', (charge, world) => {
      const own = rowsOf(world.account.refunds, world.account.charges.get(String(charge.id))?.refundIds);
      return nestedList(
        `/v1/charges/${String(charge.id)}/refunds`,
        own.map((refund) => renderRefund(refund, world)).toReversed(),
      );
    }),
    ...nothing('application', 'application_fee', 'failure_balance_transaction', 'on_behalf_of', 'review'),
    ...nothing('source_transfer'),
  },
  refund: {
    balance_transaction: id('balance_transaction'),
    charge: id('charge'),
    customer: id('customer'),
    failure_balance_transaction: id('balance_transaction'),
    ...nothing('source_transfer_reversal', 'transfer_reversal'),
  },
  dispute: { charge: id('charge') },
  balance_transaction: { source: id('*') },
  invoice: {
    customer: id('customer'),
    discounts: id('discount'),
    lines: list('line_item'),
    'parent.subscription_details.subscription': id('subscription'),
    payments: added('invoice_payment', (invoice, world) => {
      const state = world.account.invoices.get(String(invoice.id));
      const payments = state === undefined ? [] : renderInvoicePayments(state);
      return nestedList(`/v1/invoice_payments?invoice=${String(invoice.id)}`, payments);
    }),
    ...nothing('default_payment_method', 'default_source', 'latest_revision', 'on_behalf_of', 'test_clock'),
  },
  line_item: { discounts: id('discount'), subscription: id('subscription') },
  invoice_payment: { invoice: id('invoice') },
};

const LONGEST_NAME = 3;

/** Finds objects by id for expansion. `kind` is `*` where the id alone must tell. */
export type Finder = (kind: string, id: string) => Wire | null;

export type Expansion = { path: string; world: World; find: Finder };

/** Expands one path on an object. @throws Refusal when the path leads nowhere, whatever the data holds */
export function expandOn(object: Wire, kind: string, expansion: Expansion): void {
  const segments = expansion.path.split('.');
  check(kind, segments, expansion.path);
  follow(object, kind, segments, expansion);
}

/** The same on a list, where every path starts with `data`. */
export function expandOnList(answer: Wire, kind: string, expansion: Expansion): void {
  const [first, ...rest] = expansion.path.split('.');
  if (first !== 'data' || rest.length === 0) {
    const hint =
      linkOf(kind, [first ?? '']) === null ? '' : ` You may want to try expanding 'data.${first}' instead.`;
    throw invalid(`This property cannot be expanded (${expansion.path}).${hint}`, { param: 'expand' });
  }
  check(kind, rest, expansion.path);
  for (const object of answer.data as Wire[]) follow(object, kind, rest, expansion);
}

function linkOf(
  kind: string,
  segments: readonly string[],
): { link: Link; name: string; rest: string[] } | null {
  for (let length = 1; length <= LONGEST_NAME; length += 1) {
    const name = segments.slice(0, length).join('.');
    const link = LINKS[kind]?.[name];
    if (link !== undefined) return { link, name, rest: segments.slice(length) };
  }
  return null;
}

function check(kind: string, segments: readonly string[], path: string): void {
  const found = linkOf(kind, segments);
  const refused = () => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
  if (found === null) throw refused();
  const { link, rest } = found;
  if (rest.length === 0 || link.via === 'nothing') return;
  const isList = link.via === 'list' || (link.via === 'added' && link.to !== null);
  const next = isList ? rest.slice(1) : rest;
  if (link.to === null || (isList && rest[0] !== 'data')) throw refused();
  if (next.length > 0 && link.to !== '*') check(link.to, next, path);
}

function follow(owner: Wire, kind: string, segments: readonly string[], expansion: Expansion): void {
  const found = linkOf(kind, segments);
  if (found === null || found.link.via === 'nothing') return;
  const { link, name, rest } = found;
  const holder = name.split('.').slice(0, -1).reduce<Wire | undefined>(step, owner);
  const field = name.split('.').at(-1) ?? name;
  if (holder === undefined) return;
  if (link.via === 'added') {
    holder[field] ??= link.add(owner, expansion.world);
  } else if (link.via === 'id') {
    const value = holder[field];
    const load = (one: unknown) => (typeof one === 'string' ? (expansion.find(link.to, one) ?? one) : one);
    holder[field] = Array.isArray(value) ? value.map(load) : load(value);
  }
  if (rest.length === 0) return;
  const value = holder[field];
  const isList = link.via === 'list' || link.via === 'added';
  const members = isList ? ((value as Wire | undefined)?.data ?? []) : value;
  for (const member of [members].flat()) {
    if (typeof member !== 'object' || member === null) continue;
    const next = link.to === '*' ? String((member as Wire).object) : (link.to ?? '');
    follow(member as Wire, next, isList ? rest.slice(1) : rest, expansion);
  }
}

function step(object: Wire | undefined, field: string): Wire | undefined {
  const value = object?.[field];
  return typeof value === 'object' && value !== null ? (value as Wire) : undefined;
}

/** Discounts have no address of their own; only expansion finds them. */
export function findEmbedded(kind: string, wanted: string, world: World): Wire | null {
  if (kind === 'discount') {
    const owned = world.discounts.get(wanted);
    return owned === undefined ? null : renderDiscount(owned, world.account);
  }
  if (kind === 'coupon') {
    const coupon = world.catalog.coupons.get(wanted);
    return coupon === undefined ? null : renderCoupon(coupon, world);
  }
  return null;
}
