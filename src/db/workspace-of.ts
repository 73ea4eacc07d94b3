import type { WorkspaceRecord } from '../app/ports.ts';
import type { Database } from './database.ts';

/** To which workspace something belongs that comes without a signed-in caller. Asked as the owner of the tables. */
export function createWorkspaceOf({ pool }: Database) {
  const one = async (sql: string, value: string): Promise<WorkspaceRecord | null> => {
    const found = await pool.query<WorkspaceRecord>(
      `SELECT w.id, w.name, w.time_zone AS "timeZone" FROM workspace w ${sql}`,
      [value],
    );
    return found.rows[0] ?? null;
  };
  return {
    publicLink: (tokenHash: string) =>
      one('JOIN public_link l ON l.workspace_id = w.id WHERE l.token_hash = $1', tokenHash),
    connection: (id: string) => one('JOIN connection c ON c.workspace_id = w.id WHERE c.id = $1', id),
  };
}
