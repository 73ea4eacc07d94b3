import type { OwnWorkspaceView } from '../../api/contracts/access.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showFields, showList } from '../show.ts';
import { showLink } from './member.ts';

export type WorkspaceSetOptions = { name?: string; timeZone?: string };
export type WorkspaceCreateOptions = {
  name: string;
  timeZone: string;
  adminEmail: string;
  adminName: string;
};

/** `tidemark workspace list`: those that the token can see. */
export async function workspaceListCommand(context: Context): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('listWorkspaces');
    const { say } = voiceOf(lookOf(context));
    const columns = [
      { title: 'ID', priority: 9 },
      { title: say('access.name'), priority: 8, minWidth: 8 },
      { title: say('access.zone'), priority: 6 },
      { title: say('access.role'), priority: 7 },
      { title: '', priority: 5 },
    ];
    showList<OwnWorkspaceView>(context, answer, columns, (workspace) => [
      workspace.id,
      oneLine(workspace.name),
      workspace.timeZone,
      workspace.role,
      workspace.current ? say('access.current') : '',
    ]);
    return exitCodes.done;
  });
}

/** `tidemark workspace show`: the one that the token works in, and as whom. */
export async function workspaceShowCommand(context: Context): Promise<number> {
  return withSession(context, async ({ client }) => {
    const me = await client.call('getMe');
    if (context.settings.json) printJson(context, me);
    else {
      const { say } = voiceOf(lookOf(context));
      showFields(context, [
        ['ID', me.workspace.id],
        [say('access.name'), me.workspace.name],
        [say('access.zone'), me.workspace.timeZone],
        [say('access.email'), me.user?.email ?? null],
        [say('access.role'), me.role],
        [say('access.scopes'), me.scopes.join(', ')],
      ]);
    }
    return exitCodes.done;
  });
}

/** `tidemark workspace update`: its name, or the zone that new cycles count their days in. */
export async function workspaceUpdateCommand(
  context: Context,
  { name, timeZone }: WorkspaceSetOptions,
): Promise<number> {
  if (name === undefined && timeZone === undefined)
    throw usageError('Nothing would change', 'Give --name or --time-zone.');
  return withSession(context, async ({ client }) => {
    const { id } = (await client.call('getMe')).workspace;
    const body = { ...(name === undefined ? {} : { name }), ...(timeZone === undefined ? {} : { timeZone }) };
    const changed = await client.call('updateWorkspace', { params: { id }, body });
    const { say } = voiceOf(lookOf(context));
    const said = { name: oneLine(changed.name), zone: changed.timeZone };
    showCreated(context, changed, say('access.workspace_changed', said));
    return exitCodes.done;
  });
}

/** `tidemark workspace create`: with its first admin, who gets a link. */
export async function workspaceCreateCommand(
  context: Context,
  { adminEmail, adminName, name, timeZone }: WorkspaceCreateOptions,
): Promise<number> {
  return withSession(context, async ({ client }) => {
    const admin = { email: adminEmail, name: adminName };
    const made = await client.call('createWorkspace', { body: { name, timeZone, admin } });
    if (context.settings.json) printJson(context, made);
    else {
      const { say } = voiceOf(lookOf(context));
      const said = { name: oneLine(made.name), id: made.id, email: oneLine(made.admin.email) };
      print(context, say('access.workspace_made', said));
      showLink(context, made.admin, say);
    }
    return exitCodes.done;
  });
}
