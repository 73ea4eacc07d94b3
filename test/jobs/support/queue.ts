import type pg from 'pg';
import type { JobLog } from '../../../jobs/define-job.ts';
import { postgresBackend, type QueueBackend, redisBackend } from '../../../jobs/schedule.ts';
import type { Sources } from '../../../src/app/ports.ts';
import { openQueuePool } from '../../../src/wiring/services.ts';
import type { TestDatabase } from '../../support/database.ts';
import { startRedis } from '../../support/redis.ts';

export type TestQueue = {
  backend: QueueBackend;
  /** Empties the queue, as a flushed Redis or a truncated schema is empty. */
  wipe(): Promise<void>;
  close(): Promise<void>;
};

export async function openQueue(kind: 'postgres' | 'redis', database: TestDatabase): Promise<TestQueue> {
  if (kind === 'redis') {
    const redis = await startRedis();
    const backend = redisBackend(redis.url);
    return {
      backend,
      wipe: () => redis.flush(),
      async close() {
        await backend.close();
        await redis.stop();
      },
    };
  }
  const pool = openQueuePool(database.url, 16);
  return {
    backend: await postgresBackend(pool),
    wipe: () => truncate(database.pool),
    close: () => pool.end(),
  };
}

/** Every table of BullMQ's schema but its own ledger of migrations. */
async function truncate(pool: pg.Pool): Promise<void> {
  const tables = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
  );
  const wipe = `TRUNCATE ${tables.rows.map((row) => row.name).join(', ')} CASCADE`;
  for (;;) {
    try {
      await pool.query(wipe);
      return;
    } catch (error) {
      // BullMQ takes its own locks in its own order, and PostgreSQL ends one of two that wait for each other.
      if ((error as { code?: string }).code !== DEADLOCK) throw error;
    }
  }
}

const DEADLOCK = '40P01';

export const silent: JobLog = { info() {}, warn() {}, error() {} };

/** A provider that answers each read with one point for each asked metric; `read` may delay or watch it. */
export function stubSources(read: (connectionId: string) => Promise<void> = async () => {}): Sources {
  const unused = () => {
    throw new Error('a worker does not ask this');
  };
  return {
    list: () => [],
    find: () => null,
    splitConfig: unused,
    allowedHosts: unused,
    checkEndpoint: unused,
    checkParams: unused,
    check: unused,
    budgets: unused,
    accept: unused,
    prepare: async () => null,
    revenueScope: async () => null,
    mirror: unused,
    collect: unused,
    readWebhook: unused,
    async read(connection, requests) {
      await read(connection.id);
      return requests.map(({ startDay }) => ({
        ok: true as const,
        exchanges: [],
        reading: {
          points: [
            { day: startDay, value: '42', numerator: null, denominator: null, counts: null, flags: null },
          ],
          completeness: { pages: 1, items: 1, lastPageReached: true, notes: [] },
        },
      }));
    },
  };
}
