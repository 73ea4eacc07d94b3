import { afterEach, expect, it } from 'vitest';
import { type AlertMessage, channels, createChannels } from '../../src/notifications/index.ts';
import { slackBody } from '../../src/notifications/slack.ts';
import { slackLink, slackText } from '../../src/notifications/slack-text.ts';
import { alertMessage, sendInput, startReceiver } from './receiver.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>> | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

it('posts Block Kit to the secret address, in the order in which a reader needs it', async () => {
  receiver = await startReceiver((_request, response) => response.end('ok'));
  const { slack } = createChannels({ slackHosts: [receiver.host] });
  const secrets = { url: `${receiver.url}/services/T0/B0/xyz` };
  const result = await slack.send(sendInput({ config: {}, secrets, fetch: receiver.fetch }));
  expect(result).toEqual({ ok: true, status: 200 });
  const [first] = receiver.received;
  expect(first).toMatchObject({ method: 'POST', path: '/services/T0/B0/xyz' });
  const body: unknown = JSON.parse(first?.body ?? '');
  expect(body).toMatchObject({
    text: expect.stringMatching(/^Off track: Weekly active users\nObjective: Grow the base\n/),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'Off track: Weekly active users' } },
      { type: 'section', text: { type: 'mrkdwn', text: expect.stringContaining('Now 1,200') } },
      { type: 'section', text: { text: expect.stringMatching(/^Why: .*\nRule: /) } },
      { type: 'section', text: { text: expect.stringMatching(/^Owner: Ana\nNext: /) } },
      {
        type: 'section',
        text: { text: '<https://tidemark.example/key-results/growth.wau|Open the Key Result>' },
      },
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: expect.stringMatching(/^To stop these messages/) }],
      },
    ],
  });
});

it('speaks the language of the channel and labels sandbox data', () => {
  const body = slackBody(alertMessage({ sandbox: true }), 'zh-CN');
  expect(body.text).toMatch(/^\[沙盒\] 偏离目标：Weekly active users\n/);
  expect(JSON.stringify(body.blocks.at(-1))).toContain('沙盒数据');
});

it("stays within Slack's published limits whatever the texts are", () => {
  const body = slackBody(longest(), 'en');
  expect(body.blocks.length).toBeLessThanOrEqual(50);
  expect(body.text.length).toBeLessThanOrEqual(4_000);
  const limits: Record<string, number> = { header: 150, section: 3_000, context: 2_000 };
  for (const block of body.blocks) {
    const texts = 'elements' in block ? block.elements : [block.text];
    expect(texts).toHaveLength(1);
    expect(texts[0]?.text.length).toBeGreaterThan(0);
    expect(texts[0]?.text.length).toBeLessThanOrEqual(limits[block.type] ?? 0);
  }
});

it('lets no title notify anybody or draw a link', () => {
  const title = 'Q3 <!channel> <!here|here> <@U123> <https://evil.example|click> a < b & c > d <!';
  const keyResult = { ...alertMessage().keyResult, title, owner: '<@U999>' };
  const body = slackBody(alertMessage({ keyResult }), 'en');
  expect(body.blocks[0]).toMatchObject({
    text: { text: 'Off track: Q3    &lt;https://evil.example|click&gt; a &lt; b &amp; c &gt; d &lt;!' },
  });
  // The one link in the message is ours.
  expect(JSON.stringify(body).match(/<[^>]*>/g)).toEqual([
    '<https://tidemark.example/key-results/growth.wau|Open the Key Result>',
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
  expect(channels.slack.secretFields).toEqual(['url']);
  expect(channels.slack.accept(url, () => '')).toEqual({
    ok: true,
    config: {},
    secrets: { url },
    signingSecret: null,
    shown: 'https://hooks.slack.com/…',
    allowedHosts: ['hooks.slack.com'],
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

function longest(): AlertMessage {
  const text = '<&>'.repeat(1_300);
  return alertMessage({
    keyResult: { id: 'kr_1', key: 'k', title: text, owner: text },
    objective: { id: 'obj_1', title: text },
    reason: { code: 'x', text },
    rule: text,
    links: { keyResult: `https://t.example/${'é'.repeat(3_000)}` },
  });
}
