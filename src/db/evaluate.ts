import type { Evaluate } from '../app/evaluation.ts';
import type { Database } from './database.ts';
import { evaluateEach } from './evaluations.ts';

/** Evaluations outside of a run: after a definition changed, and because time passes. */
export function createEvaluator({ pool }: Database, evaluate: Evaluate) {
  return {
    async evaluate(keyResultIds: string[]): Promise<void> {
      await evaluateEach(pool, keyResultIds, evaluate);
    },
    async due(olderThanMs: number, limit: number): Promise<string[]> {
      const result = await pool.query<{ id: string }>(
        `SELECT k.id FROM key_result k LEFT JOIN key_result_state s ON s.key_result_id = k.id
         JOIN cycle c ON c.id = k.cycle_id AND c.closed_at IS NULL
         WHERE k.archived_at IS NULL
           AND (s.computed_at IS NULL OR s.computed_at < app_now() - make_interval(secs => $1))
         ORDER BY s.computed_at NULLS FIRST LIMIT $2`,
        [olderThanMs / 1000, limit],
      );
      return result.rows.map((row) => row.id);
    },
  };
}
