import { afterEach, expect, it } from 'vitest';
import type { NewsItem } from '../../src/app/news.ts';
import {
  channels,
  createChannels,
  type Lang,
  type Message,
  messageWords,
} from '../../src/notifications/index.ts';
import { slackBody } from '../../src/notifications/slack-blocks.ts';
import { slackLink, slackText } from '../../src/notifications/slack-text.ts';
import { checkInItem, connectionItem, digest, keyResultItem, news, titled, wholeDigest } from './news.ts';
import { sendInput, startReceiver } from './receiver.ts';
import { expectWithinSlackLimits } from './slack-check.ts';
import { version1 } from './version-1.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>> | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

function bodyOf(message: Message, lang: Lang = 'en') {
  return slackBody(messageWords(message, lang), 'dlv_1', null);
}

it('posts Block Kit to the secret address, in the order in which a reader needs it', async () => {
  receiver = await startReceiver((_request, response) => response.end('ok'));
  const { slack } = createChannels({ slackHosts: [receiver.host] });
  const secrets = { url: `${receiver.url}/services/T0/B0/xyz` };
  const result = await slack.send(sendInput({ config: {}, secrets, fetch: receiver.fetch }));
  expect(result).toEqual({ ok: true, status: 200 });
  const [first] = receiver.received;
  expect(first).toMatchObject({ method: 'POST', path: '/services/T0/B0/xyz' });
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    text: expect.stringMatching(/^Off track: Weekly active users\n\nObjective: Grow the base\n/),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Off track: Weekly active users' } },
      {
        type: 'section',
        fields: [
          { text: '*Objective*\nGrow the base' },
          { text: '*Now*\n1,200 (target 1,500, started at 1,000)' },
          { text: '*Progress*\n40%, expected by now 76%' },
          { text: '*Since*\n2025-03-08 (4 days)' },
        ],
      },
      {
        type: 'section',
        text: {
          text: expect.stringMatching(
            /^\*Why\* .*\n\*Chance\* .*\n\*Forecast\* .*\n\*Needed\* .*\n\*Data\* .*\n\*Rule\* .*\n\*Owner\* Ana\n\*Next\* /,
          ),
        },
      },
      {
        type: 'section',
        text: {
          text: '<https://tidemark.example/key-results/growth.wau|Open the Key Result>  ·  <https://tidemark.example/alerts/alr_1?do=acknowledge|Acknowledge>  ·  <https://tidemark.example/alerts/alr_1?do=snooze|Snooze>',
        },
      },
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: expect.stringMatching(/^To stop these messages/) }],
      },
    ],
    metadata: { event_type: 'tidemark_news', event_payload: { delivery_id: 'dlv_1' } },
  });
});

it('speaks the language of the channel and labels sandbox data', () => {
  const body = bodyOf(news([keyResultItem({ sandbox: true })]), 'zh-CN');
  expect(body.text).toMatch(/^\[沙盒\] 偏离目标：Weekly active users\n/);
  expect(JSON.stringify(body.blocks.at(-1))).toContain('沙盒数据');
});

const usual: Message[] = [
  news(),
  news([keyResultItem(), titled('B'), connectionItem(), checkInItem(), titled('E')], 2),
  news([connectionItem()]),
  wholeDigest(),
  digest([]),
  version1(),
];
const longTitles = [
  '<!here>'.repeat(280),
  '&'.repeat(2_000),
  'מ'.repeat(2_000),
  '😀'.repeat(1_000),
  '周'.repeat(2_000),
];

it.each(['en', 'zh-CN'] as const)(
  "stays within Slack's published limits for every usual message (%s)",
  (lang) => {
    for (const message of usual) {
      const words = messageWords(message, lang);
      expectWithinSlackLimits(slackBody(words, 'dlv_1', null));
      expectWithinSlackLimits(slackBody(words, 'dlv_1', { fileId: 'F0123456789', alt: 'x'.repeat(5_000) }));
    }
  },
);

it.each(longTitles)("stays within Slack's published limits for the longest messages (%#)", (text) => {
  const items = Array.from({ length: 15 }, () => longest(text));
  const every = wholeDigest().sections.map(({ section }) => ({
    section,
    items: items.slice(0, 4),
    more: 999,
  }));
  for (const message of [
    news([longest(text)], 5),
    news([longest(text)]),
    news(items, 999),
    digest(every),
    digest(every.toReversed()),
  ]) {
    expectWithinSlackLimits(bodyOf(message));
    expectWithinSlackLimits(bodyOf(message, 'zh-CN'));
  }
});

it('draws as many items as fit, the first ones first, and counts the others', () => {
  const items = Array.from({ length: 60 }, (_, index) => titled(`Key Result ${index}`));
  const { blocks } = bodyOf(news(items));
  const drawn = JSON.stringify(blocks).match(/\*Off track: Key Result \d+\*/g) ?? [];
  expect(drawn.length).toBeGreaterThan(5);
  expect(drawn[0]).toBe('*Off track: Key Result 0*');
  expect(JSON.stringify(blocks)).toContain(`${60 - drawn.length} more in Tidemark.`);
  expect(blocks.at(-1)?.type).toBe('context');
});

it('lets no title notify anybody or draw a link', () => {
  const title = 'Q3 <!channel> <!here|here> <@U123> <https://evil.example|click> a < b & c > d <!';
  const item = titled(title);
  const body = bodyOf(news([{ ...item, subject: { ...item.subject, owner: '<@U999>' } }]));
  expect(body.blocks[0]).toMatchObject({
    text: { text: 'Off track: Q3    &lt;https://evil.example|click&gt; a &lt; b &amp; c &gt; d &lt;!' },
  });
  // The only links in the message are ours.
  expect(JSON.stringify(body).match(/<[^>]*>/g)).toEqual([
    '<https://tidemark.example/key-results/growth.wau|Open the Key Result>',
    '<https://tidemark.example/alerts/alr_1?do=acknowledge|Acknowledge>',
    '<https://tidemark.example/alerts/alr_1?do=snooze|Snooze>',
  ]);
  expect(JSON.stringify(body)).not.toMatch(/U123|U999/);
});

it.each([
  { text: '<<!x>!channel>', shown: '&lt;!channel&gt;', why: 'removing one mention must not make another' },
  { text: '&lt;', shown: '&amp;lt;', why: 'text that looks escaped is shown as typed' },
  { text: '<!subteam^S1|@team>', shown: '', why: 'groups are mentions too' },
])('shows "$text" as it is: $why', ({ text, shown }) => {
  expect(slackText(text, 100)).toBe(shown);
});

it('cuts after escaping, and neither inside an escape nor inside a character', () => {
  // Each "&" takes five characters: 19 of them are 95, the ellipsis makes 96, a twentieth would make 101.
  expect(slackText('&'.repeat(50), 100)).toBe(`${'&amp;'.repeat(19)}…`);
  expect(slackText('😀😀😀', 4)).toBe('😀…');
  expect(slackText('abcd', 4)).toBe('abcd');
});

it('keeps an address with markup characters inside its link', () => {
  expect(slackLink('https://t.example/a?x=1&y=|>', 'See')).toBe('<https://t.example/a?x=1&amp;y=%7C%3E|See>');
});

it('keeps the address secret and binds it to its host', () => {
  const url = 'https://hooks.slack.com/services/T0/B0/secret';
  expect(channels.slack.secretFields).toEqual(['url', 'token']);
  expect(channels.slack.accept(url, () => '')).toEqual({
    ok: true,
    config: {},
    secrets: { url },
    signingSecret: null,
    shown: 'https://hooks.slack.com/…',
    allowedHosts: ['hooks.slack.com'],
    reach: [url],
  });
});

it.each([
  'https://hooks.slack.com.evil.example/services/x',
  'https://evil.example/hooks.slack.com',
  'http://hooks.slack.com/services/x',
  'https://hooks.slack.com:8443/services/x',
  'hooks.slack.com/services/x',
])('refuses %s as a Slack address, when it is entered and when it is used', async (url) => {
  let calls = 0;
  const fetch = async (): Promise<Response> => {
    calls += 1;
    return new Response('ok');
  };
  expect(channels.slack.accept(url, () => '')).toMatchObject({ ok: false });
  const sent = await channels.slack.send(sendInput({ config: {}, secrets: { url }, fetch }));
  expect(sent).toMatchObject({ ok: false, status: null });
  expect(calls).toBe(0);
});

it('disables itself when Slack says that the channel is archived (410)', async () => {
  receiver = await startReceiver((_request, response) => response.writeHead(410).end('channel_is_archived'));
  const { slack } = createChannels({ slackHosts: [receiver.host] });
  const result = await slack.send(
    sendInput({ config: {}, secrets: { url: receiver.url }, fetch: receiver.fetch }),
  );
  expect(result).toEqual({ ok: false, errorClass: 'gone', status: 410 });
});

function longest(text: string): NewsItem {
  const item = keyResultItem();
  const reason = { code: 'of_a_newer_version', values: { text: text.slice(0, 3_900) } };
  const long = `https://t.example/${'é'.repeat(400)}`;
  return {
    ...item,
    reason,
    subject: {
      kind: 'key_result',
      id: 'kr_1',
      key: 'k',
      title: text,
      owner: text,
      objective: { id: 'obj_1', title: text },
    },
    links: {
      open: `https://t.example/${'a'.repeat(470)}`,
      acknowledge: long,
      snooze: `https://t.example/${'b'.repeat(470)}`,
    },
  };
}
