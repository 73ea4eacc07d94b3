import { Webhook } from 'standardwebhooks';
import { afterEach, expect, it } from 'vitest';
import { channels } from '../../src/notifications/index.ts';
import { webhookHeaders } from '../../src/notifications/standard-webhooks.ts';
import { newWebhookSecret } from '../../src/secrets/index.ts';
import { alertMessage, sendInput, startReceiver } from './receiver.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>> | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

async function deliver(secrets: Record<string, string>, delivery = { id: 'dlv_1', message: alertMessage() }) {
  receiver = await startReceiver((_request, response) => response.writeHead(204).end());
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

it('sends ids, numbers and links, and leaves the names of people out', async () => {
  const { first } = await deliver({ signingSecret: newWebhookSecret() });
  expect(JSON.parse(first.body)).toEqual({
    type: 'key_result.off_track',
    timestamp: '2025-03-11T06:00:00.000Z',
    data: {
      id: 'kr_1',
      key: 'growth.wau',
      alertId: 'alr_1',
      objectiveId: 'obj_1',
      numbers: alertMessage().numbers,
      reason: alertMessage().reason,
      dataThroughDay: '2025-03-10',
      fetchedAt: '2025-03-11T05:58:12.000Z',
      sandbox: false,
      links: { keyResult: 'https://tidemark.example/key-results/growth.wau' },
    },
  });
  expect(first.body).not.toContain('Ana');
});

it('says in the body when the data is sandbox data', async () => {
  const message = alertMessage({ sandbox: true });
  const { first } = await deliver({ signingSecret: newWebhookSecret() }, { id: 'dlv_2', message });
  expect(JSON.parse(first.body)).toMatchObject({ data: { sandbox: true } });
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
