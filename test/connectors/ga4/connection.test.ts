import { createPublicKey, verify } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SCOPE } from '../../../connectors/ga4/client.ts';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { readServiceAccount, selfSignedToken } from '../../../connectors/sdk/service-account.ts';
import { createEgress, parseEgressAllow } from '../../../src/egress/index.ts';
import { testContext } from '../support/context.ts';
import { property } from './support/property.ts';
import { config, later, week } from './support/read.ts';
import { EMAIL, KEY, startRest } from './support/server.ts';

const file = JSON.parse(KEY) as Record<string, string>;

function refusal(given: Record<string, unknown>): string | undefined {
  return ga4.configSchema.safeParse({ ...config, ...given }).error?.issues[0]?.message;
}

describe('the property', () => {
  it.each(['123', ' 123\n', 'properties/123'])('takes %j for 123', (propertyId) => {
    expect(ga4.configSchema.parse({ ...config, propertyId })).toMatchObject({ propertyId: '123' });
  });

  it.each([
    { propertyId: 'G-ABC123', why: /measurement ID of a data stream/ },
    { propertyId: 'UA-123-1', why: /Universal Analytics, which Google has shut down/ },
    { propertyId: 'acme', why: /^Enter the property’s number/ },
    { propertyId: undefined, why: /^Enter the property’s number/ },
  ])('refuses $propertyId and says why', ({ propertyId, why }) => {
    expect(refusal({ propertyId })).toMatch(why);
  });
});

describe('the key', () => {
  it('is kept without what is not needed, and can be entered again as it was kept', () => {
    const more = JSON.stringify({ ...file, project_id: 'p', universe_domain: 'googleapis.com' });
    const { serviceAccountKey } = ga4.configSchema.parse({ ...config, serviceAccountKey: more });
    expect(JSON.parse(serviceAccountKey)).toEqual(file);
    expect(ga4.configSchema.parse({ ...config, serviceAccountKey })).toMatchObject({ serviceAccountKey });
  });

  it.each([
    { how: 'two characters for each line break', text: KEY.replaceAll('\\n', '\\\\n') },
    { how: 'line breaks inside the quoted key', text: KEY.replaceAll('\\n', '\n') },
  ])('pasted with $how is mended', ({ text }) => {
    const { serviceAccountKey } = ga4.configSchema.parse({ ...config, serviceAccountKey: text });
    expect(JSON.parse(serviceAccountKey)).toEqual(file);
  });

  it.each([
    { serviceAccountKey: 'hello', why: /^This is no JSON\. Paste the whole JSON key file/ },
    { serviceAccountKey: '{}', why: /^client_email and private_key is missing/ },
    { serviceAccountKey: '{"refresh_token":"x"}', why: /^This is a person’s credential/ },
    {
      serviceAccountKey: JSON.stringify({ ...file, private_key: file['private_key']?.slice(0, 300) }),
      why: /^The private key inside the file cannot be read/,
    },
    { serviceAccountKey: undefined, why: /^Paste the whole JSON key file/ },
  ])(
    'that is malformed is refused when it is entered, for this reason: $why',
    ({ serviceAccountKey, why }) => {
      const said = refusal({ serviceAccountKey });
      expect(said).toMatch(why);
      expect(said).not.toContain('PRIVATE KEY-----');
    },
  );

  it('that is malformed in the database asks the owner, and is no outage to be waited for', async () => {
    const broken = { ...config, serviceAccountKey: KEY.replace('MII', 'XXX') };
    const { context, exchanges } = testContext(broken, new URL('http://127.0.0.1:9'), later);
    await expect(ga4.check(context)).rejects.toMatchObject({ errorClass: 'auth', remedy: { by: 'owner' } });
    expect(exchanges).toEqual([]);
  });

  it('signs for reading only, for one hour', () => {
    const account = readServiceAccount(KEY);
    if ('problem' in account) throw new Error(account.problem);
    const [header = '', claims = '', signature = ''] = selfSignedToken(
      account,
      SCOPE,
      1_772_000_000_999,
    ).split('.');
    const publicKey = createPublicKey(file['private_key'] ?? '');
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${claims}`),
      publicKey,
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: 'abc123',
    });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: EMAIL,
      sub: EMAIL,
      scope: 'https://www.googleapis.com/auth/analytics.readonly',
      iat: 1_772_000_000,
      exp: 1_772_003_600,
    });
  });
});

it('may be sent to Google, or only to the address the owner named', () => {
  expect(ga4.allowedHosts(null)).toEqual(['analyticsdata.googleapis.com']);
  expect(ga4.allowedHosts(new URL('http://127.0.0.1:4010'))).toEqual(['127.0.0.1:4010']);
});

describe('a key event', () => {
  it.each(['', '1st', 'sign up', 'a:b'])('is refused as %j', (keyEvent) => {
    const { success } = ga4.metrics['key_event_conversion']?.paramsSchema.safeParse({ keyEvent }) ?? {};
    expect(success).toBe(false);
  });
});

describe('without looking round on the machine', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('uses the key of the connection and no ambient credentials', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', 'no-such-file.json');
    const server = await startRest(property({}));
    try {
      const { context } = testContext(config, server.endpoint, later);
      expect(await ga4.check(context)).toMatchObject({
        account: 'GA4 property 987654321 (Europe/Berlin, EUR)',
      });
      const [, claims = ''] = String(server.asked[0]?.headers['authorization']).split('.');
      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ iss: EMAIL });
    } finally {
      await server.close();
    }
  });
});

it('works through the guarded fetch, which sends the token to no other host', async () => {
  const [ours, other] = [await startRest(property({})), await startRest(property({}))];
  const allowed = parseEgressAllow(`${ours.endpoint.host},${other.endpoint.host}`);
  const egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  const bound = egress.forHosts(ga4.allowedHosts(ours.endpoint));
  const through = (endpoint: URL) => ({ ...testContext(config, endpoint, later).context, fetch: bound });
  try {
    expect(await ga4.check(through(ours.endpoint))).toMatchObject({ livemode: null });
    const reading = ga4.metrics['sessions']?.read(through(other.endpoint), week, {});
    await expect(reading).rejects.toMatchObject({
      errorClass: 'blocked_destination',
      remedy: { by: 'owner' },
    });
    expect(other.requestCount()).toBe(0);
  } finally {
    await egress.close();
    await Promise.all([ours.close(), other.close()]);
  }
});

it('refuses an address with a path, which the official client would drop', async () => {
  const { context } = testContext(config, new URL('https://gateway.example/ga4'), later);
  await expect(ga4.check(context)).rejects.toMatchObject({ code: 'endpoint_path', remedy: { by: 'owner' } });
});
