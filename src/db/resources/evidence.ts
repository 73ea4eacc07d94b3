import type { EvidenceRecord, ExchangeRecord } from '../../app/ports.ts';
import type { AuditFilter, AuditLine, RunEvidence } from '../../app/ports-resources.ts';
import type { Database } from '../database.ts';

const AUDIT = `id::text, at, actor, action, object_type AS "objectType", object_id AS "objectId", details,
  request_id AS "requestId", previous, hash`;

/** What was done: by runs at providers, and by people here. */
export function createEvidence({ pool }: Database) {
  return {
    async evidenceOfRun(runId: string): Promise<RunEvidence[]> {
      const found = await pool.query<
        Omit<RunEvidence, 'completeness' | 'exchanges'> & { completeness: unknown; exchanges: unknown }
      >(
        `SELECT e.id, e.run_id AS "runId", e.recorded_at AS "recordedAt", e.connector_version AS "connectorVersion",
           e.definition_hash AS "definitionHash", e.window_start_day AS "windowStartDay",
           e.window_end_day AS "windowEndDay", e.outcome, e.completeness, e.exchanges, e.attempt,
           e.error_class AS "errorClass", e.error_message AS "errorMessage", e.points_read AS "pointsRead",
           e.points_changed AS "pointsChanged", e.metric_version_id AS "metricVersionId", m.key AS "metricKey"
         FROM sync_evidence e JOIN metric_version v ON v.id = e.metric_version_id JOIN metric m ON m.id = v.metric_id
         WHERE e.run_id = $1 ORDER BY e.recorded_at, e.id`,
        [runId],
      );
      return found.rows.map((row) => ({
        ...row,
        completeness: row.completeness as EvidenceRecord['completeness'], // written by the run
        exchanges: row.exchanges as ExchangeRecord[], // and these, redacted
      }));
    },
    async auditLines(
      workspaceId: string,
      { action, actor, from, objectId, objectType, to }: AuditFilter,
      limit: number,
      beforeId: string | null,
    ): Promise<AuditLine[]> {
      const found = await pool.query<AuditLine>(
        `SELECT ${AUDIT} FROM audit_log
         WHERE workspace_id = $1 AND ($2::text IS NULL OR actor = $2) AND ($3::text IS NULL OR action = $3)
           AND ($4::text IS NULL OR object_type = $4) AND ($5::text IS NULL OR object_id = $5)
           AND ($6::timestamptz IS NULL OR at >= $6) AND ($7::timestamptz IS NULL OR at < $7)
           AND ($8::bigint IS NULL OR id < $8)
         ORDER BY id DESC LIMIT $9`,
        [
          workspaceId,
          actor ?? null,
          action ?? null,
          objectType ?? null,
          objectId ?? null,
          from ?? null,
          to ?? null,
          beforeId,
          limit,
        ],
      );
      return found.rows;
    },
  };
}
