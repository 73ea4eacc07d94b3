import type { InvitedMemberView, MemberView } from '../../api/contracts/access.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { oneLine } from '../render/text.ts';
import { type Voice, voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';

export type Role = MemberView['role'];
export type MemberAddOptions = { email: string; name: string; role: Role };

/** `tidemark member add`: prints the link by which somebody new sets a password. */
export async function memberAddCommand(
  context: Context,
  { email, name, role }: MemberAddOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    showInvited(context, await client.call('addMember', { body: { email, name, role } }), true);
    return exitCodes.done;
  });
}

/** `tidemark member invite EMAIL`: a new link for somebody who has not set a password yet. */
export async function memberInviteCommand(context: Context, member: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    showInvited(context, await client.call('inviteAgain', { params: { id: member } }), false);
    return exitCodes.done;
  });
}

/** `tidemark member list`. */
export async function memberListCommand(context: Context): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('listMembers');
    const { say } = voiceOf(lookOf(context));
    const columns = [
      { title: say('access.email'), priority: 9, minWidth: 12 },
      { title: say('access.name'), priority: 8, minWidth: 8 },
      { title: say('access.role'), priority: 7 },
      { title: say('access.state'), priority: 6 },
      { title: 'ID', priority: 1 },
    ];
    showList<MemberView>(context, answer, columns, (member) => [
      oneLine(member.email),
      oneLine(member.name),
      member.role,
      member.state,
      member.id,
    ]);
    return exitCodes.done;
  });
}

/** `tidemark member role EMAIL ROLE`. */
export async function memberRoleCommand(context: Context, member: string, role: Role): Promise<number> {
  return withSession(context, async ({ client }) => {
    const changed = await client.call('changeRole', { params: { id: member }, body: { role } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, changed, say('access.role_changed', { email: changed.email, role }));
    return exitCodes.done;
  });
}

/** `tidemark member remove EMAIL`: ends the sessions and tokens of somebody, so it is asked for twice. */
export async function memberRemoveCommand(
  context: Context,
  member: string,
  { yes }: { yes?: boolean },
): Promise<number> {
  if (yes !== true)
    throw usageError(`${member} would be removed, with all sessions and tokens`, 'Say so with --yes.');
  return withSession(context, async ({ client }) => {
    await client.call('removeMember', { params: { id: member } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, { removed: member }, say('access.removed', { email: member }));
    return exitCodes.done;
  });
}

function showInvited(context: Context, invited: InvitedMemberView, isNew: boolean): void {
  if (context.settings.json) return printJson(context, invited);
  const { say } = voiceOf(lookOf(context));
  const { email, role } = invited;
  if (isNew) print(context, say('access.added', { email: oneLine(email), role }));
  showLink(context, invited, say);
}

/** The link stands on a line of its own, so that it can be copied whole. */
export function showLink(context: Context, { invitationUrl }: InvitedMemberView, say: Voice['say']): void {
  print(context, say(invitationUrl === null ? 'access.has_account' : 'access.invitation'));
  if (invitationUrl !== null) print(context, invitationUrl);
}
