import { createToken, listTokens, revokeToken } from '../../app/api-tokens.ts';
import { AppError } from '../../app/errors.ts';
import { addMember, changeRole, findMember, inviteAgain, removeMember } from '../../app/members.ts';
import { changePassword } from '../../app/passwords.ts';
import {
  createWorkspace,
  findWorkspace,
  isFirstWorkspace,
  listWorkspaces,
  setConnectionOwner,
  switchWorkspace,
  updateWorkspace,
} from '../../app/workspaces.ts';
import { roleHas } from '../../domain/access.ts';
import { type Caller, signInLink } from '../access.ts';
import { type Operations, page } from '../call.ts';
import type { accessRoutes } from '../contracts/access.ts';
import type { OpenRoute } from '../sign-in.ts';
import { apiTokenView, invitedView, memberView, meView, ownWorkspaceView } from '../views-access.ts';
import { connectionOf } from '../views-connection.ts';

type Named = Exclude<keyof typeof accessRoutes, OpenRoute>;

/** One's own account, members, tokens and workspaces. */
export const accessOperations: Pick<Operations, Named> = {
  endSession: async ({ deps, actor, caller, session }) => {
    sessionOf(caller);
    await deps.access.grants.end(caller.tokenId);
    const { name, requestId, userId, workspace } = actor;
    await deps.audit.append({
      workspaceId: workspace.id,
      actor: name,
      action: 'sign_out',
      objectType: 'session',
      objectId: userId ?? 'operator',
      details: {},
      requestId,
    });
    session.drop();
    return null;
  },
  switchWorkspace: async ({ deps, actor, caller, body }) => {
    const { role, workspace } = await switchWorkspace(deps, actor, sessionOf(caller), body.workspace);
    return { ...workspace, role };
  },
  createSignInLink: async ({ deps, caller, publicUrl }) => ({
    url: await signInLink(
      deps.access,
      { workspaceId: caller.workspace.id, userId: caller.userId },
      publicUrl,
    ),
  }),
  getMe: async ({ deps, actor, caller }) => {
    const user = caller.userId === null ? null : await deps.access.accounts.find(caller.userId);
    const runs =
      roleHas(caller.role, 'admin') &&
      caller.scopes.includes('admin') &&
      (await isFirstWorkspace(deps.access, caller.workspace.id));
    return meView(caller, user?.name ?? null, await listWorkspaces(deps.access, actor), runs);
  },
  changePassword: async ({ deps, actor, caller, body, ip }) => {
    await changePassword(deps.access, actor, body, { ip, sessionId: sessionOf(caller) });
    return null;
  },
  createToken: async ({ deps, actor, caller, body }) => {
    const { text, token } = await createToken(deps.access, actor, caller.role, body);
    return { ...apiTokenView(token), token: text };
  },
  listTokens: async ({ deps, actor }) => page((await listTokens(deps.access, actor)).map(apiTokenView)),
  revokeToken: async ({ deps, actor, params }) => {
    await revokeToken(deps.access, actor, params.id);
    return null;
  },
  addMember: async ({ deps, actor, body, publicUrl }) =>
    invitedView(await addMember(deps.access, actor, body), publicUrl),
  listMembers: async ({ deps, actor }) =>
    page((await deps.access.accounts.listMembers(actor.workspace.id)).map(memberView)),
  getMember: async ({ deps, actor, params }) => memberView(await findMember(deps.access, actor, params.id)),
  changeRole: async ({ deps, actor, params, body }) =>
    memberView(await changeRole(deps.access, actor, params.id, body.role)),
  inviteAgain: async ({ deps, actor, params, publicUrl }) =>
    invitedView(await inviteAgain(deps.access, actor, params.id), publicUrl),
  removeMember: async ({ deps, actor, params }) => {
    await removeMember(deps.access, actor, params.id);
    return null;
  },
  setConnectionOwner: async (call) =>
    connectionOf(call, await setConnectionOwner(call.deps, call.actor, call.params.id, call.body.member)),
  listWorkspaces: async ({ deps, actor, caller }) =>
    page((await listWorkspaces(deps.access, actor)).map((each) => ownWorkspaceView(each, caller))),
  getWorkspace: async ({ actor, params }) => findWorkspace(actor, params.id),
  createWorkspace: async ({ deps, actor, body, publicUrl }) => {
    const { invited, workspace } = await createWorkspace(deps.access, actor, body);
    return { ...workspace, admin: invitedView(invited, publicUrl) };
  },
  updateWorkspace: async ({ deps, actor, params, body }) =>
    updateWorkspace(deps.access, actor, params.id, body),
};

/** @throws AppError when the caller came by a token, which has no session to change */
function sessionOf({ kind, tokenId }: Caller): string {
  if (kind === 'session') return tokenId;
  throw new AppError(
    'conflict',
    'no_session',
    'There is no session: this was asked with a token.',
    'Sign in on the page to do this.',
  );
}
