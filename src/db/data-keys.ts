import type { Database } from './database.ts';

/** Wrapped data keys, in the shape that the key ring asks for. */
export function createDataKeyStore({ prisma }: Database) {
  return {
    async get(workspaceId: string) {
      return prisma.dataKey.findFirst({
        where: { workspaceId, retiredAt: null },
        // Two of the same millisecond: everybody has to take the same one for the newest.
        orderBy: [{ createdAt: 'desc' }, { kid: 'desc' }],
      });
    },
    async find(workspaceId: string, kid: string) {
      return prisma.dataKey.findFirst({ where: { workspaceId, kid } });
    },
    async put({
      kid,
      workspaceId,
      masterKid,
      wrapped,
    }: {
      kid: string;
      workspaceId: string;
      masterKid: string;
      wrapped: string;
    }) {
      return unlessRetired(() => prisma.dataKey.create({ data: { kid, workspaceId, masterKid, wrapped } }));
    },
    async listNotUnder(masterKid: string, limit: number) {
      return prisma.dataKey.findMany({ where: { masterKid: { not: masterKid } }, take: limit });
    },
    async replaceWrapped(kid: string, oldWrapped: string, next: { masterKid: string; wrapped: string }) {
      let isReplaced = false;
      await unlessRetired(async () => {
        const { count } = await prisma.dataKey.updateMany({
          where: { kid, wrapped: oldWrapped },
          data: next,
        });
        isReplaced = count === 1;
      });
      return isReplaced;
    },
  };
}

/** As the trigger `refuse_retired_master` says it. */
const RETIRED = 'TM001';

/** @returns false when the master key was retired */
async function unlessRetired(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (toldBy(error).includes(RETIRED)) return false;
    throw error;
  }
}

/** Prisma puts a code of the database that it does not know into its message or into `meta`. */
function toldBy(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return error.message + ('meta' in error ? JSON.stringify(error.meta) : '');
}

/** The sealed secrets of one row. */
export async function sealedSecretsOf(
  { prisma }: Database,
  workspaceId: string,
  tableName: string,
  rowId: string,
): Promise<{ field: string; ciphertext: string; allowedHosts: string[] }[]> {
  return prisma.secret.findMany({
    where: { workspaceId, tableName, rowId },
    select: { field: true, ciphertext: true, allowedHosts: true },
  });
}
