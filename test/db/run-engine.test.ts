import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetricOutcome, RunEnding, StartedRun } from '../../src/app/run-outcome.ts';
import { createRunEngine } from '../../src/db/create-run-engine.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createRunStore } from '../../src/db/run-store.ts';
import { createSourceStore } from '../../src/db/source-store.ts';
import { freshDatabase, moveClock, type TestDatabase } from '../support/database.ts';
import { judgedBy, noKeyResults } from '../support/evaluate.ts';
import { makeDue, queueRun, seedKeyResult, seedSource, statusOf } from './support/seed.ts';

let database: TestDatabase;
let engine: ReturnType<typeof createRunEngine>;
beforeEach(async () => {
  database = await freshDatabase();
  engine = createRunEngine(database, createSourceStore(database), noKeyResults);
});
afterEach(() => database.close());

const seconds = (count: number) => moveClock(database.pool, count * 1000);
const column = async (runId: string, name: string): Promise<unknown> =>
  (await database.pool.query(`SELECT ${name} AS value FROM sync_run WHERE id = $1`, [runId])).rows[0]?.value;

async function started(runId: string, owner = 'worker-a'): Promise<StartedRun> {
  const run = await engine.start(runId, owner);
  if (run === null) throw new Error(`${runId} did not start`);
  return run;
}

function outcome(metricVersionId: string, value: string): MetricOutcome {
  const point = { day: '2026-03-01', value, numerator: null, denominator: null, counts: null, flags: null };
  return {
    metricVersionId,
    definitionHash: 'hash',
    connectorVersion: '1',
    window: { startDay: '2026-03-01', endDay: '2026-03-02' },
    takenBack: 0,
    exchanges: [],
    ok: true,
    reading: {
      points: [point],
      completeness: { pages: 1, items: 1, lastPageReached: true, notes: [] },
    },
  };
}
const succeeded: RunEnding = { status: 'succeeded' };

it('turns each due slot into one run when eight schedulers look at 200 schedules at once', async () => {
  for (let index = 0; index < 200; index += 1) {
    const { connectionId } = await seedSource(database, `c${index}`);
    await makeDue(database, connectionId, 1000 + index);
  }
  const wide = openDatabase(database.url, 16);
  const claimers = createRunEngine(wide, createSourceStore(wide), noKeyResults);
  const drain = async (): Promise<number> => {
    const made = await claimers.claimDueSlots();
    return made === 0 ? 0 : made + (await drain());
  };
  const made = await Promise.all(Array.from({ length: 8 }, drain));
  await wide.close();
  expect(made.reduce((sum, count) => sum + count, 0)).toBe(200);
  const runs = await database.pool.query<{ runs: string; connections: string }>(
    'SELECT count(*) AS runs, count(DISTINCT connection_id) AS connections FROM sync_run',
  );
  expect(runs.rows[0]).toEqual({ runs: '200', connections: '200' });
});

it('makes one run of all the slots that were missed, and stays on the schedule’s own grid', async () => {
  const { connectionId } = await seedSource(database, 'shop', 60);
  // Due 3 h 20 min ago: the slots 3:20, 2:20, 1:20 and 0:20 ago were missed, the next one is in 40 minutes.
  await makeDue(database, connectionId, 200 * 60_000);
  expect(await engine.claimDueSlots()).toBe(1);
  expect(await engine.claimDueSlots()).toBe(0);
  const next = await database.pool.query<{ minutes: string }>(
    'SELECT EXTRACT(epoch FROM next_due_at - app_now()) / 60 AS minutes FROM schedule',
  );
  expect(Number(next.rows[0]?.minutes)).toBeGreaterThan(39);
  expect(Number(next.rows[0]?.minutes)).toBeLessThanOrEqual(40);
});

it('takes the next slot strictly after now when a slot is due on the very moment', async () => {
  const { connectionId } = await seedSource(database, 'shop', 5);
  await makeDue(database, connectionId);
  await engine.claimDueSlots();
  const next = await database.pool.query<{ later: boolean; seconds: string }>(
    'SELECT next_due_at > app_now() AS later, EXTRACT(epoch FROM next_due_at - app_now()) AS seconds FROM schedule',
  );
  expect(next.rows[0]?.later).toBe(true);
  expect(Number(next.rows[0]?.seconds)).toBeLessThanOrEqual(300);
});

it('lets a new slot overtake a run that still waits, and tells that it was skipped', async () => {
  const { connectionId } = await seedSource(database, 'shop', 60);
  await makeDue(database, connectionId);
  await engine.claimDueSlots();
  await seconds(3_601);
  expect(await engine.claimDueSlots()).toBe(1);
  const runs = await database.pool.query<{ status: string }>('SELECT status FROM sync_run ORDER BY slot');
  expect(runs.rows.map((row) => row.status)).toEqual(['skipped', 'queued']);
});

it.each(['paused', 'needs_reauth', 'misconfigured'])(
  'asks nothing of a connection that is %s',
  async (state) => {
    const { connectionId } = await seedSource(database, 'shop');
    await makeDue(database, connectionId);
    await database.pool.query('UPDATE connection SET state = $1', [state]);
    expect(await engine.claimDueSlots()).toBe(0);
  },
);

it('hands a run to the queue once, and again after 30 seconds if nobody has started it', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  expect(await engine.takeDispatchable()).toEqual([{ id: runId, attempt: 1, starts: 0 }]);
  expect(await engine.takeDispatchable()).toEqual([]);
  await seconds(29);
  expect(await engine.takeDispatchable()).toEqual([]);
  await seconds(31);
  expect(await engine.takeDispatchable()).toEqual([{ id: runId, attempt: 1, starts: 0 }]);
});

it('gives a run to one of many workers', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  const starts = await Promise.all(
    Array.from({ length: 8 }, (_, index) => engine.start(runId, `worker-${index}`)),
  );
  expect(starts.filter((run) => run !== null)).toHaveLength(1);
  expect(await column(runId, 'starts')).toBe(1);
  expect(await engine.start('run_that_is_none', 'worker')).toBeNull();
});

it('keeps a lease for 45 seconds from its last renewal', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const run = await started(await queueRun(database, connectionId));
  await seconds(40);
  expect(await engine.renew(run)).toBe(true);
  await seconds(80);
  expect(await engine.recoverLostRuns()).toBe(0);
  await seconds(86);
  expect(await engine.recoverLostRuns()).toBe(1);
  expect(await engine.renew(run)).toBe(false);
});

it('writes nothing for a worker whose lease was taken over meanwhile', async () => {
  const { connectionId, metric } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  const stale = await started(runId, 'worker-a');
  await seconds(46);
  expect(await engine.recoverLostRuns()).toBe(1);
  const holder = await started(runId, 'worker-b');
  expect(holder.fence).toBe(stale.fence + 1n);
  expect(await engine.finish(stale, [outcome(metric.versionId, '1')], succeeded, null)).toBe(false);
  expect((await database.pool.query('SELECT 1 FROM metric_point')).rowCount).toBe(0);
  expect((await database.pool.query('SELECT 1 FROM sync_evidence')).rowCount).toBe(0);
  expect(await statusOf(database, runId)).toBe('running');
  expect(await engine.finish(holder, [outcome(metric.versionId, '2')], succeeded, null)).toBe(true);
  expect(await statusOf(database, runId)).toBe('succeeded');
  const points = await database.pool.query<{ value: string }>('SELECT value FROM metric_point');
  expect(points.rows).toEqual([{ value: '2' }]);
});

it('does not finish a run twice', async () => {
  const { connectionId, metric } = await seedSource(database, 'shop');
  const run = await started(await queueRun(database, connectionId));
  expect(await engine.finish(run, [outcome(metric.versionId, '1')], succeeded, null)).toBe(true);
  expect(await engine.finish(run, [outcome(metric.versionId, '2')], succeeded, null)).toBe(false);
  expect((await database.pool.query('SELECT value FROM metric_point')).rows).toEqual([{ value: '1' }]);
});

it('moves the cursor with the points that it covers, or not at all', async () => {
  const { connectionId, metric } = await seedSource(database, 'shop');
  const sources = createSourceStore(database);
  const run = await started(await queueRun(database, connectionId));
  const good = outcome(metric.versionId, '1');
  const tooLarge = outcome(metric.versionId, '1000000000000001');
  await expect(engine.finish(run, [tooLarge], succeeded, null)).rejects.toThrow('metric_point_value');
  expect((await sources.metricOfVersion(metric.versionId))?.cursorDay).toBeNull();
  await engine.finish(run, [good], succeeded, null);
  expect((await sources.metricOfVersion(metric.versionId))?.cursorDay).toBe('2026-03-01');
});

it('gives a run back unharmed when its worker shuts down', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  const run = await started(runId);
  await engine.release(run);
  expect(await statusOf(database, runId)).toBe('queued');
  expect(await column(runId, 'starts')).toBe(0);
  expect(await column(runId, 'failures')).toBe(0);
  expect(await engine.takeDispatchable()).toHaveLength(1);
  expect(await engine.start(runId, 'worker-b')).not.toBeNull();
});

it('gives up a run that has killed its worker five times', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  for (let start = 1; start <= 5; start += 1) {
    expect(await statusOf(database, runId)).toBe('queued');
    expect((await started(runId)).attempt).toBe(start);
    await seconds(46 * start);
    expect(await engine.recoverLostRuns()).toBe(1);
  }
  expect(await statusOf(database, runId)).toBe('dead');
  expect(await column(runId, 'error_class')).toBe('poison');
  expect(await engine.start(runId, 'worker')).toBeNull();
});

it('never gives up a run that comes further at each start, and does once it comes no further', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  let clock = 0;
  const dies = async (): Promise<void> => {
    await seconds((clock += 46));
    expect(await engine.recoverLostRuns()).toBe(1);
  };
  for (let start = 1; start <= 12; start += 1) {
    await engine.progressed(await started(runId));
    await dies();
    expect(await statusOf(database, runId)).toBe('queued');
  }
  // The last start that came further is the first of five.
  for (let start = 2; start <= 5; start += 1) {
    expect(await statusOf(database, runId)).toBe('queued');
    await started(runId);
    await dies();
  }
  expect(await statusOf(database, runId)).toBe('dead');
});

it('counts a start anew only for whoever holds the run', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  const slow = await started(runId, 'worker-a');
  await seconds(46);
  await engine.recoverLostRuns();
  const holder = await started(runId, 'worker-b');
  await engine.progressed(slow);
  expect(await column(runId, 'starts')).toBe(2);
  await engine.progressed(holder);
  expect(await column(runId, 'starts')).toBe(1);
  await engine.release(holder);
  expect(await column(runId, 'starts')).toBe(0);
});

it('reads one connection in one run at a time; the other waits for two seconds', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const other = await seedSource(database, 'elsewhere');
  const first = await started(await queueRun(database, connectionId));
  const second = await queueRun(database, connectionId);
  expect(await engine.start(second, 'worker-b')).toBeNull();
  await started(await queueRun(database, other.connectionId));
  await engine.finish(first, [], succeeded, null);
  expect(await engine.start(second, 'worker-b')).toBeNull();
  await seconds(3);
  expect(await engine.start(second, 'worker-b')).not.toBeNull();
});

it('leaves a connection alone for as long as its provider asked', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  const run = await started(runId);
  const limited: RunEnding = {
    status: 'queued',
    delayMs: 60_000,
    countsAsFailure: false,
    blockConnection: true,
  };
  await engine.finish(run, [], limited, { class: 'rate_limited', message: 'too many requests' });
  const asked = await queueRun(database, connectionId);
  expect(await engine.takeDispatchable()).toEqual([]);
  expect(await engine.start(asked, 'worker')).toBeNull();
  await seconds(61);
  expect(await engine.takeDispatchable()).toHaveLength(2);
  expect(await engine.start(asked, 'worker')).not.toBeNull();
  expect(await column(runId, 'failures')).toBe(0); // waiting for a limit uses no attempt
});

it('starts no run before its time', async () => {
  const { connectionId } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  await database.pool.query(`UPDATE sync_run SET not_before = app_now() + interval '30 seconds'`);
  expect(await engine.takeDispatchable()).toEqual([]);
  expect(await engine.start(runId, 'worker')).toBeNull();
  await seconds(31);
  expect(await engine.start(runId, 'worker')).not.toBeNull();
});

describe('what a run reads', () => {
  const metric = (connectionId: string, key: string) =>
    createSourceStore(database).createMetric({
      workspaceId: database.workspaceId,
      source: 'connector',
      connectionId,
      key,
      title: key,
      connectorMetric: 'number',
      params: {},
      kind: 'flow',
      unit: 'count',
      currency: null,
      timeZone: 'UTC',
      settlesAfterHours: 0,
      rereadDays: 1,
      staleAfterDays: 3,
      cadence: 'day',
      readEveryHours: key === 'costly' ? 6 : null,
      history: 'backfill',
      historyStartDay: '2026-01-01',
      definitionHash: 'hash',
      definition: null,
      inputs: [],
      changeReason: null,
    });
  const keysOf = async (run: StartedRun) => (await engine.context(run))?.metrics.map(({ key }) => key);
  const limited: RunEnding = { status: 'queued', delayMs: 0, countsAsFailure: false, blockConnection: false };

  it('starts with the metric that has waited longest, and after a limit goes on with those it has not read', async () => {
    const { connectionId, metric: first } = await seedSource(database, 'shop');
    const second = await metric(connectionId, 'second');
    const runId = await queueRun(database, connectionId);
    await database.pool.query("UPDATE sync_run SET trigger = 'schedule'");
    const run = await started(runId);
    expect(await keysOf(run)).toEqual(['shop-metric', 'second']);
    // The quota let one through.
    await engine.finish(run, [outcome(first.versionId, '1')], limited, {
      class: 'rate_limited',
      message: 'wait',
    });
    const again = await started(runId);
    expect(await keysOf(again)).toEqual(['second']);
    await engine.finish(again, [outcome(second.versionId, '1')], succeeded, null);
    await seconds(60);
    expect(await keysOf(await started(await queueRun(database, connectionId)))).toEqual([
      'shop-metric',
      'second',
    ]);
  });

  it('reads everything for somebody who asks while a run waits for its next attempt', async () => {
    const { connectionId, metric: first } = await seedSource(database, 'shop');
    await metric(connectionId, 'second');
    const runId = await queueRun(database, connectionId);
    await database.pool.query("UPDATE sync_run SET trigger = 'schedule'");
    await engine.finish(await started(runId), [outcome(first.versionId, '1')], limited, {
      class: 'rate_limited',
      message: 'wait',
    });
    const asked = await createRunStore(database).request(database.workspaceId, connectionId, 'manual');
    expect(asked.id).toBe(runId);
    expect(await keysOf(await started(runId))).toEqual(['second', 'shop-metric']);
  });

  it('makes a costly read at most as often as it says by schedule, and at once when somebody asks', async () => {
    const { connectionId, metric: cheap } = await seedSource(database, 'shop');
    const costly = await metric(connectionId, 'costly');
    const both = [outcome(cheap.versionId, '1'), outcome(costly.versionId, '1')];
    await engine.finish(await started(await queueRun(database, connectionId)), both, succeeded, null);
    const scheduled = async (atSeconds: number) => {
      await seconds(atSeconds);
      await makeDue(database, connectionId);
      await engine.claimDueSlots();
      const [due] = await engine.takeDispatchable();
      const run = await started(due?.id ?? '');
      const keys = await keysOf(run);
      await engine.finish(run, [outcome(cheap.versionId, '2')], succeeded, null);
      return keys;
    };
    expect(await scheduled(3_600)).toEqual(['shop-metric']);
    expect(await keysOf(await started(await queueRun(database, connectionId)))).toEqual([
      'costly',
      'shop-metric',
    ]);
    await database.pool.query("UPDATE sync_run SET status = 'succeeded'");
    expect(await scheduled(6 * 3_600 + 60)).toEqual(['costly', 'shop-metric']);
  });
});

it('counts every request of a run, also those that no evidence lists', async () => {
  const { connectionId, metric } = await seedSource(database, 'shop');
  const runId = await queueRun(database, connectionId);
  await engine.finish(await started(runId), [outcome(metric.versionId, '1')], succeeded, null, 139);
  expect(await column(runId, 'requests')).toBe(139);
});

it('counts a failure once when its worker dies before the run is over, and the run is done again', async () => {
  const { connectionId, metric } = await seedSource(database, 'shop');
  await seedKeyResult(database, metric, 'growth');
  const failed: RunEnding = { status: 'failed', connectionState: null, hint: null };
  const error = { class: 'transient', message: 'nobody answers' };
  const health = async () =>
    (
      await database.pool.query(
        'SELECT failures_in_row, failing_since IS NOT NULL AS failing FROM connection',
      )
    ).rows[0];
  const dying = createRunEngine(
    database,
    createSourceStore(database),
    judgedBy(() => {
      throw new Error('killed');
    }),
  );
  const runId = await queueRun(database, connectionId);
  const first = await dying.start(runId, 'worker-a');
  if (first === null) throw new Error('it did not start');
  await expect(dying.finish(first, [], failed, error)).rejects.toThrow('killed');
  // What its Key Results are judged by is there; the run itself is not over.
  expect(await health()).toEqual({ failures_in_row: 0, failing: true });
  expect(await statusOf(database, runId)).toBe('running');
  await seconds(46);
  expect(await engine.recoverLostRuns()).toBe(1);
  await database.pool.query('UPDATE key_result SET archived_at = app_now()'); // nothing is judged, and nothing dies
  await engine.finish(await started(runId, 'worker-b'), [], failed, error);
  expect(await health()).toEqual({ failures_in_row: 1, failing: true });
  expect(await statusOf(database, runId)).toBe('failed');
});
