import type { Deps } from '../app/ports.ts';
import type { Database } from '../db/database.ts';
import { tenantDatabase } from '../db/tenant.ts';
import { type Common, createDeps } from './deps.ts';

/** Opened for one workspace: its `deps` see no row of another one. */
export type Tenant = { database: Database; deps: Deps };

export type Tenancy = {
  /** The one place where a workspace becomes a way to its rows. Cheap: kept for the workspaces asked for lately. */
  of(workspaceId: string): Tenant;
  close(): Promise<void>;
};

/** A client of the database a workspace costs some megabytes; what is dropped is made again when it is asked for. */
const KEPT = 50;

export function createTenancy(database: Database, common: Common): Tenancy {
  const kept = new Map<string, Tenant>();
  return {
    of(workspaceId) {
      const tenant = kept.get(workspaceId) ?? open(workspaceId);
      kept.delete(workspaceId);
      kept.set(workspaceId, tenant); // the last one is the one asked for last
      const [oldest] = kept.keys();
      // Whoever still works with it goes on: closing ends no connection, and memory goes with the last reference.
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return tenant;
    },
    async close() {
      await Promise.all([...kept.values()].map((tenant) => tenant.database.close()));
    },
  };

  function open(workspaceId: string): Tenant {
    const own = tenantDatabase(database, workspaceId);
    return { database: own, deps: createDeps(own, common) };
  }
}
