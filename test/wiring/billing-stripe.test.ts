import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Billing } from '../../sandbox/index.ts';
import { mrrByCustomer, netRevenueByDay, toNumber } from '../../sandbox/truth.ts';
import { dayEnd } from '../../src/domain/day.ts';
import { type Simulation, startSimulation } from '../e2e/support/simulation.ts';

// The real mirror, client, stores and arithmetic against the sandbox company; what is expected comes from the company's own
// facts, which share no code with any of them.

const NOW = new Date('2026-11-20T12:00:00Z');
const HISTORY_DAYS = 300;
let world: Simulation;

beforeAll(async () => {
  world = await startSimulation({ startAt: NOW, historyDays: HISTORY_DAYS });
  await world.connect('stripe', 'shop', 60, { requestsPerSecond: 20 });
  await world.measure('shop', 'mrr', 'mrr', { currency: 'usd' });
  await world.measure('shop', 'customers', 'paying_customers');
  await world.measure('shop', 'revenue', 'net_revenue', { currency: 'usd' });
  await world.measure('shop', 'movements', 'mrr_movements', { currency: 'usd', window: 'day' });
  await world.work();
}, 120_000);
afterAll(() => world?.close());

async function points(
  key: string,
): Promise<Map<string, { value: number; counts: Record<string, number> | null }>> {
  const { rows } = await world.services.database.pool.query<{
    day: string;
    value: string;
    counts: Record<string, number> | null;
  }>(
    `SELECT p.day::text AS day, p.value, p.counts FROM metric_point p
     JOIN metric_version v ON v.id = p.metric_version_id JOIN metric m ON m.id = v.metric_id WHERE m.key = $1
     ORDER BY p.day`,
    [key],
  );
  expect(rows).toHaveLength(HISTORY_DAYS + 1);
  return new Map(rows.map(({ counts, day, value }) => [day, { value: Number(value), counts }]));
}

/** The last second of a day in the company's zone, or this moment on the running day. */
function closeOf(day: string): Date {
  const end = dayEnd(day, world.sandbox.state().timeZone).getTime() - 1000;
  return new Date(Math.min(end, NOW.getTime()));
}

/** What each customer pays a month, by currency, at the close of a day, as the ledger has it. */
async function ledgerOn(days: readonly string[]): Promise<Map<string, Map<string, number>>> {
  const { rows } = await world.services.database.pool.query<{
    customer: string;
    day: string;
    currency: string;
    mrr: number;
  }>(
    `SELECT customer_id AS customer, day::text AS day, currency, (after_numerator / after_denominator)::float8 AS mrr
     FROM mrr_movement ORDER BY day`,
  );
  const known = new Map<string, number>();
  const byDay = new Map<string, Map<string, number>>();
  let next = 0;
  for (const day of days) {
    for (let row = rows[next]; row !== undefined && row.day <= day; row = rows[next]) {
      const key = `${row.customer} ${row.currency}`;
      if (row.mrr === 0) known.delete(key);
      else known.set(key, row.mrr);
      next += 1;
    }
    byDay.set(day, new Map(known));
  }
  return byDay;
}

/**
 * Customers to whom something happened, more than 30 days ago, that no list of Stripe's tells any more: fewer seats without
 * an invoice, or collection that was paused or resumed. What they paid is known again from their next renewal on.
 */
function untold(model: Billing): ReadonlySet<string> {
  const oldest = NOW.getTime() / 1000 - 30 * 86_400;
  const owners = new Map<string, string>();
  const billed = new Set<string>();
  for (const fact of model.facts) {
    if (fact.kind === 'subscription_started') owners.set(fact.subscriptionId, fact.customerId);
    if (fact.kind === 'invoice_created') billed.add(`${fact.subscriptionId} ${fact.at}`);
  }
  return new Set(
    model.facts.flatMap((fact) => {
      if (fact.at >= oldest || !('subscriptionId' in fact)) return [];
      const isSilent =
        fact.kind === 'collection_paused' ||
        fact.kind === 'collection_resumed' ||
        (fact.kind === 'subscription_items_changed' && !billed.has(`${fact.subscriptionId} ${fact.at}`));
      return isSilent ? [owners.get(fact.subscriptionId) ?? ''] : [];
    }),
  );
}

it('knows what everybody paid on every day of the past of whom Stripe still tells it, and since a month ago of all', async () => {
  const model = world.sandbox.model();
  const silent = untold(model);
  const days = [...(await points('mrr')).keys()];
  const ledger = await ledgerOn(days);
  const everybody = new Set<string>();
  for (const [index, day] of days.entries()) {
    const recent = index >= days.length - 29;
    const expected = [...mrrByCustomer(model, closeOf(day))].flatMap(([customer, amounts]) =>
      [...amounts].map(
        ([currency, mrr]) => [`${customer} ${currency.toUpperCase()}`, toNumber(mrr)] as const,
      ),
    );
    const isCompared = ([key]: readonly [string, number]) => {
      everybody.add(key.split(' ')[0] ?? '');
      return recent || !silent.has(key.split(' ')[0] ?? '');
    };
    const rounded = (entries: Iterable<readonly [string, number]>) =>
      [...entries]
        .filter(isCompared)
        .map(([key, mrr]) => `${key} ${mrr.toFixed(4)}`)
        .toSorted();
    expect([day, rounded(ledger.get(day) ?? [])]).toEqual([day, rounded(expected)]);
  }
  expect([...everybody].filter((customer) => silent.has(customer)).length).toBeLessThan(everybody.size / 4);
});

it('adds up MRR and those who pay from what each of them pays', async () => {
  const mrr = await points('mrr');
  const customers = await points('customers');
  for (const [day, paying] of await ledgerOn([...mrr.keys()])) {
    const dollars = [...paying].filter(([key]) => key.endsWith(' USD')).map(([, amount]) => amount);
    expect(mrr.get(day)?.value).toBeCloseTo(
      dollars.reduce((total, amount) => total + amount, 0),
      4,
    );
    expect(customers.get(day)?.value).toBe(new Set([...paying.keys()].map((key) => key.split(' ')[0])).size);
  }
});

it('tells what was collected on every day', async () => {
  const { timeZone } = world.sandbox.state();
  const truth = netRevenueByDay(world.sandbox.model(), { timeZone, currency: 'usd', now: NOW });
  for (const [day, { value }] of await points('revenue'))
    expect([day, value]).toEqual([day, truth.get(day) ?? 0]);
});

it('splits every day into movements that lead from its opening to its closing', async () => {
  const mrr = await points('mrr');
  for (const [day, { counts }] of await points('movements')) {
    const {
      churn = 0,
      closing = 0,
      contraction = 0,
      expansion = 0,
      fx = 0,
      new: won = 0,
      opening = 0,
      reactivation = 0,
    } = counts ?? {};
    expect(opening + won + expansion + reactivation - contraction - churn + fx).toBeCloseTo(closing, 6);
    expect(closing).toBeCloseTo(mrr.get(day)?.value ?? 0, 6);
  }
});
