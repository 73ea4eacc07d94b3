import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asBelieved } from '../../src/app/as-believed.ts';
import { newId } from '../../src/app/ids.ts';
import type { Actor, Deps, MetricRecord } from '../../src/app/ports.ts';
import { readBoard } from '../../src/app/read-board.ts';
import { createBeliefStore } from '../../src/db/beliefs.ts';
import { createClock } from '../../src/db/clock.ts';
import { inTransaction } from '../../src/db/database.ts';
import { createEvaluator } from '../../src/db/evaluate.ts';
import { createPlanStore } from '../../src/db/plan-store.ts';
import { writePoints } from '../../src/db/points.ts';
import { createResultStore } from '../../src/db/result-store.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { realEvaluate } from '../support/evaluate.ts';
import { seedKeyResult, seedSource } from './support/seed.ts';

const DAY_MS = 86_400_000;

let database: TestDatabase;
let metric: MetricRecord;
let keyResultId: string;
let deps: Deps;
let actor: Actor;
let offsetMs = 0;

beforeEach(async () => {
  database = await freshDatabase();
  ({ metric } = await seedSource(database, 'shop'));
  keyResultId = await seedKeyResult(database, metric, 'growth');
  offsetMs = 0;
  // The board reads with nothing but these.
  deps = {
    plan: createPlanStore(database),
    sources: createSourceStore(database),
    results: createResultStore(database),
    beliefs: createBeliefStore(database),
    clock: createClock(database.pool),
  } as Deps;
  const workspace = { id: database.workspaceId, name: 'Test', timeZone: 'UTC' };
  actor = { workspace, name: 'test', requestId: null };
});
afterEach(() => database.close());

async function later(ms: number): Promise<void> {
  offsetMs += ms;
  await moveClock(database.pool, offsetMs);
}

const today = async () => (await deps.clock.now()).toISOString().slice(0, 10);
const dayBefore = (day: string, days: number) =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

let seq = 0n;
/** A sync that reads these values of the last days; a run of its own each time, with its evidence. */
async function sync(values: number[]): Promise<void> {
  const day = await today();
  seq += 1n;
  const runId = newId('run');
  const points = values.map((value, index) => ({
    metricVersionId: metric.versionId,
    day: dayBefore(day, index),
    value: String(value),
    numerator: null,
    denominator: null,
    counts: null,
    flags: null,
  }));
  await inTransaction(database.pool, async (tx) => {
    await writePoints(tx, points, { id: runId, seq, origin: 'auto' });
    await tx.query(
      `INSERT INTO sync_evidence (id, recorded_at, workspace_id, run_id, metric_version_id, connector_version,
         definition_hash, attempt, outcome, window_start_day, window_end_day, completeness, exchanges, points_read, points_changed)
       VALUES ($1, app_now(), $2, $3, $4, '1', 'h', 1, 'ok', $5, $6, '{}', '[]', 0, 0)`,
      [newId('ev'), database.workspaceId, runId, metric.versionId, points.at(-1)?.day, dayBefore(day, -1)],
    );
  });
  await evaluate();
}

const evaluate = () => createEvaluator(database, realEvaluate()).evaluate([keyResultId]);

const ages = new Set(['comparedAt', 'computedAt', 'now', 'cursorDay', 'lastSuccessAt', 'nextDueAt']);
const text = (board: unknown) =>
  JSON.stringify(board, (name, value: unknown) => (ages.has(name) ? undefined : value), 1);

const boardNow = async () => text(await readBoard(deps, actor, undefined));
const boardAt = async (at: Date) =>
  text(await readBoard(asBelieved(deps, { at, day: null }).deps, actor, undefined));

it('shows the value of a restated day as it was believed at each time, and never one of later', async () => {
  await sync([7, 5]);
  const first = await deps.clock.now();
  await later(DAY_MS);
  await sync([1, 9, 5]);
  const second = await deps.clock.now();
  await later(DAY_MS);
  await sync([0, 1, 11, 5]);
  const day = dayBefore(await today(), 2);
  const believed = async (at: Date) =>
    (await deps.beliefs.points([metric.versionId], day, null, at)).get(metric.versionId);
  // The first day of each is the day that began with 7, then was 9, and is 11 now.
  expect(await believed(first)).toMatchObject([{ day, value: '7', revision: 1 }]);
  expect(await believed(second)).toMatchObject([{ value: '9', revision: 2 }, { value: '1' }]);
  expect(await believed(await deps.clock.now())).toMatchObject([
    { value: '11' },
    { value: '1' },
    { value: '0' },
  ]);
  expect(await deps.beliefs.revisions(metric.versionId, day, dayBefore(day, -1), second)).toMatchObject([
    { value: '7', revision: 1 },
  ]);
});

it('calls a day provisional then as it did then, although it has been read to its end since', async () => {
  await later(DAY_MS);
  await sync([4]);
  const at = await deps.clock.now();
  await later(3 * DAY_MS);
  await sync([1, 1, 1, 4]);
  const view = await readBoard(asBelieved(deps, { at, day: null }).deps, actor, undefined);
  // The value is the same; only that it was not settled when it had been read once is of the past.
  expect(view.objectives[0]?.keyResults[0]?.trend.map(({ settled, value }) => [value, settled])).toEqual([
    ['4', false],
  ]);
});

type Step =
  | { kind: 'sync'; values: number[] }
  | { kind: 'wait'; hours: number }
  | { kind: 'retitle' | 'evaluate' | 'retarget' };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('sync' as const),
      values: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
    }),
    fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ kind: fc.constantFrom('retitle' as const, 'evaluate' as const, 'retarget' as const) }),
  ),
  { minLength: 4, maxLength: 14 },
);

it('whatever happens afterwards, the board of a past moment is what it was, byte for byte', async () => {
  let count = 0;
  const remembered: { at: Date; said: string }[] = [];
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      for (const step of all) {
        count += 1;
        if (step.kind === 'sync') await sync(step.values);
        else if (step.kind === 'wait') await later(step.hours * 3_600_000);
        else if (step.kind === 'retitle')
          await deps.plan.updateKeyResult(keyResultId, { title: `Growth ${count}` });
        else if (step.kind === 'retarget')
          await deps.plan.updateKeyResult(keyResultId, {
            goal: { kind: 'reach', startValue: 0, targetValue: count },
          });
        if (step.kind !== 'sync') await evaluate();
        remembered.push({ at: await deps.clock.now(), said: await boardNow() });
        await later(1_000);
      }
      // Also of what happened in the sequences before this one.
      for (const { at, said } of remembered.slice(-20)) expect(await boardAt(at)).toBe(said);
    }),
    { numRuns: 12 },
  );
  for (const { at, said } of remembered) expect(await boardAt(at)).toBe(said);
}, 300_000);

it('keeps the history of what is believed: it cannot be changed afterwards', async () => {
  await sync([1]);
  await expect(database.pool.query(`UPDATE row_history SET content = '{}'`)).rejects.toThrow('append-only');
});

it('adds nothing to the history when the same is computed or read again', async () => {
  await sync([3, 3]);
  const rows = () =>
    database.pool.query('SELECT count(*)::int AS n FROM row_history').then((r) => r.rows[0].n);
  const before = await rows();
  await later(60_000);
  await sync([3, 3]);
  await evaluate();
  expect(await rows()).toBe(before);
});
