import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesOf } from '../../bench/billing/changes.ts';
import { createCompany } from '../../bench/billing/company.ts';
import { LISTS, type ListName } from '../../bench/billing/happenings.ts';
import { providerServer } from '../../bench/billing/provider.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';

const NOW = Date.UTC(2026, 5, 15, 12) / 1_000;
const SIZE = 300;

type Wire = { id: string; created: number } & Record<string, unknown>;

async function clientOf(server: Server): Promise<Stripe> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number }; // a listening TCP server has one
  return new Stripe('rk_test_bench', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

const idOf = (intent: string | { id: string } | null): string =>
  typeof intent === 'string' ? intent : (intent?.id ?? '');

const open = (nowAt: number, perSecond = 1_000_000) => {
  const company = createCompany(SIZE, NOW);
  return { company, server: providerServer(company, { perSecond, nowAt: () => nowAt }) };
};

/** Every object of a list, walked by the official client. */
async function all(stripe: Stripe, list: ListName, params: Record<string, unknown> = {}): Promise<Wire[]> {
  const names = { balance_transactions: 'balanceTransactions' } as Partial<Record<ListName, string>>;
  const resource = stripe[(names[list] ?? list) as 'charges']; // they all list alike
  const found: Wire[] = [];
  const status = list === 'subscriptions' ? { status: 'all' } : {};
  for await (const each of resource.list({ limit: 100, ...status, ...params })) {
    found.push(each as unknown as Wire); // each has an id and a time
  }
  return found;
}

/** The first page, which shows every field. */
async function newest(stripe: Stripe, list: ListName): Promise<Wire[]> {
  const status = list === 'subscriptions' ? 'status=all&' : '';
  const page: unknown = await stripe.rawRequest('GET', `/v1/${list}?${status}limit=100`);
  return (page as { data: Wire[] }).data; // a list, as the provider says it
}

describe('the generated company', () => {
  const { company, server } = open(NOW);
  let stripe: Stripe;
  beforeAll(async () => {
    stripe = await clientOf(server);
  });
  afterAll(() => void server.close());

  it.each(LISTS)(
    'serves all %s to the official client: each once, newest first, found again by its id',
    async (list) => {
      const found = await all(stripe, list);
      const times = found.map(({ created }) => created);
      expect(found).toHaveLength(company.count(list));
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      const [first] = found;
      const again: unknown = await stripe.rawRequest('GET', `/v1/${list}/${first?.id}`);
      expect(again).toMatchObject({ id: first?.id, created: first?.created });
    },
  );

  it('serves exactly what was created between two moments', async () => {
    const created = { gte: NOW - 90 * 86_400, lt: NOW - 30 * 86_400 };
    const every = await all(stripe, 'invoices');
    const between = every.filter(({ created: at }) => at >= created.gte && at < created.lt);
    expect(between.length).toBeGreaterThan(50);
    const found = await all(stripe, 'invoices', { created });
    expect(found.map(({ id }) => id)).toEqual(between.map(({ id }) => id));
  });

  it('bills what adds up: lines less discounts are the total, and charges are what was paid', async () => {
    const charged = new Map<string, number>();
    for await (const { status, amount, payment_intent } of stripe.charges.list({ limit: 100 })) {
      if (status === 'succeeded') charged.set(idOf(payment_intent), amount);
    }
    const odd: string[] = [];
    const kinds = { discounted: 0, prorated: 0, trial: 0, failed: 0 };
    const expand = ['data.discounts.source.coupon', 'data.payments'];
    for await (const invoice of stripe.invoices.list({ limit: 100, expand })) {
      const { lines, total, amount_paid, payments, discounts } = invoice;
      const off = (line: Stripe.InvoiceLineItem) =>
        (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
      const sum = lines.data.reduce((rest, line) => rest + line.amount - off(line), 0);
      const intent = payments?.data[0]?.payment.payment_intent;
      const paid = intent === undefined ? 0 : (charged.get(idOf(intent)) ?? -1);
      if (sum !== total || paid !== amount_paid || total < 0) odd.push(invoice.id);
      if (discounts.length > 0) kinds.discounted += 1;
      if (lines.data.some(({ amount }) => amount < 0)) kinds.prorated += 1;
      if (total === 0) kinds.trial += 1;
      if (invoice.attempt_count > 1) kinds.failed += 1;
    }
    expect(odd).toEqual([]);
    for (const count of Object.values(kinds)) expect(count).toBeGreaterThan(2);
  });

  it('unfolds what is asked for, and leaves the rest as ids', async () => {
    const expand = ['data.discounts.source.coupon', 'data.customer'];
    const folded = await all(stripe, 'subscriptions');
    const unfolded = await all(stripe, 'subscriptions', { expand });
    const at = folded.findIndex(({ discounts }) => (discounts as unknown[]).length > 0);
    expect(folded[at]).toMatchObject({ discounts: [expect.stringMatching(/^di_/)] });
    expect(unfolded[at]).toMatchObject({
      customer: { id: folded[at]?.['customer'], object: 'customer' },
      discounts: [
        { object: 'discount', source: { coupon: { object: 'coupon', percent_off: expect.any(Number) } } },
      ],
    });
  });

  it('is the same company every time', async () => {
    const twin = open(NOW).server;
    const other = await clientOf(twin);
    expect(await all(other, 'subscriptions')).toEqual(await all(stripe, 'subscriptions'));
    twin.close();
  });
});

it('lets the changes of an hour be found by events alone, and leaves everything older as it was', async () => {
  const until = NOW + 3_600;
  const { company, server } = open(until);
  const stripe = await clientOf(server);
  const before = await all(stripe, 'invoices');
  const fates = changesOf(company, 50, NOW, until);
  company.change(fates, until);
  const invoices = await all(stripe, 'invoices');
  const older = invoices.filter(({ created }) => created <= NOW);
  expect(older).toEqual(before);
  expect(invoices.length).toBeGreaterThan(before.length + 20);
  const touched = new Set<string>();
  for await (const { type, data } of stripe.events.list({ limit: 100, created: { gte: NOW } })) {
    if (type.startsWith('customer.subscription.')) touched.add((data.object as Stripe.Subscription).id);
  }
  expect(touched.size).toBe(50);
  // 12 of 100 changes are ends.
  const ended = (await all(stripe, 'subscriptions', { status: 'canceled' })).filter(
    ({ ended_at }) => Number(ended_at) > NOW,
  );
  expect(ended).toHaveLength(6);
  server.close();
});

it('answers no more in a second than it says', async () => {
  const { server } = open(NOW, 5);
  const stripe = await clientOf(server);
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => stripe.prices.list()));
  const refused = answers.flatMap((each) =>
    each.status === 'rejected' ? [each.reason as Stripe.StripeRawError] : [],
  );
  expect(refused.length).toBeGreaterThanOrEqual(10);
  expect(refused[0]).toMatchObject({ statusCode: 429 });
  server.close();
});

describe('beside the sandbox', () => {
  let sandbox: Sandbox;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-test-'));
    let tick = 0;
    // A second passes with every look, so that nothing is refused.
    const monotonicMs = () => (tick += 1_000);
    sandbox = await startSandbox({ statePath: join(folder, 'state.json'), port: 0, monotonicMs });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(LISTS)('%s have the fields of the sandbox', async (list) => {
    const { server } = open(NOW);
    const stripe = await clientOf(server);
    const theirs = new Stripe(sandbox.apiKey, {
      host: '127.0.0.1',
      port: sandbox.port,
      protocol: 'http',
      telemetry: false,
    });
    const fieldsOf = (objects: Wire[]) => objects.map((each) => Object.keys(each));
    const known = fieldsOf(await newest(theirs, list));
    const always = known.reduce((common, fields) => common.filter((field) => fields.includes(field)));
    const [own = []] = fieldsOf(await newest(stripe, list));
    expect(always.filter((field) => !own.includes(field))).toEqual([]);
    expect(own.filter((field) => !known.flat().includes(field))).toEqual([]);
    server.close();
  });
});
