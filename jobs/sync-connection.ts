import { z } from 'zod';
import type { Sources } from '../src/app/ports.ts';
import type { Mirrored } from '../src/app/ports-billing.ts';
import type { RunContext, RunEngine, StartedRun } from '../src/app/run-outcome.ts';
import { endingAfter, type SyncResult, syncConnection as sync } from '../src/app/sync-connection.ts';
import { defineJob, type JobContext } from './define-job.ts';

/** A lease lasts 45 s; three chances to renew it. */
const RENEW_MS = 15_000;

export type SyncDeps = { runs: RunEngine; sources: Sources; owner: string };
export type SyncReport =
  | { skipped: true }
  | { skipped: false; status: string; metrics: number; failed: number };

/** Reads what is due on one connection. Safe to run twice: the lease lets one through, the fence stops the other. */
export const syncConnection = defineJob({
  name: 'sync-connection',
  payload: z.object({ v: z.literal(1), runId: z.string().max(60) }),

  async run({ runId }, deps: SyncDeps, context): Promise<SyncReport> {
    const run = await deps.runs.start(runId, deps.owner);
    if (run === null) return { skipped: true };
    const lease = keepLease(deps.runs, run, context);
    try {
      return await read(deps, run, context, lease.signal);
    } finally {
      lease.stop();
    }
  },
});

async function read(
  deps: SyncDeps,
  run: StartedRun,
  { signal, log }: JobContext,
  leased: AbortSignal,
): Promise<SyncReport> {
  const { runs } = deps;
  const startedAt = performance.now();
  const known = await runs.context(run);
  if (known === null) {
    await runs.finish(run, [], { status: 'failed', connectionState: null, hint: null }, null);
    return { skipped: false, status: 'failed', metrics: 0, failed: 0 };
  }
  const { connection, history, metrics } = known;
  const { lost, outcomes, ending, error, unlisted } = await mirrorAndRead(deps, run, known, leased).catch(
    (bug: unknown) => {
      log.error(
        { event: 'sync_broke', runId: run.id, err: bug },
        'a sync broke in a way that nobody foresaw',
      );
      const message = 'Tidemark itself failed while reading; the log has the details.';
      const ending = endingAfter('bug', { afterMs: null, hint: null }, history);
      return { lost: false, outcomes: [], ending, error: { class: 'bug' as const, message }, unlisted: 0 };
    },
  );
  // Reads that we cut off ourselves say nothing about the provider: the run goes back as it was. So it does when another
  // process has gone on with the ledger: what is there now is read from there.
  if (signal.aborted || lost) {
    await runs.release(run);
    return { skipped: true };
  }
  const written = await runs.finish(run, outcomes, ending, error, unlisted);
  const failed = outcomes.filter((outcome) => !outcome.ok).length;
  const status = written ? ending.status : 'lease lost';
  log.info(
    {
      event: 'sync_finished',
      runId: run.id,
      connector: connection.connectorId,
      connectionId: connection.id,
      status,
      metrics: metrics.length,
      failed,
      durationMs: Math.round(performance.now() - startedAt),
    },
    'sync finished',
  );
  return { skipped: false, status, metrics: metrics.length, failed };
}

/**
 * What changed in a ledger has taken the cursors of its metrics back, so what is due is asked again after it. A metric that
 * was made meanwhile may stand on records that were not asked for: they are, before it is read.
 */
async function mirrorAndRead(
  { runs, sources }: SyncDeps,
  run: StartedRun,
  known: RunContext,
  signal: AbortSignal,
): Promise<SyncResult & { lost: boolean }> {
  const advanced = once(() => runs.progressed(run));
  let current = known;
  let mirrored: Mirrored | null = null;
  for (;;) {
    const prepared = new Set(current.collected.map(({ versionId }) => versionId));
    const collected = current.collected.map((each) => {
      const { connectorMetric: metric, historyStartDay: startDay, params, timeZone } = each;
      return { metric, params, startDay, timeZone };
    });
    const more = await sources.prepare(current.connection, collected, run.now, signal, advanced);
    if (more === null) return { ...(await sync(sources, current, run.now, signal, mirrored)), lost: false };
    mirrored = mirrored === null ? more : together(mirrored, more);
    if (more.lost)
      return { outcomes: [], ending: { status: 'succeeded' }, error: null, unlisted: 0, lost: true };
    current = (await runs.context(run)) ?? current;
    if (more.failure !== null || current.collected.every(({ versionId }) => prepared.has(versionId)))
      return { ...(await sync(sources, current, run.now, signal, mirrored)), lost: false };
  }
}

/** Only starts raise the count that is begun anew: the first step of each start is enough. */
function once(tell: () => Promise<void>): () => Promise<void> {
  let told: Promise<void> | null = null;
  return () => (told ??= tell());
}

function together(first: Mirrored, then: Mirrored): Mirrored {
  return {
    ...then,
    exchanges: [...first.exchanges, ...then.exchanges],
    unlisted: first.unlisted + then.unlisted,
    notes: [...first.notes, ...then.notes],
  };
}

function keepLease(runs: RunEngine, run: StartedRun, { signal, log }: JobContext) {
  const lost = new AbortController();
  const timer = setInterval(() => {
    runs.renew(run).then(
      (held) => {
        if (!held) lost.abort(new Error('the lease of this run was lost'));
      },
      (error: unknown) =>
        log.warn({ event: 'lease_not_renewed', runId: run.id, err: error }, 'the lease could not be renewed'),
    );
  }, RENEW_MS);
  return { signal: AbortSignal.any([signal, lost.signal]), stop: () => clearInterval(timer) };
}
