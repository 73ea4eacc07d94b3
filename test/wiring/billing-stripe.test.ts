import { afterAll, beforeAll, expect, it } from 'vitest';
import { mrrAt, netRevenueByDay, payingCustomersAt, toNumber } from '../../sandbox/truth.ts';
import { dayEnd } from '../../src/domain/day.ts';
import { type Simulation, startSimulation } from '../e2e/support/simulation.ts';

// The real mirror, client, stores and arithmetic against the sandbox company; what is expected comes from the company's own
// facts, which share no code with any of them.

const NOW = new Date('2026-11-20T12:00:00Z');
const HISTORY_DAYS = 60;
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

it('tells MRR of every day in the past as the company’s own facts say it was', async () => {
  const known = await points('mrr');
  const model = world.sandbox.model();
  for (const [day, { value }] of known)
    expect([day, value.toFixed(4)]).toEqual([day, toNumber(mrrAt(model, closeOf(day), 'usd')).toFixed(4)]);
});

it('tells who paid at the close of every day', async () => {
  const model = world.sandbox.model();
  for (const [day, { value }] of await points('customers'))
    expect([day, value]).toEqual([day, payingCustomersAt(model, closeOf(day))]);
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
