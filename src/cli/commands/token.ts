import type { ApiTokenView } from '../../api/contracts/access.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantText } from '../render/format.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated, showList } from '../show.ts';

export type TokenCreateOptions = { name: string; scope: ApiTokenView['scopes']; days?: string };

/** `tidemark token create`: prints the token this once. */
export async function tokenCreateCommand(
  context: Context,
  { days, name, scope }: TokenCreateOptions,
): Promise<number> {
  const expiresInDays = days === undefined ? 90 : Number(days);
  if (!Number.isInteger(expiresInDays))
    throw usageError(`"${days ?? ''}" is no number of days`, 'Give 1 to 366, such as --days 30.');
  return withSession(context, async ({ client }) => {
    const made = await client.call('createToken', { body: { name, scopes: scope, expiresInDays } });
    if (context.settings.json) printJson(context, made);
    else {
      const look = lookOf(context);
      const { say } = voiceOf(look);
      const until = instantText(made.expiresAt, look);
      context.io.stderr.write(`${say('access.token_made', { name: oneLine(made.name), until })}\n`);
      print(context, made.token); // alone on standard output, so that it can be piped into a secret store
    }
    return exitCodes.done;
  });
}

/** `tidemark token list`: one's own; of the secret nothing. */
export async function tokenListCommand(context: Context): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('listTokens');
    const { say } = voiceOf(lookOf(context));
    const columns = [
      { title: 'ID', priority: 9 },
      { title: say('access.name'), priority: 8, minWidth: 8 },
      { title: say('access.scopes'), priority: 7 },
      { title: say('access.until'), priority: 6 },
      { title: say('access.last_used'), priority: 5 },
    ];
    showList<ApiTokenView>(context, answer, columns, (token, look) => [
      token.id,
      oneLine(token.name),
      token.scopes.join(', '),
      instantText(token.expiresAt, look),
      token.lastUsedAt === null ? say('access.never') : instantText(token.lastUsedAt, look),
    ]);
    return exitCodes.done;
  });
}

/** `tidemark token revoke ID`. */
export async function tokenRevokeCommand(context: Context, id: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    await client.call('revokeToken', { params: { id } });
    const { say } = voiceOf(lookOf(context));
    showCreated(context, { revoked: id }, say('access.token_revoked', { id }));
    return exitCodes.done;
  });
}
