import { type Database, prismaOn } from './database.ts';
import { scopedPool } from './scoped-pool.ts';

/**
 * The same connections, acting for one workspace: the database shows and changes no other rows
 * (`prisma/migrations/20261126000000_tenancy`), whatever a statement asks for.
 *
 * Closing it ends nothing that others use.
 */
export function tenantDatabase(database: Database, workspaceId: string): Database {
  const pool = scopedPool(database.pool, workspaceId);
  const prisma = prismaOn(pool);
  return { pool, prisma, close: () => prisma.$disconnect() };
}
