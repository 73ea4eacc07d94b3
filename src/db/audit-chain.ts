import { createHash } from 'node:crypto';
import type pg from 'pg';

/** What the hash of a record covers besides the hash before it. */
export type CoveredRecord = {
  workspaceId: string;
  at: string;
  actor: string;
  action: string;
  objectType: string;
  objectId: string;
  details: unknown;
  requestId: string | null;
};

const FORM = 'v2.';

/** The hash of a record that follows `previous`: the whole record, in a form that the database gives back as it was. */
export function auditHash(previous: string, record: CoveredRecord): string {
  const { action, actor, at, details, objectId, objectType, requestId, workspaceId } = record;
  const covered = [
    previous,
    workspaceId,
    at,
    actor,
    action,
    objectType,
    objectId,
    ordered(details),
    requestId,
  ];
  return FORM + sha256(covered);
}

/** Keys in one order: `jsonb` does not keep the one that they came in. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, each]) => [key, ordered(each)]);
}

const sha256 = (covered: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(covered)).digest('hex');

export type AuditVerdict = {
  records: number;
  /** Of version 0.1.0, whose hash depended on an order that was not kept: only their place in the chain is proved. */
  linkedOnly: number;
  /** The first record of each workspace that is not what was written, or does not follow the one before it. */
  broken: { workspaceId: string; id: string; at: string; why: 'changed' | 'not_linked' }[];
};

type Row = CoveredRecord & { id: string; previous: string; hash: string };

const PAGE = 1_000;

/** Walks the chain of every workspace. It shows what was changed, put in or taken out; not that the end was cut off. */
export async function verifyAuditLog(pool: Pick<pg.Pool, 'query'>): Promise<AuditVerdict> {
  const verdict: AuditVerdict = { records: 0, linkedOnly: 0, broken: [] };
  const workspaces = await pool.query<{ id: string }>(
    'SELECT DISTINCT workspace_id AS id FROM audit_log ORDER BY 1',
  );
  for (const { id } of workspaces.rows) await walk(pool, id, verdict);
  return verdict;
}

async function walk(pool: Pick<pg.Pool, 'query'>, workspaceId: string, verdict: AuditVerdict): Promise<void> {
  let previous = '';
  let afterId = '0';
  for (;;) {
    const { rows } = await pool.query<Row>(
      `SELECT id::text, workspace_id AS "workspaceId", ${AT} AS at, actor, action, object_type AS "objectType",
         object_id AS "objectId", details, request_id AS "requestId", previous, hash
       FROM audit_log WHERE workspace_id = $1 AND id > $2 ORDER BY audit_log.id LIMIT $3`,
      [workspaceId, afterId, PAGE],
    );
    for (const row of rows) {
      verdict.records += 1;
      const why = problemOf(row, previous, verdict);
      if (why !== null) {
        verdict.broken.push({ workspaceId, id: row.id, at: row.at, why });
        return;
      }
      previous = row.hash;
      afterId = row.id;
    }
    if (rows.length < PAGE) return;
  }
}

const AT = `to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function problemOf(row: Row, previous: string, verdict: AuditVerdict): 'changed' | 'not_linked' | null {
  if (row.previous !== previous) return 'not_linked';
  if (row.hash.startsWith(FORM)) return row.hash === auditHash(previous, row) ? null : 'changed';
  // The old form cannot come after the new one: nobody writes it any more.
  if (previous.startsWith(FORM)) return 'changed';
  const { action, actor, details, objectId, objectType, workspaceId } = row;
  const covered = [previous, workspaceId, actor, action, objectType, objectId, JSON.stringify(details)];
  if (row.hash !== sha256(covered)) verdict.linkedOnly += 1;
  return null;
}
