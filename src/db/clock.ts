import type pg from 'pg';
import type { Clock } from '../app/ports.ts';

/** The database's clock: the same for every process, and the one that a test harness can move. */
export function createClock(pool: pg.Pool): Clock {
  return {
    async now() {
      const result = await pool.query<{ now: Date }>('SELECT app_now() AS now');
      return result.rows[0]?.now as Date; // one row, always
    },
  };
}

/** The server's real time, whatever a test harness has set: to compare computers' clocks by. */
export async function serverNow(pool: pg.Pool): Promise<Date> {
  const result = await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now');
  return result.rows[0]?.now as Date; // one row, always
}
