import type { ImportStore } from '../app/ports-import.ts';
import { appendAudit } from './audit-log.ts';
import type { Database } from './database.ts';
import type { PrismaClient } from './generated/client.ts';
import { limitReached } from './limits.ts';
import { createPlanStore } from './plan-store.ts';
import { createSourceStore } from './source-store.ts';

/** A whole plan takes some hundred statements. */
const TIMEOUT_MS = 30_000;

export function createImportStore(database: Database): ImportStore {
  const { pool, prisma } = database;
  const keysOf = async (table: 'objective' | 'key_result' | 'metric', workspaceId: string) => {
    const found = await pool.query<{ key: string }>(`SELECT key FROM ${table} WHERE workspace_id = $1`, [
      workspaceId,
    ]);
    return new Set(found.rows.map(({ key }) => key));
  };
  return {
    takenKeys: async (workspaceId) => ({
      objectives: await keysOf('objective', workspaceId),
      keyResults: await keysOf('key_result', workspaceId),
      metrics: await keysOf('metric', workspaceId),
    }),
    inOne: async (write) =>
      prisma
        .$transaction(
          (tx) => {
            // What is handed out asks for models only, and those a transaction has like the client itself.
            const inside: Database = { ...database, prisma: tx as unknown as PrismaClient };
            const { createMetric } = createSourceStore(inside);
            return write({
              ...createPlanStore(inside),
              createMetric,
              audit: {
                append: (entry) => appendAudit((text, values) => tx.$queryRawUnsafe(text, ...values), entry),
              },
            });
          },
          { timeout: TIMEOUT_MS },
        )
        .catch((error: unknown) => {
          throw limitReached(error) ?? error;
        }),
  };
}
