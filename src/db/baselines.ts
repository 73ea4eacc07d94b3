import type { EvaluationInput, EvaluationOutput } from '../app/evaluation.ts';
import { newId } from '../app/ids.ts';
import type { Tx } from './database.ts';

/**
 * Freezes a captured baseline with the points that it was made from, and gives the goal its start. Whoever comes second
 * finds the goal with a baseline, because the Key Result is locked: it is captured once.
 */
export async function saveBaseline(
  tx: Tx,
  { keyResult, metric }: EvaluationInput,
  baseline: NonNullable<EvaluationOutput['baseline']>,
): Promise<void> {
  const { goal, value, rule, startDay, endDay, points } = baseline;
  const evidence = {
    metric: metric?.key ?? null,
    metricVersionId: keyResult.metricVersionId,
    definitionHash: metric?.definitionHash ?? null,
    aggregate: keyResult.aggregate ?? 'latest',
    points,
  };
  await tx.query(
    `INSERT INTO baseline (id, workspace_id, key_result_id, value, rule, window_start_day, window_end_day, observations,
       evidence, captured_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, app_now())`,
    [
      newId('base'),
      keyResult.workspaceId,
      keyResult.id,
      value,
      rule,
      startDay,
      endDay,
      points.length,
      JSON.stringify(evidence),
    ],
  );
  await tx.query('UPDATE key_result SET goal = $2, updated_at = app_now() WHERE id = $1', [
    keyResult.id,
    JSON.stringify(goal),
  ]);
}

export async function saveGuardBound(tx: Tx, keyResultId: string, bound: number): Promise<void> {
  await tx.query(
    `UPDATE key_result SET guard = jsonb_set(guard, '{bound}', to_jsonb($2::numeric)), updated_at = app_now() WHERE id = $1`,
    [keyResultId, bound],
  );
}
