import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionRecord, QuotaStore, ReadRequest, Sources } from '../../src/app/ports.ts';
import { createGuardedSockets } from '../../src/egress/guarded-socket.ts';
import { createEgress, type Egress, type ResolvedAddress } from '../../src/egress/index.ts';
import { type ChannelKindId, createChannels } from '../../src/notifications/index.ts';
import { progressMessageSchema, sendProgress } from '../../src/notifications/mixpanel.ts';
import { createChannelKinds } from '../../src/wiring/channels.ts';
import { STATEMENT_LIMITS, withEventTables } from '../../src/wiring/event-tables/index.ts';
import { createSources } from '../../src/wiring/sources.ts';
import { sendInput } from '../notifications/receiver.ts';
import { httpListener, type Listener, listen, silentListener } from './servers.ts';
import { LOOPBACK_SPELLINGS, PRIVATE_ADDRESSES } from './table.ts';

// R19, section 10: every place of Tidemark that opens a connection to an address that somebody typed is pointed at every
// entry of the table, past the check that saving makes. Private listeners count who came: nobody.

/** Names that a name server of somebody else's leads inside. */
const NAMES: Record<string, string[]> = {
  'loopback.example': ['127.0.0.1'],
  'loopback6.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'mixed.example': ['93.184.216.34', '127.0.0.1'],
  'mixed-first.example': ['127.0.0.1', '93.184.216.34'],
  'metadata.example': ['169.254.169.254'],
};
const LOCAL_NAMES = [
  'localhost',
  'app.localhost',
  'printer.local',
  'vault.internal',
  'metadata.google.internal',
];
const HOSTS = [
  ...LOOPBACK_SPELLINGS,
  ...PRIVATE_ADDRESSES.map(([, address]) => (address.includes(':') ? `[${address}]` : address)),
  ...Object.keys(NAMES),
  ...LOCAL_NAMES,
];
/** Where the guard lets connections go at all: a listener there would notice one. Some need a privileged process. */
const OPEN_PORTS = [443, 80, 465, 587, 5432];

const resolve = async (name: string): Promise<ResolvedAddress[]> =>
  (NAMES[name] ?? ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const listeners: Listener[] = [];
let other: Listener;
beforeAll(async () => {
  other = await silentListener();
  listeners.push(other);
  for (const port of OPEN_PORTS) {
    const server = await listenOn(port);
    if (server !== null) listeners.push(server);
  }
});
afterAll(async () => {
  for (const { close } of listeners) await close();
});

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const ga4 = {
  propertyId: '123456',
  serviceAccountKey: JSON.stringify({
    type: 'service_account',
    client_email: 'tidemark@project-1.iam.gserviceaccount.com',
    private_key: privateKey,
  }),
};
const table = {
  table: 'product.events',
  database: 'shop',
  user: 'tidemark',
  password: 'a-password',
  userColumn: 'user_id',
  eventColumn: 'event',
  timeColumn: 'at',
};
const github = { repository: 'globex/shop', token: 'github_pat_0123456789abcdef' };
const jira = { email: 'reader@globex.example', apiToken: 'a-long-enough-token' };
const zendesk = { email: 'reader@globex.example', apiToken: 'a-long-enough-token' };
const typeform = { form: 'u6nXL7', token: 'tfp_0123456789abcdef' };
const feed = { access: 'secret_address', address: '/feed.xml?token=a-long-secret' };
const calendar = { address: '/private-a-long-secret/basic.ics' };
const httpJson = { auth: 'bearer', secret: 'a-long-secret' };
const { serviceAccountKey } = ga4;
const googleSheets = { spreadsheetId: '1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789', serviceAccountKey };
const googlePlay = {
  bucket: 'pubsite_prod_rev_0123456789',
  packageName: 'com.globex.shop',
  serviceAccountKey,
};
const mixpanel = { projectId: 1, serviceAccount: 'tidemark.sa', serviceAccountSecret: 'a-long-secret' };

type World = {
  egress: Egress;
  sources: Sources;
  sockets: ReturnType<typeof createGuardedSockets>;
  signal: AbortSignal;
};
const now = new Date('2026-05-10T12:00:00Z');

function world(
  allow: Parameters<typeof createEgress>[0]['allow'] = [],
  signal = new AbortController().signal,
): World {
  const egress = createEgress({ allow, resolve });
  const tableEgress = createEgress({ allow, resolve, limits: STATEMENT_LIMITS });
  const vault = { open: async () => ({}), seal: () => Promise.reject(new Error('nothing is sealed here')) };
  const quota: QuotaStore = {
    take: async () => ({ ok: true, id: '1' }) as const,
    renew: async () => {},
    done: async () => {},
    pause: async () => {},
    untilOldestExpiresMs: async () => 0,
    look: async () => ({ now: new Date(0), calls: 0, oldestAt: null, pausedUntil: null, book: null }),
    changeBook: async (_scope, step) => step(null, now).result,
    costs: async () => ({}),
    learnCost: async () => {},
  };
  const sources = withEventTables(createSources(egress, vault, quota), { egress: tableEgress, vault, quota });
  const sockets = createGuardedSockets({ allow, ports: [465, 587], resolve });
  return { egress, sources, sockets, signal };
}

function connection(
  connectorId: string,
  config: Record<string, unknown>,
  endpoint: string,
): ConnectionRecord {
  return {
    id: 'con_1',
    workspaceId: 'wsp_1',
    key: 'one',
    title: 'One',
    connectorId,
    environment: 'live',
    endpoint,
    config,
    state: 'active',
    stateReason: null,
    blockedUntil: null,
    circuitUntil: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    owner: null,
    schedule: null,
    account: null,
  };
}

const asked = (metric: string, params: Record<string, unknown>): ReadRequest =>
  ({
    metricVersionId: 'ver_1',
    metric,
    params,
    startDay: '2026-05-08',
    endDay: '2026-05-10',
    timeZone: 'UTC',
  }) as ReadRequest;

/** What came of it: `ok`, or the class of the error. */
type Way = { name: string; schemes: string[]; go(world: World, address: string): Promise<string> };

const checked = async ({ signal, sources }: World, what: ConnectionRecord): Promise<string> => {
  const answer = await sources.check(what, signal);
  return answer.ok ? 'ok' : answer.failure.errorClass;
};
const read = async (
  { signal, sources }: World,
  what: ConnectionRecord,
  request: ReadRequest,
): Promise<string> => {
  const [outcome] = await sources.read(what, [request], now, signal);
  return outcome === undefined ? 'nothing' : outcome.ok ? 'ok' : outcome.failure.errorClass;
};
const channel = (kind: ChannelKindId, config: unknown, secrets: Record<string, string>, slackHost = '') => ({
  async send({ egress, signal, sockets }: World): Promise<string> {
    const kinds = createChannels({ slackHosts: [slackHost] });
    const input = sendInput({ config, secrets, fetch: egress.fetch });
    const result = await kinds[kind].send({ ...input, signal, connect: sockets.connect });
    return result.ok ? 'ok' : result.errorClass;
  },
});

const HTTP = ['https', 'http'];
const WAYS: Way[] = [
  {
    name: 'Stripe, check',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('stripe', { apiKey: 'rk_test_0123456789abcdef' }, at)),
  },
  {
    name: 'Stripe, mirror',
    schemes: HTTP,
    async go({ signal, sources }, at) {
      const one = connection('stripe', { apiKey: 'rk_test_0123456789abcdef' }, at);
      const start = { state: null, kinds: ['payment' as const], touched: [] };
      for await (const step of sources.mirror(one, start, now, signal))
        return JSON.stringify(step).includes('blocked_destination') ? 'blocked_destination' : 'other';
      return 'nothing';
    },
  },
  {
    name: 'GA4 over REST',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('ga4', { ...ga4, transport: 'rest' }, at)),
  },
  {
    name: 'GA4 over gRPC',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('ga4', { ...ga4, transport: 'grpc' }, at)),
  },
  {
    name: 'GA4, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('ga4', { ...ga4, transport: 'auto' }, at), asked('new_users', {})),
  },
  { name: 'GitHub, check', schemes: HTTP, go: (w, at) => checked(w, connection('github', github, at)) },
  {
    name: 'GitHub, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('github', github, at), asked('issue_count', {})),
  },
  { name: 'Jira, check', schemes: HTTP, go: (w, at) => checked(w, connection('jira', jira, at)) },
  {
    name: 'Jira, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('jira', jira, at), asked('issue_count', { project: 'SHOP' })),
  },
  {
    name: 'Google Sheets, check',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('google_sheets', googleSheets, at)),
  },
  {
    name: 'Google Sheets, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('google_sheets', googleSheets, at), asked('cell', { cell: 'Log!B2' })),
  },
  {
    name: 'Google Play, check',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('google_play', googlePlay, at)),
  },
  {
    name: 'Google Play, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('google_play', googlePlay, at), asked('store_rating', {})),
  },
  { name: 'Zendesk, check', schemes: HTTP, go: (w, at) => checked(w, connection('zendesk', zendesk, at)) },
  {
    name: 'Zendesk, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('zendesk', zendesk, at), asked('ticket_count', { per: 'day' })),
  },
  { name: 'Typeform, check', schemes: HTTP, go: (w, at) => checked(w, connection('typeform', typeform, at)) },
  {
    name: 'Typeform, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('typeform', typeform, at), asked('response_count', {})),
  },
  { name: 'Feed, check', schemes: HTTP, go: (w, at) => checked(w, connection('feed', feed, at)) },
  {
    name: 'Feed, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('feed', feed, at), asked('post_count', {})),
  },
  { name: 'Calendar, check', schemes: HTTP, go: (w, at) => checked(w, connection('calendar', calendar, at)) },
  {
    name: 'Calendar, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('calendar', calendar, at), asked('event_count', {})),
  },
  { name: 'Mixpanel, check', schemes: HTTP, go: (w, at) => checked(w, connection('mixpanel', mixpanel, at)) },
  {
    name: 'Mixpanel, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('mixpanel', mixpanel, at), asked('event_total', { event: 'Sign Up' })),
  },
  {
    name: 'HTTP JSON, check',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('http_json', httpJson, at)),
  },
  {
    name: 'HTTP JSON, read',
    schemes: HTTP,
    go: (w, at) =>
      read(
        w,
        connection('http_json', httpJson, at),
        asked('series', { path: '/stats', items: '/rows', day: '/day', value: '/n' }),
      ),
  },
  {
    name: 'HTTP JSON, token endpoint',
    schemes: HTTP,
    go: (w, at) =>
      checked(
        w,
        connection(
          'http_json',
          { auth: 'oauth2', name: 'tidemark', secret: 'a-long-secret', tokenUrl: at },
          'https://api.example.com',
        ),
      ),
  },
  {
    name: 'Prometheus, read',
    schemes: HTTP,
    go: (w, at) => read(w, connection('prometheus', { auth: 'none' }, at), asked('query', { query: 'up' })),
  },
  {
    name: 'table in PostgreSQL, check',
    schemes: ['postgresql'],
    go: (w, at) => checked(w, connection('event_table', { ...table, engine: 'postgres', tls: 'off' }, at)),
  },
  {
    name: 'table in PostgreSQL, read',
    schemes: ['postgresql'],
    go: (w, at) =>
      read(
        w,
        connection('event_table', { ...table, engine: 'postgres', tls: 'off' }, at),
        asked('active_users', { window: 'day' }),
      ),
  },
  {
    name: 'table in ClickHouse',
    schemes: HTTP,
    go: (w, at) => checked(w, connection('event_table', { ...table, engine: 'clickhouse' }, at)),
  },
  {
    name: 'webhook',
    schemes: HTTP,
    go: (w, at) =>
      channel(
        'webhook',
        { url: at },
        { signingSecret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` },
      ).send(w),
  },
  {
    name: 'Slack, webhook',
    schemes: HTTP,
    go: (w, at) => channel('slack', {}, { url: at }, new URL(at).host).send(w),
  },
  {
    name: 'Slack, bot',
    schemes: HTTP,
    go: (w, at) =>
      channel(
        'slack',
        { channelId: 'C0123456789', apiUrl: `${at}/api/` },
        { token: 'xoxb-0123456789-abcdef' },
        new URL(at).host,
      ).send(w),
  },
  {
    name: 'e-mail',
    schemes: ['smtp', 'smtps'],
    go: (w, at) =>
      channel(
        'email',
        { to: ['ana@team.example'], from: 'okr@acme.example', smtp: at },
        { password: 'a-password' },
      ).send(w),
  },
  {
    name: 'Mixpanel, write-back',
    schemes: HTTP,
    async go({ egress, signal }, at) {
      const { serviceAccountSecret, ...settings } = mixpanel;
      const result = await sendProgress({
        settings: { ...settings, region: 'us' },
        secrets: { serviceAccountSecret },
        endpoint: new URL(at),
        message: progress,
        fetch: egress.forHosts([new URL(at).host]),
        signal,
        now,
      });
      return result.ok ? 'ok' : result.errorClass;
    },
  },
];
const progress = progressMessageSchema.parse({
  v: 1,
  type: 'key_result.progress',
  keyResult: { id: 'kr_1', key: 'growth.signups', title: 'Sign-ups' },
  asOfDay: '2026-05-09',
  revision: 'snapshot-7',
  computedAt: '2026-05-10T06:00:00.000Z',
  value: 120,
  target: 200,
  progress: 0.2,
  expected: 0.5,
  status: 'off_track',
  dataState: 'fresh',
  sandbox: true,
});

/** An address as each scheme may be typed, at its own port and at that of a listener. */
function addresses(way: Way, host: string): string[] {
  return way.schemes
    .flatMap((scheme) => ['', `:${other.port}`].map((port) => `${scheme}://${host}${port}`))
    .filter((address) => URL.canParse(address));
}

const came = (): number => listeners.reduce((sum, { connections }) => sum + connections(), 0);

describe('R19, section 10: every way out', () => {
  it.each(WAYS)(
    '$name: reaches no private address, however it is written',
    { timeout: 120_000 },
    async (way) => {
      const everywhere = world();
      for (const host of HOSTS) {
        for (const address of addresses(way, host)) {
          const outcome = await way.go(everywhere, address);
          expect(`${address}: ${outcome}`).toBe(`${address}: blocked_destination`);
        }
      }
      await everywhere.egress.close();
      expect(came()).toBe(0);
    },
  );

  it.each(WAYS.filter(({ schemes }) => schemes === HTTP))(
    '$name: follows no redirect inside',
    { timeout: 60_000 },
    async (way) => {
      let asked = 0;
      const front = await httpListener((_request, response) => {
        asked += 1;
        response.writeHead(302, { location: `http://127.0.0.1:${other.port}/latest/meta-data` }).end();
      });
      const opened = world([{ kind: 'host', host: '127.0.0.1', port: front.port }]);
      const before = came();
      const outcome = await way.go(opened, `http://127.0.0.1:${front.port}`);
      expect(outcome).not.toBe('ok');
      // gRPC speaks HTTP/2, to which this server has no answer.
      if (way.name !== 'GA4 over gRPC') expect(asked).toBeGreaterThan(0);
      expect(came()).toBe(before);
      await opened.egress.close();
      await front.close();
    },
  );

  it('refuses them when they are saved, too', () => {
    const { egress, sockets, sources } = world();
    const kinds = createChannelKinds(createChannels({ slackHosts: [] }), { egress, sockets });
    for (const host of [...LOOPBACK_SPELLINGS, ...LOCAL_NAMES]) {
      for (const scheme of ['https', 'http', 'postgresql'])
        expect(sources.checkEndpoint(`${scheme}://${host}`), `${scheme}://${host}`).toMatchObject({
          ok: false,
        });
      expect(
        kinds.find('webhook')?.accept({ config: {}, secrets: {}, url: `https://${host}/hook` }),
      ).toMatchObject({ ok: false });
      expect(
        kinds.find('slack')?.accept({ config: {}, secrets: {}, url: `https://${host}/services/x` }),
      ).toMatchObject({ ok: false });
      const mail = { to: ['ana@team.example'], from: 'okr@acme.example', smtp: `smtp://${host}` };
      expect(kinds.find('email')?.accept({ config: mail, secrets: {}, url: null })).toMatchObject({
        ok: false,
      });
    }
    expect(came()).toBe(0);
  });

  it('the listeners do count: opened by the operator, each way arrives', async () => {
    const before = other.connections();
    for (const way of WAYS) {
      const stop = new AbortController();
      const opened = world([{ kind: 'host', host: '127.0.0.1', port: other.port }], stop.signal);
      const scheme = way.schemes.at(-1) === 'http' ? 'http' : (way.schemes[0] ?? '');
      const reached = other.connections();
      const gone = way.go(opened, `${scheme}://127.0.0.1:${other.port}`).catch(() => 'stopped');
      await expect
        .poll(() => other.connections(), { message: way.name, timeout: 10_000 })
        .toBeGreaterThan(reached);
      // Nobody answers there, and nobody waits for it.
      stop.abort();
      expect(await gone, way.name).not.toBe('ok');
      await opened.egress.close();
    }
    expect(other.connections() - before).toBeGreaterThanOrEqual(WAYS.length);
  });
});

async function listenOn(port: number): Promise<Listener | null> {
  const probe = createServer();
  const isFree = await new Promise<boolean>((done) => {
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => done(true));
  });
  if (!isFree) return null;
  await new Promise((done) => probe.close(done));
  return listen(createServer(), port);
}
