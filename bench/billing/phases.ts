import { setTimeout as delay } from 'node:timers/promises';
import { forgetPeak, type Product, peakMemory, processorSeconds } from './processes.ts';
import type { Account, Measurable, Synced } from './product.ts';
import { backfillRows, hourRows, metricsRows } from './report.ts';
import type { Row } from './rows.ts';

export type Bench = {
  product: Product;
  account: Account;
  /** A question to the generated company. */
  ask<T>(path: string, method?: string): Promise<T>;
  say: (line: string) => void;
};
/** What one run of the product took. `requests` are those that the provider answered. */
export type Phase = Synced & { requests: number; peakMiB: number | null; processor: number | null };

const CHANGES = 500;
const DAYS = 730;
/** The changes are spread over as long; instants are whole seconds. */
const HOUR_IN_SHORT_MS = 12_000;

/** The first run, every metric, an hour in which nothing happens, and one in which much does. */
export async function measurePhases(bench: Bench): Promise<Row[]> {
  const { account, ask, say } = bench;
  const measurable = await account.measurable();
  // The least that needs everything: what recurs, what was paid, and who tried first.
  const few = measurable.filter(({ metric }) =>
    ['mrr', 'net_revenue', 'trial_to_paid_rate'].includes(metric),
  );
  const backfill = await phase(bench, 'backfill', () => addAll(bench, few, 1));
  const all = await phase(bench, 'all metrics', () => addAll(bench, measurable, DAYS));
  const idle = await phase(bench, 'an hour without changes', async () => 0);
  const sinceAt = Math.floor(Date.now() / 1_000);
  await delay(HOUR_IN_SHORT_MS);
  const { changes } = await ask<{ changes: number }>(
    `/bench/change?count=${CHANGES}&since=${sinceAt}`,
    'POST',
  );
  say(`${changes} changes have happened`);
  const hour = await phase(bench, 'an hour with changes', async () => 0);
  return [
    ...backfillRows(backfill),
    ...metricsRows(all, all.metrics, DAYS),
    ...hourRows(hour, idle, backfill, changes),
  ];
}

/** Metrics wait until the connection is no longer paused, so that one run reads them all. */
async function addAll(bench: Bench, metrics: Measurable[], days: number): Promise<number> {
  const refusals: string[] = [];
  await bench.account.pause(true);
  for (const metric of metrics) {
    const refusal = await bench.account.addMetric(metric, days);
    if (refusal !== null) refusals.push(refusal);
  }
  await bench.account.pause(false);
  for (const refusal of refusals) bench.say(`left out: ${refusal}`);
  return metrics.length - refusals.length;
}

async function phase(
  bench: Bench,
  name: string,
  prepare: () => Promise<number>,
): Promise<Phase & { metrics: number }> {
  const { account, ask, product, say } = bench;
  const metrics = await prepare();
  const before = await usage(ask);
  const processorBefore = processorSeconds(product.pid);
  forgetPeak(product.pid);
  const synced = await account.sync();
  const peakMiB = peakMemory(product.pid);
  const processorAfter = processorSeconds(product.pid);
  const after = await usage(ask);
  for (const failure of synced.failures) say(`${name}: ${failure}`);
  const asked = Object.entries(after).flatMap(([path, count]) => {
    const more = count - (before[path] ?? 0);
    return more === 0 ? [] : [`${path} ${more}`];
  });
  say(`${name}: ${synced.seconds.toFixed(1)} s; ${asked.join(', ')}`);
  const processor =
    processorBefore === null || processorAfter === null ? null : processorAfter - processorBefore;
  return { ...synced, metrics, requests: answered(after) - answered(before), peakMiB, processor };
}

const usage = (ask: Bench['ask']) => ask<Record<string, number>>('/bench/usage');

function answered(counts: Record<string, number>): number {
  return Object.entries(counts).reduce((sum, [path, count]) => (path === 'refused' ? sum : sum + count), 0);
}
