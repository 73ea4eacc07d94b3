import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MetricRecord } from '../../src/app/ports.ts';
import { inTransaction, type Tx } from '../../src/db/database.ts';
import { createDefinitionStore } from '../../src/db/definitions.ts';
import { computeFormulas, followPoints } from '../../src/db/derived.ts';
import { type PointWrite, writePoints } from '../../src/db/points.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { realEvaluate } from '../support/evaluate.ts';
import { type SeededSource, seedKeyResult, seedSource } from './support/seed.ts';

// Two sources of flows, a and b, and the formula a / b over both.
let database: TestDatabase;
let a: SeededSource;
let b: SeededSource;
let formula: MetricRecord;
let keyResultId: string;
const evaluate = realEvaluate();
const sources = () => createSourceStore(database);
const definitions = () => createDefinitionStore(database, evaluate);

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

let made = 0;
beforeEach(async () => {
  made += 1;
  a = await seedSource(database, `a${made}`);
  b = await seedSource(database, `b${made}`);
  formula = await newFormula(`f${made}`, [a.metric, b.metric], '/');
  keyResultId = await seedKeyResult(database, formula, `kr${made}`);
});

function newFormula(key: string, inputs: MetricRecord[], operator: string): Promise<MetricRecord> {
  const names = inputs.map((input) => `\`${input.key}\``);
  const traits = a.metric;
  return sources().createMetric({
    workspaceId: database.workspaceId,
    source: 'formula',
    connectionId: '',
    key,
    title: key,
    connectorMetric: 'formula',
    params: {},
    kind: 'ratio',
    unit: 'ratio',
    currency: null,
    timeZone: 'UTC',
    settlesAfterHours: traits.settlesAfterHours,
    rereadDays: 1,
    staleAfterDays: 3,
    cadence: 'day',
    readEveryHours: null,
    history: 'backfill',
    historyStartDay: '2026-01-01',
    definitionHash: 'hash',
    definition: {
      kind: 'formula',
      formula: names.join(` ${operator} `),
      inputs: inputs.map((input) => ({ name: input.key, metricKey: input.key, versionId: input.versionId })),
    },
    inputs: inputs.map(({ versionId }) => versionId),
    changeReason: null,
  });
}

const write = (metric: MetricRecord, day: string, value: number): PointWrite => ({
  metricVersionId: metric.versionId,
  day,
  value: String(value),
  numerator: null,
  denominator: null,
  counts: null,
  flags: null,
});
/** What a run does with what it has read. */
async function bring(tx: Tx, metric: MetricRecord, days: [string, number][], seq: bigint): Promise<void> {
  await writePoints(
    tx,
    days.map(([day, value]) => write(metric, day, value)),
    { id: null, seq, origin: 'auto' },
  );
  await followPoints(tx, [metric.versionId], days[0]?.[0] ?? '', { id: null }, evaluate);
}
async function computed(): Promise<[string, string | null, string | null, number][]> {
  const points = await sources().points(formula.versionId, '2026-01-01', '2027-01-01');
  return points.map(({ day, value, reason, revision }) => [day, value, reason, revision]);
}

it('computes each day from its inputs, and a day that only one of them has is no value', async () => {
  await inTransaction(database.pool, (tx) =>
    bring(
      tx,
      a.metric,
      [
        ['2026-03-01', 6],
        ['2026-03-02', 8],
      ],
      1n,
    ),
  );
  await inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 2n));
  expect(await computed()).toEqual([
    ['2026-03-01', '1.5', null, 1],
    ['2026-03-02', null, 'no_observation', 1],
  ]);
});

it('begins where the last of its inputs begins: before that nothing is missing', async () => {
  await inTransaction(database.pool, (tx) =>
    bring(
      tx,
      a.metric,
      [
        ['2026-02-27', 3],
        ['2026-02-28', 3],
        ['2026-03-01', 6],
      ],
      1n,
    ),
  );
  expect(await computed()).toEqual([]);
  await inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 2n));
  expect(await computed()).toEqual([['2026-03-01', '1.5', null, 1]]);
});

it('sees both inputs, whichever of two runs that were asked for in the other order writes last', async () => {
  await inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 9n));
  // The older run ends later: its own points are older than nothing of its metric, and the formula is as of now.
  await inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-01', 6]], 1n));
  expect(await computed()).toEqual([['2026-03-01', '1.5', null, 1]]);
});

it('computes once what two runs bring at the same moment', async () => {
  await Promise.all([
    inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-01', 6]], 1n)),
    inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 2n)),
  ]);
  expect((await computed()).map(([day, value]) => [day, value])).toEqual([['2026-03-01', '1.5']]);
});

it('writes nothing when the same is brought twice', async () => {
  const twice = () => inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-01', 6]], 1n));
  await inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 1n));
  await twice();
  const once = await computed();
  await twice();
  expect(await computed()).toEqual(once);
});

it('catches up on everything when whoever made the formula was killed before it was computed', async () => {
  await inTransaction(database.pool, async (tx) => {
    const points = [write(a.metric, '2026-02-01', 1), write(a.metric, '2026-03-01', 6)];
    const others = [write(b.metric, '2026-02-01', 2), write(b.metric, '2026-03-01', 4)];
    await writePoints(tx, [...points, ...others], { id: null, seq: 1n, origin: 'auto' });
  });
  // Only the first of March is new, and February is computed with it.
  await inTransaction(database.pool, async (tx) => {
    await computeFormulas(tx, [a.metric.versionId], '2026-03-01', { id: null });
  });
  expect(await computed()).toEqual([
    ['2026-02-01', '0.5', null, 1],
    ['2026-03-01', '1.5', null, 1],
  ]);
});

it('does not settle a day that one of its inputs was read too early for, however often it is computed', async () => {
  await inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-01', 6]], 1n));
  const early = new Date('2026-03-01T06:00:00Z');
  await database.pool.query('UPDATE metric_point SET fetched_at = $2 WHERE metric_version_id = $1', [
    a.metric.versionId,
    early,
  ]);
  await inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 2n));
  const [point] = await sources().points(formula.versionId, '2026-03-01', '2026-03-02');
  expect(point).toMatchObject({ value: '1.5', fetchedAt: early });
});

it('evaluates the Key Results on the formula in the transaction that brought its inputs', async () => {
  const state = async () => {
    const rows = await database.pool.query<{ current_value: string | null }>(
      'SELECT current_value FROM key_result_state WHERE key_result_id = $1',
      [keyResultId],
    );
    return rows.rows[0]?.current_value;
  };
  await inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-01', 6]], 1n));
  await inTransaction(database.pool, (tx) => bring(tx, b.metric, [['2026-03-01', 4]], 2n));
  expect(Number(await state())).toBe(1.5);
  const failed = inTransaction(database.pool, async (tx) => {
    await bring(tx, b.metric, [['2026-03-01', 2]], 3n);
    throw new Error('killed');
  });
  await expect(failed).rejects.toThrow('killed');
  expect(Number(await state())).toBe(1.5);
  expect(await computed()).toEqual([['2026-03-01', '1.5', null, 1]]);
});

it('judges a Key Result on another version without storing anything', async () => {
  await inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-01', 6]], 1n));
  const before = await database.pool.query('SELECT * FROM key_result WHERE id = $1', [keyResultId]);
  const found = await definitions().inputOn(keyResultId, a.metric.versionId);
  expect(found?.input.metric?.key).toBe(a.metric.key);
  expect(found?.input.points.map(({ value }) => value)).toEqual(['6']);
  expect((await database.pool.query('SELECT * FROM key_result WHERE id = $1', [keyResultId])).rows).toEqual(
    before.rows,
  );
});

it('keeps collecting a version that a formula combines, and the only one that is left after a withdrawal', async () => {
  const {
    id,
    connectionId: _c,
    connectionKey: _k,
    workspaceId: _w,
    source: _s,
    key: _key,
    title: _t,
    ...rest
  } = a.metric;
  const { versionId: _v, version: _n, cursorDay: _d, ...traits } = rest;
  const second = await sources().addMetricVersion(id, { ...traits, definitionHash: 'other' }, 'test');
  expect(await sources().retireUnusedVersions(id)).toEqual([]); // the formula is on the first
  expect(await definitions().withdrawVersion(second.versionId)).toBe(true);
  expect(await definitions().withdrawVersion(second.versionId)).toBe(false);
  expect(await definitions().withdrawVersion(a.metric.versionId)).toBe(false);
  expect(await sources().retireUnusedVersions(id)).toEqual([]);
  expect((await sources().findMetric(database.workspaceId, id))?.versionId).toBe(a.metric.versionId);
});

it('reads the days before a new one where a formula looks back', async () => {
  const rolling = await newFormula(`r${made}`, [a.metric], '');
  await database.pool.query(
    `UPDATE metric_version SET definition = jsonb_set(definition, '{formula}', to_jsonb($2::text)) WHERE id = $1`,
    [rolling.versionId, `rolling_sum(\`${a.metric.key}\`, 3)`],
  );
  await inTransaction(database.pool, (tx) =>
    bring(
      tx,
      a.metric,
      [
        ['2026-03-01', 1],
        ['2026-03-02', 2],
        ['2026-03-03', 4],
      ],
      1n,
    ),
  );
  // Only the fourth is new; its window needs the second and the third: 2 + 4 + 8 = 14.
  await inTransaction(database.pool, (tx) => bring(tx, a.metric, [['2026-03-04', 8]], 2n));
  const points = await sources().points(rolling.versionId, '2026-03-01', '2026-04-01');
  expect(points.map(({ value }) => value)).toEqual([null, null, '7', '14']);
});
