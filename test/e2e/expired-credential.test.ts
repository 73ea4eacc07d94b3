import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Provider, SandboxState } from '../../sandbox/index.ts';
import { changeChannel } from '../../src/app/change-channel.ts';
import { createChannel } from '../../src/app/create-channel.ts';
import { updateConnection } from '../../src/app/update-connection.ts';
import { relayOnce } from './support/alerting.ts';
import { accessOf, type Simulation, startSimulation } from './support/simulation.ts';

// R15: a key that is refused, used by 50 metrics. The provider hears of it at most twice after the first refusal, the owner of
// the connection once, and everything goes on within a minute of the new key.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const METRICS = 50;

/** Stands before the sandbox and counts what providers are asked; takes news itself. */
async function countingFront(target: string, calls: string[], told: { to: string; body: string }[]) {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/inbox')) {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push({ to: path, body });
        response.writeHead(204).end();
      });
      return;
    }
    calls.push(`${request.method ?? ''} ${path.split('?')[0] ?? ''}`);
    const { hostname, port } = new URL(target);
    const passed = httpRequest(
      { hostname, port, path, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

type Case = {
  provider: Provider;
  metric(index: number): [metric: string, params: Record<string, unknown>];
  settings?: Record<string, unknown>;
  /** Another key is made at the provider, and the one that Tidemark has is worth nothing. */
  revoke(state: SandboxState): SandboxState;
};

const EVENTS = ['Sign Up', 'Project Created', 'Report Shared', 'Page Viewed', 'Survey Answered'];
const CASES: Case[] = [
  {
    provider: 'mixpanel',
    metric: (index) => ['event_total', { event: EVENTS[index % EVENTS.length] ?? '' }],
    revoke: (state) => ({ ...state, mixpanel: { ...state.mixpanel, secret: 'a-new-secret-of-the-account' } }),
  },
  {
    provider: 'stripe',
    metric: (index) => [['net_revenue', 'mrr', 'arpa'][index % 3] ?? '', { currency: 'usd' }],
    revoke: (state) => ({ ...state, apiKey: 'rk_test_anewkeyofthesameaccount0123456789' }),
  },
];

let simulation: Simulation | null = null;
afterEach(async () => {
  await simulation?.close();
  simulation = null;
});

async function rows<Row>(question: string): Promise<Row[]> {
  if (simulation === null) throw new Error('nothing is simulated');
  return (await simulation.services.database.pool.query(question)).rows as Row[];
}

describe('R15, section 9: an expired credential', () => {
  it.each(CASES)(
    `of $provider costs two calls for ${METRICS} metrics, tells its owner once, and is over a minute after the new key`,
    { timeout: 300_000 },
    async ({ metric, provider, revoke, settings = {} }) => {
      const calls: string[] = [];
      const told: { to: string; body: string }[] = [];
      const opened = await startSimulation({
        startAt: new Date('2026-05-04T00:30:00Z'),
        historyDays: 14,
        sandbox: { seed: 11, anchorDay: '2026-01-01' },
        front: (url) => countingFront(url, calls, told),
      });
      simulation = opened;
      const { actor, services } = opened;
      const { deps } = services;
      await opened.connect(provider, 'source', 720, settings);
      await updateConnection(deps, actor, 'source', { owner: 'Ana' });
      for (let index = 0; index < METRICS; index += 1)
        await opened.measure('source', `metric-${index}`, ...metric(index));
      // Ana's own channel, one of everybody's, and one of somebody else: only the first is for this news.
      const [row] = await rows<{ front: string }>('SELECT endpoint AS front FROM connection');
      const front = row?.front ?? '';
      for (const key of ['ana', 'all', 'ben'])
        await createChannel(deps, actor, { key, kind: 'webhook', url: `${front}/inbox/${key}` });
      await changeChannel(deps, actor, 'ana', { settings: { owners: ['Ana'] } });
      await changeChannel(deps, actor, 'ben', { settings: { owners: ['Ben'] } });
      await opened.work();
      const healthy = await rows<{ metrics: number }>(
        `SELECT count(DISTINCT v.metric_id)::int AS metrics FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id`,
      );
      expect(healthy).toEqual([{ metrics: METRICS }]);
      expect(calls.length).toBeGreaterThan(0);

      const access = accessOf(opened.sandbox, provider);
      opened.change(revoke);
      const tell = async (): Promise<void> => {
        await services.alerting.follow();
        await services.alerting.compose();
        await relayOnce(services, 0);
      };
      calls.length = 0;
      told.length = 0;
      // Half a day of a worker's life in steps of ten minutes: slots fall due, retries too.
      for (let at = DAY_MS; at < 1.5 * DAY_MS; at += 10 * MINUTE_MS) {
        await opened.moveTo(at);
        await opened.work();
        await tell();
      }
      const refused = calls.length;
      // The first one is how it is found out.
      expect(calls.slice(1).length, calls.join('\n')).toBeLessThanOrEqual(2);
      expect(calls.length).toBeGreaterThan(0);
      expect(await rows(`SELECT state FROM connection`)).toEqual([{ state: 'needs_reauth' }]);
      const alerts = await rows(`SELECT kind, state, connection_id IS NOT NULL AS "ofConnection" FROM alert`);
      expect(alerts).toEqual([{ kind: 'error', state: 'firing', ofConnection: true }]);
      const accessBefore = Object.values(access).map(String);
      expect(told.map(({ to }) => to)).toEqual(['/inbox/ana']);
      expect(JSON.parse(told[0]?.body ?? '')).toMatchObject({ type: 'connection.failing' });
      for (const secret of accessBefore.filter((value) => value.length > 12))
        expect(JSON.stringify(told)).not.toContain(secret);

      const fresh = accessOf(opened.sandbox, provider);
      await updateConnection(deps, actor, 'source', { config: { ...fresh, ...settings } });
      await opened.moveTo(1.5 * DAY_MS + MINUTE_MS);
      await opened.work();
      expect(await rows(`SELECT state FROM connection`)).toEqual([{ state: 'active' }]);
      const [read] = await rows<{ metrics: number }>(
        `SELECT count(DISTINCT v.metric_id)::int AS metrics FROM metric_point p JOIN metric_version v ON v.id = p.metric_version_id
         WHERE p.fetched_at > app_now() - interval '1 minute'`,
      );
      expect(read).toEqual({ metrics: METRICS });
      await tell();
      expect(await rows(`SELECT state FROM alert`)).toEqual([{ state: 'resolved' }]);
      process.stdout.write(
        `R15: ${provider}, ${METRICS} metrics: ${refused} calls in all with the refused key\n`,
      );
    },
  );
});
