import { z } from 'zod';
import { type ChannelKind, defineChannel } from './channel.ts';
import { post } from './delivery.ts';
import type { AlertMessage } from './message.ts';
import type { Lang } from './numbers.ts';
import { plainText, renderMessage } from './render.ts';
import { slackLink, slackText } from './slack-text.ts';

/** Slack's limits, in characters: https://docs.slack.dev/reference/block-kit/blocks */
const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3_000;
const CONTEXT_LENGTH = 2_000;
/** Slack cuts the fallback text at 40,000 and advises 4,000. */
const TEXT_LENGTH = 4_000;

const SLACK_HOST = 'hooks.slack.com';

/**
 * Posts to a Slack incoming webhook. Its address is itself the credential, so it is a secret.
 *
 * @param extraHosts `host` or `host:port` that may stand in for Slack; only the operator may name them
 */
export function createSlack(extraHosts: readonly string[]): ChannelKind {
  return defineChannel({
    kind: 'slack',
    title: 'Slack',
    configSchema: z.object({ lang: z.enum(['en', 'zh-CN']).default('en') }),
    secretsSchema: z.object({ url: z.url({ protocol: /^https?$/ }).max(2_048) }),
    secretFields: ['url'],
    settingsFor: (url) => ({ config: {}, secrets: { url }, signingSecret: null }),
    address: (_config, { url }) => new URL(url),
    showAddress: (url) => `${url.origin}/…`,
    addressProblem(url) {
      if (extraHosts.includes(url.host)) return null;
      if (url.protocol === 'https:' && url.host === SLACK_HOST) return null;
      return `the address must start with https://${SLACK_HOST}/`;
    },

    send({ config, secrets, delivery, fetch, signal, now }) {
      const body = JSON.stringify(slackBody(delivery.message, config.lang));
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      return post({ fetch, url: new URL(secrets.url), headers, body, signal, now });
    },
  });
}

/** The message as Block Kit. `text` is what notifications and screen readers say, and stands alone. */
export function slackBody(message: AlertMessage, lang: Lang) {
  const rendered = renderMessage(message, lang);
  const { headline, numbers, why, action, link, footer } = rendered;
  const linked = slackLink(link.url, link.label);
  return {
    text: slackText(plainText(rendered), TEXT_LENGTH),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: slackText(headline, HEADER_LENGTH), emoji: false },
      },
      section(slackText(numbers.join('\n'), SECTION_LENGTH)),
      section(slackText(why.join('\n'), SECTION_LENGTH)),
      section(slackText(action.join('\n'), SECTION_LENGTH)),
      section(linked.length <= SECTION_LENGTH ? linked : slackText(link.label, SECTION_LENGTH)),
      { type: 'context', elements: [markdown(slackText(footer.join('\n'), CONTEXT_LENGTH))] },
    ],
  };
}

function section(text: string) {
  return { type: 'section', text: markdown(text) };
}

/** `verbatim` keeps Slack from turning bare addresses and names inside the text into links and mentions. */
function markdown(text: string) {
  return { type: 'mrkdwn', text, verbatim: true };
}
