import { AppError } from './errors.ts';
import type { Deps, WorkspaceRecord } from './ports.ts';
import { type KeyResultDetail, readKeyResult } from './read-key-result.ts';

/**
 * Whom the token shows: the id of a Key Result. Asked for every request, so that a revoked link is closed at once.
 *
 * @throws AppError the same for a token that never was and for one that is no longer good
 */
export async function openPublicLink(
  deps: Pick<Deps, 'publicLinks'>,
  workspace: WorkspaceRecord,
  token: string,
): Promise<string> {
  const hash = deps.publicLinks.hashOf(token);
  const found = hash === null ? null : await deps.publicLinks.keyResultOf(workspace.id, hash);
  if (found === null) throw noPublicLink();
  return found;
}

/** The Key Result behind a link that has just been opened. */
export async function readSharedKeyResult(
  deps: Deps,
  workspace: WorkspaceRecord,
  keyResultId: string,
): Promise<KeyResultDetail> {
  try {
    return await readKeyResult(deps, { workspace, name: 'public link', requestId: null }, keyResultId);
  } catch (error) {
    // Archived meanwhile: that answer would name it.
    if (error instanceof AppError && error.kind === 'not_found') throw noPublicLink();
    throw error;
  }
}

export function noPublicLink(): AppError {
  return new AppError(
    'not_found',
    'not_found',
    'There is nothing at this address.',
    'Ask whoever gave you the address for a new one.',
  );
}
