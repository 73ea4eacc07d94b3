import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { breakProvider, readState, type Sandbox, startSandbox, writeState } from '../../sandbox/index.ts';
import { routes } from '../../src/api/routes.ts';
import { startProcess } from '../cli/support/run-process.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';
import {
  type Canary,
  canaryOf,
  canaryText,
  type Hit,
  hitsIn,
  hitsInDatabase,
  hitsInFolder,
  tablesOf,
} from './support/canary.ts';

// R18: secrets are planted wherever one can be entered; Tidemark as it is started by a person then syncs, fails, alerts, is
// asked by API and command line and told to rotate its keys. Afterwards nothing that it wrote holds one of them.

const canaries: Canary[] = [];
function plant(name: string, secret: string): string {
  canaries.push(canaryOf(name, secret));
  return secret;
}

let databaseUrl: string;
let role: string;
let admin: pg.Pool;
let folder: string;
let dataDir: string;
let sandbox: Sandbox;
let echo: Awaited<ReturnType<typeof startEcho>>;
let env: Record<string, string>;
let server: ReturnType<typeof startProcess>;
let serverSaid = '';
let api: { url: string; token: string };

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const answers: { what: string; text: string }[] = [];
const commands: { what: string; text: string }[] = [];

/** A provider, a chat and a mail server of the worst kind: whatever is wrong, it says the key that it was given. */
async function startEcho() {
  let asked = 0;
  const taken: string[] = [];
  const listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked += 1;
      const given = request.headers.authorization ?? '';
      const [, credentials = ''] = given.split(' ');
      const said = `${given} / ${credentials} / ${Buffer.from(credentials, 'base64').toString()} / ${request.url ?? ''} / ${body}`;
      taken.push(said);
      const status = [401, 400, 500, 403, 404][asked % 5] ?? 500;
      const error = {
        type: 'invalid_request_error',
        code: status,
        message: `Invalid API Key provided: ${said}`,
        status: said,
      };
      response.writeHead(status, {
        'content-type': 'application/json',
        'request-id': 'req_echo',
        'www-authenticate': given,
      });
      response.end(JSON.stringify({ error, status: 'error', request: said }));
    });
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  const { port } = listener.address() as AddressInfo; // it listens on a port
  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    taken,
    close: () =>
      new Promise<void>((done) => {
        listener.close(() => done());
        listener.closeAllConnections();
      }),
  };
}

beforeAll(async () => {
  databaseUrl = await createDatabase();
  admin = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  admin.on('error', () => {}); // its database is dropped at the end
  folder = mkdtempSync(join(tmpdir(), 'tidemark-canary-'));
  dataDir = join(folder, 'data');
  echo = await startEcho();
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  plant('GA4 key', privateKey);
  const statePath = join(folder, 'sandbox.json');
  sandbox = await startSandbox({ statePath, port: 0, initial: { seed: 7, anchorDay: daysAgo(45) } });
  const state = readState(statePath);
  if (state === null) throw new Error('the sandbox has no state');
  plant('Stripe key', state.apiKey);
  plant('Mixpanel secret', state.mixpanel.secret);
  plant('GA4 key of the sandbox', state.ga4.privateKey);

  // The database's own password is a canary, too.
  role = `canary_${randomBytes(6).toString('hex')}`;
  const password = plant('database password', canaryText());
  await admin.query(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${password}'`);
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password;
  const masterKey = randomBytes(32);
  canaries.push(
    canaryOf('master key', masterKey.toString('base64')),
    canaryOf('master key in hex', masterKey.toString('hex')),
  );
  env = {
    DATABASE_URL: url.href,
    TIDEMARK_MASTER_KEY: masterKey.toString('base64'),
    TIDEMARK_DATA_DIR: dataDir,
    TIDEMARK_TIME_ZONE: 'UTC',
    TIDEMARK_EGRESS_ALLOW: [new URL(sandbox.url).host, echo.host, url.host].join(','),
    LOG_LEVEL: 'debug',
  };
  server = startProcess(['start', '--verbose'], env);
  server.child.stdout?.on('data', (chunk) => (serverSaid += String(chunk)));
  server.child.stderr?.on('data', (chunk) => (serverSaid += String(chunk)));
  const file = join(dataDir, 'api.json');
  await vi.waitUntil(() => existsSync(file) || server.child.exitCode !== null, { timeout: 60_000 });
  if (!existsSync(file)) throw new Error(`it did not start: ${serverSaid}`);
  api = JSON.parse(readFileSync(file, 'utf8')) as typeof api;
  plant('local API token', api.token);
}, 120_000);

afterAll(async () => {
  server?.child.kill('SIGKILL');
  await echo?.close();
  await sandbox?.close();
  await admin?.query(`DROP OWNED BY ${role}`).catch(() => {});
  await admin?.end();
  await dropDatabase(databaseUrl);
  rmSync(folder, { recursive: true, force: true });
});

type Json = Record<string, unknown>;
let calls = 0;

async function ask(method: string, path: string, body?: unknown): Promise<Json> {
  calls += 1;
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${api.token}`,
      'idempotency-key': `canary-${calls}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const headers = JSON.stringify([...response.headers]);
  const text = await response.text();
  answers.push({ what: `${method} ${path} ${response.status}`, text: headers + text });
  const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '');
  return isJson && text.startsWith('{') ? (JSON.parse(text) as Json) : {};
}

async function command(...args: string[]): Promise<void> {
  const { code, err, out } = await startProcess(args, { ...env, CI: '1' }).done;
  commands.push({ what: `tidemark ${args.join(' ')} (${code})`, text: out + err });
}

describe('R18, section 9: canary secrets', () => {
  it('are entered wherever a secret can be', async () => {
    const stripeKey = plant('Stripe key of the echo', `rk_test_${canaryText()}`);
    const hook = plant('Stripe webhook secret', `whsec_${canaryText()}`);
    const mixpanelSecret = plant('Mixpanel secret of the echo', canaryText());
    const tablePassword = plant('password of a table', canaryText());
    await admin.query(`CREATE SCHEMA product`);
    await admin.query(`CREATE TABLE product.events (user_id text, event text, at timestamptz)`);
    await admin.query(
      `INSERT INTO product.events VALUES ('a', 'open', now() - interval '1 day'), ('a', 'open', now())`,
    );
    const reader = `${role}_reader`;
    await admin.query(`CREATE ROLE ${reader} LOGIN PASSWORD '${tablePassword}'`);
    await admin.query(`GRANT USAGE ON SCHEMA product TO ${reader}`);
    await admin.query(`GRANT SELECT ON product.events TO ${reader}`);
    const state = readState(join(folder, 'sandbox.json'));
    if (state === null) throw new Error('the sandbox has no state');
    const ga4Key = (email: string, key: string) =>
      JSON.stringify({ type: 'service_account', client_email: email, private_key: key });
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    plant('GA4 key of the echo', privateKey);
    const mixpanel = { projectId: state.mixpanel.projectId, serviceAccount: state.mixpanel.username };
    const table = {
      engine: 'postgres',
      database: new URL(databaseUrl).pathname.slice(1),
      user: reader,
      table: 'product.events',
      tls: 'off',
    };
    const columns = { userColumn: 'user_id', eventColumn: 'event', timeColumn: 'at' };
    const connections = [
      ['stripe', 'stripe', sandbox.url, { apiKey: state.apiKey, webhookSecret: hook }],
      ['mixpanel', 'mixpanel', sandbox.url, { ...mixpanel, serviceAccountSecret: state.mixpanel.secret }],
      [
        'ga4',
        'ga4',
        sandbox.url,
        {
          propertyId: state.ga4.propertyId,
          transport: 'rest',
          serviceAccountKey: ga4Key(state.ga4.clientEmail, state.ga4.privateKey),
        },
      ],
      ['stripe-echo', 'stripe', echo.url, { apiKey: stripeKey }],
      ['mixpanel-echo', 'mixpanel', echo.url, { ...mixpanel, serviceAccountSecret: mixpanelSecret }],
      [
        'ga4-echo',
        'ga4',
        echo.url,
        {
          propertyId: '1',
          transport: 'rest',
          serviceAccountKey: ga4Key('a@project-1.iam.gserviceaccount.com', privateKey),
        },
      ],
      [
        'table',
        'event_table',
        `postgresql://${new URL(databaseUrl).host}`,
        { ...table, ...columns, password: tablePassword },
      ],
    ] as const;
    for (const [key, connectorId, endpoint, config] of connections) {
      const made = await ask('POST', '/api/v1/connections', {
        key,
        connectorId,
        endpoint,
        config,
        environment: 'sandbox',
      });
      expect(made, key).toMatchObject({ key });
    }
    // Refused ones must not repeat what they were given, either.
    const refused = plant('secret of a refused connection', `rk_test_${canaryText()}`);
    await ask('POST', '/api/v1/connections', {
      key: 'refused',
      connectorId: 'stripe',
      endpoint: 'https://10.0.0.1',
      config: { apiKey: refused, no: refused },
    });
    await ask('POST', '/api/v1/connections', {
      key: 'refused',
      connectorId: 'stripe',
      config: { apiKey: `sk_live_${refused}` },
    });
    await ask('POST', '/api/v1/connections', `not an object ${refused}`);

    const slack = plant('address of a Slack webhook', canaryText());
    await ask('POST', '/api/v1/channels', {
      key: 'slack',
      kind: 'slack',
      url: `${echo.url}/services/T0/B0/${slack}`,
    });
    const bot = plant('token of a Slack bot', `xoxb-1234567890-${canaryText()}`);
    await ask('POST', '/api/v1/channels', {
      key: 'bot',
      kind: 'slack',
      config: { channelId: 'C0123456789', apiUrl: `${echo.url}/api/` },
      secrets: { token: bot },
    });
    const mail = plant('password of a mail server', canaryText());
    const smtp = `smtp://${echo.host}`;
    await ask('POST', '/api/v1/channels', {
      key: 'mail',
      kind: 'email',
      config: { to: ['a@example.com'], from: 'b@example.com', smtp, user: 'okr' },
      secrets: { password: mail },
    });
    const made = await ask('POST', '/api/v1/channels', {
      key: 'hook',
      kind: 'webhook',
      url: `${echo.url}/hook`,
    });
    const { signingSecret } = made;
    if (typeof signingSecret !== 'string') throw new Error(`no signing secret: ${JSON.stringify(made)}`);
    answers.pop(); // it is shown this once
    plant('signing secret of a webhook', signingSecret.replace('whsec_', ''));
  }, 60_000);

  it('are used by syncs that work and syncs that fail, by checks and by news', async () => {
    const metrics = [
      ['stripe', 'mrr', { currency: 'usd' }],
      ['mixpanel', 'event_total', { event: 'Sign Up' }],
      ['ga4', 'new_users', {}],
      ['table', 'active_users', { window: 'day' }],
      ['stripe-echo', 'mrr', { currency: 'usd' }],
      ['mixpanel-echo', 'event_total', { event: 'Sign Up' }],
      ['ga4-echo', 'new_users', {}],
    ] as const;
    for (const [connection, metric, params] of metrics)
      await ask('POST', '/api/v1/metrics', {
        key: `${connection}-one`,
        connection,
        metric,
        params,
        historyDays: 10,
      });
    await ask('POST', '/api/v1/bindings/previews', {
      connection: 'stripe-echo',
      metric: 'mrr',
      params: { currency: 'usd' },
    });
    const today = new Date().toISOString().slice(0, 10);
    const later = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    await ask('POST', '/api/v1/cycles', { key: 'now', startDay: today, endDay: later });
    await ask('POST', '/api/v1/objectives', { key: 'grow', title: 'Grow', cycle: 'now' });
    await ask('POST', '/api/v1/key-results', {
      key: 'grow.mrr',
      title: 'MRR',
      objective: 'grow',
      metric: 'stripe-one',
      goal: { kind: 'reach', startValue: 0, targetValue: 10 },
    });
    for (const key of ['stripe', 'stripe-echo', 'mixpanel-echo', 'ga4-echo', 'table'])
      await ask('POST', `/api/v1/connections/${key}/test-runs`);
    for (const key of ['slack', 'bot', 'mail', 'hook'])
      await ask('POST', `/api/v1/channels/${key}/test-messages`);
    const states = async () =>
      (
        await admin.query<{ key: string; runs: number }>(
          `SELECT c.key, count(r.id) FILTER (WHERE r.status IN ('succeeded', 'failed') OR r.attempt > 1)::int AS runs
       FROM connection c LEFT JOIN sync_run r ON r.connection_id = c.id GROUP BY 1 HAVING count(r.id) > 0 ORDER BY 1`,
        )
      ).rows;
    for (const key of ['stripe', 'mixpanel', 'ga4', 'table', 'stripe-echo', 'mixpanel-echo', 'ga4-echo'])
      await ask('POST', '/api/v1/sync-runs', { connection: key });
    await expect
      .poll(async () => (await states()).filter(({ runs }) => runs > 0).length, {
        timeout: 90_000,
        interval: 200,
      })
      .toBe(7);
    // The ones that worked do not any more, and the failures of all are news.
    const path = join(folder, 'sandbox.json');
    const state = readState(path);
    if (state === null) throw new Error('the sandbox has no state');
    writeState(path, breakProvider(breakProvider(state, 'stripe', 'revoked'), 'mixpanel', 'not_json'));
    await admin.query(`UPDATE connection SET state = 'needs_reauth' WHERE key LIKE '%-echo'`);
    for (const key of ['stripe', 'mixpanel']) await ask('POST', '/api/v1/sync-runs', { connection: key });
    const tried = async () =>
      (await admin.query<{ n: number }>('SELECT count(*)::int AS n FROM delivery_try')).rows[0]?.n ?? 0;
    await expect.poll(tried, { timeout: 60_000, interval: 200 }).toBeGreaterThan(0);
    await ask('POST', '/api/v1/connections/stripe/webhook', { type: 'customer.created' });
    expect(echo.taken.length).toBeGreaterThan(5);
  }, 200_000);

  it('are behind whatever is read through the API and the command line', async () => {
    const ids: Record<string, string> = {
      connections: 'stripe-echo',
      channels: 'hook',
      metrics: 'stripe-echo-one',
      'key-results': 'grow.mrr',
      cycles: 'now',
      objectives: 'grow',
    };
    const { rows } = await admin.query<{ id: string }>(
      'SELECT id FROM sync_run ORDER BY created_at DESC LIMIT 1',
    );
    ids['runs'] = rows[0]?.id ?? '';
    for (const route of Object.values(routes)) {
      if (route.method !== 'GET' || route.path.includes('/events')) continue;
      const path = route.path.replace(
        /([\w-]+)\/:(\w+)/,
        (_all, noun: string) => `${noun}/${ids[noun] ?? 'none'}`,
      );
      if (!path.includes(':')) await ask('GET', path);
    }
    for (const path of ['/livez', '/readyz', '/metrics', '/version', '/api/openapi.json', '/api/v1/nothing'])
      await ask('GET', path);
    expect(answers.filter(({ what }) => what.endsWith(' 200')).length).toBeGreaterThan(20);
    for (const line of [
      'status --verbose',
      'connection list --json',
      'connection check stripe-echo --verbose',
      'connection check mixpanel-echo --json',
      'explain grow.mrr --verbose',
      'sync --verbose',
      'channel list --json',
      'alert list --json',
      'delivery list',
      'keys status --json --verbose',
      'keys rotate --verbose',
      'keys status',
      'audit verify',
      'keys rotate --master --verbose',
    ])
      await command(...line.split(' '));
    // Started wrongly: what cannot be used is named, and not repeated.
    const wrong = plant('password of an unknown database', canaryText());
    const { err, out } = await startProcess(['worker'], {
      ...env,
      DATABASE_URL: `postgresql://nobody:${wrong}@${new URL(databaseUrl).host}/nothing`,
    }).done;
    const short = plant('master key that is too short', canaryText());
    const refused = await startProcess(['keys', 'status'], { ...env, TIDEMARK_MASTER_KEY: short }).done;
    commands.push({ what: 'wrong starts', text: out + err + refused.out + refused.err });
    expect(commands.filter(({ what }) => what.endsWith('(0)')).length).toBeGreaterThan(6);
  }, 200_000);

  it('are nowhere: not in an answer, a log line, a table, a file, or what a command said', async () => {
    server.child.kill('SIGTERM');
    await server.done;
    const all = (): Promise<Hit[]> => everywhere(dataDir);
    expect(await all()).toEqual([]);
    const tables = await tablesOf(admin);
    expect(tables['public']).toBeGreaterThan(30);
    expect(tables['bullmq']).toBeGreaterThan(0);
    expect(serverSaid.length).toBeGreaterThan(1_000);
    process.stdout.write(
      `R18: ${canaries.length} canaries; ${answers.length} answers, ${commands.length} commands, ${serverSaid.split('\n').length} lines of log, ${Object.values(tables).reduce((a, b) => a + b, 0)} tables: 0 hits\n`,
    );
  }, 60_000);

  it('would be found: one that is planted in any of these places shows', async () => {
    const leaked = canaryText();
    plant('leaked', leaked);
    const basic = Buffer.from(`okr:${leaked}`).toString('base64');
    const places: [where: string, leak: () => unknown, undo: () => unknown][] = [
      [
        'table public.connection',
        () => admin.query(`UPDATE connection SET state_reason = $1 WHERE key = 'table'`, [`Basic ${basic}`]),
        () => admin.query('UPDATE connection SET state_reason = NULL'),
      ],
      [
        'table bullmq.leak',
        () =>
          admin.query(`CREATE TABLE bullmq.leak AS SELECT jsonb_build_object('data', $1::text) AS job`, [
            encodeURIComponent(leaked),
          ]),
        () => admin.query('DROP TABLE bullmq.leak'),
      ],
      ['answer', () => answers.push({ what: 'leak', text: `{"error":"${leaked}"}` }), () => answers.pop()],
      ['command', () => commands.push({ what: 'leak', text: basic }), () => commands.pop()],
      ['log', () => (serverSaid += `{"msg":"${leaked}"}\n`), () => {}],
    ];
    for (const [where, leak, undo] of places) {
      await leak();
      const hits = await everywhere(dataDir, canaries.slice(-1));
      expect(
        hits.filter((hit) => hit.where.includes(where)),
        where,
      ).toHaveLength(1);
      expect(hits.every(({ canary }) => canary === 'leaked')).toBe(true);
      await undo();
    }
  }, 60_000);
});

/** What is there to hold a secret is left out: the API's own token in its file of mode 0600. */
async function everywhere(dir: string, planted = canaries): Promise<Hit[]> {
  return [
    ...answers.flatMap(({ text, what }) => hitsIn(text, `answer ${what}`, planted)),
    ...commands.flatMap(({ text, what }) => hitsIn(text, `command ${what}`, planted)),
    ...hitsIn(serverSaid, 'log', planted),
    ...(await hitsInDatabase(admin, planted)),
    ...(existsSync(dir) ? hitsInFolder(dir, planted, ['api.json']) : []),
  ];
}
