import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectorError } from '../../connectors/sdk/index.ts';
import { loadDriver } from '../../connectors/sql/engines/driver.ts';
import type { Sources } from '../../src/app/ports.ts';
import { createQuotaStore } from '../../src/db/quota.ts';
import { createEgress, type Egress } from '../../src/egress/index.ts';
import { checkDatabaseAddress } from '../../src/wiring/database-address.ts';
import { STATEMENT_LIMITS } from '../../src/wiring/event-tables/index.ts';
import { createSources } from '../../src/wiring/sources.ts';
import { loopback } from './event-tables/support/loopback.ts';
import {
  connectionOf,
  failureIn,
  postgresTable,
  type TestTable,
  valuesOf,
} from './event-tables/support/table.ts';

// The SQL connector as workers and the API reach it: through the port, with secrets, guard and quota.

const now = new Date('2026-05-10T12:00:00Z');
const running = new AbortController().signal;
const days = { startDay: '2026-05-08', endDay: '2026-05-10', timeZone: 'UTC' };
const asked = (query: string) => ({
  metric: 'query',
  params: { query, kind: 'flow', unit: 'count', missing: 'none', settlesAfterHours: 24, rereadDays: 3 },
  ...days,
});

let table: TestTable;
const sourcesWith = (egress: Egress, secrets: Record<string, string>): Sources => {
  const vault = {
    open: async () => secrets,
    seal: () => Promise.reject(new Error('nothing is sealed here')),
  };
  // The usual way out lets nothing through: a statement takes the one for statements.
  const closed = createEgress({ allow: [] });
  return createSources(closed, vault, createQuotaStore(table.database.pool), { slowEgress: egress });
};
beforeAll(async () => {
  table = await postgresTable();
  await table.load([
    { id: 'e1', userId: 'a', event: 'open', at: new Date('2026-05-08T10:00:00Z'), properties: {} },
    { id: 'e2', userId: 'b', event: 'open', at: new Date('2026-05-08T11:00:00Z'), properties: {} },
  ]);
});
afterAll(() => table.close());

const sqlConnection = (endpoint: string | null, config: Record<string, unknown>) => ({
  ...connectionOf(endpoint, config),
  connectorId: 'sql',
});

describe('PostgreSQL through the port', () => {
  const connection = () => {
    const { database, user } = table.config;
    return sqlConnection(table.endpoint, { engine: 'postgres', database, user });
  };
  const people = `SELECT CAST(at AS date) AS day, count(DISTINCT user_id) AS value FROM product.events
    WHERE at >= :start AND at < :end GROUP BY 1`;

  it('tells one failing query of itself, and reads the others', async () => {
    const sources = sourcesWith(table.egress, { password: table.password });
    const outcomes = await sources.read(
      connection(),
      [asked(people.replace('user_id', 'usr_id')), asked(people)],
      now,
      running,
    );
    expect(failureIn(outcomes[0])).toMatchObject({ errorClass: 'config', concerns: 'metric' });
    // Two people on the eighth; no row is no value.
    expect(valuesOf(outcomes[1])).toEqual({ '2026-05-08': '2', '2026-05-09': null });
    expect(outcomes[1]?.exchanges[0]?.url).toMatch(
      /^postgresql:\/\/[^/]+\/t_[0-9a-f]+\?statement=[0-9a-f]{16}$/,
    );
  });

  it('checks and accepts through the same way out', async () => {
    const sources = sourcesWith(table.egress, { password: table.password });
    expect(await sources.check(connection(), running)).toMatchObject({ ok: true, warnings: [] });
    const [bad] = await sources.accept(connection(), [asked(people.replace('GROUP', 'GRUOP'))], now, running);
    expect(bad).toMatchObject({ ok: true });
    expect(JSON.stringify(bad)).toContain('42601');
  });

  it('binds the password to host and port, and judges addresses of databases by them', () => {
    const sources = sourcesWith(table.egress, {});
    expect(sources.allowedHosts('sql', 'mysql://db.example.com')).toEqual(['db.example.com:3306']);
    expect(sources.allowedHosts('sql', 'postgresql://db.example.com:6000')).toEqual(['db.example.com:6000']);
    const check = (endpoint: string) => checkDatabaseAddress(endpoint, sources.checkEndpoint);
    expect(check('mariadb://db.example.com')).toMatchObject({
      ok: false,
      problem: expect.stringContaining('TIDEMARK_EGRESS_ALLOW=db.example.com:3306'),
    });
    expect(check('mysql://me:pw@db.example.com')).toMatchObject({ ok: false });
    expect(check('mysql://db.example.com/shop')).toMatchObject({ ok: false });
  });

  it('keeps unit and kind of each query', () => {
    const sources = sourcesWith(table.egress, {});
    const checked = sources.checkParams('sql', 'query', {
      query: people,
      kind: 'ratio',
      unit: 'money',
      currency: 'EUR',
      moneyIn: 'major',
    });
    expect(checked).toMatchObject({
      ok: true,
      unit: 'money',
      kind: 'ratio',
      currency: 'eur',
      settlesAfterHours: 24,
      rereadDays: 3,
    });
  });
});

describe('BigQuery, a server that answers as its reference says', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const serviceAccountKey = JSON.stringify({
    client_email: 'reader@shop-1.iam.gserviceaccount.com',
    private_key: privateKey,
  });
  const query =
    'SELECT DATE(at, :tz) AS day, COUNT(*) AS value FROM shop.orders WHERE at >= :start AND at < :end GROUP BY day';

  async function withBigquery<T>(
    columns: string[],
    bytes: string,
    work: (sources: Sources, url: string, sent: Record<string, unknown>[]) => Promise<T>,
  ): Promise<T> {
    const sent: Record<string, unknown>[] = [];
    const server = await loopback((got, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      if (got.path === '/token') return response.end(JSON.stringify({ access_token: 'ya29.secret' }));
      const body = JSON.parse(got.body) as Record<string, unknown>;
      sent.push(body);
      const schema = { fields: columns.map((name) => ({ name, type: 'STRING' })) };
      const rows = [{ f: [{ v: '2026-05-09' }, { v: '12' }] }];
      const dry = { jobComplete: true, totalBytesProcessed: bytes, schema };
      return response.end(JSON.stringify(body['dryRun'] === true ? dry : { ...dry, totalRows: '1', rows }));
    });
    const egress = createEgress({
      allow: [{ kind: 'host', host: '127.0.0.1', port: server.port }],
      limits: STATEMENT_LIMITS,
    });
    try {
      return await work(sourcesWith(egress, { serviceAccountKey }), server.url, sent);
    } finally {
      await egress.close();
      await server.close();
    }
  }
  const connection = (url: string) =>
    sqlConnection(url, { engine: 'bigquery', project: 'shop-1', maxGigabytes: 2 });

  it('asks what a definition would cost and give, and runs nothing', async () => {
    await withBigquery(['day', 'value'], '1500000000', async (sources, url, sent) => {
      const [accepted] = await sources.accept(connection(url), [asked(query)], now, running);
      expect(accepted).toMatchObject({
        ok: true,
        acceptance: { problems: [], warnings: ['BigQuery would read 1.50 GB for 3 days.'] },
      });
      expect(sent.every((each) => each['dryRun'] === true)).toBe(true);
    });
  });

  it.each([
    { columns: ['day', 'total'], bytes: '1', says: '"day", "total"' },
    { columns: ['day', 'value'], bytes: '3000000000', says: 'would read 3.0 GB, and at most 2 are allowed' },
  ])('refuses $columns of $bytes bytes', async ({ bytes, columns, says }) => {
    await withBigquery(columns, bytes, async (sources, url) => {
      const [accepted] = await sources.accept(connection(url), [asked(query)], now, running);
      expect(accepted?.ok === true ? accepted.acceptance.problems.join() : '').toContain(says);
    });
  });

  it('hands the window over as named parameters, with a limit on what may be billed', async () => {
    await withBigquery(['day', 'value'], '1', async (sources, url, sent) => {
      const [outcome] = await sources.read(connection(url), [asked(query)], now, running);
      expect(valuesOf(outcome)).toEqual({ '2026-05-08': null, '2026-05-09': '12' });
      expect(sent.at(-1)).toMatchObject({
        query: query.replace(':tz', '@tz').replace(':start', '@start').replace(':end', '@end'),
        parameterMode: 'NAMED',
        maximumBytesBilled: '2000000000',
        queryParameters: [
          { name: 'tz', parameterType: { type: 'STRING' }, parameterValue: { value: 'UTC' } },
          {
            name: 'start',
            parameterType: { type: 'TIMESTAMP' },
            parameterValue: { value: '2026-05-08T00:00:00.000Z' },
          },
          {
            name: 'end',
            parameterType: { type: 'TIMESTAMP' },
            parameterValue: { value: '2026-05-10T00:00:00.000Z' },
          },
        ],
      });
      const shown = JSON.stringify(outcome);
      for (const secret of ['ya29.secret', 'PRIVATE KEY']) expect(shown).not.toContain(secret);
    });
  });
});

it('a driver that is not installed is named with the command that installs it', async () => {
  const missing = loadDriver('mysql2', () => Promise.reject(new Error("Cannot find package 'mysql2'")));
  const error = await missing.catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(ConnectorError);
  expect(String(error)).toContain('npm install --no-save --ignore-scripts mysql2@3.24.6');
});

it('names the versions that are installed here', async () => {
  const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const name of ['mysql2', '@duckdb/node-api'] as const) {
    const error = await loadDriver(name, () => Promise.reject(new Error('no'))).catch(String);
    expect(error).toContain(`${name}@${versions[name]}`);
  }
});
