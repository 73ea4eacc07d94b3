import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { scopedPool } from './scoped-pool.ts';

/** A day stays the text it is: a driver that makes an instant of it moves it across midnight. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type Database = {
  pool: pg.Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
};

export type Tx = pg.PoolClient;

/** Opens the pool that Prisma and our own statements share. Nothing is connected until it is asked for. */
export function openDatabase(url: string, max = 20): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    options: '-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000',
  });
  pool.on('error', () => {}); // an idle connection lost with its server: the next query says so
  pool.on('connect', (client) => client.on('error', () => {})); // and one that is lost in use: its query says so
  // What acts for one workspace uses the same connections (`tenant.ts`); here they act for the owner of the tables.
  const owner = scopedPool(pool, null);
  const prisma = prismaOn(owner);
  return {
    pool: owner,
    prisma,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Prisma on connections that somebody else opens and ends. */
export function prismaOn(pool: pg.Pool): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });
}

/** Runs `work` in one transaction; a conflict with another one (40001, 40P01) is tried again up to five times. */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const tx = await pool.connect();
    let broken: Error | undefined;
    // A connection that is lost between two statements tells of it by an event; unheard, that ends the process.
    const lost = (error: Error): void => {
      broken = error;
    };
    tx.on('error', lost);
    try {
      await tx.query('BEGIN');
      const result = await work(tx);
      await tx.query('COMMIT');
      return result;
    } catch (error) {
      await tx.query('ROLLBACK').catch(lost);
      const code = (error as { code?: string }).code;
      if (attempt >= 5 || (code !== '40001' && code !== '40P01')) throw error;
    } finally {
      tx.off('error', lost);
      tx.release(broken);
    }
    await new Promise((wake) => setTimeout(wake, 20 * attempt + Math.random() * 50));
  }
}
