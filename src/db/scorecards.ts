import { createHash } from 'node:crypto';
import type { ScorecardContent, ScorecardRecord, ScorecardStore } from '../app/ports-scorecard.ts';
import { type Database, inTransaction } from './database.ts';

type Row = {
  cycle_id: string;
  closed_at: Date;
  closed_by: string;
  reason: string | null;
  content: ScorecardContent;
  digest: string;
};

export function createScorecardStore({ pool }: Database): ScorecardStore {
  return {
    async find(cycleId) {
      const rows = await pool.query<Row>('SELECT * FROM scorecard WHERE cycle_id = $1', [cycleId]);
      return rows.rows[0] === undefined ? null : toScorecard(rows.rows[0]);
    },
    close: (cycleId, by, build) =>
      inTransaction(pool, async (tx) => {
        const open = await tx.query<{ workspace_id: string }>(
          'SELECT workspace_id FROM cycle WHERE id = $1 AND closed_at IS NULL FOR UPDATE',
          [cycleId],
        );
        const [cycle] = open.rows;
        if (cycle === undefined) return null;
        // An evaluation holds its Key Results for as long as it writes: with all of them in hand, none is under way.
        await tx.query('SELECT 1 FROM key_result WHERE cycle_id = $1 ORDER BY id FOR NO KEY UPDATE', [
          cycleId,
        ]);
        const content = await build();
        const text = JSON.stringify(content);
        await tx.query('UPDATE cycle SET closed_at = app_now() WHERE id = $1', [cycleId]);
        const written = await tx.query<Row>(
          `INSERT INTO scorecard (cycle_id, workspace_id, closed_at, closed_by, reason, content, digest)
           VALUES ($1, $2, app_now(), $3, $4, $5, $6) RETURNING *`,
          [
            cycleId,
            cycle.workspace_id,
            by.name,
            by.reason,
            text,
            createHash('sha256').update(text).digest('hex'),
          ],
        );
        const [row] = written.rows;
        return row === undefined ? null : toScorecard(row);
      }),
  };
}

function toScorecard(row: Row): ScorecardRecord {
  const { reason, content, digest } = row;
  return { cycleId: row.cycle_id, closedAt: row.closed_at, closedBy: row.closed_by, reason, content, digest };
}
