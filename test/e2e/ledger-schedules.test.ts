import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Life } from '../../sandbox/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { openLedgerWorld } from './support/ledger.ts';
import { expectSameMovements } from './support/ledger-truth.ts';

const ANCHOR_DAY = '2025-01-01';
const START = Date.parse(`${ANCHOR_DAY}T00:00:00Z`) / 1_000;
const DAY = 86_400;

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.close());

// On 3 January seven seats for a year; on 20 January it is agreed that there are five from 21 March on, at nobody's cost, and
// twelve from the next year on. Nothing is billed between the first invoice and the end of the year.
const seats = (quantity: number) => [{ price: 'life_seats_year_usd', quantity }];
const life: Life = {
  at: START,
  currency: 'usd',
  steps: [
    { at: START + 2 * DAY + 3_600, do: 'subscribe', items: seats(7) },
    {
      at: START + 19 * DAY + 3_600,
      do: 'schedule',
      inDays: 60,
      phases: [{ items: seats(5) }, { items: seats(12) }],
    },
  ],
};

it('finds the day on which a schedule changed a subscription, long after and without an invoice', async () => {
  const endAt = START + 300 * DAY;
  const world = await openLedgerWorld(database, [life], {
    anchorDay: ANCHOR_DAY,
    untilSeconds: endAt,
    series: [{ timeZone: 'UTC', discountPolicy: 'recurring' }],
  });
  try {
    await world.sync(endAt);
    const [series] = world.series;
    if (series === undefined) throw new Error('one series was asked for');
    const rows = await world.rows(series);
    expect(rows.map(({ basis, day, kind }) => `${day} ${kind} ${basis}`)).toEqual([
      '2025-01-03 new reconstructed',
      '2025-03-21 contraction reconstructed',
    ]);
    await expectSameMovements(world, series, endAt);
  } finally {
    await world.close();
  }
});
