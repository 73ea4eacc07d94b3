import { alreadyExists } from '../../app/errors.ts';
import type { AlertRuleRecord, CycleRecord, KeyResultRecord, ObjectiveRecord } from '../../app/ports.ts';
import type { Database } from '../database.ts';
import { dayToDate } from '../day.ts';
import type { Prisma } from '../generated/client.ts';
import { toCycle, toKeyResult, toObjective } from '../plan-store.ts';

type CycleChange = Partial<Pick<CycleRecord, 'title' | 'startDay' | 'endDay' | 'timeZone'>>;
type RuleChange = Partial<Omit<AlertRuleRecord, 'id' | 'workspaceId' | 'kind'>>;

/** Changes of single objects that were only made so far. */
export function createChanges({ pool, prisma }: Database) {
  return {
    async updateCycle(id: string, { endDay, startDay, ...rest }: CycleChange): Promise<CycleRecord> {
      const data = {
        ...rest,
        ...(startDay === undefined ? {} : { startDay: dayToDate(startDay) }),
        ...(endDay === undefined ? {} : { endDay: dayToDate(endDay) }),
      };
      return toCycle(await prisma.cycle.update({ where: { id }, data }));
    },
    async listArchivedCycles(workspaceId: string): Promise<CycleRecord[]> {
      const where = { workspaceId, archivedAt: { not: null } };
      return (await prisma.cycle.findMany({ where, orderBy: { id: 'asc' } })).map(toCycle);
    },
    async listArchivedKeyResults(workspaceId: string): Promise<KeyResultRecord[]> {
      const where = { workspaceId, archivedAt: { not: null } };
      return (await prisma.keyResult.findMany({ where, orderBy: { id: 'asc' } })).map(toKeyResult);
    },
    async listArchivedObjectives(workspaceId: string): Promise<ObjectiveRecord[]> {
      const where = { workspaceId, archivedAt: { not: null } };
      return (await prisma.objective.findMany({ where, orderBy: { id: 'asc' } })).map(toObjective);
    },
    async cycleOf(kind: 'objective' | 'key_result', id: string): Promise<string | null> {
      const found = await pool.query<{ id: string }>(`SELECT cycle_id AS id FROM ${kind} WHERE id = $1`, [
        id,
      ]);
      return found.rows[0]?.id ?? null;
    },
    async evaluatedDays(cycleId: string): Promise<{ first: string; last: string } | null> {
      const found = await pool.query<{ first: string | null; last: string | null }>(
        `SELECT min(s.as_of_day) AS first, max(s.as_of_day) AS last FROM progress_snapshot s
         JOIN key_result k ON k.id = s.key_result_id WHERE k.cycle_id = $1`,
        [cycleId],
      );
      const { first = null, last = null } = found.rows[0] ?? {};
      return first === null || last === null ? null : { first, last };
    },
    async unbind(keyResultId: string): Promise<void> {
      await pool.query(
        `UPDATE key_result SET metric_version_id = NULL, version = version + 1, updated_at = app_now() WHERE id = $1`,
        [keyResultId],
      );
    },
    async moveKeyResult(keyResultId: string, objectiveId: string): Promise<void> {
      await pool.query('UPDATE key_result SET objective_id = $2, updated_at = app_now() WHERE id = $1', [
        keyResultId,
        objectiveId,
      ]);
    },
    async changeMetric(
      metricId: string,
      { key, title }: { title?: string | undefined; key?: string | undefined },
    ): Promise<void> {
      try {
        await pool.query(
          'UPDATE metric SET title = COALESCE($2, title), key = COALESCE($3, key) WHERE id = $1',
          [metricId, title ?? null, key ?? null],
        );
      } catch (error) {
        if ((error as { code?: string }).code === '23505') throw alreadyExists('metric', key ?? '');
        throw error;
      }
    },
    async findRule(workspaceId: string, id: string): Promise<AlertRuleRecord | null> {
      const row = await prisma.alertRule.findFirst({ where: { workspaceId, id, archivedAt: null } });
      return row === null ? null : toRule(row);
    },
    async changeRule(workspaceId: string, id: string, change: RuleChange): Promise<AlertRuleRecord | null> {
      const where = { workspaceId, id, archivedAt: null };
      const { count } = await prisma.alertRule.updateMany({ where, data: change });
      return count === 0 ? null : toRule(await prisma.alertRule.findUniqueOrThrow({ where: { id } }));
    },
  };
}

export function toRule(row: Prisma.AlertRuleGetPayload<object>): AlertRuleRecord {
  const { archivedAt: _archivedAt, createdAt: _createdAt, ...rule } = row;
  return { ...rule, kind: 'off_track' };
}
