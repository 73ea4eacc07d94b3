import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { accept, check, failureOf, type Ground, read, valuesOf, windowOf } from './support/ask.ts';

const now = new Date('2026-05-10T12:00:00Z');
const week = windowOf('2026-05-01', '2026-05-04');
const BY_DAY = `SELECT CAST(at AT TIME ZONE :tz AS date) AS day, sum(amount) AS value
  FROM sales.orders WHERE at >= :start AND at < :end GROUP BY 1`;

let database: TestDatabase;
let ground: Ground;
let folder: string;
const password = randomBytes(12).toString('base64url');
const name = (role: string) => `sql_${role}_${suffix}`;
const suffix = randomBytes(4).toString('hex');
const as = (role: string, more: Record<string, unknown> = {}): Ground => ({
  ...ground,
  config: { ...ground.config, user: name(role), ...more },
});
beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'tidemark-sql-'));
  const url = new URL(database.url);
  for (const statement of [
    'CREATE SCHEMA sales',
    'CREATE TABLE sales.orders (id int, at timestamptz, amount numeric, note text)',
    'CREATE TABLE sales.touched (n int)',
    'CREATE SEQUENCE sales.numbers',
    // On the edges of the window in UTC, and one row that is in it only in Berlin.
    `INSERT INTO sales.orders VALUES (1, '2026-05-01T00:00:00Z', 10.50, 'a'), (2, '2026-05-01T23:59:59.999Z', 0.1, 'secret-cell'),
      (3, '2026-05-03T12:00:00Z', 2, 'c'), (4, '2026-05-04T00:00:00Z', 99, 'd'), (5, '2026-04-30T22:30:00Z', 7, 'e')`,
    `CREATE FUNCTION sales.touch() RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO sales.touched VALUES (1); RETURN 1; END'`,
    ...['reader', 'writer', 'runner'].flatMap((role) => [
      `CREATE ROLE ${name(role)} LOGIN PASSWORD '${password}'`,
      `GRANT USAGE ON SCHEMA sales TO ${name(role)}`,
      `GRANT SELECT ON sales.orders TO ${name(role)}`,
    ]),
    `GRANT ALL ON ALL TABLES IN SCHEMA sales TO ${name('writer')}`,
    `GRANT ALL ON ALL SEQUENCES IN SCHEMA sales TO ${name('writer')}`,
    `GRANT pg_execute_server_program TO ${name('runner')}`,
  ])
    await database.pool.query(statement);
  ground = {
    config: {
      engine: 'postgres',
      database: url.pathname.slice(1),
      user: name('reader'),
      password,
      statementTimeoutSeconds: 2,
    },
    endpoint: `postgresql://${url.host}`,
    secrets: [password],
    now,
  };
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const role of ['reader', 'writer', 'runner']) {
    await database.pool.query(`DROP OWNED BY ${name(role)}`);
    await database.pool.query(`DROP ROLE ${name(role)}`);
  }
  await database.close();
});

describe('a query on a real PostgreSQL', () => {
  it('gives a value a day, every digit of it, and keeps to the half-open window', async () => {
    // 10.50 + 0.1 on the first; nothing on the second; the row at the end of the window is not in it.
    expect(await valuesOf(ground, { query: BY_DAY }, week)).toEqual({
      '2026-05-01': '10.6',
      '2026-05-02': null,
      '2026-05-03': '2',
    });
  });

  it('takes the edges of the window in the zone of the workspace', async () => {
    // 22:30 UTC on the last of April is the first of May in Berlin; 23:59:59 UTC on the first is the second there.
    const berlin = windowOf('2026-05-01', '2026-05-03', 'Europe/Berlin', '+02:00');
    expect(await valuesOf(ground, { query: BY_DAY }, berlin)).toEqual({
      '2026-05-01': '17.5',
      '2026-05-02': '0.1',
    });
  });

  it('takes a midnight for its day, and large numbers as they are', async () => {
    const query = `SELECT date_trunc('day', at AT TIME ZONE :tz) AS day, 9007199254740993::bigint - 9007199254740000 AS value FROM sales.orders
      WHERE id = 3 AND :start_day < :end_day`;
    expect(await valuesOf(ground, { query }, week)).toMatchObject({ '2026-05-03': '993' });
  });

  it('binds what it is handed, and lets an operator know its type', async () => {
    const query = `SELECT :end_day - 1 AS day, extract(epoch FROM :end - :start) / 86400 AS value WHERE :start + interval '1 day' < :end`;
    expect(await valuesOf(ground, { query }, week)).toMatchObject({ '2026-05-03': '3' });
  });

  it('sees no text of a zone as SQL', async () => {
    const odd = { ...week, timeZone: `UTC'; DROP TABLE sales.touched; --` };
    const query = 'SELECT :start_day AS day, length(:tz) AS value';
    // The zone of a workspace is checked elsewhere; here it is one text of 36 characters, whatever it says.
    const { context } = await import('./support/ask.ts').then(({ contextOf }) => contextOf(ground));
    const { statementOf } = await import('../../../connectors/sql/statement.ts');
    const { ask } = await import('../../../connectors/sql/open.ts');
    const { boundOf } = await import('../../../connectors/sql/metric.ts');
    const made = statementOf('postgres', query);
    if (!made.ok) throw new Error(made.problem);
    const { rows } = await ask(
      context,
      made.statement,
      (names) => boundOf(names, odd),
      () => {},
    );
    expect(rows).toEqual([['2026-05-01', String(odd.timeZone.length)]]);
    expect((await database.pool.query('SELECT * FROM sales.touched')).rows).toEqual([]);
  });

  it('records the statement by its digest, with rows and duration', async () => {
    const { completeness } = await read(ground, { query: BY_DAY }, week);
    expect(completeness.notes.join('\n')).toMatch(/postgres: 2 rows in \d+ ms[\s\S]*sha256 [0-9a-f]{64}/);
  });
});

describe('what a query may not do, whatever the user may', () => {
  const DAY = ':start_day AS day';
  it.each<{ query: string; says: RegExp }>([
    { query: 'INSERT INTO sales.touched VALUES (1)', says: /begins with "INSERT"/ },
    { query: `COPY sales.touched TO PROGRAM 'touch MARKER'`, says: /begins with "COPY"/ },
    { query: 'SELECT 1; DELETE FROM sales.orders', says: /second statement/ },
    { query: 'SELECT 1 AS n INTO sales.made', says: /INTO is not taken/ },
    { query: 'SELECT * FROM sales.orders FOR UPDATE', says: /FOR is not taken/ },
    {
      query: 'WITH gone AS (DELETE FROM sales.orders RETURNING 1 AS n) SELECT n FROM gone',
      says: /tries to write/,
    },
    { query: `SELECT ${DAY}, sales.touch() AS value`, says: /tries to write/ },
    { query: `SELECT ${DAY}, nextval('sales.numbers') AS value`, says: /tries to write/ },
    { query: `SELECT ${DAY}, lo_create(0) AS value`, says: /tries to write/ },
    {
      query: `SELECT ${DAY}, sales.touch() AS value FROM (SELECT set_config('transaction_read_only', 'off', true) OFFSET 0) s`,
      says: /tries to write/,
    },
    { query: `SELECT ${DAY}, pg_sleep(60) AS value`, says: /within 2 seconds/ },
    {
      query: `SELECT ${DAY}, 1 AS value FROM (SELECT set_config('statement_timeout', '0', false) OFFSET 0) s, pg_sleep(60)`,
      says: /within 2 seconds/,
    },
    {
      query: `SELECT ${DAY}, generate_series(1, 100000000) AS value`,
      says: /more than a measurement/,
    },
    { query: `SELECT repeat('x', 60000000) AS day, 1 AS value`, says: /more than a measurement/ },
    { query: `SELECT ${DAY}, pg_read_file('/etc/hostname') AS value`, says: /may not read/ },
    {
      query: `SELECT ${DAY}, note::int AS value FROM sales.orders WHERE id = 2`,
      says: /cannot read a row as the query asks \(22P02\)/,
    },
    { query: `SELECT ${DAY}, 1 / 0 AS value`, says: /22012/ },
    { query: `SELECT ${DAY}, 'NaN'::numeric AS value`, says: /"NaN" as value of 2026-05-01/ },
    { query: `SELECT ${DAY}, 'Infinity'::float8 AS value`, says: /"Infinity"/ },
    { query: `SELECT at AS day, 1 AS value FROM sales.orders WHERE id = 3`, says: /as a day in row 1/ },
    { query: `SELECT ${DAY}, 1 AS value, 2 AS value`, says: /"day", "value", "value"/ },
    {
      query: `SELECT ${DAY}, 1 AS value UNION ALL SELECT ${DAY}, 2`,
      says: /two rows for the day 2026-05-01/,
    },
    { query: `SELECT '2026-05-04' AS day, 1 AS value`, says: /2026-05-04, outside of the window/ },
    { query: 'SELECT dya AS day, 1 AS value FROM sales.orders', says: /column of the query \(42703\).*dya/ },
    { query: 'SELECT 1 AS day, 1 AS value FROM sales.oders', says: /table of the query \(42P01\).*oders/ },
    { query: `SELECT ${DAY}, 1 AS value FORM sales.orders`, says: /refuses the query \(42601\)/ },
  ])('$query', async ({ query, says }) => {
    const marker = join(folder, 'ran');
    const writer = as('writer', { writeRightsAcknowledged: true });
    const failure = await failureOf(read(writer, { query: query.replace('MARKER', marker) }, week));
    expect(failure.message).toMatch(says);
    expect(failure.message).not.toContain('secret-cell');
    expect(failure).toMatchObject({ concerns: 'metric', remedy: { by: 'owner' } });
    expect((await database.pool.query('SELECT * FROM sales.touched')).rows).toEqual([]);
    expect((await database.pool.query('SELECT count(*)::int AS n FROM sales.orders')).rows).toEqual([
      { n: 5 },
    ]);
    expect(existsSync(marker)).toBe(false);
  });

  it('the table can fail: without Tidemark the same user does it', async () => {
    await database.pool.query(`SET ROLE ${name('writer')}; SELECT sales.touch(); RESET ROLE`);
    expect((await database.pool.query('SELECT * FROM sales.touched')).rows).toEqual([{ n: 1 }]);
    await database.pool.query('TRUNCATE sales.touched');
  });
});

describe('who may ask', () => {
  it('says who it is', async () => {
    const { account, warnings } = await check(ground);
    expect(account).toMatch(new RegExp(`^PostgreSQL \\d+[.\\d]*, .+, as ${name('reader')}$`));
    expect(warnings).toEqual([]);
  });

  it('refuses a user that may write until that is acknowledged, and one that could run commands in any case', async () => {
    expect(await failureOf(check(as('writer')))).toMatchObject({ code: 'write_rights' });
    expect((await check(as('writer', { writeRightsAcknowledged: true }))).warnings.join()).toContain(
      'sales.',
    );
    const runner = as('runner', { writeRightsAcknowledged: true });
    expect(await failureOf(read(runner, { query: BY_DAY }, week))).toMatchObject({ code: 'dangerous_role' });
  });

  it('a wrong password is the owner’s to correct', async () => {
    const wrong = { ...as('reader', { password: 'not-the-password' }), secrets: ['not-the-password'] };
    expect(await failureOf(read(wrong, { query: BY_DAY }, week))).toMatchObject({
      errorClass: 'auth',
      concerns: null,
    });
  });

  it('a right that was revoked is said of the query alone', async () => {
    await database.pool.query(`REVOKE SELECT ON sales.orders FROM ${name('reader')}`);
    const failure = await failureOf(read(ground, { query: BY_DAY }, week));
    await database.pool.query(`GRANT SELECT ON sales.orders TO ${name('reader')}`);
    expect(failure).toMatchObject({ errorClass: 'config', concerns: 'metric' });
    expect(failure.message).toContain('permission denied for table orders');
  });
});

describe('before anything is stored', () => {
  it('runs the query over the newest days, and says that there is no row', async () => {
    const { problems, warnings } = await accept(ground, { query: BY_DAY });
    expect(problems).toEqual([]);
    expect(warnings).toEqual(['The query gave no row for the last 3 days.']);
  });

  it.each([
    { query: BY_DAY.replace('amount', 'amont'), says: /amont/ },
    { query: BY_DAY.replace('orders', 'oders'), says: /oders/ },
    { query: BY_DAY.replace('GROUP', 'GRUOP'), says: /42601/ },
    { query: BY_DAY.replace('AS value', 'AS total'), says: /"day", "total"/ },
    { query: BY_DAY.replace(':start', ':begin'), says: /":begin"/ },
  ])('names what is wrong in $query', async ({ query, says }) => {
    const { problems } = await accept(ground, { query });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(says);
  });

  it('warns of a query that does not keep to the window', async () => {
    const { warnings } = await accept(ground, { query: 'SELECT :start_day AS day, 1 AS value' });
    expect(warnings.join()).toContain('both ends of the window');
  });
});
