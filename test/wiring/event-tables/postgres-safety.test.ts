import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProductEvent } from '../../../src/domain/events/records.ts';
import { createEgress } from '../../../src/egress/index.ts';
import { STATEMENT_LIMITS } from '../../../src/wiring/event-tables/index.ts';
import { openContext, openSession } from '../../../src/wiring/event-tables/open.ts';
import {
  connectionOf,
  failureIn,
  postgresTable,
  request,
  sourcesOf,
  type TestTable,
  valuesOf,
} from './support/table.ts';

const now = new Date('2026-05-10T12:00:00Z');
const days = { startDay: '2026-05-08', endDay: '2026-05-11' };
const active = (params: Record<string, unknown> = {}) =>
  request('active_users', { window: 'day', ...params }, days);
const running = new AbortController().signal;
const events: ProductEvent[] = ['2026-05-08T10:00:00Z', '2026-05-10T10:00:00Z'].map((at) => ({
  id: null,
  userId: 'a',
  event: 'open',
  at: new Date(at),
  properties: {},
}));

let table: TestTable;
beforeAll(async () => {
  table = await postgresTable();
  await table.load(events);
});
afterAll(() => table.close());

async function readWith(more: Record<string, unknown>, asked = active()) {
  const [outcome] = await table.sources.read(table.connection(more), [asked], now, running);
  return outcome;
}

describe('section 11: nothing is written', () => {
  it('refuses what writes in a view of events, also where the role might', async () => {
    await table.admin.query('CREATE TABLE product.touched (n int)');
    await table.admin.query(
      `CREATE FUNCTION product.touch() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN INSERT INTO product.touched VALUES (1); RETURN true; END'`,
    );
    await table.admin.query(
      'CREATE VIEW product.writing AS SELECT * FROM product.events WHERE product.touch()',
    );
    await table.admin.query(`GRANT SELECT ON product.writing TO ${table.role}`);
    await table.admin.query(`GRANT ALL ON product.touched TO ${table.role}`);
    const failure = failureIn(await readWith({ table: 'product.writing' }));
    expect(failure).toMatchObject({ errorClass: 'config' });
    expect(failure.message).toContain('tried to write');
    const touched = await table.admin.query('SELECT * FROM product.touched');
    expect(touched.rows).toEqual([]);
    await table.admin.query(`REVOKE ALL ON product.touched FROM ${table.role}`);
  });

  it('takes names that are SQL as names of events, and does no harm', async () => {
    const names = [
      `open'); DROP TABLE product.events; --`,
      `\\'; COMMIT; DROP TABLE product.events; --`,
      `$$; DELETE FROM product.events; $$`,
      '"; SELECT pg_sleep(60); --',
    ];
    for (const activeEvent of names) {
      const outcome = await readWith({}, active({ activeEvent }));
      expect(valuesOf(outcome)).toEqual({ '2026-05-08': '0', '2026-05-09': '0' });
    }
    expect((await table.admin.query('SELECT * FROM product.events')).rowCount).toBe(2);
  });

  it.each([
    { setting: 'table', value: 'product.events; DROP TABLE product.events' },
    { setting: 'table', value: 'product."events"' },
    { setting: 'table', value: '(SELECT 1)' },
    { setting: 'userColumn', value: 'user_id" FROM x; --' },
    { setting: 'eventColumn', value: 'event, pg_sleep(9)' },
    { setting: 'timeColumn', value: "at'" },
    { setting: 'propertiesColumn', value: 'properties::jsonb' },
    { setting: 'idColumn', value: '' },
  ])('refuses $value as $setting', ({ setting, value }) => {
    const given = { ...table.config, password: 'x', [setting]: value };
    const split = table.sources.splitConfig('event_table', given);
    expect(split).toMatchObject({ ok: false });
    expect(split.ok ? '' : split.problems.join(' ')).toContain(`${setting}: `);
  });
});

describe('settings', () => {
  it('keeps the password apart from what is stored in clear', () => {
    const split = table.sources.splitConfig('event_table', { ...table.config, password: 'hunter22' });
    expect(split).toMatchObject({ ok: true, secrets: { password: 'hunter22' } });
    expect(JSON.stringify(split.ok && split.config)).not.toContain('hunter22');
    // What is stored is read again with the secrets, and says the same.
    if (!split.ok) throw new Error('refused');
    expect(table.sources.splitConfig('event_table', { ...split.config, ...split.secrets })).toEqual(split);
  });

  it('names what an engine needs, and what belongs to another one', () => {
    const { database: _without, ...rest } = table.config;
    const split = table.sources.splitConfig('event_table', {
      ...rest,
      password: 'x',
      project: 'some-project',
    });
    expect(split.ok ? [] : split.problems).toEqual([
      'database: postgres needs it.',
      'project: it is a setting of bigquery.',
    ]);
  });

  it('binds the password to host and port of the address', () => {
    expect(table.sources.allowedHosts('event_table', 'postgresql://db.example.com')).toEqual([
      'db.example.com:5432',
    ]);
    expect(table.sources.allowedHosts('event_table', 'https://ch.example.com:8443')).toEqual([
      'ch.example.com:8443',
    ]);
    expect(table.sources.allowedHosts('event_table', 'https://ch.example.com')).toEqual([
      'ch.example.com:443',
    ]);
  });

  it('refuses user, password and database in the address', () => {
    for (const endpoint of ['postgresql://me:pw@db.example.com', 'postgresql://db.example.com/shop']) {
      expect(table.sources.checkEndpoint(endpoint)).toMatchObject({ ok: false });
    }
  });

  it('does not go where the operator has not opened the way', async () => {
    const closed = createEgress({ allow: [] });
    const sources = sourcesOf(closed, table.database, { password: table.password });
    const [outcome] = await sources.read(table.connection(), [active()], now, running);
    expect(failureIn(outcome)).toMatchObject({ errorClass: 'blocked_destination' });
    await closed.close();
  });

  it('asks for a table of events the parameters of the catalogue, and after how many days rows still come', () => {
    const found = table.sources.find('event_table');
    expect(found?.guide).toContain('experimental');
    expect(found?.metrics.map(({ metric }) => metric)).toContain('retention');
    const cohort = { steps: ['a', 'b'], withinHours: 24 };
    // Decided after a day, and then late rows of three days, or of ten.
    expect(table.sources.checkParams('event_table', 'funnel_conversion', cohort)).toMatchObject({
      ok: true,
      settlesAfterHours: 24 + 72,
      rereadDays: 3,
    });
    expect(
      table.sources.checkParams('event_table', 'funnel_conversion', { ...cohort, lateDays: 10 }),
    ).toMatchObject({
      ok: true,
      settlesAfterHours: 24 + 240,
      rereadDays: 10,
      params: { lateDays: 10 },
    });
    expect(
      table.sources.checkParams('event_table', 'funnel_conversion', { ...cohort, lateDays: -1 }),
    ).toMatchObject({
      ok: false,
    });
  });
});

describe('what fails is said in one sentence, with what to do', () => {
  it('a wrong password', async () => {
    const sources = sourcesOf(table.egress, table.database, { password: 'not-the-password' });
    const [outcome] = await sources.read(table.connection(), [active()], now, running);
    const failure = failureIn(outcome);
    expect(failure).toMatchObject({ errorClass: 'auth' });
    expect(failure.message).toContain(`does not let "${table.role}" in`);
    expect(JSON.stringify(outcome)).not.toContain('not-the-password');
  });

  it.each([
    { more: { database: 'nowhere' }, says: 'has no database "nowhere"' },
    { more: { table: 'product.missing' }, says: 'no table product.missing' },
    { more: { userColumn: 'person' }, says: 'person' },
    { more: { timeColumn: 'event' }, says: 'do not fit what they are used for' },
    { more: { timeAs: 'milliseconds' }, says: 'do not fit what they are used for' },
  ])('$more', async ({ more, says }) => {
    const failure = failureIn(await readWith(more));
    expect(failure).toMatchObject({ errorClass: 'config' });
    expect(failure.message).toContain(says);
    expect(failure.hint).not.toBeNull();
  });

  it('a table that was not granted', async () => {
    await table.admin.query('CREATE TABLE product.secret AS SELECT * FROM product.events');
    const failure = failureIn(await readWith({ table: 'product.secret' }));
    expect(failure).toMatchObject({ errorClass: 'config' });
    expect(failure.hint).toContain('SELECT on the table');
  });

  it('nobody at the address', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const egress = createEgress({ allow: [{ kind: 'host', host: '127.0.0.1', port }] });
    const sources = sourcesOf(egress, table.database, { password: table.password });
    const gone = connectionOf(`postgresql://127.0.0.1:${port}`, table.config);
    const [outcome] = await sources.read(gone, [active()], now, running);
    expect(failureIn(outcome)).toMatchObject({ errorClass: 'transient' });
    await egress.close();
  });

  it('a server without TLS where TLS was asked for', async () => {
    const failure = failureIn(await readWith({ tls: 'require' }));
    expect(failure).toMatchObject({ errorClass: 'config' });
    expect(failure.message).toContain('does not speak TLS');
  });

  it('a statement that takes too long: only its own metric, and the next one is read', async () => {
    // Only who looks at properties waits: a function without side effects is left out where its result is not used.
    await table.admin.query(
      `CREATE FUNCTION product.slowly(jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS 'BEGIN PERFORM pg_sleep(5); RETURN $1; END'`,
    );
    await table.admin.query(
      `CREATE VIEW product.slow AS SELECT id, user_id, event, at, product.slowly(properties) AS properties FROM product.events`,
    );
    await table.admin.query(`GRANT SELECT ON product.slow TO ${table.role}`);
    const trial = request(
      'trial_to_paid_rate',
      { trialEvent: 'open', paidEvent: 'open', withinDays: 1, graceDays: 0, window: '1d' },
      { startDay: '2026-05-08', endDay: '2026-05-09' },
    );
    const connection = table.connection({
      table: 'product.slow',
      statementTimeoutSeconds: 1,
      idColumn: undefined,
    });
    const [slow, quick] = await table.sources.read(connection, [trial, active()], now, running);
    const failure = failureIn(slow);
    expect(failure).toMatchObject({ errorClass: 'too_large', concerns: 'metric' });
    expect(failure.message).toContain('within 1 seconds');
    expect(failure.hint).toContain('index');
    expect(valuesOf(quick)).toEqual({ '2026-05-08': '1', '2026-05-09': '0' });
  });

  it('an answer without end is not taken in', async () => {
    const deps = {
      egress: table.egress,
      vault: {
        open: async () => ({ password: table.password }),
        seal: () => Promise.reject(new Error('no')),
      },
      quota: {
        take: async () => ({ ok: true, id: '1' }) as const,
        renew: async () => {},
        done: async () => {},
        pause: async () => {},
        untilOldestExpiresMs: async () => 0,
        look: async () => ({ now: new Date(0), calls: 0, oldestAt: null, pausedUntil: null, book: null }),
        changeBook: () => Promise.reject(new Error('tables count no tokens')),
        costs: async () => ({}),
        learnCost: async () => {},
      },
    };
    const session = await openSession(await openContext(table.connection(), deps, now, running));
    const many = session.ask('SELECT generate_series(1, 100000000) AS n', () => {});
    await expect(many).rejects.toMatchObject({ errorClass: 'too_large', code: 'answer_too_large' });
    await session.close();
    const wide = await openSession(await openContext(table.connection(), deps, now, running));
    const long = wide.ask(`SELECT repeat('x', 64000000) AS n`, () => {});
    await expect(long).rejects.toMatchObject({ errorClass: 'too_large' });
    await wide.close();
    // One statement is one: the protocol takes no second behind it.
    const twice = await openSession(await openContext(table.connection(), deps, now, running));
    await expect(twice.ask('SELECT 1; SELECT 2', () => {})).rejects.toMatchObject({ errorClass: 'config' });
    await twice.close();
  });
});

describe('section 11: a connection that is lost or stopped', () => {
  let proxy: Server;
  let sockets: Socket[];
  let cut: (socket: Socket) => void;
  let port: number;
  beforeEach(async () => {
    sockets = [];
    cut = () => {};
    const to = new URL(table.database.url);
    proxy = createServer((inside) => {
      const outside = connect(Number(to.port), to.hostname);
      sockets.push(inside, outside);
      for (const socket of [inside, outside]) socket.on('error', () => {});
      inside.on('data', (chunk) => (chunk.includes('looked_at') ? cut(inside) : outside.write(chunk)));
      outside.on('data', (chunk) => inside.write(chunk));
      inside.on('close', () => outside.destroy());
      outside.on('close', () => inside.destroy());
    });
    port = await listening(proxy);
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });

  it('in the middle of a statement: nothing is stored, and the next run tries again', async () => {
    cut = (socket) => socket.destroy();
    const egress = createEgress({
      allow: [{ kind: 'host', host: '127.0.0.1', port }],
      limits: STATEMENT_LIMITS,
    });
    const sources = sourcesOf(egress, table.database, { password: table.password });
    const connection = connectionOf(`postgresql://127.0.0.1:${port}`, table.config);
    const outcomes = await sources.read(
      connection,
      [active(), active({ activeEvent: 'open' })],
      now,
      running,
    );
    for (const outcome of outcomes) expect(failureIn(outcome)).toMatchObject({ errorClass: 'transient' });
    await egress.close();
  });

  it('by us: the server is told to stop the statement, too', async () => {
    await table.admin.query(
      `CREATE OR REPLACE VIEW product.waiting AS SELECT e.* FROM product.events e WHERE pg_sleep(100) IS NOT NULL`,
    );
    await table.admin.query(`GRANT SELECT ON product.waiting TO ${table.role}`);
    const stop = new AbortController();
    const read = table.sources.read(
      table.connection({ table: 'product.waiting' }),
      [active()],
      now,
      stop.signal,
    );
    const busy = async (): Promise<number> =>
      (
        await table.admin.query(
          `SELECT 1 FROM pg_stat_activity WHERE usename = $1 AND state = 'active' AND query LIKE '%waiting%'`,
          [table.role],
        )
      ).rowCount ?? 0;
    await expect.poll(busy, { timeout: 10_000 }).toBe(1);
    stop.abort();
    const [outcome] = await read;
    expect(failureIn(outcome)).toMatchObject({ errorClass: 'transient' });
    await expect.poll(busy, { timeout: 10_000 }).toBe(0);
  });
});

describe('check', () => {
  const check = async (more: Record<string, unknown> = {}) => {
    const answer = await table.sources.check(table.connection(more), running);
    if (!answer.ok) throw new Error(answer.failure.message);
    return answer;
  };

  it('says what it reached, as whom, and the newest event, and finds nothing wrong with a reader', async () => {
    const { account, exchanges, warnings } = await check();
    expect(account).toContain(
      `table product.events, as ${table.role}, newest event 2026-05-10T10:00:00.000Z`,
    );
    expect(warnings).toEqual([]);
    expect(exchanges.length).toBeGreaterThan(3);
  });

  it('says which right is too many, when that was acknowledged', async () => {
    await table.admin.query(`GRANT INSERT, DELETE ON product.events TO ${table.role}`);
    expect((await check({ writeRightsAcknowledged: true })).warnings.join()).toContain(
      'INSERT on product.events, DELETE on product.events',
    );
    await table.admin.query(`REVOKE INSERT, DELETE ON product.events FROM ${table.role}`);
  });

  it('says that a day cannot be found without reading all, until there is an index', async () => {
    await table.admin.query(
      `CREATE TABLE product.large AS SELECT n::text AS id, 'u' AS user_id, 'open' AS event,
         timestamptz '2026-01-01' + n * interval '10 minutes' AS at, '{}'::jsonb AS properties FROM generate_series(1, 30000) n`,
    );
    await table.admin.query('ANALYZE product.large');
    await table.admin.query(`GRANT SELECT ON product.large TO ${table.role}`);
    expect((await check({ table: 'product.large' })).warnings.join()).toContain(
      'without reading about 30000 rows',
    );
    await table.admin.query('CREATE INDEX ON product.large (at)');
    expect((await check({ table: 'product.large' })).warnings).toEqual([]);
  });

  it.each([
    { more: { table: 'product.none' }, says: 'There is no table product.none' },
    { more: { userColumn: 'User_ID' }, says: 'Did you mean "user_id"?' },
    { more: { timeAs: 'seconds' }, says: 'cannot be read as the time as seconds' },
    { more: { propertiesColumn: 'at' }, says: 'cannot be read as the properties' },
  ])('refuses $more', async ({ more, says }) => {
    const answer = await table.sources.check(table.connection(more), running);
    expect(failureIn(answer)).toMatchObject({ errorClass: 'config' });
    expect(failureIn(answer).message).toContain(says);
  });
});

it('has at most two statements under way on a connection, whoever asks', async () => {
  await table.admin.query(
    `CREATE OR REPLACE VIEW product.sleepy AS SELECT e.* FROM product.events e WHERE pg_sleep(0.05) IS NOT NULL`,
  );
  await table.admin.query(`GRANT SELECT ON product.sleepy TO ${table.role}`);
  let most = 0;
  const many = Array.from({ length: 5 }, () =>
    table.sources.read(table.connection({ table: 'product.sleepy' }), [active()], now, running),
  );
  const over = new AbortController();
  const watch = (async () => {
    while (!over.signal.aborted) {
      const found = await table.admin.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = $1 AND state = 'active' AND query LIKE '%sleepy%'`,
        [table.role],
      );
      most = Math.max(most, found.rows[0]?.n ?? 0);
    }
  })();
  const outcomes = await Promise.all(many);
  over.abort();
  await watch;
  for (const [outcome] of outcomes)
    expect(valuesOf(outcome)).toEqual({ '2026-05-08': '1', '2026-05-09': '0' });
  expect(most).toBeLessThanOrEqual(2);
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
