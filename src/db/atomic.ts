import type pg from 'pg';
import { type Database, inTransaction, prismaOn, type Tx } from './database.ts';
import { limitReached } from './limits.ts';

/** What a transaction is kept ready with: a client of Prisma costs some megabytes and milliseconds to make. */
type Slot<T> = { database: Database; value: T; tx: Tx | null; refusal: unknown };

/**
 * As many transactions at once. Who comes then waits: changes of one workspace come one after the other in any case, by the
 * chain of its record.
 */
const SLOTS = 4;

export type Transactions<T> = {
  /**
   * Everything that `work` stores, or nothing of it. What it is handed works in the one transaction, so `work` neither
   * waits for the world outside nor asks for two things at once. It may be run again when it conflicts with another one.
   */
  run<R>(work: (inside: T) => Promise<R>): Promise<R>;
};

/** @param open makes what works on a database; a transaction inside of it is a savepoint */
export function createTransactions<T>(outer: Database, open: (database: Database) => T): Transactions<T> {
  const idle: Slot<T>[] = [];
  const waiting: ((slot: Slot<T>) => void)[] = [];
  let made = 0;
  const take = async (): Promise<Slot<T>> => {
    const slot = idle.pop();
    if (slot !== undefined) return slot;
    if (made === SLOTS) return new Promise((taken) => waiting.push(taken));
    made += 1;
    return newSlot(outer, open);
  };
  const giveBack = (slot: Slot<T>): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(slot);
    else next(slot);
  };
  return {
    async run(work) {
      const slot = await take();
      try {
        return await inTransaction(outer.pool, async (tx) => {
          slot.tx = tx;
          slot.refusal = null;
          try {
            return await work(slot.value);
          } catch (error) {
            // Prisma tells of a refusal in words of its own; what is tried again goes by the database's code.
            throw isConflict(slot.refusal) ? slot.refusal : (limitReached(slot.refusal) ?? error);
          } finally {
            slot.tx = null;
          }
        });
      } finally {
        giveBack(slot);
      }
    },
  };
}

function newSlot<T>(outer: Database, open: (database: Database) => T): Slot<T> {
  const held: Pick<Slot<T>, 'tx' | 'refusal'> = { tx: null, refusal: null };
  const pool = pinnedPool(outer.pool, held);
  const prisma = prismaOn(pool);
  const database = { pool, prisma, close: () => prisma.$disconnect() };
  return Object.assign(held, { database, value: open(database) });
}

/** A pool whose every connection is the one of the transaction that runs. */
function pinnedPool(base: pg.Pool, held: Pick<Slot<unknown>, 'tx' | 'refusal'>): pg.Pool {
  const current = (): Tx => {
    if (held.tx === null) throw new Error('the transaction is over, and something of it is still used');
    return held.tx;
  };
  const query = async (...given: unknown[]): Promise<unknown> => {
    try {
      return await (current().query as (...all: unknown[]) => Promise<unknown>)(...given);
    } catch (error) {
      held.refusal ??= error; // the first one is the cause: after it a transaction refuses everything
      throw error;
    }
  };
  let savepoints = 0;
  const connect = async (): Promise<pg.PoolClient> => {
    savepoints += 1;
    return leased(current(), query, `inner_${savepoints}`);
  };
  return new Proxy(base, {
    get(target, name, receiver) {
      if (name === 'connect') return connect;
      if (name === 'query') return query;
      // Idle connections are the base's matter: nobody else has to listen for their loss.
      if (name === 'on' || name === 'removeListener') return () => receiver as unknown;
      return Reflect.get(target, name, receiver);
    },
  });
}

/** The connection as somebody sees it who believes to have it alone: a transaction is a savepoint, and an end is none. */
function leased(client: Tx, query: (...given: unknown[]) => Promise<unknown>, savepoint: string): Tx {
  const inner: Record<string, string> = {
    BEGIN: `SAVEPOINT ${savepoint}`,
    COMMIT: `RELEASE SAVEPOINT ${savepoint}`,
    ROLLBACK: `ROLLBACK TO SAVEPOINT ${savepoint}`,
  };
  const rewritten = (asked: unknown, ...more: unknown[]): Promise<unknown> => {
    const text = typeof asked === 'string' ? asked : (asked as { text: string }).text;
    const instead = inner[text.trim().toUpperCase()];
    return instead === undefined ? query(asked, ...more) : query(instead);
  };
  return new Proxy(client, {
    get(target, name) {
      if (name === 'query') return rewritten;
      if (name === 'release') return () => {};
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
}

function isConflict(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code;
  return code === '40001' || code === '40P01';
}
