import { newId } from '../app/ids.ts';
import type {
  CycleRecord,
  InitiativeRecord,
  KeyResultDefinition,
  KeyResultRecord,
  ObjectiveRecord,
  PlanStore,
} from '../app/ports.ts';
import type { CadenceStore } from '../app/ports-cadence.ts';
import type { Aggregate } from '../domain/aggregate.ts';
import type { BaselineRule } from '../domain/baseline.ts';
import type { Guard } from '../domain/guard.ts';
import type { Goal, PaceCurve } from '../domain/key-result.ts';
import type { Unit } from '../domain/metric.ts';
import type { Titles } from '../domain/titles.ts';
import type { Database } from './database.ts';
import { dateToDay, dateToDayOrNull, dayToDate } from './day.ts';
import { Prisma } from './generated/client.ts';
import { unlessTaken } from './unique.ts';

type CycleRow = Prisma.CycleGetPayload<object>;
type ObjectiveRow = Prisma.ObjectiveGetPayload<object>;
type KeyResultRow = Prisma.KeyResultGetPayload<object>;

/** Cycles, objectives and Key Results. A key or an id finds a row, within its workspace only. */
export function createPlanStore({ prisma }: Database): PlanStore & CadenceStore {
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
      return (
        await prisma.cycle.findMany({
          where: { workspaceId, archivedAt: null },
          orderBy: { startDay: 'desc' },
        })
      ).map(toCycle);
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
    async createKeyResult({
      owner,
      goal,
      paceCurve,
      aggregate,
      baselineRule,
      guard,
      definition,
      ...keyResult
    }) {
      const json = jsonColumns({ aggregate, baselineRule, guard, definition });
      const plan = { goalKind: goal.kind, goal, paceCurve, ...json };
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
    async updateKeyResult(
      id,
      { owner, goal, paceCurve, aggregate, baselineRule, guard, definition, ...change },
    ) {
      const means = { goal, paceCurve, aggregate, baselineRule, guard };
      const changed = Object.values(means).some((value) => value !== undefined);
      const data = {
        ...change,
        ...(owner === undefined ? {} : { ownerName: owner }),
        ...(goal === undefined ? {} : { goal, goalKind: goal.kind }),
        ...(paceCurve === undefined ? {} : { paceCurve }),
        ...jsonColumns({ aggregate, baselineRule, guard, definition }),
        ...(changed ? { version: { increment: 1 } } : {}),
        updatedAt: new Date(),
      };
      return toKeyResult(await prisma.keyResult.update({ where: { id }, data }));
    },
    async updateObjective(id, { owner, ...change }) {
      const data = { ...change, ...(owner === undefined ? {} : { ownerName: owner }) };
      return toObjective(await prisma.objective.update({ where: { id }, data }));
    },
    async createInitiative(keyResultId, { title, startDay, endDay }) {
      const { workspaceId } = await prisma.keyResult.findUniqueOrThrow({ where: { id: keyResultId } });
      const days = { startDay: dayToDate(startDay), endDay: endDay === null ? null : dayToDate(endDay) };
      const data = { id: newId('ini'), workspaceId, keyResultId, title, ...days };
      return toInitiative(await prisma.initiative.create({ data }));
    },
    async listInitiatives(keyResultId) {
      const rows = await prisma.initiative.findMany({ where: { keyResultId }, orderBy: { startDay: 'asc' } });
      return rows.map(toInitiative);
    },
    async cadenceOf(id) {
      const found = await prisma.keyResult.findUnique({ where: { id }, select: { checkInEveryDays: true } });
      return found?.checkInEveryDays ?? null;
    },
    async changeCadence(id, everyDays) {
      const data = { checkInEveryDays: everyDays, updatedAt: new Date() };
      await prisma.keyResult.update({ where: { id }, data });
    },
  };
}

/** Absent stays as it is; null empties the column. */
function jsonColumns(columns: Record<string, object | string | null | undefined>) {
  return Object.fromEntries(
    Object.entries(columns)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue)]),
  );
}

function toInitiative(row: Prisma.InitiativeGetPayload<object>): InitiativeRecord {
  const { id, title, url } = row;
  const state = row.state as NonNullable<InitiativeRecord['state']>; // the table's check allows no other
  return { id, title, startDay: dateToDay(row.startDay), endDay: dateToDayOrNull(row.endDay), state, url };
}

export function toCycle({ startDay, endDay, ...row }: CycleRow): CycleRecord {
  const { id, workspaceId, key, title, timeZone, closedAt } = row;
  const days = { startDay: dateToDay(startDay), endDay: dateToDay(endDay) };
  return { id, workspaceId, key, title, ...days, timeZone, closedAt };
}

export function toObjective(row: ObjectiveRow): ObjectiveRecord {
  const { id, workspaceId, cycleId, parentId, key, title, description, stage, phase } = row;
  const titles = row.titles as Titles; // written after the contract's schema had read it
  const rest = { owner: row.ownerName, stage, phase, weight: Number(row.weight) };
  return { id, workspaceId, cycleId, parentId, key, title, titles, description, ...rest };
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
    titles: row.titles as Titles, // as an objective's
    description,
    owner: row.ownerName,
    goal: row.goal as Goal, // written by createKeyResult after the contract's schema had read it
    paceCurve: row.paceCurve as PaceCurve,
    aggregate: row.aggregate as Aggregate | null,
    baselineRule: row.baselineRule as BaselineRule | null,
    guard: row.guard as Guard | null,
    definition: row.definition as KeyResultDefinition | null,
    unit: row.unit as Unit,
    currency,
    weight: Number(row.weight),
    version,
    metricVersionId,
    carriedFromId: row.carriedFromId,
  };
}
