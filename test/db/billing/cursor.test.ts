import { Fraction } from 'fraction.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetricOutcome, StartedRun } from '../../../src/app/run-outcome.ts';
import { createBillingStore } from '../../../src/db/billing/billing-store.ts';
import { createRunEngine } from '../../../src/db/create-run-engine.ts';
import { createRunStore } from '../../../src/db/run-store.ts';
import { createSourceStore } from '../../../src/db/source-store.ts';
import type { DerivedCustomer } from '../../../src/domain/billing/derived.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { noKeyResults } from '../../support/evaluate.ts';
import { queueRun, seedSource } from '../support/seed.ts';
import { at, batch, derivedOf, ledger, row } from './support.ts';

let database: TestDatabase;
let connectionId: string;
beforeEach(async () => {
  database = await freshDatabase();
  ({ connectionId } = await seedSource(database, 'own'));
});
afterEach(() => database.close());

const pair = { timeZone: 'UTC', discountPolicy: 'recurring' as const };
async function derive(change: Partial<DerivedCustomer>): Promise<void> {
  const store = createBillingStore(database);
  const series = await store.ensureSeries(connectionId, [pair]);
  const { version } = await store.position(connectionId);
  await store.keep(connectionId, version, batch([ledger.invoice(`i${version}`, 'c1')]), []);
  const loaded = await store.loadStale(connectionId, 10);
  await store.keepDerived(
    connectionId,
    series,
    loaded.map(({ staleSeq }) => ({ staleSeq, customer: derivedOf('c1', change) })),
  );
}
const read = (day: string, settlesAfterHours = 0) =>
  database.pool.query(
    'UPDATE metric_version SET cursor_day = $1, read_at = app_now(), settles_after_hours = $2',
    [day, settlesAfterHours],
  );
const cursor = async () => {
  const found = await database.pool.query<{ cursor_day: string | null; due: boolean }>(
    'SELECT cursor_day, read_at IS NULL AS due FROM metric_version',
  );
  return found.rows[0];
};
const today = async (minus: number) =>
  (
    await database.pool.query<{ day: string }>(
      `SELECT (app_now() AT TIME ZONE 'UTC')::date - $1::int AS day`,
      [minus],
    )
  ).rows[0]?.day;

const held = row('2026-01-10', 0, 1000);
it('has the metrics read again from before the first day that came out differently, with a day of slack', async () => {
  await derive({ movements: [[held]] });
  await read('2026-06-30');
  await derive({ movements: [[held]] });
  expect(await cursor()).toEqual({ cursor_day: '2026-06-30', due: false });
  await derive({ movements: [[held, row('2026-03-10', 1000, 500)]] });
  // From 10 March on is to be read: the cursor stands on the 9th, and for zones where that is the 9th still, on the 8th.
  expect(await cursor()).toEqual({ cursor_day: '2026-03-08', due: true });
  await read('2026-06-30');
  await derive({ movements: [[held, row('2026-03-10', 1000, 400)]], trial: null });
  expect(await cursor()).toMatchObject({ cursor_day: '2026-03-08' });
  await read('2026-02-01');
  await derive({ movements: [[held]] });
  expect(await cursor()).toEqual({ cursor_day: '2026-02-01', due: true }); // it was not that far yet
});

it('goes back as much further as a cohort takes to mature', async () => {
  await read('2026-06-30', 21 * 24);
  await derive({ movements: [[row('2026-03-31', 0, 1000)]] });
  expect(await cursor()).toMatchObject({ cursor_day: '2026-03-08' }); // 31 March less 21 days less two
});

it('reads today again when only days to come have changed', async () => {
  await read('2099-01-01');
  await derive({ movements: [[row('2098-01-01', 0, 1000)]] });
  expect(await cursor()).toMatchObject({ cursor_day: await today(2) });
});

const tax = new Fraction(0);
const payment = { kind: 'payment' as const, id: 'p1', paymentId: 'p1', currency: 'USD', amountMinor: 5, tax };
it.each<{ what: string; before: Partial<DerivedCustomer>; after: Partial<DerivedCustomer>; back: string }>([
  {
    what: 'a payment that is dated otherwise',
    before: { cash: [{ ...payment, at: at('2026-02-10') }] },
    after: { cash: [{ ...payment, at: at('2026-03-10') }] },
    back: '2026-02-08',
  },
  {
    what: 'a trial that was paid for after all',
    before: { trial: { subscriptionId: 's1', startAt: at('2026-02-05'), endAt: null, paidAt: null } },
    after: {
      trial: { subscriptionId: 's1', startAt: at('2026-02-05'), endAt: null, paidAt: at('2026-03-01') },
    },
    back: '2026-02-03',
  },
  {
    what: 'a customer who is nobody’s money after all',
    before: { movements: [[held]] },
    after: { movements: [[held]], isTest: true },
    back: '2026-01-08',
  },
])('reads again what depends on it: $what', async ({ before, after, back }) => {
  await derive(before);
  await read('2026-06-30');
  await derive(before);
  expect(await cursor()).toEqual({ cursor_day: '2026-06-30', due: false });
  await derive(after);
  expect(await cursor()).toEqual({ cursor_day: back, due: true });
});

describe('a run that reads while something changes', () => {
  const engine = () => createRunEngine(database, createSourceStore(database), noKeyResults);
  async function start(): Promise<{ run: StartedRun; outcome: MetricOutcome }> {
    await queueRun(database, connectionId);
    const queued = await database.pool.query<{ id: string }>(
      "SELECT id FROM sync_run WHERE status = 'queued'",
    );
    const run = await engine().start(queued.rows[0]?.id ?? '', 'worker');
    const context = run === null ? null : await engine().context(run);
    const [metric] = context?.metrics ?? [];
    if (run === null || context === null || metric === undefined) throw new Error('there is nothing to read');
    const outcome: MetricOutcome = {
      metricVersionId: metric.versionId,
      definitionHash: metric.definitionHash,
      connectorVersion: '1',
      window: { startDay: '2026-06-01', endDay: '2026-07-01' },
      takenBack: context.takenBack.get(metric.versionId) ?? 0,
      exchanges: [],
      ok: true,
      reading: { points: [], completeness: { pages: 1, items: 1, lastPageReached: true, notes: [] } },
    };
    return { run, outcome };
  }
  const changes: { what: string; happens(): Promise<unknown>; back: string | null }[] = [
    {
      what: 'a customer whom a preview works out',
      happens: () => derive({ movements: [[row('2026-03-10', 0, 1000)]] }),
      back: '2026-03-08',
    },
    {
      what: 'rates that somebody uploads',
      happens: () => createRunStore(database).readAgain(connectionId, '2026-04-10'),
      back: '2026-04-08',
    },
  ];

  it.each(changes)(
    'leaves the cursor where it was put, and the metric due: $what',
    async ({ happens, back }) => {
      await read('2026-05-31');
      const { outcome, run } = await start();
      await happens();
      expect(await engine().finish(run, [outcome], { status: 'succeeded' }, null)).toBe(true);
      expect(await cursor()).toEqual({ cursor_day: back, due: true });
      // The next one has seen it.
      const next = await start();
      expect(await engine().finish(next.run, [next.outcome], { status: 'succeeded' }, null)).toBe(true);
      expect(await cursor()).toEqual({ cursor_day: '2026-06-30', due: false });
    },
  );

  it('moves the cursor on when what changed was known before it looked', async () => {
    await read('2026-05-31');
    await derive({ movements: [[held]] });
    const { outcome, run } = await start();
    expect(await engine().finish(run, [outcome], { status: 'succeeded' }, null)).toBe(true);
    expect(await cursor()).toEqual({ cursor_day: '2026-06-30', due: false });
  });
});
