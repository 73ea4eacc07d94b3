import type pg from 'pg';
import { connectPostgres } from './postgres-connect.ts';
import type { EngineContext } from './session.ts';

/** How long a farewell may take. */
const GRACE_MS = 5_000;

/**
 * Closing a connection does not end what the server is doing for it. So a run that is stopped asks the server, over a
 * second connection, to cancel the statement, and leaves in any case.
 */
export function leaveOnAbort(context: EngineContext, client: pg.Client) {
  let left: Promise<void> | null = null;
  const backend = client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid').catch(() => null);
  const onAbort = (): void => {
    left ??= backend
      .then(async (found) => {
        const pid = found?.rows[0]?.pid;
        if (pid !== undefined) await cancel(context, pid);
      })
      .finally(() => client.connection.stream.destroy());
  };
  if (context.signal.aborted) onAbort();
  else context.signal.addEventListener('abort', onAbort, { once: true });
  return {
    async end(): Promise<void> {
      context.signal.removeEventListener('abort', onAbort);
      if (left !== null) return left;
      const timer = setTimeout(() => client.connection.stream.destroy(), GRACE_MS);
      await client.end().catch(() => {});
      clearTimeout(timer);
    },
  };
}

async function cancel(context: EngineContext, pid: number): Promise<void> {
  const quiet = { ...context, signal: AbortSignal.timeout(GRACE_MS) };
  try {
    const other = await connectPostgres(quiet);
    const timer = setTimeout(() => other.connection.stream.destroy(), GRACE_MS);
    await other.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => {});
    clearTimeout(timer);
    await other.end().catch(() => {});
  } catch {
    // The statement ends by its own limit then.
  }
}
