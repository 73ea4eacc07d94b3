import type { Role } from '../domain/access.ts';
import { AppError, notFound } from './errors.ts';
import { newId } from './ids.ts';
import { invitation } from './passwords.ts';
import type { Actor } from './ports.ts';
import type { AccessDeps, MemberRecord } from './ports-access.ts';
import { emailOf } from './sign-in.ts';

type Needs = Pick<AccessDeps, 'accounts' | 'grants'>;
export type NewMember = { email: string; name: string; role: Role };
export type Invited = {
  member: MemberRecord;
  /** The token of a link that sets the first password; null for somebody who has an account already. */
  token: string | null;
};

/** Adds a member. Somebody new gets a link to set a password; it is told this once. */
export async function addMember(deps: Needs, actor: Actor, draft: NewMember): Promise<Invited> {
  const email = emailOf(draft.email);
  const member = await deps.accounts.addMember(
    { workspaceId: actor.workspace.id, userId: newId('usr'), email, name: draft.name, role: draft.role },
    (userId) => lineOf(actor, 'add', userId, { role: draft.role }),
  );
  if (member === null) {
    throw new AppError(
      'conflict',
      'already_exists',
      `"${email}" is a member of this workspace already.`,
      `Change the role with \`tidemark member role ${email} ${draft.role}\`, or send a new invitation.`,
    );
  }
  return { member, token: await invitationFor(deps, actor, member) };
}

/** A new link for somebody who has not set a password yet. */
export async function inviteAgain(deps: Needs, actor: Actor, id: string): Promise<Invited> {
  const member = await findMember(deps, actor, id);
  const token = await invitationFor(deps, actor, member);
  if (token !== null) return { member, token };
  throw new AppError(
    'conflict',
    'has_account',
    `${member.email} has an account already.`,
    'Whoever runs Tidemark can reset a password: `tidemark user reset-password`.',
  );
}

export async function changeRole(deps: Needs, actor: Actor, id: string, role: Role): Promise<MemberRecord> {
  const member = await findMember(deps, actor, id);
  const done = await deps.accounts.changeRole(
    actor.workspace.id,
    member.userId,
    role,
    lineOf(actor, 'change_role', member.userId, { from: member.role, to: role }),
  );
  refuse(done, member);
  return findMember(deps, actor, member.userId);
}

/** Sessions and tokens of the member end at once, as far as they are of this workspace. */
export async function removeMember(deps: Needs, actor: Actor, id: string): Promise<void> {
  const member = await findMember(deps, actor, id);
  const line = lineOf(actor, 'remove', member.userId, { role: member.role });
  refuse(await deps.accounts.removeMember(actor.workspace.id, member.userId, line), member);
}

/** By id or e-mail address. */
export async function findMember(
  { accounts }: Pick<AccessDeps, 'accounts'>,
  actor: Actor,
  id: string,
): Promise<MemberRecord> {
  const member = await accounts.findMember(actor.workspace.id, id);
  if (member === null) throw notFound('member', id, 'List the members with `tidemark member list`.');
  return member;
}

/**
 * Whoever holds the link owns the account. So there is none for somebody who belongs to another workspace too: its admins
 * would lose the account to ours.
 */
async function invitationFor(deps: Needs, actor: Actor, member: MemberRecord): Promise<string | null> {
  if (member.hasPassword || member.disabledAt !== null) return null;
  const elsewhere = (await deps.accounts.memberships(member.userId)).some(
    ({ workspace }) => workspace.id !== actor.workspace.id,
  );
  return elsewhere ? null : invitation(deps, actor.workspace.id, member.userId);
}

function refuse(outcome: 'done' | 'last_admin' | 'missing', member: MemberRecord): void {
  if (outcome === 'done') return;
  if (outcome === 'missing')
    throw notFound('member', member.email, 'List the members with `tidemark member list`.');
  throw new AppError(
    'conflict',
    'last_admin',
    `${member.email} is the last admin of this workspace.`,
    'Make somebody else an admin first.',
  );
}

function lineOf(actor: Actor, action: string, userId: string, details: Record<string, unknown>) {
  const { name, requestId, workspace } = actor;
  return {
    workspaceId: workspace.id,
    actor: name,
    action,
    objectType: 'member',
    objectId: userId,
    details,
    requestId,
  };
}
