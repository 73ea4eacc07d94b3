import type { ChannelView } from '../../api/contract.ts';
import { parseCount } from '../amounts.ts';
import { usageError } from '../cli-error.ts';
import { type Context, hint, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSecrets } from '../secrets.ts';
import { showCreated, showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type ChannelAddOptions = { url?: string; title?: string; secretStdin?: boolean };
export type RuleAddOptions = { keyResult?: string; objective?: string; for?: string; keep?: string };

/** `tidemark channel add webhook|slack KEY`. A Slack address is itself a secret, so no flag takes it. */
export async function channelAddCommand(
  context: Context,
  kind: string,
  key: string,
  options: ChannelAddOptions,
): Promise<number> {
  if (kind !== 'webhook' && kind !== 'slack') {
    throw usageError(`There is no channel "${kind}"`, 'The channels are: webhook, slack.');
  }
  const url = kind === 'slack' ? await slackAddress(context, options) : webhookAddress(options);
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createChannel', {
      body: { key, kind, url, ...(options.title === undefined ? {} : { title: options.title }) },
    });
    showCreated(context, answer, `Channel ${answer.key} is saved. Next: tidemark channel test ${answer.key}`);
    if (answer.signingSecret !== null && !context.settings.json) {
      print(context, `Signing secret: ${answer.signingSecret}`);
      hint(context, 'It is shown this once. The receiver checks the signature of every message with it.');
    }
    return exitCodes.done;
  });
}

function webhookAddress(options: ChannelAddOptions): string {
  if (options.url === undefined)
    throw usageError('A webhook needs --url', 'Give the address that receives the POST.');
  return options.url;
}

async function slackAddress(context: Context, options: ChannelAddOptions): Promise<string> {
  if (options.url !== undefined) {
    throw usageError(
      "Slack's webhook address is a secret and is not taken from --url, where the process list and the history keep it",
      'Set TIDEMARK_SECRET_URL, or use --secret-stdin. Replace the webhook if it was a real one.',
    );
  }
  const field = { name: 'url', required: true, description: 'https://hooks.slack.com/services/…' };
  const { url } = await readSecrets(context, [field], { stdin: options.secretStdin === true });
  if (url === undefined) throw usageError('url is empty');
  return url;
}

/** `tidemark channel list`. */
export async function channelListCommand(context: Context): Promise<number> {
  const words = wordsOf(context.settings.lang);
  return withSession(context, async ({ client }) => {
    showList(
      context,
      await client.call('listChannels'),
      [
        { title: words.channel, priority: 9 },
        { title: words.kind, priority: 8 },
        { title: words.title, priority: 3, minWidth: 10 },
        { title: words.address, priority: 5, minWidth: 20 },
        { title: words.state, priority: 7, minWidth: 10 },
      ],
      (channel) => [
        channel.key,
        channel.kind,
        channel.title,
        channel.address,
        stateOf(channel, words.active),
      ],
    );
    return exitCodes.done;
  });
}

function stateOf(channel: ChannelView, active: string): string {
  return channel.enabled ? active : (channel.disabledReason ?? 'off');
}

/** `tidemark channel test KEY`: sends one marked test message. */
export async function channelTestCommand(context: Context, key: string): Promise<number> {
  return withSession(context, async ({ client }) => {
    const answer = await client.call('testChannel', { params: { id: key } });
    if (context.settings.json) printJson(context, answer);
    else print(context, `Test message ${answer.deliveryId} to ${answer.channelKey}: ${answer.status}`);
    if (answer.lastError !== null) hint(context, answer.lastError);
    return answer.status === 'dead' ? exitCodes.failed : exitCodes.done;
  });
}

/** `tidemark rule add`: tell the channels when a Key Result is off track. */
export async function ruleAddCommand(context: Context, options: RuleAddOptions): Promise<number> {
  const forEvaluations = options.for === undefined ? null : parseCount(options.for, '--for');
  const keepFiring = options.keep === undefined ? null : parseCount(options.keep, '--keep');
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createAlertRule', {
      body: {
        ...(options.keyResult === undefined ? {} : { keyResult: options.keyResult }),
        ...(options.objective === undefined ? {} : { objective: options.objective }),
        ...(forEvaluations === null ? {} : { forEvaluations }),
        ...(keepFiring === null ? {} : { keepFiringEvaluations: keepFiring }),
      },
    });
    const scope = options.keyResult ?? options.objective ?? 'every Key Result';
    showCreated(
      context,
      answer,
      `Rule ${answer.id} is saved: ${scope} off track on ${answer.forEvaluations} days fires, ${answer.keepFiringEvaluations} days without it resolve.`,
    );
    return exitCodes.done;
  });
}
