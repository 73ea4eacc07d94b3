import type { Evaluate, EvaluationInput } from '../app/evaluation.ts';
import { newId } from '../app/ids.ts';
import type { BaselineRecord, DefinitionStore, IngestView, OverrideRecord } from '../app/ports-definition.ts';
import { type Database, inTransaction, type Tx } from './database.ts';
import { followFormula } from './derived.ts';
import { historiesOf, loadInputs, readInputs } from './evaluation-inputs.ts';

/** Baselines, overrides, and the versions of metrics as definitions change. */
export function createDefinitionStore({ pool }: Database, evaluate: Evaluate): DefinitionStore {
  return {
    async baselines(keyResultId) {
      const rows = await pool.query<BaselineRow>(
        `SELECT id, value, rule, window_start_day, window_end_day, observations, evidence, captured_at, overridden_by, reason
         FROM baseline WHERE key_result_id = $1 ORDER BY captured_at DESC, id DESC`,
        [keyResultId],
      );
      return rows.rows.map(toBaseline);
    },
    stateBaseline: (baseline) => inTransaction(pool, (tx) => stateBaseline(tx, baseline)),
    async overrides(keyResultId) {
      const rows = await pool.query<OverrideRow>(
        `SELECT ${OVERRIDE_COLUMNS} FROM value_override WHERE key_result_id = $1 ORDER BY created_at DESC, id DESC`,
        [keyResultId],
      );
      return rows.rows.map(toOverride);
    },
    async createOverride({ workspaceId, keyResultId, fromDay, untilDay, value, reason, author }) {
      const rows = await pool.query<OverrideRow>(
        `INSERT INTO value_override (id, workspace_id, key_result_id, from_day, until_day, value, reason, author_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${OVERRIDE_COLUMNS}`,
        [newId('ovr'), workspaceId, keyResultId, fromDay, untilDay, value, reason, author],
      );
      return toOverride(rows.rows[0] as OverrideRow); // one row is inserted, or it throws
    },
    async endOverride(keyResultId, id) {
      const rows = await pool.query<OverrideRow>(
        `UPDATE value_override SET ended_at = app_now() WHERE key_result_id = $1 AND id = $2 AND ended_at IS NULL
         RETURNING ${OVERRIDE_COLUMNS}`,
        [keyResultId, id],
      );
      const [row] = rows.rows;
      return row === undefined ? null : toOverride(row);
    },
    computeFormula: (id) => inTransaction(pool, (tx) => followFormula(tx, id, evaluate)),
    withdrawVersion: (id) => inTransaction(pool, (tx) => withdraw(tx, id)),
    async inputOn(keyResultId, metricVersionId) {
      const tx = await pool.connect();
      try {
        await tx.query('BEGIN');
        return await inputOn(tx, keyResultId, metricVersionId);
      } finally {
        await tx.query('ROLLBACK');
        tx.release();
      }
    },
    async replayInputs(keyResultIds) {
      const { inputs } = await readInputs(pool, keyResultIds, true);
      const versions = inputs.flatMap(({ keyResult }) => keyResult.metricVersionId ?? []);
      const histories = await historiesOf(pool, versions);
      return inputs.map((input) => ({
        ...input,
        history: histories.get(input.keyResult.metricVersionId ?? '') ?? [],
      }));
    },
    async ingests(ids) {
      const rows = await pool.query<IngestView>(
        `SELECT id, via, format, rows, digest, actor, note, received_at AS "receivedAt" FROM ingest
         WHERE id = ANY($1) ORDER BY received_at DESC`,
        [ids],
      );
      return rows.rows;
    },
  };
}

type Stated = Parameters<DefinitionStore['stateBaseline']>[0];

async function stateBaseline(tx: Tx, baseline: Stated): Promise<void> {
  const { workspaceId, keyResultId, goal, value, day, evidence, author, reason } = baseline;
  // The lock that evaluations take: none may capture a baseline of its own in between.
  await tx.query('SELECT 1 FROM key_result WHERE id = $1 FOR NO KEY UPDATE', [keyResultId]);
  await tx.query(
    `INSERT INTO baseline (id, workspace_id, key_result_id, value, rule, window_start_day, window_end_day, observations,
       evidence, captured_at, overridden_by, reason) VALUES ($1, $2, $3, $4, 'stated', $5, $5, 0, $6, app_now(), $7, $8)`,
    [newId('base'), workspaceId, keyResultId, value, day, JSON.stringify(evidence), author, reason],
  );
  await tx.query(
    'UPDATE key_result SET goal = $2, version = version + 1, updated_at = app_now() WHERE id = $1',
    [keyResultId, JSON.stringify(goal)],
  );
}

async function withdraw(tx: Tx, versionId: string): Promise<boolean> {
  await tx.query(
    'SELECT 1 FROM metric WHERE id = (SELECT metric_id FROM metric_version WHERE id = $1) FOR UPDATE',
    [versionId],
  );
  const retired = await tx.query(
    `UPDATE metric_version v SET retired_at = app_now()
     WHERE v.id = $1 AND v.retired_at IS NULL
       AND EXISTS (SELECT 1 FROM metric_version o
         WHERE o.metric_id = v.metric_id AND o.retired_at IS NULL AND o.version < v.version)
       AND NOT EXISTS (SELECT 1 FROM metric_version n
         WHERE n.metric_id = v.metric_id AND n.retired_at IS NULL AND n.version > v.version)
       AND NOT EXISTS (SELECT 1 FROM key_result k WHERE k.archived_at IS NULL
         AND (k.metric_version_id = v.id OR k.guard->>'metricVersionId' = v.id))
       AND NOT EXISTS (SELECT 1 FROM metric_version f WHERE f.retired_at IS NULL AND f.inputs @> ARRAY[v.id])`,
    [versionId],
  );
  return retired.rowCount === 1;
}

/** The caller rolls back: for the length of the transaction the Key Result is on the other version. */
async function inputOn(
  tx: Tx,
  keyResultId: string,
  metricVersionId: string,
): Promise<{ input: EvaluationInput; now: Date } | null> {
  await tx.query(
    `UPDATE key_result k SET metric_version_id = v.id, unit = v.unit, currency = v.currency
     FROM metric_version v WHERE k.id = $1 AND v.id = $2`,
    [keyResultId, metricVersionId],
  );
  const { inputs, now } = await loadInputs(tx, [keyResultId]);
  const [input] = inputs;
  if (input === undefined) return null;
  const histories = await historiesOf(tx, [metricVersionId]);
  return { input: { ...input, history: histories.get(metricVersionId) ?? [] }, now };
}

type BaselineRow = {
  id: string;
  value: string;
  rule: BaselineRecord['rule'];
  window_start_day: string;
  window_end_day: string;
  observations: number;
  evidence: BaselineRecord['evidence'];
  captured_at: Date;
  overridden_by: string | null;
  reason: string | null;
};

function toBaseline(row: BaselineRow): BaselineRecord {
  return {
    id: row.id,
    value: Number(row.value),
    rule: row.rule,
    startDay: row.window_start_day,
    endDay: row.window_end_day,
    observations: row.observations,
    evidence: row.evidence,
    capturedAt: row.captured_at,
    overriddenBy: row.overridden_by,
    reason: row.reason,
  };
}

const OVERRIDE_COLUMNS = `id, value, from_day AS "fromDay", until_day AS "untilDay", reason, author_name AS author,
  created_at AS "createdAt", ended_at AS "endedAt"`;

type OverrideRow = Omit<OverrideRecord, 'value'> & { value: string };

function toOverride(row: OverrideRow): OverrideRecord {
  return { ...row, value: Number(row.value) };
}
