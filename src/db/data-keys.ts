import type { Database } from './database.ts';

/** Wrapped data keys, in the shape that the key ring asks for. */
export function createDataKeyStore({ prisma }: Database) {
  return {
    async get(workspaceId: string) {
      return prisma.dataKey.findFirst({
        where: { workspaceId, retiredAt: null },
        orderBy: { createdAt: 'desc' },
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
      await prisma.dataKey.create({ data: { kid, workspaceId, masterKid, wrapped } });
    },
    async listNotUnder(masterKid: string, limit: number) {
      return prisma.dataKey.findMany({ where: { masterKid: { not: masterKid } }, take: limit });
    },
    async replaceWrapped(kid: string, oldWrapped: string, next: { masterKid: string; wrapped: string }) {
      const { count } = await prisma.dataKey.updateMany({ where: { kid, wrapped: oldWrapped }, data: next });
      return count === 1;
    },
  };
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
