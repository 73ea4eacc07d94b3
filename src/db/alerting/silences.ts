import type pg from 'pg';
import type { AlertKindName } from '../../app/ports.ts';

/** A silence in force; what is null covers everything. */
export type Silence = {
  keyResultId: string | null;
  objectiveId: string | null;
  connectionId: string | null;
  owner: string | null;
  kind: AlertKindName | null;
  until: Date;
};
type Covered = { [Name in Exclude<keyof Silence, 'until'>]: string | null };

export async function silencesOf(pool: Pick<pg.Pool, 'query'>, workspaceId: string): Promise<Silence[]> {
  const { rows } = await pool.query<Silence>(
    `SELECT key_result_id AS "keyResultId", objective_id AS "objectiveId", connection_id AS "connectionId",
       owner_name AS owner, kind, until
     FROM snooze WHERE workspace_id = $1 AND ended_at IS NULL AND until > app_now()`,
    [workspaceId],
  );
  return rows;
}

/** When the last of the silences over an alert ends; null when none covers it. */
export function silentUntil(silences: readonly Silence[], alert: Covered): Date | null {
  const ends = silences.filter((silence) => covers(silence, alert)).map(({ until }) => until.getTime());
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/** The same rule as in `tell.ts`, which keeps the messages back. */
function covers(silence: Covered, alert: Covered): boolean {
  const names = ['keyResultId', 'objectiveId', 'connectionId', 'owner', 'kind'] as const;
  return names.every((name) => silence[name] === null || silence[name] === alert[name]);
}
