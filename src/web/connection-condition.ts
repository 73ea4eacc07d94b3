import type { BoundKeyResult, Connection, Run } from './connection-queries.ts';
import { type DataState, dataStates, knownDataState } from './words.ts';

/** What stands in the way of a connection, the first of these that is true; null: nothing. */
export type Trouble =
  | 'needs_reauth'
  | 'misconfigured'
  | 'quota_exhausted'
  | 'failing'
  | 'overdue'
  | 'late'
  | 'paused'
  | 'never_read';

/** What needs somebody comes first, then what goes on by itself, then what somebody has chosen. */
const ORDER: readonly (Trouble | null)[] = [
  'needs_reauth',
  'misconfigured',
  'failing',
  'quota_exhausted',
  'overdue',
  'late',
  'paused',
  'never_read',
  null,
];
const OVERDUE_MS = 15 * 60_000;

/** Sent to us: nothing is read, so nothing can be late. */
export const isBrought = ({ connectorId }: Pick<Connection, 'connectorId'>): boolean =>
  connectorId === 'records';

export function troubleOf(
  connection: Connection,
  bound: readonly BoundKeyResult[],
  now: Date,
): Trouble | null {
  const { lastFailureAt, lastSuccessAt, schedule, state } = connection;
  if (state !== 'active') return state;
  if (lastFailureAt !== null && (lastSuccessAt === null || lastFailureAt > lastSuccessAt)) return 'failing';
  if (isBrought(connection)) return null;
  if (lastSuccessAt === null) return 'never_read';
  const dueMs =
    schedule?.enabled === true && schedule.nextDueAt !== null ? Date.parse(schedule.nextDueAt) : null;
  if (dueMs !== null && now.getTime() - dueMs > OVERDUE_MS) return 'overdue';
  return bound.some(({ data }) => data.state === 'late' || data.state === 'stale') ? 'late' : null;
}

/** The data state of the worst Key Result that hangs on it; without one, what the connection itself tells. */
export function dataStateOf(
  connection: Connection,
  bound: readonly BoundKeyResult[],
  trouble: Trouble | null,
): DataState {
  if (connection.state === 'paused') return 'paused';
  if (trouble === 'needs_reauth' || trouble === 'misconfigured' || trouble === 'failing') return 'failing';
  const states = bound.map(({ data }) => knownDataState(data.state));
  const worst = dataStates.find((state) => states.includes(state));
  if (worst !== undefined) return worst;
  return connection.lastSuccessAt === null ? 'none' : trouble === 'overdue' ? 'late' : 'fresh';
}

/** The newest day that any of its Key Results has: cohorts lag by months, and each metric tells how far it reaches. */
export function dataThroughOf(bound: readonly BoundKeyResult[]): string | null {
  const days = bound.flatMap(({ data }) => (data.dataThroughDay === null ? [] : [data.dataThroughDay]));
  return days.toSorted().at(-1) ?? null;
}

export function byAttention<Row extends { trouble: Trouble | null; connection: Connection }>(
  rows: readonly Row[],
): Row[] {
  return rows.toSorted(
    (a, b) =>
      ORDER.indexOf(a.trouble) - ORDER.indexOf(b.trouble) ||
      a.connection.title.localeCompare(b.connection.title),
  );
}

export type Mark = 'ok' | 'late' | 'failed' | 'under_way' | 'skipped';

/** A sync as one mark; one that waits for another try has failed so far. */
export function markOf(run: Run): Mark {
  if (run.status === 'running') return 'under_way';
  if (run.error !== null && run.status !== 'succeeded') return 'failed';
  if (run.status === 'queued') return 'under_way';
  if (run.status === 'skipped') return 'skipped';
  if (run.status !== 'succeeded') return 'failed';
  const startedMs = run.startedAt === null ? Number.NaN : Date.parse(run.startedAt);
  return run.trigger === 'schedule' && startedMs - Date.parse(run.slot) > OVERDUE_MS ? 'late' : 'ok';
}

/** Classes of failures that have words here; a newer server may know more. */
const FAILURES = [
  'transient',
  'rate_limited',
  'auth',
  'config',
  'bad_payload',
  'schema_drift',
  'too_large',
  'blocked_destination',
] as const;
export type Failure = (typeof FAILURES)[number] | 'other';

export function failureOf(errorClass: string): Failure {
  return FAILURES.find((known) => known === errorClass) ?? 'other';
}

/** Where a page may send the reader back to: a path of this very site. */
export function wayBack(asked: string | undefined, connection: string): string | null {
  if (asked === undefined || !/^\/(?![/\\])/.test(asked)) return null;
  const here = 'http://here.invalid';
  const url = new URL(asked, here);
  if (url.origin !== here) return null;
  url.searchParams.set('connection', connection);
  return `${url.pathname}${url.search}${url.hash}`;
}
