import { grantable, type Role, type Scope } from '../domain/access.ts';
import { AppError, invalidField, notFound } from './errors.ts';
import type { Actor } from './ports.ts';
import type { AccessDeps, ApiTokenRecord } from './ports-access.ts';

type Needs = Pick<AccessDeps, 'grants'>;
export type TokenDraft = { name: string; scopes: Scope[]; expiresInDays: number };

const TOKENS_A_USER = 50;

/**
 * A token that acts for its user within its scopes, and never beyond what the user may.
 *
 * @returns `text` is told this once
 */
export async function createToken(
  deps: Needs,
  actor: Actor,
  role: Role,
  { expiresInDays, name, scopes }: TokenDraft,
): Promise<{ token: ApiTokenRecord; text: string }> {
  const allowed = grantable(role);
  const beyond = scopes.find((scope) => !allowed.includes(scope));
  if (beyond !== undefined) {
    throw invalidField(
      '/scopes',
      'scope_beyond_role',
      `A token of a member with the role ${role} cannot have the scope "${beyond}".`,
      `Choose from: ${allowed.join(', ')}.`,
    );
  }
  const userId = actor.userId ?? null;
  const workspaceId = actor.workspace.id;
  const issued = await deps.grants.issue(
    {
      workspaceId,
      userId,
      kind: 'api',
      name,
      scopes: [...new Set(scopes)],
      validSeconds: expiresInDays * 86_400,
    },
    lineOf(actor, 'create', name, { scopes, expiresInDays }),
    TOKENS_A_USER,
  );
  if (issued === null) {
    throw new AppError(
      'conflict',
      'limit_reached',
      `There are ${TOKENS_A_USER} tokens in force already.`,
      'Revoke one that nobody needs: `tidemark token list`.',
    );
  }
  const token = (await deps.grants.list(workspaceId, userId)).find(({ id }) => id === issued.id);
  if (token === undefined) throw new Error('the new token is not in force');
  return { token, text: issued.text };
}

export function listTokens({ grants }: Needs, actor: Actor): Promise<ApiTokenRecord[]> {
  return grants.list(actor.workspace.id, actor.userId ?? null);
}

/** From the next request on it opens nothing. @param id as it is shown, `tok_…` */
export async function revokeToken(deps: Needs, actor: Actor, id: string): Promise<void> {
  const bare = id.replace(/^tok_/, '');
  const revoked = await deps.grants.revoke(
    actor.workspace.id,
    actor.userId ?? null,
    bare,
    lineOf(actor, 'revoke', bare, {}),
  );
  if (revoked === null) throw notFound('token of yours', id, 'List them with `tidemark token list`.');
}

function lineOf(actor: Actor, action: string, objectId: string, details: Record<string, unknown>) {
  const { name, requestId, workspace } = actor;
  return {
    workspaceId: workspace.id,
    actor: name,
    action,
    objectType: 'token',
    objectId,
    details,
    requestId,
  };
}
