import type pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/database.ts';
import { type PointWrite, writePoints } from '../../src/db/points.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { seedSource } from './support/seed.ts';

let database: TestDatabase;
let versionId: string;
beforeEach(async () => {
  database = await freshDatabase();
  versionId = (await seedSource(database, 'shop')).metric.versionId;
});
afterEach(() => database.close());

const point = (day: string, value: string | null, rest: Partial<PointWrite> = {}): PointWrite => ({
  metricVersionId: versionId,
  day,
  value,
  numerator: null,
  denominator: null,
  counts: null,
  flags: null,
  ...rest,
});
const write = (points: PointWrite[], seq: number, runId = `run_${seq}`) =>
  inTransaction(database.pool, (tx) =>
    writePoints(tx, points, { id: runId, seq: BigInt(seq), origin: 'auto' }),
  );
const stored = () => createSourceStore(database).points(versionId, '1990-01-01', '2100-01-01');
const revisions = () => createSourceStore(database).revisions(versionId, '1990-01-01', '2100-01-01');
const values = async () => Object.fromEntries((await stored()).map(({ day, value }) => [day, value]));

it('writes a year of days with as many statements as one day', async () => {
  const year = Array.from({ length: 365 }, (_, index) => point(dayOf2026(index), String(index)));
  expect(await statementsFor(year.slice(0, 1), 1)).toBe(3);
  expect(await statementsFor(year, 2)).toBe(3);
  expect(await stored()).toHaveLength(365);
});

async function statementsFor(points: PointWrite[], seq: number): Promise<number> {
  return inTransaction(database.pool, async (tx) => {
    let statements = 0;
    const counting = {
      query: (...args: [string, unknown[]]) => {
        statements += 1;
        return tx.query(...args);
      },
    } as unknown as pg.PoolClient;
    await writePoints(counting, points, { id: null, seq: BigInt(seq), origin: 'auto' });
    return statements;
  });
}

it('changes nothing when the same batch comes twice, from the same run or a newer one', async () => {
  const batch = [point('2026-03-01', '12.5'), point('2026-03-02', '0'), point('2026-03-03', null)];
  expect(await write(batch, 1)).toEqual({ added: 3, changed: 0 });
  const before = await database.pool.query('SELECT * FROM metric_point ORDER BY day');
  expect(await write(batch, 1)).toEqual({ added: 0, changed: 0 });
  expect((await database.pool.query('SELECT * FROM metric_point ORDER BY day')).rows).toEqual(before.rows);
  expect(await write(batch, 2)).toEqual({ added: 0, changed: 0 });
  const beliefs = await database.pool.query<{ revision: number; run_seq: string }>(
    'SELECT revision, run_seq FROM metric_point',
  );
  expect(beliefs.rows.map((row) => [row.revision, row.run_seq])).toEqual([
    [1, '2'],
    [1, '2'],
    [1, '2'],
  ]);
  expect(await revisions()).toEqual([]);
});

it('keeps what a restated day was believed to be, and for how long', async () => {
  await write([point('2026-03-01', '100'), point('2026-03-02', '7')], 1);
  await moveClock(database.pool, 3_600_000);
  expect(await write([point('2026-03-01', '90'), point('2026-03-02', '7')], 2)).toEqual({
    added: 0,
    changed: 1,
  });
  expect(await values()).toEqual({ '2026-03-01': '90', '2026-03-02': '7' });
  const [old, ...none] = await revisions();
  expect(none).toEqual([]);
  expect(old).toMatchObject({ day: '2026-03-01', value: '100', revision: 1, runId: 'run_1' });
  // The clock was moved by an hour between the two; a few moments passed besides.
  const believedMs = (old?.believedUntil.getTime() ?? 0) - (old?.believedFrom.getTime() ?? 0);
  expect(believedMs).toBeGreaterThanOrEqual(3_600_000);
  expect(believedMs).toBeLessThan(3_660_000);
  const now = await database.pool.query<{ revision: number; since: Date }>(
    `SELECT revision, believed_from AS since FROM metric_point WHERE day = '2026-03-01'`,
  );
  expect(now.rows[0]).toEqual({ revision: 2, since: old?.believedUntil });
});

it('lets no older run overwrite what a newer one has written', async () => {
  await write([point('2026-03-01', '90')], 5);
  expect(await write([point('2026-03-01', '100'), point('2026-03-02', '1')], 4)).toEqual({
    added: 1,
    changed: 0,
  });
  expect(await values()).toEqual({ '2026-03-01': '90', '2026-03-02': '1' });
  expect(await revisions()).toEqual([]);
});

it('never takes an unmeasured day for a zero, and lets no missing value replace a measured one', async () => {
  await write([point('2026-03-01', null), point('2026-03-02', '0')], 1);
  expect(await values()).toEqual({ '2026-03-01': null, '2026-03-02': '0' });
  const before = (await stored()).find(({ day }) => day === '2026-03-02');
  expect(await write([point('2026-03-01', '0'), point('2026-03-02', null)], 2)).toEqual({
    added: 0,
    changed: 1,
  });
  expect(await values()).toEqual({ '2026-03-01': '0', '2026-03-02': '0' });
  expect((await revisions()).map(({ day, value }) => [day, value])).toEqual([['2026-03-01', null]]);
  // It is as old as the run that measured it: a source that says nothing makes it stale, not fresh.
  expect((await stored()).find(({ day }) => day === '2026-03-02')).toEqual(before);
});

it.each([
  '0.1',
  '0.30000000000000004',
  '900719925474099.3', // a double would make it .25
  '-1234567890123.000000000000000001',
  '123456789012345.678901234567890123456789', // 39 digits
  '0.000000000000000000000000000001',
])('gives back %s digit by digit', async (value) => {
  await write([point('2026-03-01', value, { numerator: value, denominator: '3' })], 1);
  expect((await stored())[0]).toMatchObject({ value, numerator: value, denominator: '3' });
});

it('sees a change in the parts of a ratio although the ratio itself stays', async () => {
  await write([point('2026-03-01', '0.5', { numerator: '1', denominator: '2' })], 1);
  expect(await write([point('2026-03-01', '0.5', { numerator: '2', denominator: '4' })], 2)).toEqual({
    added: 0,
    changed: 1,
  });
});

it('restates no day because only a note on it changed', async () => {
  await write([point('2026-03-01', '1', { flags: { partial: true } })], 1);
  expect(await write([point('2026-03-01', '1', { flags: null })], 2)).toEqual({ added: 0, changed: 0 });
});

it('takes days of any year, and gives them back in order', async () => {
  await write([point('2031-12-31', '4'), point('1999-12-31', '1'), point('2000-01-01', '2')], 1);
  await write([point('2032-01-01', '5'), point('2012-02-29', '3')], 2);
  expect((await stored()).map(({ day }) => day)).toEqual([
    '1999-12-31',
    '2000-01-01',
    '2012-02-29',
    '2031-12-31',
    '2032-01-01',
  ]);
});

it('ends with one row a day when eight runs write the same new days at once', async () => {
  const days = ['2040-06-01', '2041-06-01', '2042-06-01'];
  const second = (await seedSource(database, 'other')).metric.versionId;
  await Promise.all(
    Array.from({ length: 8 }, (_, index) => {
      // Half of them name the days and the metrics in the opposite order, which is what deadlocks are made of.
      const batch = days.flatMap((day) => [
        point(day, String(index)),
        point(day, String(index), { metricVersionId: second }),
      ]);
      return write(index % 2 === 0 ? batch : batch.toReversed(), index + 1);
    }),
  );
  const rows = await database.pool.query<{ day: string; value: string }>(
    'SELECT day, value, run_seq FROM metric_point ORDER BY metric_version_id, day',
  );
  // The newest run, number 8, wrote 7; whoever came after it left that alone.
  expect(rows.rows).toEqual([...days, ...days].map((day) => ({ day, value: '7', run_seq: '8' })));
  const deadlocks = await database.pool.query<{ deadlocks: string }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  expect(Number(deadlocks.rows[0]?.deadlocks)).toBe(0);
});

it('refuses a value beyond a quadrillion, and then keeps nothing of its batch', async () => {
  await expect(write([point('2026-03-01', '1'), point('2026-03-02', '1000000000000001')], 1)).rejects.toThrow(
    'metric_point_value',
  );
  expect(await stored()).toEqual([]);
});

function dayOf2026(index: number): string {
  return new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
}
