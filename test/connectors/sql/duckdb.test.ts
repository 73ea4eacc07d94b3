import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accept, check, failureOf, type Ground, read, valuesOf, windowOf } from './support/ask.ts';

const now = new Date('2026-05-10T12:00:00Z');
const week = windowOf('2026-05-01', '2026-05-04');
/** Ten million where everything is proved (TIDEMARK_FULL=1 or CI); elsewhere enough to need more than one block. */
const ROWS = process.env['CI'] !== undefined || process.env['TIDEMARK_FULL'] === '1' ? 10_000_000 : 1_000_000;

let opened: string;
let elsewhere: string;
let ground: Ground;
beforeAll(() => {
  opened = mkdtempSync(join(tmpdir(), 'tidemark-files-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'tidemark-elsewhere-'));
  const folder = join(opened, 'exports', 'shop');
  mkdirSync(join(folder, 'visits'), { recursive: true });
  mkdirSync(join(opened, 'other'));
  writeFileSync(
    join(folder, 'orders.csv'),
    'day,amount\n2026-05-01,10.5\n2026-05-01,1\n2026-05-03,2\n2026-05-04,99\n',
  );
  // A byte-order mark, line ends of Windows, quotes, and a semicolon between the cells.
  writeFileSync(join(folder, 'windows.csv'), '\uFEFF"day";"value"\r\n2026-05-01;5\r\n2026-05-02;7\r\n');
  writeFileSync(
    join(folder, 'formulas.csv'),
    'day,value\n2026-05-01,=1+1\n2026-05-02,"=HYPERLINK(""http://evil.example"")"\n',
  );
  writeFileSync(
    join(folder, 'broken.csv'),
    `day,value\n${'2026-05-01,1\n'.repeat(30_000)}2026-05-02,secret-cell\n`,
  );
  writeFileSync(join(folder, 'visits', 'a.csv'), 'seen\n2026-04-30T22:30:00Z\n2026-05-01T10:00:00Z\n');
  writeFileSync(join(folder, 'visits', 'b.csv'), 'seen\n2026-05-01T22:30:00Z\n');
  writeFileSync(join(folder, 'notes.txt'), 'secret notes');
  writeFileSync(join(opened, 'other', 'hidden.csv'), 'day,value\n2026-05-01,666\n');
  writeFileSync(join(elsewhere, 'outside.csv'), 'day,value\n2026-05-01,666\n');
  symlinkSync(join(elsewhere, 'outside.csv'), join(folder, 'linked.csv'));
  symlinkSync(elsewhere, join(opened, 'exports', 'way-out'));
  ground = {
    config: { engine: 'duckdb', folder: 'exports/shop', statementTimeoutSeconds: 60 },
    endpoint: null,
    folder: opened,
    secrets: [],
    now,
  };
});
afterAll(() => {
  rmSync(opened, { recursive: true });
  rmSync(elsewhere, { recursive: true });
});

describe('files as tables', () => {
  it('sums a CSV by day, within the window', async () => {
    const query =
      'SELECT day, sum(amount) AS value FROM orders WHERE day >= :start_day AND day < :end_day GROUP BY day';
    expect(await valuesOf(ground, { query }, week)).toEqual({
      '2026-05-01': '11.5',
      '2026-05-02': null,
      '2026-05-03': '2',
    });
  });

  it('reads a byte-order mark, line ends of Windows and semicolons', async () => {
    const query = 'SELECT day, value FROM windows WHERE day >= :start_day AND day < :end_day';
    expect(await valuesOf(ground, { query }, week)).toMatchObject({ '2026-05-01': '5', '2026-05-02': '7' });
  });

  it('reads a folder of files as one table, and cuts days in the zone of the workspace', async () => {
    const query = `SELECT CAST(timezone(:tz, seen) AS DATE) AS day, count(*) AS value FROM visits WHERE seen >= :start AND seen < :end GROUP BY 1`;
    // Berlin is two hours ahead: 22:30 UTC on the last of April is the first of May there, 22:30 UTC on the first the second.
    const berlin = windowOf('2026-05-01', '2026-05-03', 'Europe/Berlin', '+02:00');
    expect(await valuesOf(ground, { query }, berlin)).toEqual({ '2026-05-01': '2', '2026-05-02': '1' });
  });

  it('runs no formula, and says which cell is no number', async () => {
    const failure = await failureOf(read(ground, { query: 'SELECT day, value FROM formulas' }, week));
    expect(failure.message).toContain('"=1+1" as value of 2026-05-01');
  });

  it('names the column of a cell that does not fit, and not the cell', async () => {
    const failure = await failureOf(
      read(ground, { query: 'SELECT day, sum(value) AS value FROM broken GROUP BY day' }, week),
    );
    expect(failure).toMatchObject({ errorClass: 'bad_payload', concerns: 'metric' });
    expect(failure.message).toContain('"value"');
    expect(failure.message).not.toContain('secret-cell');
  });

  it('reads many rows within bounded memory', async () => {
    const folder = join(opened, 'exports', 'large');
    mkdirSync(folder);
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: '512MiB', threads: '2' });
    const connection = await instance.connect();
    // Row n is of day n modulo 3 and weighs 1: every day has a third of all rows.
    await connection.run(
      `COPY (SELECT DATE '2026-05-01' + CAST(n % 3 AS INTEGER) AS day, n AS id, 1 AS weight FROM range(${ROWS}) r(n)) TO '${folder}/large.csv'`,
    );
    connection.closeSync();
    instance.closeSync();
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const query =
      'SELECT day, sum(weight) AS value, FROM large WHERE day >= :start_day AND day < :end_day GROUP BY day';
    const values = await valuesOf(
      { ...ground, config: { ...ground.config, folder: 'exports/large' } },
      { query },
      week,
    );
    clearInterval(watch);
    const third = Math.floor(ROWS / 3);
    expect(values).toEqual({
      '2026-05-01': String(third + (ROWS % 3 > 0 ? 1 : 0)),
      '2026-05-02': String(third + (ROWS % 3 > 1 ? 1 : 0)),
      '2026-05-03': String(third),
    });
    // 512 MiB is what the engine may hold; the rest is room for everything else.
    expect(most - before).toBeLessThan(900 * 1_048_576);
  }, 240_000);
});

describe('what a query may not do', () => {
  let server: Server;
  let asked = 0;
  let port = 0;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1;
      response.end('day,value\n2026-05-01,666\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => server.close());

  const filled = (query: string) =>
    query
      .replaceAll('ELSEWHERE', elsewhere)
      .replaceAll('FOLDER', join(opened, 'exports', 'shop'))
      .replaceAll('OPENED', opened)
      .replaceAll('PORT', String(port));
  it.each([
    { query: "SELECT day, value FROM 'ELSEWHERE/outside.csv'" },
    { query: "SELECT day, value FROM read_csv('ELSEWHERE/outside.csv')" },
    { query: "SELECT day, value FROM 'OPENED/other/hidden.csv'" },
    { query: "SELECT day, value FROM read_csv('FOLDER/../../other/hidden.csv')" },
    { query: "SELECT day, value FROM 'FOLDER/linked.csv'" },
    { query: 'SELECT day, value FROM linked' },
    { query: 'SELECT day, value FROM hidden' },
    { query: "SELECT :start_day AS day, content AS value FROM read_text('FOLDER/notes.txt')" },
    { query: "SELECT :start_day AS day, content AS value FROM read_text('/etc/hostname')" },
    { query: "SELECT :start_day AS day, count(*) AS value FROM glob('/etc/*')" },
    { query: "SELECT day, value FROM 'http://127.0.0.1:PORT/x.csv'" },
    { query: "SELECT day, value FROM read_csv('http://127.0.0.1:PORT/x.csv')" },
    { query: "SELECT day, value FROM 's3://bucket/x.csv'" },
    { query: "SELECT day, value FROM query('SELECT * FROM ''ELSEWHERE/outside.csv''')" },
    { query: "SELECT * FROM sqlite_scan('ELSEWHERE/x.db', 't')" },
    { query: "COPY (SELECT 1) TO 'FOLDER/written.csv'" },
    { query: "WITH x AS (SELECT 1) COPY x TO 'FOLDER/written.csv'" },
    { query: 'WITH x AS (SELECT 1 AS n) INSERT INTO orders SELECT n, n FROM x' },
    { query: 'SELECT 1 INTO made' },
    { query: "ATTACH 'ELSEWHERE/x.db'" },
    { query: 'INSTALL httpfs' },
    { query: 'LOAD httpfs' },
    { query: 'SET enable_external_access = true' },
    { query: 'PRAGMA database_list' },
    { query: "SELECT 1; COPY (SELECT 1) TO 'FOLDER/written.csv'" },
    { query: 'SELECT $1 AS day, 1 AS value' },
    { query: 'CALL pragma_version()' },
  ])('$query', async ({ query }) => {
    const before = readdirSync(join(opened, 'exports', 'shop'));
    const failure = await failureOf(read(ground, { query: filled(query) }, week));
    expect(failure).toMatchObject({ concerns: 'metric', remedy: { by: 'owner' } });
    expect(failure.message).not.toContain('666');
    expect(failure.message).not.toContain(elsewhere);
    expect(readdirSync(join(opened, 'exports', 'shop'))).toEqual(before);
    expect(existsSync(join(elsewhere, 'x.db'))).toBe(false);
    expect(asked).toBe(0);
  });

  it('waits no longer than it may', async () => {
    const slow = { ...ground, config: { ...ground.config, statementTimeoutSeconds: 1 } };
    const query =
      'SELECT :start_day AS day, count(*) AS value FROM range(1000000000) a, range(1000) b WHERE a.range * b.range % 7 = 3';
    const startedMs = performance.now();
    expect(await failureOf(read(slow, { query }, week))).toMatchObject({
      code: 'statement_timeout',
      concerns: 'metric',
    });
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });

  it('stops when the run is stopped', async () => {
    const stop = new AbortController();
    const query =
      'SELECT :start_day AS day, count(*) AS value FROM range(1000000000) a, range(1000) b WHERE a.range * b.range % 7 = 3';
    const reading = failureOf(read(ground, { query }, week, stop.signal));
    setImmediate(() => stop.abort());
    expect(await reading).toMatchObject({ code: 'aborted' });
  });

  it('takes in no answer without end', async () => {
    const query = "SELECT DATE '1900-01-01' + CAST(range AS INTEGER) AS day, 1 AS value FROM range(100000)";
    expect(await failureOf(read(ground, { query }, week))).toMatchObject({
      code: 'answer_too_large',
      concerns: 'metric',
    });
  });
});

describe('settings', () => {
  it.each(['/etc', '../other', 'exports/../other', 'exports/./shop', 'a\\b'])(
    'refuses the folder %s',
    async (folder) => {
      await expect(async () => check({ ...ground, config: { engine: 'duckdb', folder } })).rejects.toThrow(
        'write the name of a folder',
      );
    },
  );

  it.each(['exports/way-out', 'exports/none', 'exports/shop/orders.csv'])(
    'does not go to %s',
    async (folder) => {
      const failure = await failureOf(check({ ...ground, config: { engine: 'duckdb', folder } }));
      expect(failure).toMatchObject({ errorClass: 'config', code: 'no_folder' });
      expect(failure.message).not.toContain(opened);
    },
  );

  it('needs a folder that the operator has opened', async () => {
    expect((await failureOf(check({ ...ground, folder: null }))).message).toContain('TIDEMARK_SQL_FILES=');
  });

  it('says which tables there are, and what is passed over', async () => {
    const { account, warnings } = await check(ground);
    expect(account).toBe('files in exports/shop: 5 tables (broken, formulas, orders, visits, windows)');
    expect(warnings.join()).toContain('linked.csv');
  });

  it('names a file that is not there, and what is', async () => {
    const { problems } = await accept(ground, { query: 'SELECT day, value FROM ordres' });
    expect(problems[0]).toContain(
      'there is no file for the table ordres; the folder has broken, formulas, orders',
    );
  });
});
