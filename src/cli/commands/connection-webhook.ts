import { CliError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantText } from '../render/format.ts';
import { voiceOf } from '../render/voice.ts';
import { secretVariable } from '../secrets.ts';
import { lookOf } from '../show.ts';

/** `tidemark connection webhook KEY`: what to enter at the provider, and where its secret goes. */
export async function connectionWebhookCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const connection = await client.call('getConnection', { params: { id: key } });
    const { webhook } = connection;
    if (webhook === undefined) {
      throw new CliError(`The provider of ${connection.key} sends no events`, {
        next: 'It is read on its schedule: tidemark connection show KEY',
      });
    }
    const isSet = connection.secrets[webhook.secretField]?.set === true;
    if (context.settings.json) {
      printJson(context, { ...webhook, secretSet: isSet });
      return exitCodes.done;
    }
    const look = lookOf(context);
    const { say } = voiceOf(look);
    const { lastEventAt, secretField, url } = webhook;
    const lines = [
      say('webhook.enter'),
      `  ${url}`,
      ...(isLocal(url) ? [`  ${say('webhook.local')}`] : []),
      say('webhook.store'),
      `  ${secretVariable(secretField)}=… tidemark connection set-key ${connection.key} --field ${secretField}`,
      `${secretField}: ${say(isSet ? 'webhook.set' : 'webhook.unset')}`,
      `${say('webhook.last')}: ${lastEventAt === null ? say('webhook.none_yet') : instantText(lastEventAt, look)}`,
    ];
    print(context, lines.join('\n'));
    return exitCodes.done;
  });
}

function isLocal(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).host);
}
