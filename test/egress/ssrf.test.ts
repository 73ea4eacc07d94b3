import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/egress/address.ts';
import { createGuardedConnector, type ResolvedAddress } from '../../src/egress/connector.ts';
import { createEgress, EgressError, type EgressRule, parseEgressAllow } from '../../src/egress/index.ts';
import { httpListener, type Listener, silentListener } from './servers.ts';
import { LOOPBACK_SPELLINGS, PRIVATE_ADDRESSES } from './table.ts';

let listener: Listener;
beforeAll(async () => {
  listener = await silentListener();
});
afterAll(async () => {
  await listener.close();
});

it.each(LOOPBACK_SPELLINGS)(
  'section 10: refuses loopback written as %s before anything is dialled',
  async (host) => {
    const egress = createEgress({ allow: [] });
    for (const port of ['', ':443', ':80', `:${listener.port}`]) {
      for (const scheme of ['https', 'http']) {
        await expect(egress.fetch(`${scheme}://${host}${port}/`)).rejects.toMatchObject({
          errorClass: 'blocked_destination',
        });
      }
    }
    await egress.close();
  },
);

it.each(LOOPBACK_SPELLINGS)(
  'section 10: the connector on its own refuses %s too, whatever the port',
  async (host) => {
    const agent = guardedAgent([], async () => []);
    const answer = request(`http://${host}:${listener.port}/`, { dispatcher: agent });
    await expect(answer).rejects.toMatchObject({ errorClass: 'blocked_destination', code: 'address' });
    await agent.destroy();
  },
);

it.each([...PRIVATE_ADDRESSES, ['nonsense', 'example'], ['empty', '']])(
  'section 10: calls a %s address (%s) not public',
  (_kind, address) => {
    expect(isPublicAddress(address)).toBe(false);
  },
);

it.each(['8.8.8.8', '93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
  'calls %s public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it.each([
  { url: 'ftp://example.com/', code: 'scheme' },
  { url: 'file:///etc/passwd', code: 'scheme' },
  { url: 'http://example.com/', code: 'scheme' },
  { url: 'https://user@example.com/', code: 'userinfo' },
  { url: 'https://user:pass@example.com/', code: 'userinfo' },
  { url: 'https://example.com:22/', code: 'port' },
  { url: 'https://example.com:6379/', code: 'port' },
  { url: 'https://localhost/', code: 'name' },
  { url: 'https://LOCALHOST./', code: 'name' },
  { url: 'https://app.localhost/', code: 'name' },
  { url: 'https://printer.local/', code: 'name' },
  { url: 'https://vault.internal/', code: 'name' },
  { url: 'https://metadata/', code: 'name' },
  { url: 'https://metadata.google.internal/', code: 'name' },
  { url: '/relative', code: 'bad_url' },
  { url: 'https://', code: 'bad_url' },
  { url: 'https://1.2.3.4.5/', code: 'bad_url' },
  { url: `https://example.com/${'a'.repeat(2_048)}`, code: 'bad_url' },
  { url: `https://${'a.'.repeat(127)}com/`, code: 'bad_url' },
])('tells the person at once that $url is refused ($code)', ({ url, code }) => {
  expect(createEgress({ allow: [] }).checkUrl(url)).toMatchObject({ ok: false, code });
});

it('accepts an ordinary https address', () => {
  expect(createEgress({ allow: [] }).checkUrl('https://api.example.com/v1?x=1')).toMatchObject({
    ok: true,
    port: 443,
  });
});

it('section 10: refuses a name when any one of its addresses is private, and dials none of them', async () => {
  const mixed: ResolvedAddress[] = [
    { address: '93.184.216.34', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  const before = listener.connections();
  for (const addresses of [mixed, mixed.toReversed()]) {
    const agent = guardedAgent([], async () => addresses);
    const answer = request(`http://mixed.example:${listener.port}/`, { dispatcher: agent });
    await expect(answer).rejects.toMatchObject({ errorClass: 'blocked_destination', code: 'address' });
    await agent.destroy();
  }
  expect(listener.connections()).toBe(before);
});

it('section 10: writes no byte when the socket ends up at a private address after all', async () => {
  let reads = 0;
  // Public when vetted, loopback when dialled: what a resolver that answers twice could do.
  const shifty = {
    family: 4 as const,
    get address() {
      reads += 1;
      return reads === 1 ? '93.184.216.34' : '127.0.0.1';
    },
  };
  const target = await silentListener();
  for (const scheme of ['http', 'https']) {
    reads = 0;
    const agent = guardedAgent([], async () => [shifty]);
    const answer = request(`${scheme}://shifty.example:${target.port}/`, { dispatcher: agent });
    await expect(answer).rejects.toMatchObject({ errorClass: 'blocked_destination' });
    await agent.destroy();
  }
  expect(target.bytesReceived()).toBe(0);
  await target.close();
});

it('section 10: never shows a resolved address in the message', async () => {
  const resolve = async (): Promise<ResolvedAddress[]> => [{ address: '10.9.8.7', family: 4 }];
  const egress = createEgress({ allow: [], resolve });
  const error: unknown = await egress.fetch('https://intranet.example/').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'address' });
  expect(JSON.stringify(error) + String(error)).not.toContain('10.9.8.7');
  await egress.close();
});

it.each([
  { rule: 'intranet.example:PORT', reached: true, why: 'the exact host and port' },
  { rule: '127.0.0.0/8', reached: true, why: 'its network' },
  { rule: 'intranet.example:1', reached: false, why: 'another port' },
  { rule: 'other.example:PORT', reached: false, why: 'another host' },
  { rule: '10.8.0.0/16', reached: false, why: 'another network' },
])('the operator opening $why ($rule): reached = $reached', async ({ rule, reached }) => {
  const target = await httpListener((_request, response) => response.end('inside'));
  const agent = guardedAgent(rules(rule.replace('PORT', String(target.port))), async () => [
    { address: '127.0.0.1', family: 4 },
  ]);
  const outcome = await request(`http://intranet.example:${target.port}/`, { dispatcher: agent }).then(
    ({ body }) => body.text(),
    (error: unknown) => (error instanceof EgressError ? error.errorClass : String(error)),
  );
  expect(outcome).toBe(reached ? 'inside' : 'blocked_destination');
  expect(target.connections()).toBe(reached ? 1 : 0);
  await agent.destroy();
  await target.close();
});

it('opening a network opens neither clear text nor other ports', () => {
  const egress = createEgress({ allow: rules('10.0.0.0/8') });
  expect(egress.checkUrl('https://10.1.2.3/')).toMatchObject({ ok: true });
  expect(egress.checkUrl('http://10.1.2.3/')).toMatchObject({ ok: false, code: 'scheme' });
  expect(egress.checkUrl('https://10.1.2.3:8443/')).toMatchObject({ ok: false, code: 'port' });
});

// Last on purpose: it counts what all the tests above did to the listener.
it('after all of the above the private listener has accepted nobody, though it does listen', async () => {
  expect(listener.connections()).toBe(0);
  const opened = createEgress({
    allow: rules(`127.0.0.1:${listener.port}`),
    limits: { firstByteTimeoutMs: 50 },
  });
  await expect(opened.fetch(`http://127.0.0.1:${listener.port}/`)).rejects.toMatchObject({
    code: 'first_byte_timeout',
  });
  expect(listener.connections()).toBe(1);
  await opened.close();
});

function rules(text: string): EgressRule[] {
  const parsed = parseEgressAllow(text);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.rules;
}

function guardedAgent(allow: EgressRule[], resolve: () => Promise<ResolvedAddress[]>): Agent {
  return new Agent({
    connect: createGuardedConnector({ rules: allow, resolve, connectTimeoutMs: 1_000, ca: null }),
  });
}
