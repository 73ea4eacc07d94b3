import type { Role } from '../domain/access.ts';
import { isTimeZone } from '../domain/day.ts';
import { AppError, invalidField, notFound } from './errors.ts';
import { findConnection } from './find.ts';
import { newId } from './ids.ts';
import { addMember, findMember, type Invited } from './members.ts';
import type { Actor, ConnectionRecord, Deps, WorkspaceRecord } from './ports.ts';
import type { AccessDeps } from './ports-access.ts';
import { recordChange } from './record-change.ts';

type Needs = Pick<AccessDeps, 'accounts' | 'grants'>;
export type WorkspaceDraft = { name: string; timeZone: string; admin: { email: string; name: string } };

/** Those of a user; the operator of the machine has them all. */
export async function listWorkspaces(
  { accounts }: Pick<AccessDeps, 'accounts'>,
  actor: Actor,
): Promise<{ workspace: WorkspaceRecord; role: Role }[]> {
  if (actor.userId != null) return accounts.memberships(actor.userId);
  return (await accounts.workspaces()).map((workspace) => ({ workspace, role: 'admin' as const }));
}

/** Whether it is the one that the installation was made with: its admins run the installation, beside the operator. */
export async function isFirstWorkspace(
  { accounts }: Pick<AccessDeps, 'accounts'>,
  workspaceId: string,
): Promise<boolean> {
  return workspaceId === (await accounts.firstWorkspaceId());
}

/** The one that the caller works in. Another one is not there, even for its members: they switch to it first. */
export function findWorkspace(actor: Actor, id: string): WorkspaceRecord {
  if (id === actor.workspace.id) return actor.workspace;
  throw notFound(
    'workspace',
    id,
    'List yours with `tidemark workspace list`, and switch to another one first.',
  );
}

export async function updateWorkspace(
  deps: Needs,
  actor: Actor,
  id: string,
  change: { name?: string | undefined; timeZone?: string | undefined },
): Promise<WorkspaceRecord> {
  const workspace = findWorkspace(actor, id);
  if (change.timeZone !== undefined) refuseZone(change.timeZone);
  return deps.accounts.updateWorkspace(
    workspace.id,
    {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.timeZone === undefined ? {} : { timeZone: change.timeZone }),
    },
    lineOf(actor, workspace.id, 'update', { ...change }),
  );
}

/** A workspace of its own, with its first admin. Whoever runs the installation makes them: admins of the first one. */
export async function createWorkspace(
  deps: Needs,
  actor: Actor,
  { admin, name, timeZone }: WorkspaceDraft,
): Promise<{ workspace: WorkspaceRecord; invited: Invited }> {
  if (!(await isFirstWorkspace(deps, actor.workspace.id))) {
    throw new AppError(
      'forbidden',
      'first_workspace_only',
      'Workspaces are made by the admins of the first workspace of this installation.',
      'Ask one of them, or whoever runs Tidemark.',
    );
  }
  refuseZone(timeZone);
  const workspace = { id: newId('wsp'), name, timeZone };
  await deps.accounts.createWorkspace(workspace, lineOf(actor, workspace.id, 'create', { name, timeZone }));
  const invited = await addMember(deps, { ...actor, workspace }, { ...admin, role: 'admin' });
  return { workspace, invited };
}

/** Gives a connection to a member, who may then check it, sync it and replace its key, whatever their role. */
export async function setConnectionOwner(
  deps: Deps,
  actor: Actor,
  key: string,
  member: string | null,
): Promise<ConnectionRecord> {
  const connection = await findConnection(deps, actor, key);
  const owner = member === null ? null : await findMember(deps.access, actor, member);
  await deps.access.accounts.setConnectionOwner(
    actor.workspace.id,
    connection.id,
    owner === null ? null : { id: owner.userId, name: owner.name },
    {
      ...lineOf(actor, actor.workspace.id, 'change_owner', { owner: owner?.userId ?? null }),
      objectType: 'connection',
      objectId: connection.id,
    },
  );
  return findConnection(deps, actor, connection.id);
}

/** Moves a session to another workspace of its user. */
export async function switchWorkspace(
  deps: Pick<Deps, 'access' | 'audit'>,
  actor: Actor,
  sessionId: string,
  id: string,
): Promise<{ workspace: WorkspaceRecord; role: Role }> {
  const mine = await listWorkspaces(deps.access, actor);
  const chosen = mine.find(({ workspace }) => workspace.id === id);
  if (chosen === undefined)
    throw notFound('workspace of yours', id, 'List yours with `tidemark workspace list`.');
  await deps.access.grants.moveSession(sessionId, id);
  await recordChange(deps, actor, 'leave_for', 'session', actor.userId ?? 'operator', { to: id });
  return chosen;
}

function refuseZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return;
  const detail = `"${timeZone}" is no time zone that we know.`;
  throw invalidField('/timeZone', 'unknown_time_zone', detail, 'Give an IANA name such as Europe/Berlin.');
}

function lineOf(actor: Actor, workspaceId: string, action: string, details: Record<string, unknown>) {
  const { name, requestId } = actor;
  return {
    workspaceId,
    actor: name,
    action,
    objectType: 'workspace',
    objectId: workspaceId,
    details,
    requestId,
  };
}
