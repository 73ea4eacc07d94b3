import type pg from 'pg';

/** How the installation does, over all workspaces. Null: there is nothing to be late with. */
export type Vitals = {
  /** Of the Key Result whose evaluation is the oldest. */
  evaluationOldestSeconds: number | null;
  /** By which the most overdue schedule is late. */
  schedulerLagSeconds: number | null;
  outboxPending: number;
  outboxOldestSeconds: number | null;
  runs: { queued: number; running: number };
};

type Pool = Pick<pg.Pool, 'query'>;

const EVALUATION = `
SELECT EXTRACT(epoch FROM app_now() - min(s.computed_at))::float8 AS seconds
FROM key_result_state s JOIN key_result k ON k.id = s.key_result_id AND k.archived_at IS NULL
JOIN cycle c ON c.id = k.cycle_id AND c.closed_at IS NULL`;

const SCHEDULER = `
SELECT EXTRACT(epoch FROM app_now() - min(s.next_due_at))::float8 AS seconds
FROM schedule s JOIN connection c ON c.id = s.connection_id
WHERE s.enabled AND c.state IN ('active', 'quota_exhausted') AND c.archived_at IS NULL
  AND EXISTS (SELECT 1 FROM metric m WHERE m.connection_id = c.id AND m.archived_at IS NULL)`;

/** What waits for a channel that is off is nobody's delay. */
const OUTBOX = `
SELECT count(*)::int AS pending, EXTRACT(epoch FROM app_now() - min(o.created_at))::float8 AS seconds
FROM outbox o JOIN channel c ON c.id = o.channel_id AND c.enabled WHERE o.status = 'pending'`;

const RUNS = `
SELECT count(*) FILTER (WHERE status = 'queued')::int AS queued, count(*) FILTER (WHERE status = 'running')::int AS running
FROM sync_run WHERE status IN ('queued', 'running')`;

/** One cheap statement each. @throws when the database does not answer */
export async function readVitals(pool: Pool): Promise<Vitals> {
  const row = async <Row extends pg.QueryResultRow>(question: string): Promise<Row> =>
    (await pool.query<Row>(question)).rows[0] as Row; // aggregates without groups: one row, always
  const evaluation = await row<{ seconds: number | null }>(EVALUATION);
  const scheduler = await row<{ seconds: number | null }>(SCHEDULER);
  const outbox = await row<{ pending: number; seconds: number | null }>(OUTBOX);
  return {
    evaluationOldestSeconds: notBefore(evaluation.seconds),
    schedulerLagSeconds: notBefore(scheduler.seconds),
    outboxPending: outbox.pending,
    outboxOldestSeconds: notBefore(outbox.seconds),
    runs: await row<Vitals['runs']>(RUNS),
  };
}

/** What is due in the future is not late. */
function notBefore(seconds: number | null): number | null {
  return seconds === null ? null : Math.max(0, seconds);
}

/** The migrations that the database has. */
export async function appliedMigrations(pool: Pool): Promise<string[]> {
  const rows = await pool.query<{ name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return rows.rows.map(({ name }) => name);
}

/** Whether the tables of the queue are there. */
export async function hasQueueTables(pool: Pool): Promise<boolean> {
  const rows = await pool.query<{ there: boolean }>(`SELECT to_regnamespace('bullmq') IS NOT NULL AS there`);
  return rows.rows[0]?.there === true;
}
