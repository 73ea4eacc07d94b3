import { describe, expect, it } from 'vitest';
import { allowedHosts, baseUrls, configSchema } from '../../../connectors/mixpanel/config.ts';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { createEgress, parseEgressAllow } from '../../../src/egress/index.ts';
import { mixpanelHosts } from '../../../src/notifications/mixpanel.ts';
import { testContext } from '../support/context.ts';
import { CONFIG, contextOn, planned, readRun, utcWindow } from './support/read.ts';
import { type Answer, NAMES, startMixpanel } from './support/server.ts';

const given = { projectId: 123, serviceAccount: 'user', serviceAccountSecret: 'longenough' };

describe('the settings of a connection', () => {
  it('need project, user and secret; the rest has a default', () => {
    expect(configSchema.parse(given)).toEqual({ ...given, region: 'us', exportDays: 'utc' });
  });

  it.each([
    { change: { projectId: undefined }, says: 'Enter the number of the project' },
    { change: { projectId: -1 }, says: 'Enter the number of the project' },
    { change: { serviceAccount: 'user:secret' }, says: 'neither a colon nor a blank' },
    { change: { serviceAccount: ' ' }, says: 'Enter the user name of a service account' },
    { change: { serviceAccountSecret: '' }, says: 'Enter the secret of the service account' },
    { change: { region: 'uk' }, says: 'us' },
  ])('are refused with a sentence: $says', ({ change, says }) => {
    const message = configSchema.safeParse({ ...given, ...change }).error?.issues[0]?.message;
    expect(message).toContain(says);
  });

  it('keep the secret, and nothing else, apart', () => {
    expect(mixpanel.secretFields).toEqual(['serviceAccountSecret']);
  });
});

describe('the hosts', () => {
  it.each([
    {
      region: 'us',
      query: 'https://mixpanel.com/api/query',
      raw: 'https://data.mixpanel.com/api/2.0/export',
    },
    {
      region: 'eu',
      query: 'https://eu.mixpanel.com/api/query',
      raw: 'https://data-eu.mixpanel.com/api/2.0/export',
    },
    {
      region: 'in',
      query: 'https://in.mixpanel.com/api/query',
      raw: 'https://data-in.mixpanel.com/api/2.0/export',
    },
  ] as const)('are those of the region: $region', ({ region, query, raw }) => {
    expect(baseUrls({ ...CONFIG, region }, null)).toEqual({ query, export: raw });
    const hosts = allowedHosts(null);
    expect(hosts).toContain(new URL(query).host);
    expect(hosts).toContain(new URL(raw).host);
  });

  it('let the secret go where progress is written back, too', () => {
    expect(allowedHosts(null)).toEqual(
      expect.arrayContaining(
        (['us', 'eu', 'in'] as const).flatMap((region) => mixpanelHosts({ region }, null)),
      ),
    );
  });

  it.each([
    { region: 'us', query: 'mixpanel.com', raw: 'data.mixpanel.com', ingest: 'api.mixpanel.com' },
    { region: 'eu', query: 'eu.mixpanel.com', raw: 'data-eu.mixpanel.com', ingest: 'api-eu.mixpanel.com' },
    { region: 'in', query: 'in.mixpanel.com', raw: 'data-in.mixpanel.com', ingest: 'api-in.mixpanel.com' },
  ] as const)(
    'are the ones that reads of the region go to: $region',
    async ({ ingest, query, raw, region }) => {
      const { context } = testContext({ ...CONFIG, region }, null, new Date('2026-03-20T00:00:00Z'));
      const asked: string[] = [];
      const fetch = async (url: string | URL) => {
        asked.push(new URL(url).host);
        return new Response('[]', { headers: { 'content-type': 'application/json' } });
      };
      const window = utcWindow('2026-03-01', '2026-03-03');
      for (const read of [
        planned('event_total', window, { event: 'A' }),
        planned('retention', window, { bornEvent: 'A' }),
        planned('nps', window, { event: 'A' }),
      ]) {
        await readRun({ ...context, fetch }, [read]).catch(() => null);
      }
      // The export holds a line that is no event, and is not confirmed by a query.
      expect(asked).toEqual([query, query, raw]);
      expect(mixpanelHosts({ region }, null)).toContain(ingest);
    },
  );

  it('are replaced by the owner’s address, below whatever path it has', () => {
    const gateway = new URL('https://gateway.example:8443/mixpanel/');
    expect(baseUrls(CONFIG, gateway)).toEqual({
      query: 'https://gateway.example:8443/mixpanel/api/query',
      export: 'https://gateway.example:8443/mixpanel/api/2.0/export',
    });
    expect(allowedHosts(gateway)).toEqual(['gateway.example:8443']);
  });
});

async function check(answer: Answer) {
  const server = await startMixpanel({ [NAMES]: () => answer });
  try {
    return await mixpanel.check(contextOn(server, '2026-03-01T00:00:00Z', { region: 'eu' }).context);
  } finally {
    await server.close();
  }
}

describe('checking a connection', () => {
  it('names project and region', async () => {
    expect(await check({ body: ['Sign Up'] })).toEqual({
      account: 'Mixpanel project 2195193 (eu)',
      livemode: null,
      warnings: [],
    });
  });

  it('warns about a project without events, because a wrong region can look like that', async () => {
    expect((await check({ body: [] })).warnings).toEqual([expect.stringContaining('region')]);
  });

  it('refuses an account that the project is not shared with', async () => {
    const checking = check({ status: 401, body: { error: 'Invalid service account credentials' } });
    await expect(checking).rejects.toMatchObject({ errorClass: 'auth', remedy: { by: 'owner' } });
  });
});

it('works through the guarded fetch, which sends the secret to no other host', async () => {
  const names = { [NAMES]: () => ({ body: ['Sign Up'] }) };
  const [ours, other] = [await startMixpanel(names), await startMixpanel(names)];
  const allowed = parseEgressAllow(`${ours.endpoint.host},${other.endpoint.host}`);
  const egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  const fetch = egress.forHosts(mixpanel.allowedHosts(ours.endpoint));
  const through = (server: typeof ours) => ({ ...contextOn(server, '2026-03-01T00:00:00Z').context, fetch });
  try {
    expect(await mixpanel.check(through(ours))).toMatchObject({ warnings: [] });
    await expect(mixpanel.check(through(other))).rejects.toMatchObject({ errorClass: 'blocked_destination' });
    expect(other.requestCount()).toBe(0);
  } finally {
    await egress.close();
    await Promise.all([ours.close(), other.close()]);
  }
});
