import type { Invited } from '../app/members.ts';
import { passwordLink } from '../app/passwords.ts';
import type { WorkspaceRecord } from '../app/ports.ts';
import type { ApiTokenRecord, MemberRecord } from '../app/ports-access.ts';
import type { Role } from '../domain/access.ts';
import type { Caller } from './access.ts';
import type {
  ApiTokenView,
  InvitedMemberView,
  Me,
  MemberView,
  OwnWorkspaceView,
} from './contracts/access.ts';

export function memberView({
  createdAt,
  disabledAt,
  email,
  hasPassword,
  name,
  role,
  userId,
}: MemberRecord): MemberView {
  const state = disabledAt !== null ? 'disabled' : hasPassword ? 'active' : 'invited';
  return { id: userId, name, email, role, state, since: createdAt.toISOString() };
}

export function invitedView({ member, token }: Invited, publicUrl: string): InvitedMemberView {
  return { ...memberView(member), invitationUrl: token === null ? null : passwordLink(publicUrl, token) };
}

/** The id in a token has no prefix; the one that is shown has. */
export function apiTokenView({
  createdAt,
  expiresAt,
  id,
  lastUsedAt,
  name,
  scopes,
}: ApiTokenRecord): ApiTokenView {
  return {
    id: `tok_${id}`,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

export function ownWorkspaceView(
  { role, workspace }: { workspace: WorkspaceRecord; role: Role },
  caller: Caller,
): OwnWorkspaceView {
  return { ...workspace, role, current: workspace.id === caller.workspace.id };
}

export function meView(
  caller: Caller,
  userName: string | null,
  memberships: { workspace: WorkspaceRecord; role: Role }[],
  runsInstallation: boolean,
): Me {
  const { email, kind, role, scopes, userId, workspace } = caller;
  return {
    user: userId === null || userName === null ? null : { id: userId, name: userName, email: email ?? '' },
    by: kind,
    workspace,
    role,
    scopes: [...scopes],
    memberships: memberships.map((each) => ownWorkspaceView(each, caller)),
    runsInstallation,
  };
}
