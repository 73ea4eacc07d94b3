import { newId } from '../../app/ids.ts';
import type { InitiativeDetail, InitiativeState } from '../../app/ports-resources.ts';
import type { Database } from '../database.ts';
import { dateToDay, dateToDayOrNull, dayToDate } from '../day.ts';
import type { Prisma } from '../generated/client.ts';

/** The work that is attached to Key Results; its days are marks on their charts. */
export function createInitiatives({ prisma }: Database) {
  return {
    async initiatives(keyResultId: string): Promise<InitiativeDetail[]> {
      const rows = await prisma.initiative.findMany({ where: { keyResultId }, orderBy: { id: 'asc' } });
      return rows.map(toInitiative);
    },
    async findInitiative(workspaceId: string, id: string): Promise<InitiativeDetail | null> {
      const row = await prisma.initiative.findFirst({ where: { workspaceId, id } });
      return row === null ? null : toInitiative(row);
    },
    async createInitiative(
      workspaceId: string,
      { endDay, startDay, ...rest }: Omit<InitiativeDetail, 'id'>,
    ): Promise<InitiativeDetail> {
      const days = { startDay: dayToDate(startDay), endDay: endDay === null ? null : dayToDate(endDay) };
      return toInitiative(
        await prisma.initiative.create({ data: { id: newId('ini'), workspaceId, ...rest, ...days } }),
      );
    },
    async updateInitiative(
      id: string,
      { endDay, startDay, ...rest }: Partial<Omit<InitiativeDetail, 'id' | 'keyResultId'>>,
    ): Promise<InitiativeDetail> {
      const data = {
        ...rest,
        ...(startDay === undefined ? {} : { startDay: dayToDate(startDay) }),
        ...(endDay === undefined ? {} : { endDay: endDay === null ? null : dayToDate(endDay) }),
      };
      return toInitiative(await prisma.initiative.update({ where: { id }, data }));
    },
    async deleteInitiative(id: string): Promise<void> {
      await prisma.initiative.delete({ where: { id } });
    },
  };
}

function toInitiative(row: Prisma.InitiativeGetPayload<object>): InitiativeDetail {
  const { id, keyResultId, title, url } = row;
  const state = row.state as InitiativeState; // the table's check allows nothing else
  const days = { startDay: dateToDay(row.startDay), endDay: dateToDayOrNull(row.endDay) };
  return { id, keyResultId, title, ...days, state, url };
}
