import type { Body } from '../../api/client-types.ts';
import { eventsOf } from '../channel-events.ts';
import { usageError } from '../cli-error.ts';
import { type Context, hint, print, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSecrets, type SecretField } from '../secrets.ts';
import { showCreated } from '../show.ts';

export type ChannelAddOptions = {
  url?: string;
  events?: string;
  title?: string;
  channelId?: string;
  to?: string;
  from?: string;
  smtp?: string;
  user?: string;
  language?: string;
  secretStdin?: boolean;
};
type NewChannel = Body<'createChannel'>;

/** What each kind takes besides what all of them take. */
const flagsOf: Record<string, readonly (keyof ChannelAddOptions)[]> = {
  webhook: ['url', 'events'],
  slack: ['url', 'channelId', 'language', 'secretStdin'],
  email: ['to', 'from', 'smtp', 'user', 'language', 'secretStdin'],
};

/** `tidemark channel add webhook|slack|email KEY`. A Slack address is itself a secret, so no flag takes it. */
export async function channelAddCommand(
  context: Context,
  kind: string,
  key: string,
  options: ChannelAddOptions,
): Promise<number> {
  const body = await bodyOf(context, kind, key, options);
  return withSession(context, async ({ client }) => {
    const answer = await client.call('createChannel', { body });
    showCreated(context, answer, `Channel ${answer.key} is saved. Next: tidemark channel test ${answer.key}`);
    if (answer.signingSecret !== null && !context.settings.json) {
      print(context, `Signing secret: ${answer.signingSecret}`);
      hint(context, 'It is shown this once. The receiver checks the signature of every message with it.');
    }
    return exitCodes.done;
  });
}

async function bodyOf(
  context: Context,
  kind: string,
  key: string,
  options: ChannelAddOptions,
): Promise<NewChannel> {
  refuseForeignFlags(kind, options);
  const named = { key, ...(options.title === undefined ? {} : { title: options.title }) };
  switch (kind) {
    case 'webhook':
      return {
        ...named,
        kind,
        url: webhookAddress(options),
        ...(options.events === undefined ? {} : { events: eventsOf(options.events) }),
      };
    case 'slack':
      return { ...named, kind, ...(await slackSettings(context, options)) };
    case 'email':
      return { ...named, kind, ...(await emailSettings(context, options)) };
    default:
      throw noSuchKind(kind);
  }
}

function noSuchKind(kind: string): Error {
  const known = Object.keys(flagsOf).join(', ');
  return usageError(`There is no channel "${kind}"`, `The channels are: ${known}.`);
}

/** A flag that would be left aside was meant for something. */
function refuseForeignFlags(kind: string, options: ChannelAddOptions): void {
  const taken = flagsOf[kind];
  if (taken === undefined) throw noSuchKind(kind);
  const given = Object.keys(options) as (keyof ChannelAddOptions)[]; // commander makes no others
  const flags = [...new Set(Object.values(flagsOf).flat())];
  const foreign = given.find((name) => flags.includes(name) && !taken.includes(name));
  if (foreign === undefined) return;
  const dashed = (name: string): string =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw usageError(
    `A ${kind} channel takes no ${dashed(foreign)}`,
    `It takes: ${taken.map(dashed).join(', ')}.`,
  );
}

function webhookAddress(options: ChannelAddOptions): string {
  if (options.url === undefined)
    throw usageError('A webhook needs --url', 'Give the address that receives the POST.');
  return options.url;
}

/** An incoming webhook by its secret address, or a bot by its token and the channel where it posts. */
async function slackSettings(context: Context, options: ChannelAddOptions) {
  if (options.url !== undefined) {
    throw usageError(
      "Slack's webhook address is a secret and is not taken from --url, where the process list and the history keep it",
      'Set TIDEMARK_SECRET_URL, or use --secret-stdin. Replace the webhook if it was a real one.',
    );
  }
  const { channelId } = options;
  const language = languageOf(options);
  if (channelId === undefined) {
    const field = { name: 'url', required: true, description: 'https://hooks.slack.com/services/…' };
    return { url: await secretOf(context, field, options), config: language };
  }
  const field = { name: 'token', required: true, description: 'bot token, xoxb-…' };
  return { config: { channelId, ...language }, secrets: { token: await secretOf(context, field, options) } };
}

async function emailSettings(context: Context, options: ChannelAddOptions) {
  const { from, smtp, to, user } = options;
  const missing = Object.entries({ to, from, smtp }).flatMap(([name, value]) =>
    value === undefined ? [`--${name}`] : [],
  );
  if (to === undefined || from === undefined || smtp === undefined) {
    throw usageError(
      `An email channel needs ${missing.join(', ')}`,
      'For example: --to team@example.com --from okr@example.com --smtp smtps://mail.example.com:465',
    );
  }
  const config = {
    to: to.split(',').map((address) => address.trim()),
    from,
    smtp,
    ...(user === undefined ? {} : { user }),
    ...languageOf(options),
  };
  if (user === undefined) return { config };
  const field = { name: 'password', required: true, description: `password of ${user}` };
  return { config, secrets: { password: await secretOf(context, field, options) } };
}

async function secretOf(context: Context, field: SecretField, options: ChannelAddOptions): Promise<string> {
  const found = await readSecrets(context, [field], { stdin: options.secretStdin === true });
  const secret = found[field.name];
  if (secret === undefined) throw usageError(`${field.name} is empty`);
  return secret;
}

function languageOf({ language }: ChannelAddOptions): { lang?: 'en' | 'zh-CN' } {
  if (language === undefined) return {};
  if (language === 'en' || language === 'zh-CN') return { lang: language };
  throw usageError(`--language "${language}" is none of en, zh-CN`);
}
