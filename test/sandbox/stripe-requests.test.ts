import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/index.ts';
import { clientOf, everything, openSandbox } from './support.ts';

type Recorded = { call: string; method: string; url: string; headers: Record<string, string>; body: string };
type Json = { [field: string]: unknown };

const fixtures = new URL('../fixtures/stripe/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8')) as Json;
const recorded = read('recorded/client_requests.json').requests as Recorded[];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

async function send(
  request: Recorded,
  url: string,
): Promise<{ status: number; body: Json; requestId: string | null }> {
  const response = await fetch(`${sandbox.url}${url}`, {
    method: request.method,
    headers: { ...request.headers, authorization: `Bearer ${sandbox.apiKey}` },
    ...(request.body === '' ? {} : { body: request.body }),
  });
  const body = (await response.json()) as Json;
  return { status: response.status, body, requestId: response.headers.get('request-id') };
}

const named = (call: string): Recorded => {
  const request = recorded.find((candidate) => candidate.call === call);
  if (request === undefined) throw new Error(`no recorded request ${call}`);
  return request;
};

it.each([
  ['subscriptions.list', '/v1/subscriptions'],
  ['invoices.list on a connected account', '/v1/invoices'],
  ['events.list', '/v1/events'],
  ['balanceTransactions.list', '/v1/balance_transactions'],
  ['invoicePayments.list', '/v1/invoice_payments'],
  ['prices.list with Decimal echo', '/v1/prices'],
])('answers the recorded %s with a well-formed list', async (call, url) => {
  const { status, body, requestId } = await send(named(call), named(call).url);
  expect(status).toBe(200);
  expect(requestId).toMatch(/^req_/);
  expect(body).toMatchObject({ object: 'list', url });
  expect(typeof body.has_more).toBe('boolean');
  expect(Array.isArray(body.data)).toBe(true);
});

it('answers a recorded request whose brackets are escaped just the same', async () => {
  const request = named('balanceTransactions.list');
  const url = request.url
    .replace('created[gte]=1', 'created[gte]=1700000000')
    .replace('created[lt]=2', 'created[lt]=1900000000');
  const plain = await send(request, url);
  const escaped = await send(request, url.replaceAll('[', '%5B').replaceAll(']', '%5D'));
  expect((plain.body.data as Json[]).length).toBe(100);
  expect(escaped.body).toEqual(plain.body);
});

it.each([
  ['subscriptions.list page 2', 400, "No such subscription: 'sub_1'", 'starting_after'],
  ['invoices.listLineItems', 404, "No such invoice: 'in_1'", 'id'],
  ['subscriptionItems.list', 400, "No such subscription: 'sub_1'", 'subscription'],
  ['prices.retrieve with tiers', 404, "No such price: 'price_1'", 'id'],
])(
  'refuses the recorded %s, whose ids it does not have, as Stripe does',
  async (call, http, message, param) => {
    const { status, body } = await send(named(call), named(call).url);
    expect(status).toBe(http);
    expect(body.error).toEqual({ type: 'invalid_request_error', code: 'resource_missing', message, param });
  },
);

it('answers the recorded requests once they name objects that exist', async () => {
  const stripe = clientOf(sandbox);
  const [invoice] = (await stripe.invoices.list({ limit: 1 })).data;
  const [subscription] = (await stripe.subscriptions.list({ limit: 1 })).data;
  const swap = (call: string, from: string, to: string | undefined) =>
    send(named(call), named(call).url.replace(from, to ?? ''));
  const lines = await swap('invoices.listLineItems', 'in_1', invoice?.id);
  expect(lines.body).toMatchObject({ object: 'list', url: `/v1/invoices/${invoice?.id}/lines` });
  const items = await swap('subscriptionItems.list', 'sub_1', subscription?.id);
  expect((items.body.data as Json[])[0]).toMatchObject({
    object: 'subscription_item',
    subscription: subscription?.id,
  });
  const price = await swap('prices.retrieve with tiers', 'price_1', 'price_scale_month');
  expect((price.body.tiers as Json[]).at(-1)).toMatchObject({ up_to: null, flat_amount: 10_000 });
});

it('does not pretend to search, and refuses to write', async () => {
  const search = await send(named('subscriptions.search'), named('subscriptions.search').url);
  expect(search.status).toBe(404);
  expect((search.body.error as Json).message).toMatch(
    /^Unrecognized request URL \(GET: \/v1\/subscriptions\/search\)/,
  );
  const write = await send(named('customers.create'), '/v1/customers');
  expect(write.status).toBe(403);
  expect((write.body.error as Json).message).toMatch(/'rak_customer_write' permission/);
});

/** Every object of the recorded shapes, by type. */
function objectsIn(value: unknown, found: Map<string, Json[]> = new Map()): Map<string, Json[]> {
  if (Array.isArray(value)) for (const member of value) objectsIn(member, found);
  else if (typeof value === 'object' && value !== null) {
    const { object } = value as Json;
    if (typeof object === 'string') found.set(object, [...(found.get(object) ?? []), value as Json]);
    for (const member of Object.values(value)) objectsIn(member, found);
  }
  return found;
}

it('serves every field that the made objects of the same type have', async () => {
  const get = async (url: string) => (await send(named('subscriptions.list'), url)).body;
  const served = objectsIn([
    await get(
      '/v1/subscriptions?limit=100&status=all&expand[]=data.discounts.source.coupon&expand[]=data.items.data.discounts',
    ),
    await get('/v1/invoices?limit=100'),
    await get('/v1/balance_transactions?limit=100'),
    await get('/v1/events?limit=100'),
    await get('/v1/prices?limit=100&expand[]=data.tiers'),
    await get('/v1/customers?limit=100'),
  ]);
  const files = [
    'subscriptions_page_1',
    'subscriptions_page_2',
    'subscription_with_12_items',
    'balance_transactions',
  ];
  const made = objectsIn(
    [...files, 'events_page', 'invoice_with_proration'].map((name) => read(`made/${name}.json`)),
  );
  const types = ['subscription', 'subscription_item', 'price', 'plan', 'discount', 'coupon', 'invoice'];
  const lacking = [...types, 'line_item', 'balance_transaction', 'event', 'list'].map((type) => {
    // Prices show tiers, and metered items no quantity, only sometimes.
    const optional = type === 'price' ? ['tiers'] : type === 'subscription_item' ? ['quantity'] : [];
    const wanted = new Set((made.get(type) ?? []).flatMap((object) => Object.keys(object)));
    for (const name of optional) wanted.delete(name);
    const names = [...wanted].filter((name) =>
      (served.get(type) ?? [{}]).some((object) => !(name in object)),
    );
    return { type, compared: wanted.size > 2, names };
  });
  expect(lacking).toEqual(lacking.map(({ type }) => ({ type, compared: true, names: [] })));
});

/** Names of the fields that the client's own types, made from Stripe's specification, say are always there. */
function requiredFields(file: string, type: string): string[] {
  const path = new URL(`../../node_modules/stripe/esm/resources/${file}.d.ts`, import.meta.url);
  const source = readFileSync(path, 'utf8').replaceAll(/\/\*\*.*?\*\//gs, '');
  const body = source.split(`export interface ${type} {`)[1]?.split('\n}')[0] ?? '';
  return [...body.matchAll(/^ {4}(\w+): /gm)].map(([, name]) => name ?? '');
}

it.each([
  ['Charges', 'Charge', '/v1/charges?limit=100'],
  ['Refunds', 'Refund', '/v1/refunds?limit=100'],
  ['Disputes', 'Dispute', '/v1/disputes?limit=100'],
  ['Subscriptions', 'Subscription', '/v1/subscriptions?limit=100&status=all'],
  ['SubscriptionItems', 'SubscriptionItem', '/v1/subscription_items?subscription=TWELVE'],
  ['Customers', 'Customer', '/v1/customers?limit=100'],
  ['Products', 'Product', '/v1/products?limit=100'],
  ['Prices', 'Price', '/v1/prices?limit=100'],
  ['Coupons', 'Coupon', '/v1/coupons?limit=100'],
  ['Invoices', 'Invoice', '/v1/invoices?limit=100'],
  ['InvoicePayments', 'InvoicePayment', '/v1/invoice_payments?limit=100'],
  ['BalanceTransactions', 'BalanceTransaction', '/v1/balance_transactions?limit=100'],
])('serves every field that the client says %s always have', async (file, type, url) => {
  const fields = requiredFields(file, type);
  expect(fields.length).toBeGreaterThan(8);
  const [any] = (await clientOf(sandbox).subscriptions.list({ limit: 1 })).data;
  const { body } = await send(named('events.list'), url.replace('TWELVE', any?.id ?? ''));
  const objects = body.data as Json[];
  expect(objects.length).toBeGreaterThan(0);
  expect(fields.filter((name) => objects.some((object) => object[name] === undefined))).toEqual([]);
});

it('writes decimals as text and fractions of a cent only there', async () => {
  const prices = await everything(clientOf(sandbox).prices.list({ limit: 100 }));
  const penny = prices.find(({ id }) => id === 'price_contacts_each');
  expect(penny?.unit_amount).toBeNull();
  expect(penny?.unit_amount_decimal?.toString()).toBe('1.25');
});

it('says what it is: a test-mode account of sandbox data', async () => {
  const account = await clientOf(sandbox).accounts.retrieve(null);
  expect(account.settings?.dashboard.display_name).toBe('Acme (sandbox data)');
  const again = await clientOf(sandbox).accounts.retrieve(account.id);
  expect(again.id).toBe(account.id);
  const charges = await clientOf(sandbox).charges.list({ limit: 5 });
  expect(charges.data.every(({ livemode }) => !livemode)).toBe(true);
});
