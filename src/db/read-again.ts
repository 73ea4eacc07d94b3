import type { Tx } from './database.ts';

/**
 * Takes the cursors of the connection's metrics back to before the first day that may come out differently; of a
 * cohort that is as much earlier as it takes to mature. `fromDay` null: every day may. A run that is reading meanwhile is
 * told by the count that it may not have seen why.
 */
export async function readAgain(tx: Tx, connectionId: string, fromDay: string | null): Promise<void> {
  await tx.query(
    `UPDATE metric_version v SET read_at = NULL, taken_back = v.taken_back + 1,
       cursor_day = CASE WHEN v.cursor_day IS NULL OR $2::date IS NULL THEN NULL
         -- One day more: the metric's time zone may call it the day before.
         ELSE LEAST(v.cursor_day, $2::date - ceil(v.settles_after_hours / 24.0)::int - 2) END
     FROM metric m WHERE m.id = v.metric_id AND m.connection_id = $1 AND v.retired_at IS NULL`,
    [connectionId, fromDay],
  );
}
