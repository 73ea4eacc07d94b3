import type pg from 'pg';
import { Gauge, type Registry } from 'prom-client';
import type { QueueDepth } from '../../jobs/schedule.ts';
import { readVitals, type Vitals } from '../db/vitals.ts';

type Named = (name: string, help: string) => { registers: Registry[]; name: string; help: string };

/** Scrapers that come together are told the same. */
const REMEMBERED_MS = 5_000;
/** Longer than this no scrape waits for the database. */
const PATIENCE_MS = 2_000;

/** Values that are looked up when somebody asks. Every label has a value each time, or it goes. */
function gauge(
  named: ReturnType<Named>,
  label: string,
  look: () => Promise<Record<string, number>> | Record<string, number>,
): void {
  const { registers, ...rest } = named;
  const made = new Gauge({
    ...rest,
    registers: [],
    labelNames: label === '' ? [] : label.split(','),
    async collect() {
      const values = await look();
      if (label !== '') this.reset();
      for (const [key, value] of Object.entries(values)) {
        if (label === '') this.set(value);
        else this.labels(...key.split(',')).set(value);
      }
    },
  });
  for (const registry of registers) registry.registerMetric(made);
}

/** How this process uses its connections to the database. */
export function watchPool(pool: pg.Pool, named: Named): void {
  gauge(named('database_connections', 'Connections of this process to the database.'), 'state', () => ({
    idle: pool.idleCount,
    busy: pool.totalCount - pool.idleCount,
  }));
  const waiting = 'Statements of this process that wait for a connection.';
  gauge(named('database_waiting_requests', waiting), '', () => ({ '': pool.waitingCount }));
}

/** What waits in the queue. */
export function watchQueue(depth: () => Promise<QueueDepth[]>, named: Named): void {
  const read = remembered(depth);
  gauge(named('queue_jobs', 'Jobs in the queue, by what they wait for.'), 'queue,state', async () =>
    Object.fromEntries(
      ((await read()) ?? []).flatMap(({ active, queue, waiting }) => [
        [`${queue},waiting`, waiting],
        [`${queue},active`, active],
      ]),
    ),
  );
}

/** How the installation does. No number is known while the database is away; a zero would say that all is well. */
export function watchVitals(pool: pg.Pool, named: Named): void {
  const vitals = remembered(() => readVitals(pool));
  const known = (name: string, help: string, value: (of: Vitals) => number): void =>
    gauge(named(name, help), '', async () => {
      const of = await vitals();
      return { '': of === null ? Number.NaN : value(of) };
    });
  known(
    'evaluation_oldest_age_seconds',
    'Age of the evaluation that is the oldest among the Key Results of open cycles; 0 without any.',
    (of) => of.evaluationOldestSeconds ?? 0,
  );
  known(
    'scheduler_lag_seconds',
    'By how much the most overdue schedule is late.',
    (of) => of.schedulerLagSeconds ?? 0,
  );
  known('outbox_pending_messages', 'Messages that wait for being delivered.', (of) => of.outboxPending);
  known(
    'outbox_oldest_age_seconds',
    'Age of the oldest message that waits for being delivered; 0 without any.',
    (of) => of.outboxOldestSeconds ?? 0,
  );
  gauge(
    named('sync_runs_open', 'Sync runs that are not over, in all processes.'),
    'state',
    async () => (await vitals())?.runs ?? { queued: Number.NaN, running: Number.NaN },
  );
  gauge(named('database_up', '1 when the database has answered at the last look.'), '', async () => ({
    '': (await vitals()) === null ? 0 : 1,
  }));
}

/** Asks at most every few seconds, and no two at once. Null: no answer, or none in time. */
function remembered<T>(ask: () => Promise<T>): () => Promise<T | null> {
  let asked: { at: number; answer: Promise<T | null> } | null = null;
  return () => {
    const now = performance.now();
    if (asked === null || now - asked.at > REMEMBERED_MS) asked = { at: now, answer: inTime(ask) };
    return asked.answer;
  };
}

async function inTime<T>(ask: () => Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((give) => {
    timer = setTimeout(() => give(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask().catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
