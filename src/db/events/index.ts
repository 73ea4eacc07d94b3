import type { EventListings } from '../../app/ports-events.ts';
import type { Database } from '../database.ts';
import { commitEvents } from './commit.ts';

/** Which files of events count, and for whom. */
export function createEventListings({ pool }: Database): EventListings {
  return {
    async connections() {
      const rows = await pool.query<{ id: string }>('SELECT connection_id AS id FROM event_store ORDER BY 1');
      return rows.rows.map(({ id }) => id);
    },
    async current(connectionId) {
      // One statement: the version and the files of the same moment.
      const rows = await pool.query<{ version: number } & ListedSegment>(
        `SELECT COALESCE(e.version, 0) AS version, s.id, s.path, s.sha256, s.bytes, s.rows,
           s.first_day AS "firstDay", s.last_day AS "lastDay"
         FROM (SELECT $1::text AS connection_id) c LEFT JOIN event_store e USING (connection_id)
         LEFT JOIN event_segment s ON s.connection_id = c.connection_id AND s.retired_at IS NULL
         ORDER BY s.first_day`,
        [connectionId],
      );
      const segments = rows.rows.flatMap(({ id, path, sha256, bytes, rows: held, firstDay, lastDay }) =>
        id === null
          ? []
          : [{ id, path, sha256, bytes: Number(bytes), rows: Number(held), firstDay, lastDay }],
      );
      return { version: rows.rows[0]?.version ?? 0, segments };
    },
    commit: (connectionId, version, merge, told) => commitEvents(pool, connectionId, version, merge, told),
    async readingState(connectionId) {
      const rows = await pool.query<{ state: unknown }>(
        'SELECT reading_state AS state FROM event_store WHERE connection_id = $1',
        [connectionId],
      );
      return rows.rows[0]?.state ?? null;
    },
    async forgetRetired(connectionId, before) {
      const rows = await pool.query<{ path: string }>(
        'DELETE FROM event_segment WHERE connection_id = $1 AND retired_at < $2 RETURNING path',
        [connectionId, before],
      );
      return rows.rows.map(({ path }) => path);
    },
    async paths(connectionId) {
      const rows = await pool.query<{ path: string }>(
        'SELECT path FROM event_segment WHERE connection_id = $1',
        [connectionId],
      );
      return new Set(rows.rows.map(({ path }) => path));
    },
  };
}

/** Of a connection without a file there is one row, with nothing but the version. */
type ListedSegment = {
  id: string | null;
  path: string;
  sha256: string;
  bytes: string;
  rows: string;
  firstDay: string;
  lastDay: string;
};
