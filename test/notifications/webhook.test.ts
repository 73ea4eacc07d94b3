import { Webhook } from 'standardwebhooks';
import { afterEach, expect, it } from 'vitest';
import { channels, type Message, testMessage } from '../../src/notifications/index.ts';
import { webhookHeaders } from '../../src/notifications/standard-webhooks.ts';
import { newWebhookSecret } from '../../src/secrets/index.ts';
import { checkInItem, connectionItem, keyResultItem, news, wholeDigest } from './news.ts';
import { sendInput, startReceiver } from './receiver.ts';
import { version1 } from './version-1.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>> | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

async function deliver(secrets: Record<string, string>, message: Message = news()) {
  receiver = await startReceiver((_request, response) => response.writeHead(204).end());
  const delivery = { id: 'dlv_1', message };
  const config = { url: `${receiver.url}/hook?tenant=7` };
  const result = await channels.webhook.send(sendInput({ config, secrets, fetch: receiver.fetch, delivery }));
  const [first] = receiver.received;
  if (first === undefined) throw new Error('nothing arrived');
  return { result, first, headers: first.headers as Record<string, string> };
}

it('sends a message that the Standard Webhooks library verifies', async () => {
  const signingSecret = newWebhookSecret();
  const { result, first, headers } = await deliver({ signingSecret });
  expect(result).toEqual({ ok: true, status: 204 });
  expect(first).toMatchObject({ method: 'POST', path: '/hook?tenant=7' });
  expect(headers['webhook-id']).toBe('dlv_1');
  expect(headers['content-type']).toBe('application/json');
  expect(new Webhook(signingSecret).verify(first.body, headers)).toMatchObject({
    type: 'key_result.off_track',
  });
  expect(() => new Webhook(newWebhookSecret()).verify(first.body, headers)).toThrow('No matching signature');
  expect(() => new Webhook(signingSecret).verify(`${first.body} `, headers)).toThrow('No matching signature');
});

it('signs twice during a rotation, so that receivers with either secret accept it', async () => {
  const [signingSecret, previousSigningSecret] = [newWebhookSecret(), newWebhookSecret()];
  const { first, headers } = await deliver({ signingSecret, previousSigningSecret });
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
  for (const secret of [signingSecret, previousSigningSecret]) {
    expect(() => new Webhook(secret).verify(first.body, headers)).not.toThrow();
  }
});

it('signs exactly as the library does for a body with characters beyond ASCII', () => {
  const secret = newWebhookSecret();
  const sentAt = new Date('2025-03-11T06:00:00.700Z');
  const headers = webhookHeaders('dlv_ü', sentAt, '{"t":"周活跃用户"}', [secret]);
  expect(headers['webhook-signature']).toBe(new Webhook(secret).sign('dlv_ü', sentAt, '{"t":"周活跃用户"}'));
  // 2025-03-11T06:00:00Z is 20,158 days and 6 h after 1970: 20158 * 86400 + 21600.
  expect(headers['webhook-timestamp']).toBe('1741672800');
});

it('sends one piece of news as its event: ids, numbers and links, without the names of people', async () => {
  const { first } = await deliver({ signingSecret: newWebhookSecret() });
  const item = keyResultItem();
  expect(JSON.parse(first.body)).toEqual({
    type: 'key_result.off_track',
    timestamp: '2025-03-12T06:10:00.000Z',
    data: {
      workspace: 'Acme',
      kind: 'key_result',
      id: 'kr_1',
      key: 'growth.wau',
      objectiveId: 'obj_1',
      alertId: 'alr_1',
      severity: 'critical',
      at: '2025-03-12T06:00:00.000Z',
      sinceDay: '2025-03-08',
      numbers: item.numbers,
      chance: { now: 0.18, weekAgo: 0.41 },
      forecast: item.forecast,
      reason: item.reason,
      rule: item.rule,
      data: item.data,
      sandbox: false,
      links: item.links,
    },
  });
  expect(first.body).not.toMatch(/Ana|Weekly active users|Grow the base/);
});

it('names what depends on a source by key', async () => {
  const { first } = await deliver({ signingSecret: newWebhookSecret() }, news([connectionItem()]));
  expect(JSON.parse(first.body)).toMatchObject({
    type: 'connection.no_data',
    data: {
      kind: 'connection',
      id: 'con_1',
      keyResultKeys: ['growth.mrr', 'growth.churn'],
      keyResultCount: 5,
      numbers: null,
      chance: null,
    },
  });
  expect(first.body).not.toMatch(/Ben|MRR|Churn/);
});

it('sends a digest as one, with the events and numbers of its items', async () => {
  const { first } = await deliver({ signingSecret: newWebhookSecret() }, wholeDigest());
  const body = JSON.parse(first.body);
  expect(body).toMatchObject({
    type: 'digest',
    data: {
      period: 'daily',
      fromDay: '2025-03-11',
      throughDay: '2025-03-11',
      links: { open: 'https://tidemark.example/' },
    },
  });
  expect(body.data.sections.map((part: { section: string }) => part.section)).toEqual(
    wholeDigest().sections.map(({ section }) => section),
  );
  expect(body.data.sections[2]).toMatchObject({
    more: 2,
    items: [{ event: 'key_result.still_off_track', id: 'kr_1', chance: { now: 0.18 } }],
  });
  expect(first.body).not.toMatch(/Ana|Ben|Weekly active users/);
});

it('loses nothing when several pieces come as one delivery, although it asks for single ones', async () => {
  expect(channels.webhook.takes.maxItems).toBe(1);
  const message = news([keyResultItem(), checkInItem()], 3);
  const { first } = await deliver({ signingSecret: newWebhookSecret() }, message);
  expect(JSON.parse(first.body)).toMatchObject({
    type: 'news',
    data: { items: [{ event: 'key_result.off_track' }, { event: 'key_result.check_in_due' }], more: 3 },
  });
});

it.each([
  { message: news([keyResultItem({ sandbox: true })]), name: 'news' },
  {
    message: testMessage({ occurredAt: new Date(0), appUrl: 'https://t.example/', sandbox: true }),
    name: 'a test',
  },
  { message: version1({ sandbox: true }), name: 'version 1' },
])('says in the body when the data is sandbox data: $name', async ({ message }) => {
  const { first } = await deliver({ signingSecret: newWebhookSecret() }, message);
  expect(JSON.parse(first.body)).toMatchObject({ data: { sandbox: true } });
});

it('sends a message of version 1 as receivers know it', async () => {
  const { first } = await deliver({ signingSecret: newWebhookSecret() }, version1());
  expect(JSON.parse(first.body)).toMatchObject({
    type: 'key_result.off_track',
    data: { id: 'kr_1', dataThroughDay: '2025-03-10', reason: { code: 'far_behind_pace' } },
  });
});

it('takes an address apart: the signing secret is shown once, a query is not shown', () => {
  const accepted = channels.webhook.accept(
    'https://hooks.example.com:8443/in?token=t0p',
    () => 'whsec_' + 'A'.repeat(43) + '=',
  );
  expect(accepted).toEqual({
    ok: true,
    config: { url: 'https://hooks.example.com:8443/in?token=t0p' },
    secrets: { signingSecret: `whsec_${'A'.repeat(43)}=` },
    signingSecret: `whsec_${'A'.repeat(43)}=`,
    shown: 'https://hooks.example.com:8443/in',
    allowedHosts: ['hooks.example.com:8443'],
    reach: ['https://hooks.example.com:8443/in?token=t0p'],
  });
});

it.each(['', 'example.com/hook', 'ftp://example.com/hook', 'javascript:alert(1)'])(
  'refuses "%s" as the address of a webhook',
  (url) => {
    expect(channels.webhook.accept(url, newWebhookSecret)).toMatchObject({ ok: false });
  },
);

it.each(['whsec_', 'whsec_c2hvcnQ=', newWebhookSecret().slice(6), 'plain'])(
  'never signs with a weak or malformed secret (%s)',
  async (signingSecret) => {
    receiver = await startReceiver((_request, response) => response.end());
    const input = sendInput({
      config: { url: receiver.url },
      secrets: { signingSecret },
      fetch: receiver.fetch,
    });
    expect(await channels.webhook.send(input)).toEqual({ ok: false, errorClass: 'rejected', status: null });
    expect(receiver.received).toEqual([]);
  },
);
