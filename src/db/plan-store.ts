import { newId } from '../app/ids.ts';
import type { CycleRecord, KeyResultRecord, ObjectiveRecord, PlanStore } from '../app/ports.ts';
import type { Aggregate } from '../domain/aggregate.ts';
import type { Goal, PaceCurve } from '../domain/key-result.ts';
import type { Unit } from '../domain/metric.ts';
import type { Database } from './database.ts';
import { dateToDay, dateToDayOrNull, dayToDate } from './day.ts';
import type { Prisma } from './generated/client.ts';
import { unlessTaken } from './unique.ts';

type CycleRow = Prisma.CycleGetPayload<object>;
type ObjectiveRow = Prisma.ObjectiveGetPayload<object>;
type KeyResultRow = Prisma.KeyResultGetPayload<object>;

/** Cycles, objectives and Key Results. A key or an id finds a row, within its workspace only. */
export function createPlanStore({ prisma }: Database): PlanStore {
  const either = (workspaceId: string, keyOrId: string) => ({
    workspaceId,
    OR: [{ id: keyOrId }, { key: keyOrId }],
  });
  return {
    async createCycle({ startDay, endDay, ...cycle }) {
      const data = { id: newId('cyc'), ...cycle, startDay: dayToDate(startDay), endDay: dayToDate(endDay) };
      return toCycle(await unlessTaken('cycle', cycle.key, prisma.cycle.create({ data })));
    },
    async listCycles(workspaceId) {
      return (await prisma.cycle.findMany({ where: { workspaceId }, orderBy: { startDay: 'desc' } })).map(
        toCycle,
      );
    },
    async findCycle(workspaceId, keyOrId) {
      const row = await prisma.cycle.findFirst({ where: either(workspaceId, keyOrId) });
      return row === null ? null : toCycle(row);
    },
    async createObjective({ owner, ...objective }) {
      const data = { id: newId('obj'), ...objective, ownerName: owner };
      return toObjective(await unlessTaken('objective', objective.key, prisma.objective.create({ data })));
    },
    async listObjectives(workspaceId, cycleId) {
      const where = { workspaceId, archivedAt: null, ...(cycleId === undefined ? {} : { cycleId }) };
      return (await prisma.objective.findMany({ where, orderBy: [{ position: 'asc' }, { id: 'asc' }] })).map(
        toObjective,
      );
    },
    async findObjective(workspaceId, keyOrId) {
      const row = await prisma.objective.findFirst({
        where: { ...either(workspaceId, keyOrId), archivedAt: null },
      });
      return row === null ? null : toObjective(row);
    },
    async createKeyResult({ owner, goal, paceCurve, aggregate, ...keyResult }) {
      const plan = { goalKind: goal.kind, goal, paceCurve, ...(aggregate === null ? {} : { aggregate }) };
      const data = { id: newId('kr'), ...keyResult, ownerName: owner, ...plan };
      return toKeyResult(await unlessTaken('Key Result', keyResult.key, prisma.keyResult.create({ data })));
    },
    async listKeyResults(workspaceId, cycleId) {
      const where = { workspaceId, archivedAt: null, ...(cycleId === undefined ? {} : { cycleId }) };
      return (await prisma.keyResult.findMany({ where, orderBy: [{ position: 'asc' }, { id: 'asc' }] })).map(
        toKeyResult,
      );
    },
    async findKeyResult(workspaceId, keyOrId) {
      const row = await prisma.keyResult.findFirst({
        where: { ...either(workspaceId, keyOrId), archivedAt: null },
      });
      return row === null ? null : toKeyResult(row);
    },
    async bindKeyResult(id, metricVersionId, unit, currency) {
      const data = { metricVersionId, unit, currency, version: { increment: 1 }, updatedAt: new Date() };
      return toKeyResult(await prisma.keyResult.update({ where: { id }, data }));
    },
    async listInitiatives(keyResultId) {
      const rows = await prisma.initiative.findMany({ where: { keyResultId }, orderBy: { startDay: 'asc' } });
      return rows.map((row) => ({
        id: row.id,
        title: row.title,
        startDay: dateToDay(row.startDay),
        endDay: dateToDayOrNull(row.endDay),
      }));
    },
  };
}

function toCycle({ id, workspaceId, key, title, startDay, endDay, timeZone }: CycleRow): CycleRecord {
  return { id, workspaceId, key, title, startDay: dateToDay(startDay), endDay: dateToDay(endDay), timeZone };
}

function toObjective(row: ObjectiveRow): ObjectiveRecord {
  const { id, workspaceId, cycleId, parentId, key, title, description } = row;
  return { id, workspaceId, cycleId, parentId, key, title, description, owner: row.ownerName };
}

export function toKeyResult(row: KeyResultRow): KeyResultRecord {
  const {
    id,
    workspaceId,
    objectiveId,
    cycleId,
    key,
    title,
    description,
    currency,
    version,
    metricVersionId,
  } = row;
  return {
    id,
    workspaceId,
    objectiveId,
    cycleId,
    key,
    title,
    description,
    owner: row.ownerName,
    goal: row.goal as Goal, // written by createKeyResult after the contract's schema had read it
    paceCurve: row.paceCurve as PaceCurve,
    aggregate: row.aggregate as Aggregate | null,
    unit: row.unit as Unit,
    currency,
    version,
    metricVersionId,
  };
}
