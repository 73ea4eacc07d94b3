import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Asked,
  accept,
  check,
  failureOf,
  type Ground,
  read,
  valuesOf,
  windowOf,
} from './support/ask.ts';
import { hasMariadb, type Mariadb, mariadbNote, startMariadb } from './support/mariadb.ts';

const now = new Date('2026-05-10T12:00:00Z');
const week = windowOf('2026-05-01', '2026-05-04');
const password = 'reader-password-1';
const BY_DAY = `SELECT DATE(at) AS day, SUM(amount) AS value FROM orders
  WHERE at >= :start AND at < :end GROUP BY DATE(at)`;

describe.skipIf(!hasMariadb)(`SQL on a real MariaDB${mariadbNote}`, () => {
  let server: Mariadb;
  let ground: Ground;
  const as = (user: string, more: Record<string, unknown> = {}): Ground => ({
    ...ground,
    config: { ...ground.config, user, ...more },
  });
  beforeAll(async () => {
    server = await startMariadb();
    for (const statement of [
      'CREATE DATABASE shop',
      'CREATE TABLE shop.orders (id int PRIMARY KEY, at datetime(3), amount decimal(10,2), note text)',
      'CREATE TABLE shop.touched (n int)',
      'CREATE SEQUENCE shop.numbers',
      // On the edges of the window, in UTC: the first instant counts, the one at its end does not.
      `INSERT INTO shop.orders VALUES (1, '2026-05-01 00:00:00.000', 10.50, 'a'), (2, '2026-05-01 23:59:59.999', 1, 'b'),
        (3, '2026-05-03 12:00:00', 2, 'c'), (4, '2026-05-04 00:00:00', 99, 'd'), (5, '2026-04-30 22:30:00', 7, 'e')`,
      `CREATE FUNCTION shop.touch() RETURNS int BEGIN INSERT INTO touched VALUES (1); RETURN 1; END`,
      `CREATE USER reader@'%' IDENTIFIED BY '${password}'`,
      `GRANT SELECT, EXECUTE ON shop.* TO reader@'%'`,
      `CREATE USER writer@'%' IDENTIFIED BY '${password}'`,
      `GRANT ALL ON shop.* TO writer@'%'`,
      `CREATE USER filer@'%' IDENTIFIED BY '${password}'`,
      `GRANT FILE ON *.* TO filer@'%'`,
      `GRANT SELECT ON shop.* TO filer@'%'`,
      `CREATE ROLE changers`,
      `GRANT INSERT ON shop.touched TO changers`,
      `CREATE USER by_role@'%' IDENTIFIED BY '${password}'`,
      `GRANT changers TO by_role@'%'`,
      `SET DEFAULT ROLE changers FOR by_role@'%'`,
      `GRANT SELECT ON shop.* TO by_role@'%'`,
    ])
      await server.admin(statement);
    ground = {
      config: { engine: 'mysql', database: 'shop', user: 'reader', password, statementTimeoutSeconds: 2 },
      endpoint: `mysql://127.0.0.1:${server.port}`,
      secrets: [password],
      now,
    };
  });
  afterAll(() => server.close());

  it('gives a value a day, keeps to the half-open window, and says nothing of a day without a row', async () => {
    // 10.50 + 1 on the first; nothing on the second; 2 on the third; the row at the end of the window is not in it.
    expect(await valuesOf(ground, { query: BY_DAY }, week)).toEqual({
      '2026-05-01': '11.5',
      '2026-05-02': null,
      '2026-05-03': '2',
    });
  });

  it('calls a missing day zero where its owner says so', async () => {
    expect((await valuesOf(ground, { query: BY_DAY, missing: 'zero' }, week))['2026-05-02']).toBe('0');
  });

  it('takes the edges of the window in the zone of the workspace', async () => {
    // In Berlin (+02:00) the first of May begins at 22:00 UTC: order 5 of 22:30 is in it, order 2 of 23:59:59 is of the second.
    const query = `SELECT DATE(at + INTERVAL 2 HOUR) AS day, SUM(amount) AS value FROM orders
      WHERE at >= :start AND at < :end GROUP BY 1`;
    const berlin = windowOf('2026-05-01', '2026-05-03', 'Europe/Berlin', '+02:00');
    expect(await valuesOf(ground, { query }, berlin)).toEqual({ '2026-05-01': '17.5', '2026-05-02': '1' });
  });

  it('binds dates and the zone, several times and in any order', async () => {
    const query = `SELECT :end_day - INTERVAL 1 DAY AS day, IF(:tz = 'UTC' AND :tz = 'UTC', DATEDIFF(:end_day, :start_day), 0) AS value`;
    expect(await valuesOf(ground, { query }, week)).toMatchObject({ '2026-05-03': '3' });
  });

  it('reads a ratio with its parts, and money in minor units', async () => {
    const query = `SELECT DATE(at) AS day, SUM(amount) AS numerator, COUNT(*) AS denominator FROM orders
      WHERE at >= :start AND at < :end GROUP BY 1`;
    const asked = { query, kind: 'ratio', unit: 'money', currency: 'EUR', moneyIn: 'major' };
    const { points } = await read(ground, asked, week);
    // 11.50 euros over two orders: 575 cents each.
    expect(points[0]).toEqual({ day: '2026-05-01', value: '575', numerator: '1150', denominator: '2' });
  });

  it('leaves evidence: the digest of the statement, rows and how long it took', async () => {
    const { completeness } = await read(ground, { query: BY_DAY }, week);
    expect(completeness).toMatchObject({ items: 2, lastPageReached: true });
    expect(completeness.notes.join('\n')).toMatch(/mysql: 2 rows in \d+ ms[\s\S]*sha256 [0-9a-f]{64}/);
  });

  const hostile: { query: string; says: RegExp }[] = [
    { query: 'INSERT INTO touched VALUES (1)', says: /begins with "INSERT"/ },
    { query: 'SELECT 1; DELETE FROM orders', says: /second statement/ },
    { query: 'SELECT touch() AS value, :start_day AS day', says: /tries to write/ },
    { query: 'SELECT NEXTVAL(numbers) AS value, :start_day AS day', says: /tries to write/ },
    { query: 'SELECT * FROM orders FOR UPDATE', says: /FOR is not taken/ },
    { query: 'SELECT * FROM orders LOCK IN SHARE MODE', says: /LOCK is not taken/ },
    { query: "SELECT 1 INTO OUTFILE 'MARKER'", says: /INTO is not taken/ },
    { query: 'SELECT 1 INTO @x', says: /INTO is not taken/ },
    { query: "SELECT /*! 1 INTO OUTFILE 'MARKER' */", says: /comment that some engines run/ },
    { query: 'SELECT :start_day AS day, SLEEP(60) AS value', says: /within 2 seconds/ },
    {
      query: 'SELECT :start_day AS day, BENCHMARK(2000000000, SHA2(1, 512)) AS value',
      says: /within 2 seconds/,
    },
    { query: 'SELECT a.seq AS day, 1 AS value FROM seq_1_to_1000000 a', says: /more than a measurement/ },
    { query: 'SET STATEMENT max_statement_time = 0 FOR SELECT SLEEP(60)', says: /begins with "SET"/ },
    { query: 'CALL touch()', says: /begins with "CALL"/ },
    { query: "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE touched", says: /begins with "LOAD"/ },
    {
      query: 'SELECT DATE(at) AS day, SUM(amont) AS value FROM orders GROUP BY 1',
      says: /column of the query.*amont/,
    },
    { query: 'SELECT 1 AS day, 2 AS value FROM nowhere', says: /table of the query.*nowhere/ },
    { query: 'SELECT 1 AS day,, 2 AS value', says: /refuses the query \(1064\)/ },
    { query: 'SELECT 1 AS day, 2 AS wert', says: /"day", "wert".*have to be day, value/ },
    {
      query: "SELECT '2026-05-01' AS day, id AS value FROM orders LIMIT 2",
      says: /two rows for the day 2026-05-01/,
    },
    { query: "SELECT '2026-06-01' AS day, 1 AS value", says: /2026-06-01, outside of the window/ },
    { query: 'SELECT NULL AS day, 1 AS value', says: /no day in row 1/ },
    { query: "SELECT :start_day AS day, 'much' AS value", says: /"much" as value of 2026-05-01/ },
    { query: 'SELECT :begin AS day, 1 AS value', says: /":begin" at line 1, column 8 is no parameter/ },
    { query: 'SELECT :start_day AS day, 1e16 AS value', says: /at most 1e15/ },
  ];
  it.each(hostile)('$query', async ({ query, says }) => {
    // Nothing but Tidemark holds this user back.
    const failure = await failureOf(read(as('writer', { writeRightsAcknowledged: true }), { query }, week));
    expect(failure.message).toMatch(says);
    expect(failure.remedy.by).toBe('owner');
    expect(failure.concerns).toBe('metric');
    expect(await server.admin('SELECT * FROM shop.touched')).toEqual([]);
    expect(existsSync('MARKER')).toBe(false);
  });

  it('the table can fail: without Tidemark the same user does it', async () => {
    await server.admin('SELECT shop.touch()');
    expect(await server.admin('SELECT * FROM shop.touched')).toEqual([{ n: 1 }]);
    await server.admin('TRUNCATE shop.touched');
  });

  it('a stopped run ends the statement on the server, too', async () => {
    const stop = new AbortController();
    const waiting = read(
      as('reader', { statementTimeoutSeconds: 60 }),
      { query: 'SELECT :start_day AS day, SLEEP(50) AS value' },
      week,
      stop.signal,
    );
    const busy = async () => {
      const rows = await server.admin(
        `SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(50)%' AND user = 'reader'`,
      );
      return Array.isArray(rows) ? rows.length : -1;
    };
    await expect.poll(busy, { timeout: 20_000 }).toBe(1);
    stop.abort();
    expect(await failureOf(waiting)).toMatchObject({ code: 'aborted' });
    await expect.poll(busy, { timeout: 20_000 }).toBe(0);
  });

  describe('check', () => {
    it('says who it is', async () => {
      const { account, warnings } = await check(ground);
      expect(account).toMatch(/^MariaDB \d+\.\d+\.\d+, shop, as reader@%$/);
      expect(warnings).toEqual([]);
    });

    it('refuses a user that may write, also by a role, unless that was acknowledged', async () => {
      expect(await failureOf(check(as('writer')))).toMatchObject({ code: 'write_rights' });
      expect((await failureOf(check(as('by_role')))).message).toContain('INSERT on shop.touched');
      const { warnings } = await check(as('writer', { writeRightsAcknowledged: true }));
      expect(warnings.join()).toContain('ALL PRIVILEGES on shop.*');
    });

    it('refuses a user that can touch files of the server, before anything is asked', async () => {
      const filer = as('filer', { writeRightsAcknowledged: true });
      expect(await failureOf(check(filer))).toMatchObject({ code: 'dangerous_role' });
      expect(await failureOf(read(filer, { query: BY_DAY }, week))).toMatchObject({ code: 'dangerous_role' });
    });

    it.each([
      { more: { password: 'not-the-password' }, says: 'does not let "reader" in', errorClass: 'auth' },
      { more: { user: 'nobody' }, says: 'does not let "nobody" in', errorClass: 'auth' },
      { more: { database: 'nowhere' }, says: 'nowhere', errorClass: 'config' },
      { more: { tls: 'require' }, says: 'does not speak TLS', errorClass: 'config' },
    ])('$more', async ({ errorClass, more, says }) => {
      const other = as('reader', more);
      const failure = await failureOf(check({ ...other, secrets: [password, 'not-the-password'] }));
      expect(failure).toMatchObject({ errorClass });
      expect(failure.message).toContain(says);
    });

    it('nobody at the address', async () => {
      const failure = await failureOf(check({ ...ground, endpoint: 'mysql://127.0.0.1:1' }));
      expect(failure).toMatchObject({ errorClass: 'transient' });
    });
  });

  it('a right that was revoked is said of the query, and others are read', async () => {
    await server.admin(`CREATE USER lately@'%' IDENTIFIED BY '${password}'`);
    await server.admin(`GRANT SELECT ON shop.touched TO lately@'%'`);
    const failure = await failureOf(read(as('lately'), { query: BY_DAY }, week));
    expect(failure).toMatchObject({ errorClass: 'config', concerns: 'metric' });
    expect(failure.message).toContain('may not read what the query asks for');
  });

  describe('before anything is stored', () => {
    it.each<{ asked: Asked; problems: RegExp[] }>([
      { asked: { query: BY_DAY }, problems: [] },
      { asked: { query: BY_DAY.replace('amount', 'amont') }, problems: [/amont/] },
      { asked: { query: BY_DAY.replace('orders', 'oders') }, problems: [/oders/] },
      { asked: { query: `${BY_DAY} ORDER` }, problems: [/1064/] },
      { asked: { query: BY_DAY, kind: 'ratio' }, problems: [/day, numerator, denominator/] },
    ])('$asked', async ({ asked, problems }) => {
      const acceptance = await accept(ground, asked);
      expect(acceptance.problems).toHaveLength(problems.length);
      for (const [at, pattern] of problems.entries()) expect(acceptance.problems[at]).toMatch(pattern);
    });
  });
});
