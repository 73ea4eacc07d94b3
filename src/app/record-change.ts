import type { Actor, Deps } from './ports.ts';

/** One line in the append-only record, in the words that every use case uses. */
export async function recordChange(
  deps: Pick<Deps, 'audit'>,
  actor: Actor,
  action: string,
  objectType: string,
  objectId: string,
  details: Record<string, unknown>,
): Promise<void> {
  const { name, requestId, workspace } = actor;
  await deps.audit.append({
    workspaceId: workspace.id,
    actor: name,
    action,
    objectType,
    objectId,
    details,
    requestId,
  });
}
