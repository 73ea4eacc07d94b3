import type { MetricOutcome, RunEnding } from '../../../../src/app/run-outcome.ts';
import { createRunEngine } from '../../../../src/db/create-run-engine.ts';
import { createSourceStore } from '../../../../src/db/source-store.ts';
import { queueRun, seedSource } from '../../support/seed.ts';
import type { Bench } from './bench.ts';

export type Source = Awaited<ReturnType<typeof addSource>>;

/** A connection with one daily metric that is stale after three days, and runs that end as the test says. */
export async function addSource(bench: Bench, key: string, owner: string | null = null) {
  const { database } = bench;
  const { connectionId, metric } = await seedSource(database, key);
  await database.pool.query('UPDATE connection SET owner_name = $2 WHERE id = $1', [connectionId, owner]);
  const engine = createRunEngine(database, createSourceStore(database), bench.evaluate);
  const finish = async (
    outcomes: MetricOutcome[],
    ending: RunEnding,
    errorClass: string | null,
  ): Promise<void> => {
    const run = await engine.start(await queueRun(database, connectionId), 'worker');
    if (run === null) throw new Error(`a run of ${key} did not start`);
    const error = errorClass === null ? null : { class: errorClass, message: 'as the test wants it' };
    await engine.finish(run, outcomes, ending, error);
    // A run that is to be tried again would hold up the next one.
    await database.pool.query(`UPDATE sync_run SET status = 'failed' WHERE id = $1 AND status = 'queued'`, [
      run.id,
    ]);
  };
  const taken = async (): Promise<number> => {
    const rows = await database.pool.query<{ taken_back: number }>(
      'SELECT taken_back FROM metric_version WHERE id = $1',
      [metric.versionId],
    );
    return rows.rows[0]?.taken_back ?? 0;
  };
  const again: RunEnding = {
    status: 'queued',
    delayMs: 5_000,
    countsAsFailure: true,
    blockConnection: false,
  };
  return {
    connectionId,
    metric,
    /** A run that brings these days, which may be none. */
    async brings(values: Record<string, number>): Promise<void> {
      const days = Object.keys(values).toSorted();
      const points = days.map((day) => ({
        day,
        value: String(values[day]),
        numerator: null,
        denominator: null,
        counts: null,
        flags: null,
      }));
      const completeness = { pages: 1, items: points.length, lastPageReached: true, notes: [] };
      const read: MetricOutcome = {
        metricVersionId: metric.versionId,
        definitionHash: 'hash',
        connectorVersion: '1',
        window: { startDay: days[0] ?? '2026-08-01', endDay: '2026-12-01' },
        takenBack: await taken(),
        exchanges: [],
        ok: true,
        reading: { points, completeness },
      };
      await finish([read], { status: 'succeeded' }, null);
    },
    fails: (errorClass = 'transient') => finish([], again, errorClass),
    /** It has failed for good: its owner has to act, or its next slot tries again. */
    gives: (
      connectionState: Extract<RunEnding, { connectionState: unknown }>['connectionState'],
      errorClass: string,
    ) => finish([], { status: 'failed', connectionState, hint: null }, errorClass),
  };
}
