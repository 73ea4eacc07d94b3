import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type ChannelKind, defineChannel, type SendInput } from './channel.ts';
import { type DeliveryResult, failure, post, SEND_TIMEOUT_MS } from './delivery.ts';
import { messageWords } from './message-words.ts';
import { drawn, type Picture } from './pictures.ts';
import { callSlack, type SlackAnswer, type SlackApi, uploadPicture } from './slack-api.ts';
import { type SlackImage, slackBody } from './slack-blocks.ts';
import type { MessageWords } from './words.ts';

const WEBHOOK_HOST = 'hooks.slack.com';
const API = 'https://slack.com/api/';
/** Where `files.getUploadURLExternal` sends the picture. */
const UPLOAD = 'https://files.slack.com/';
const SLACK_HOSTS = [WEBHOOK_HOST, 'slack.com', 'files.slack.com'];
/** For drawing, upload and Slack's own work on the picture; the message itself keeps the rest of its time. */
const PICTURE_TIMEOUT_MS = 9_000;
/** A file can be shown only once Slack has looked through it, which takes a moment. */
const PICTURE_WAITS_MS = [300, 700, 1_500];

const configSchema = z.object({
  lang: z.enum(['en', 'zh-CN']).default('en'),
  /** Where a bot posts; a webhook has its channel in its address. */
  channelId: z
    .string()
    .regex(/^[CDG][A-Z0-9]{8,}$/, 'expected the id of a Slack channel, such as C0123456789')
    .optional(),
  apiUrl: z.url({ protocol: /^https?$/ }).default(API),
});
const secretsSchema = z
  .object({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_048)
      .optional(),
    token: z
      .string()
      .regex(/^xoxb-[\w-]{10,300}$/, 'expected a bot token, which starts with xoxb-')
      .optional(),
  })
  .refine(({ token, url }) => token !== undefined || url !== undefined, {
    error: 'give the address of an incoming webhook, or a bot token',
  });
type Config = z.output<typeof configSchema>;
type Secrets = z.output<typeof secretsSchema>;
type Input = SendInput<Config, Secrets>;

export type SlackOptions = {
  /** `host` or `host:port` that may stand in for Slack; only the operator may name them. */
  extraHosts: readonly string[];
  picture: Picture | null;
  pictureTimeoutMs?: number;
};

/**
 * Posts to an incoming webhook, whose address is itself the credential; or, with a bot token, to a channel by its id, and
 * then with the chart as an image: an incoming webhook can show only images that the whole internet can read.
 */
export function createSlack(options: SlackOptions): ChannelKind {
  const { extraHosts } = options;
  return defineChannel({
    kind: 'slack',
    title: 'Slack',
    takes: { maxItems: 20, charts: true },
    configSchema,
    secretsSchema,
    secretFields: ['url', 'token'],
    settingsFor: ({ config = {}, secrets = {}, url }) => ({
      config,
      secrets: url === undefined ? secrets : { ...secrets, url },
      signingSecret: null,
    }),
    addresses: ({ apiUrl }, { token, url }) =>
      token === undefined
        ? [new URL(url ?? '')]
        : [new URL(apiUrl), ...(apiUrl === API ? [new URL(UPLOAD)] : [])],
    show({ channelId }, { token, url }) {
      return token === undefined ? `${new URL(url ?? '').origin}/…` : `Slack ${channelId ?? ''}`;
    },
    settingsProblem: ({ channelId }, { token }) =>
      token !== undefined && channelId === undefined
        ? 'a bot token needs the channelId of the channel where the bot posts'
        : null,
    addressProblem(url) {
      if (extraHosts.includes(url.host)) return null;
      if (url.protocol === 'https:' && SLACK_HOSTS.includes(url.host)) return null;
      return `the address must start with https://${WEBHOOK_HOST}/`;
    },
    send: (input) => (input.secrets.token === undefined ? sendByWebhook(input) : sendByBot(input, options)),
  });
}

function sendByWebhook({ config, delivery, fetch, now, secrets, signal }: Input): Promise<DeliveryResult> {
  const words = messageWords(delivery.message, config.lang);
  const body = JSON.stringify(slackBody(words, delivery.id, null));
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return post({ fetch, url: new URL(secrets.url ?? ''), headers, body, signal, now });
}

async function sendByBot(
  { config, delivery, fetch, now, secrets, signal }: Input,
  options: SlackOptions,
): Promise<DeliveryResult> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]);
  const forPicture = AbortSignal.any([
    limited,
    AbortSignal.timeout(options.pictureTimeoutMs ?? PICTURE_TIMEOUT_MS),
  ]);
  const api = { fetch, base: new URL(config.apiUrl), token: secrets.token ?? '', signal: limited, now };
  const words = messageWords(delivery.message, config.lang);
  const post = (image: SlackImage | null): Promise<SlackAnswer> =>
    callSlack(api, 'chat.postMessage', {
      channel: config.channelId,
      ...slackBody(words, delivery.id, image),
    });
  try {
    const image = await imageOf(words, { ...api, signal: forPicture }, options);
    const shown = image === null ? null : await postWithImage(() => post(image), forPicture);
    return shown ?? (await post(null)).result;
  } catch (error) {
    return failure(error, signal);
  }
}

/**
 * A message whose image Slack does not take in yet is tried again for a moment. A refused message was not posted, so
 * nothing repeats.
 *
 * @returns null when the message has to go without its image
 */
async function postWithImage(
  post: () => Promise<SlackAnswer>,
  signal: AbortSignal,
): Promise<DeliveryResult | null> {
  for (const pauseMs of PICTURE_WAITS_MS) {
    const answer = await post();
    if (answer.refusal !== 'invalid_blocks') return answer.result;
    const isTimeLeft = await wait(pauseMs, true, { signal }).catch(() => false);
    if (!isTimeLeft) return null;
  }
  return null;
}

/** The picture of the most important item that has one; null on any failure, which never holds up the message. */
async function imageOf(
  words: MessageWords,
  api: SlackApi,
  { extraHosts, picture }: SlackOptions,
): Promise<SlackImage | null> {
  const item = words.sections.flatMap(({ items }) => items).find((one) => one.picture !== null);
  const request = item?.picture ?? null;
  if (request === null) return null;
  const png = await drawn(picture, request, words.lang);
  if (png === null) return null;
  const isAllowed = (url: URL): boolean =>
    extraHosts.includes(url.host) || url.origin === new URL(UPLOAD).origin;
  try {
    const fileId = await uploadPicture(api, png, request.alt, isAllowed);
    return fileId === null ? null : { fileId, alt: request.alt };
  } catch {
    return null;
  }
}
