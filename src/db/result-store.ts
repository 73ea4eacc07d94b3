import type {
  EvidenceRecord,
  ExchangeRecord,
  ResultStore,
  SnapshotRecord,
  StoredPoint,
} from '../app/ports.ts';
import type { Status } from '../domain/status.ts';
import type { Database } from './database.ts';
import { dateToDay } from './day.ts';
import { statesOf } from './evaluation-inputs.ts';
import { shownStatesOf } from './shown-states.ts';
import { POINT_COLUMNS, type PointRow, toPoint } from './source-store.ts';
import { trendLinesOf } from './trend-lines.ts';

/** What was computed, and the evidence behind it. */
export function createResultStore({ pool, prisma }: Database): ResultStore {
  return {
    states: (keyResultIds) => statesOf(pool, keyResultIds),
    shownStates: (keyResultIds) => shownStatesOf(pool, keyResultIds),
    async snapshot(id) {
      const row = await prisma.progressSnapshot.findUnique({ where: { id } });
      if (row === null) return null;
      const { inputsDigest, definitionVersion, metricVersionId, computedAt } = row;
      return {
        id,
        asOfDay: dateToDay(row.asOfDay),
        computedAt,
        inputsDigest,
        definitionVersion,
        metricVersionId,
        status: row.status as Status,
        points: row.points as SnapshotRecord['points'], // written by saveSnapshot
        forecast: row.forecast as SnapshotRecord['forecast'], // and this too
      };
    },
    async evidence(runIds, metricVersionId) {
      const rows = await prisma.syncEvidence.findMany({
        where: { runId: { in: runIds }, metricVersionId },
        orderBy: { recordedAt: 'desc' },
      });
      return rows.map((row) => ({
        id: row.id,
        runId: row.runId,
        recordedAt: row.recordedAt,
        connectorVersion: row.connectorVersion,
        definitionHash: row.definitionHash,
        windowStartDay: dateToDay(row.windowStartDay),
        windowEndDay: dateToDay(row.windowEndDay),
        outcome: row.outcome,
        completeness: row.completeness as EvidenceRecord['completeness'],
        exchanges: row.exchanges as unknown as ExchangeRecord[],
      }));
    },
    async trends(metricVersionIds, fromDay) {
      const result = await pool.query<PointRow & { metric_version_id: string }>(
        `SELECT p.metric_version_id, ${POINT_COLUMNS}
         FROM metric_point p WHERE metric_version_id = ANY($1) AND day >= $2 ORDER BY metric_version_id, day`,
        [metricVersionIds, fromDay],
      );
      const trends = new Map<string, StoredPoint[]>();
      for (const row of result.rows) {
        const list = trends.get(row.metric_version_id) ?? [];
        list.push(toPoint(row));
        trends.set(row.metric_version_id, list);
      }
      return trends;
    },
    trendLines: (metricVersionIds, fromDay) => trendLinesOf(pool, metricVersionIds, fromDay),
  };
}
