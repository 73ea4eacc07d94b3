import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LedgerPhase } from '../../../src/domain/billing/ledger-records.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { at, ledger, type OpenLedger, openLedger } from './support.ts';

let database: TestDatabase;
let opened: OpenLedger;
beforeEach(async () => {
  database = await freshDatabase();
  opened = await openLedger(database);
});
afterEach(() => database.close());

const phase = (from: string, to: string, quantity: number): LedgerPhase => ({
  startAt: at(from),
  endAt: at(to),
  items: [{ priceId: 'price_a', quantity }],
});
const [january, march, june] = [
  phase('2026-01-10', '2026-03-01', 1),
  phase('2026-03-01', '2026-06-01', 2),
  phase('2026-06-01', '2026-09-01', 3),
];

/** Quantities of the stored phases, in their order; null where none is stored. */
async function kept(): Promise<number[] | null> {
  const { rows } = await database.pool.query<{ quantities: number[] | null }>(
    `SELECT jsonb_path_query_array(payload->'phases', '$[*].items[0].quantity') AS quantities
     FROM billing_record WHERE kind = 'subscription'`,
  );
  return rows[0]?.quantities ?? null;
}

async function tell(on: string, phases?: LedgerPhase[]): Promise<void> {
  const told = phases === undefined ? {} : { phases };
  await opened.keep([ledger.subscription('s1', 'c1', { stateAt: at(on), ...told })]);
}

it('keeps the phases that had begun when a schedule lets its subscription go, and not those that never did', async () => {
  await tell('2026-04-01', [january, march, june]);
  await tell('2026-04-20');
  expect(await kept()).toEqual([1, 2]);
  await tell('2026-07-01');
  expect(await kept()).toEqual([1, 2]);
});

it('puts what an earlier schedule had begun before the phases of the next one', async () => {
  await tell('2026-02-01', [january, march]);
  await tell('2026-02-10');
  await tell('2026-05-01', [phase('2026-04-01', '2026-07-01', 8)]);
  expect(await kept()).toEqual([1, 8]);
});

it('takes the phases of a running schedule as they are told last', async () => {
  await tell('2026-02-01', [january, march]);
  await tell('2026-02-02', [january, phase('2026-03-01', '2026-06-01', 9), june]);
  expect(await kept()).toEqual([1, 9, 3]);
});

it('has none where none was ever told', async () => {
  await tell('2026-02-01');
  await tell('2026-03-01');
  expect(await kept()).toBeNull();
});
