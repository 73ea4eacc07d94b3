import type { Deps, WorkspaceRecord } from '../app/ports.ts';

/**
 * The one place where the HTTP face comes by anything to work with. What is handed out for a workspace sees the rows of
 * that workspace and no others: the database enforces it, so no operation can forget to.
 */
export type Tenants = {
  of(workspaceId: string): Deps;
  /** Whose public link this token opens; null when there is none. */
  ofPublicLink(token: string): Promise<WorkspaceRecord | null>;
  /** Whose connection this is; null when there is none. */
  ofConnection(connectionId: string): Promise<WorkspaceRecord | null>;
};
