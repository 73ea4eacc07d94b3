import { describe, expect, it } from 'vitest';
import { connectorById, connectors } from '../../../connectors/registry.ts';
import { stripe } from '../../../connectors/stripe/index.ts';
import { createEgress, parseEgressAllow } from '../../../src/egress/index.ts';
import { testContext } from '../support/context.ts';
import { KEY } from './support/read.ts';
import { startStripe } from './support/server.ts';

function refusal(apiKey: unknown): string | undefined {
  return stripe.configSchema.safeParse({ apiKey }).error?.issues[0]?.message;
}

describe('the key of a connection', () => {
  it.each(['rk_live_abc123', 'rk_test_abc123', 'sk_live_abc123', 'sk_test_abc123', ' rk_test_abc123\n'])(
    'takes %j',
    (key) => {
      expect(stripe.configSchema.parse({ apiKey: key })).toEqual({ apiKey: key.trim() });
    },
  );

  it('tells a publishable key from one that can read', () => {
    expect(refusal('pk_live_abc')).toMatch(
      /^A publishable key \(pk_…\) cannot read data\. Enter a restricted key/,
    );
  });

  it.each([undefined, '', 'hello', 'sk_org_live_abc', 'rk_live_'])(
    'refuses %j without repeating it',
    (key) => {
      expect(refusal(key)).toMatch(/^Enter a restricted key \(rk_live_… or rk_test_…\)/);
    },
  );

  it('may be sent to Stripe, or only to the address the owner named', () => {
    expect(stripe.allowedHosts(null)).toEqual(['api.stripe.com']);
    expect(stripe.allowedHosts(new URL('http://127.0.0.1:12111'))).toEqual(['127.0.0.1:12111']);
  });
});

async function check(apiKey: string, forbidden: string[] = []) {
  const account = {
    id: 'acct_1',
    object: 'account',
    business_profile: { name: 'Acme' },
    default_currency: 'usd',
  };
  const server = await startStripe({ account });
  for (const path of forbidden) {
    const name = `rak_${path.slice('/v1/'.length, -1)}_read`;
    const message = `The provided key 'rk_test_****' does not have the required permissions for this endpoint on account 'acct_1'. Having the '${name}' permission would allow this request to continue.`;
    server.answer(path, () => ({ status: 403, body: { error: { type: 'invalid_request_error', message } } }));
  }
  try {
    return await stripe.check(
      testContext({ apiKey }, server.endpoint, new Date('2026-03-01T00:00:00Z')).context,
    );
  } finally {
    await server.close();
  }
}

describe('checking a connection', () => {
  it('names the account and is content with a restricted live key', async () => {
    expect(await check('rk_live_abc')).toEqual({
      account: 'Acme (acct_1)',
      currency: 'USD',
      livemode: true,
      warnings: [],
    });
  });

  it('warns that a secret key can do too much', async () => {
    const { warnings } = await check('sk_live_abc');
    expect(warnings).toEqual([expect.stringContaining('A restricted key (rk_…) with read rights is enough')]);
  });

  it('says that a test key shows test numbers', async () => {
    expect(await check(KEY)).toMatchObject({
      livemode: false,
      warnings: [expect.stringContaining('test key')],
    });
  });

  it('says which metric a missing permission costs', async () => {
    const { warnings } = await check('rk_live_abc', ['/v1/disputes']);
    expect(warnings).toEqual([
      'The key may not read disputes (needed for net revenue after disputes). Give the restricted key the permission rak_dispute_read in the Stripe Dashboard.',
    ]);
  });

  it('finds the account’s id in the refusal when its name may not be read', async () => {
    expect(await check('rk_live_abc', ['/v1/account'])).toMatchObject({ account: 'acct_1', warnings: [] });
  });

  it('refuses a key that may read nothing', async () => {
    const lists = ['charges', 'disputes', 'subscriptions', 'customers', 'prices', 'coupons', 'invoices'];
    lists.push('events', 'credit_notes', 'balance_transactions');
    const checking = check(
      'rk_live_abc',
      lists.map((name) => `/v1/${name}`),
    );
    await expect(checking).rejects.toMatchObject({ errorClass: 'auth', remedy: { by: 'owner' } });
  });

  it('refuses an address with a path, which the official client would drop', async () => {
    const { context } = testContext({ apiKey: KEY }, new URL('https://gateway.example/stripe'), new Date());
    await expect(stripe.check(context)).rejects.toMatchObject({
      code: 'endpoint_path',
      remedy: { by: 'owner' },
    });
  });
});

it('works through the guarded fetch, which sends the key to no other host', async () => {
  const [ours, other] = [await startStripe({}), await startStripe({})];
  const allowed = parseEgressAllow(`${ours.endpoint.host},${other.endpoint.host}`);
  const egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  const bound = egress.forHosts(stripe.allowedHosts(ours.endpoint));
  const through = (endpoint: URL) => ({
    ...testContext({ apiKey: KEY }, endpoint, new Date('2026-03-01T00:00:00Z')).context,
    fetch: bound,
  });
  try {
    expect(await stripe.check(through(ours.endpoint))).toMatchObject({ account: 'acct_test' });
    await expect(stripe.check(through(other.endpoint))).rejects.toMatchObject({
      errorClass: 'blocked_destination',
      remedy: { by: 'owner' },
    });
    expect(other.requestCount()).toBe(0);
  } finally {
    await egress.close();
    await Promise.all([ours.close(), other.close()]);
  }
});

it('is found by its id, and nothing else is', () => {
  expect(connectorById('stripe')).toBe(connectors.stripe);
  expect(connectorById('toString')).toBeNull();
});

it('lists every connector under its own id, with a guide and a stage for each metric', () => {
  for (const [id, connector] of Object.entries(connectors)) {
    expect(connector.id).toBe(id);
    expect(connector.guide).not.toBe('');
    for (const metric of Object.values(connector.metrics)) expect(metric.description).toMatch(/\.$/);
  }
});
