import { AppError, notFound } from './errors.ts';
import { findKeyResult } from './find.ts';
import { newId } from './ids.ts';
import type { Actor, Deps } from './ports.ts';
import type { PublicLinkRecord } from './ports-public-links.ts';

export type CreatedPublicLink = {
  link: PublicLinkRecord;
  /** Told this once. */
  token: string;
  /** Steps that are done or not are no line: then there is a badge only. */
  hasChart: boolean;
};

type Needs = Pick<Deps, 'plan' | 'publicLinks'>;

/** Enough for every page that shows it; more of them nobody keeps track of. */
const LINKS_A_KEY_RESULT = 20;

/**
 * Opens one Key Result to whoever has the address, until that is revoked.
 *
 * @throws AppError when there is no such Key Result here, or too many links of it are in force
 */
export async function createPublicLink(
  deps: Needs,
  actor: Actor,
  key: string,
  label: string,
): Promise<CreatedPublicLink> {
  const { goal, id: keyResultId, key: keyResult, metricVersionId } = await findKeyResult(deps, actor, key);
  const { hash: tokenHash, token } = deps.publicLinks.mint();
  const id = newId('lnk');
  const { name: createdBy, workspace } = actor;
  const link = await deps.publicLinks.create(
    { id, workspaceId: workspace.id, keyResultId, tokenHash, label, createdBy },
    LINKS_A_KEY_RESULT,
    lineOf(actor, 'create', id, { keyResultId, label }),
  );
  if (link !== null) return { link, token, hasChart: goal.kind !== 'milestone' || metricVersionId !== null };
  throw new AppError(
    'conflict',
    'too_many_links',
    `The Key Result "${keyResult}" has ${LINKS_A_KEY_RESULT} public links already.`,
    `Revoke one that nobody needs: \`tidemark kr shares ${keyResult}\`.`,
  );
}

export async function listPublicLinks(deps: Needs, actor: Actor, key: string): Promise<PublicLinkRecord[]> {
  const keyResult = await findKeyResult(deps, actor, key);
  return deps.publicLinks.list(actor.workspace.id, keyResult.id);
}

/** Closes the address for good: a new link gets another one. */
export async function revokePublicLink(deps: Needs, actor: Actor, id: string): Promise<PublicLinkRecord> {
  const entry = lineOf(actor, 'revoke', id, {});
  const revoked = await deps.publicLinks.revoke(actor.workspace.id, id, entry);
  if (revoked === null)
    throw notFound('public link in force', id, 'List those in force with `tidemark kr shares KEY`.');
  return revoked;
}

function lineOf(actor: Actor, action: string, objectId: string, details: Record<string, unknown>) {
  const { name, requestId, workspace } = actor;
  return {
    workspaceId: workspace.id,
    actor: name,
    action,
    objectType: 'public_link',
    objectId,
    details,
    requestId,
  };
}
