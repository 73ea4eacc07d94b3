import type { ShownState } from '../app/ports.ts';
import type { Database } from './database.ts';
import { type StateRow, toState } from './evaluation-rows.ts';

/** States without the forecasts in them, which the database takes out: a board of thousands would be mostly forecasts. */
export async function shownStatesOf(
  pool: Pick<Database['pool'], 'query'>,
  keyResultIds: string[],
): Promise<Map<string, ShownState>> {
  const { rows } = await pool.query<StateRow>(
    `SELECT ${COLUMNS}, CASE WHEN outlook IS NOT NULL THEN jsonb_build_object('chance', outlook -> 'chance') END AS outlook
     FROM key_result_state WHERE key_result_id = ANY($1)`,
    [keyResultIds],
  );
  return new Map(rows.map((row): [string, ShownState] => [row.key_result_id, toState(row)]));
}

const COLUMNS = `key_result_id, snapshot_id, status, status_reason, status_as_of_day, last_known_status, last_known_day,
  data_state, data_reason, data_through_day, fetched_at, computed_at, current_value, start_value, target_value, progress,
  expected, pace, guard, override, sample`;
