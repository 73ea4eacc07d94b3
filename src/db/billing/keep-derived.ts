import type { BillingStore, SeriesRecord } from '../../app/ports-billing.ts';
import type { DerivedCustomer } from '../../domain/billing/derived.ts';
import { minDay } from '../../domain/day.ts';
import { type Database, inTransaction, type Tx } from '../database.ts';
import { readAgain } from '../read-again.ts';
import { keepCash } from './cash-rows.ts';
import { freezable, type Held, keepCustomers, lockCustomers, traitsToStore } from './customer-rows.ts';
import { keepMovements } from './movement-rows.ts';

/** Replaces what is derived of customers. Of who was touched since they were loaded nothing is written. */
export function createKeepDerived({ pool }: Database): BillingStore['keepDerived'] {
  return (connectionId, series, derived) =>
    inTransaction(pool, async (tx) => {
      const held = await lockCustomers(
        tx,
        connectionId,
        derived.map(({ customer }) => customer.customerId),
      );
      const current = derived.flatMap(({ customer, staleSeq }) =>
        held.get(customer.customerId)?.staleSeq === staleSeq ? [customer] : [],
      );
      if (current.length === 0) return { changedRows: 0 };
      return replace(tx, connectionId, series, current, held);
    });
}

async function replace(
  tx: Tx,
  connectionId: string,
  series: readonly SeriesRecord[],
  customers: readonly DerivedCustomer[],
  held: ReadonlyMap<string, Held>,
): Promise<{ changedRows: number }> {
  const known = customers.filter(({ movements }) => movements !== null);
  const movements = await keepMovements(tx, series, known);
  const cash = await keepCash(tx, connectionId, customers);
  const mayFreeze = await freezable(
    tx,
    connectionId,
    customers.map(({ customerId }) => customerId),
  );
  const writes = customers.map((customer) => {
    const { customerId } = customer;
    const before = held.get(customerId) as Held; // it was found to be current
    return { customer, traits: traitsToStore(customer, before, mayFreeze.has(customerId)) };
  });
  const customerDay = await keepCustomers(tx, connectionId, writes);
  const days = [movements.fromDay, cash.fromDay, customerDay].filter((day) => day !== null);
  if (days.length > 0) await readAgain(tx, connectionId, await atMostToday(tx, days.reduce(minDay)));
  return { changedRows: movements.rows + cash.rows };
}

/** Rows of the future change no day that was read, but today may have been read with what came before them. */
async function atMostToday(tx: Tx, day: string): Promise<string> {
  const found = await tx.query<{ day: string }>(
    `SELECT LEAST($1::date, (app_now() AT TIME ZONE 'UTC')::date) AS day`,
    [day],
  );
  return found.rows[0]?.day ?? day;
}
