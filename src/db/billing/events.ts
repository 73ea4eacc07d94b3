import type { BillingEventRecord, BillingStore } from '../../app/ports-billing.ts';
import type { Database } from '../database.ts';

/** What a provider said by itself: each event is kept once, however often it is delivered. */
export function createEvents({
  pool,
}: Database): Pick<BillingStore, 'receive' | 'openEvents' | 'lastEventAt'> {
  return {
    async receive(connectionId, { id, at, touched }) {
      const kept = await pool.query(
        `INSERT INTO billing_event (connection_id, event_id, at, touched) VALUES ($1, $2, $3, $4)
         ON CONFLICT (connection_id, event_id) DO NOTHING`,
        [connectionId, id, at, JSON.stringify(touched)],
      );
      return kept.rowCount === 1 ? 'new' : 'known';
    },
    async openEvents(connectionId) {
      const open = await pool.query<BillingEventRecord>(
        `SELECT event_id AS id, at, touched FROM billing_event
         WHERE connection_id = $1 AND done_at IS NULL ORDER BY at, event_id`,
        [connectionId],
      );
      return open.rows;
    },
    async lastEventAt(connectionId) {
      const found = await pool.query<{ at: Date | null }>(
        'SELECT max(received_at) AS at FROM billing_event WHERE connection_id = $1',
        [connectionId],
      );
      return found.rows[0]?.at ?? null;
    },
  };
}
