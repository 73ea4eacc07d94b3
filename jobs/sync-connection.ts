import { z } from 'zod';
import type { Sources } from '../src/app/ports.ts';
import type { RunEngine, StartedRun } from '../src/app/run-outcome.ts';
import { endingAfter, syncConnection as sync } from '../src/app/sync-connection.ts';
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
  { runs, sources }: SyncDeps,
  run: StartedRun,
  { signal, log }: JobContext,
  leased: AbortSignal,
): Promise<SyncReport> {
  const known = await runs.context(run);
  if (known === null) {
    await runs.finish(run, [], { status: 'failed', connectionState: null, hint: null }, null);
    return { skipped: false, status: 'failed', metrics: 0, failed: 0 };
  }
  const { connection, metrics, history } = known;
  const { outcomes, ending, error } = await sync(sources, known, run.now, leased).catch((bug: unknown) => {
    log.error({ runId: run.id, err: bug }, 'a sync broke in a way that nobody foresaw');
    const message = 'Tidemark itself failed while reading; the log has the details.';
    const ending = endingAfter('bug', { afterMs: null, hint: null }, history);
    return { outcomes: [], ending, error: { class: 'bug' as const, message } };
  });
  // Reads that we cut off ourselves say nothing about the provider: the run goes back as it was.
  if (signal.aborted) {
    await runs.release(run);
    return { skipped: true };
  }
  const written = await runs.finish(run, outcomes, ending, error);
  const failed = outcomes.filter((outcome) => !outcome.ok).length;
  const status = written ? ending.status : 'lease lost';
  log.info(
    { runId: run.id, connection: connection.key, status, metrics: metrics.length, failed },
    'sync finished',
  );
  return { skipped: false, status, metrics: metrics.length, failed };
}

function keepLease(runs: RunEngine, run: StartedRun, { signal, log }: JobContext) {
  const lost = new AbortController();
  const timer = setInterval(() => {
    runs.renew(run).then(
      (held) => {
        if (!held) lost.abort(new Error('the lease of this run was lost'));
      },
      (error: unknown) => log.warn({ runId: run.id, err: error }, 'the lease could not be renewed'),
    );
  }, RENEW_MS);
  return { signal: AbortSignal.any([signal, lost.signal]), stop: () => clearInterval(timer) };
}
