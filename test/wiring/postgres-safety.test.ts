import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openContext, openSession } from '../../src/wiring/event-tables/open.ts';
import {
  failureIn,
  postgresTable,
  request,
  sourcesOf,
  type TestTable,
  valuesOf,
} from './event-tables/support/table.ts';

// R20, section 11: whatever a statement, a view or a user turns out to be, no row of theirs is changed and no command runs on
// their server. The users here may do far more than read, so that nothing but Tidemark holds them back.

const now = new Date('2026-05-10T12:00:00Z');
const running = new AbortController().signal;
const days = { startDay: '2026-05-08', endDay: '2026-05-10' };
const active = request('active_users', { window: 'day' }, days);

let table: TestTable;
let folder: string;
let marker: string;
beforeAll(async () => {
  table = await postgresTable();
  await table.load(
    ['2026-05-08T10:00:00Z', '2026-05-10T10:00:00Z'].map((at, index) => ({
      id: `e${index}`,
      userId: 'a',
      event: 'open',
      at: new Date(at),
      properties: {},
    })),
  );
  folder = mkdtempSync(join(tmpdir(), 'tidemark-r20-'));
  chmodSync(folder, 0o777); // the server is another user
  marker = join(folder, 'ran');
  await table.admin.query('CREATE TABLE product.touched (n int)');
  await table.admin.query(`GRANT ALL ON product.touched, product.events TO ${table.role}`);
  await table.admin.query(`GRANT ALL ON SCHEMA product TO ${table.role}`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await table.close();
});

const state = async () => {
  const { rows } = await table.admin.query(
    `SELECT (SELECT array_agg(e ORDER BY e.id) FROM product.events e)::text AS events, (SELECT count(*) FROM product.touched) AS touched,
       (SELECT array_agg(relname ORDER BY relname) FROM pg_class WHERE relnamespace = 'product'::regnamespace) AS relations,
       (SELECT count(*) FROM pg_largeobject_metadata) AS objects,
       (SELECT rolconfig FROM pg_roles WHERE rolname = $1) AS settings`,
    [table.role],
  );
  return rows;
};
let before: unknown;
beforeEach(async () => {
  before = await state();
});

async function session() {
  const quota = {
    take: async () => ({ ok: true, id: '1' }) as const,
    renew: async () => {},
    done: async () => {},
    pause: async () => {},
    untilOldestExpiresMs: async () => 0,
    look: async () => ({ now: new Date(0), calls: 0, oldestAt: null, pausedUntil: null, book: null }),
    changeBook: () => Promise.reject(new Error('tables count no tokens')),
    costs: async () => ({}),
    learnCost: async () => {},
  };
  const vault = {
    open: async () => ({ password: table.password }),
    seal: () => Promise.reject(new Error('nothing is sealed here')),
  };
  const connection = table.connection({ statementTimeoutSeconds: 1 });
  return openSession(await openContext(connection, { egress: table.egress, quota, vault }, now, running));
}

/** Each is tried alone, and with what would open the way for it before it. */
const STATEMENTS = [
  'INSERT INTO product.touched VALUES (1)',
  `UPDATE product.events SET user_id = 'b'`,
  'DELETE FROM product.events',
  'TRUNCATE product.events',
  'DROP TABLE product.events',
  'CREATE TABLE product.made (n int)',
  'CREATE TEMPORARY TABLE made (n int)',
  'SELECT 1 AS n INTO product.made',
  'WITH gone AS (DELETE FROM product.events RETURNING *) SELECT * FROM gone',
  'WITH more AS (INSERT INTO product.touched VALUES (1) RETURNING n) SELECT n FROM more',
  'SELECT * FROM product.events FOR UPDATE',
  'SELECT 1; DELETE FROM product.events',
  'COMMIT; DELETE FROM product.events',
  'SELECT 1; COMMIT; DELETE FROM product.events; SELECT 2',
  'SET TRANSACTION READ WRITE; DELETE FROM product.events',
  'COMMIT',
  'ROLLBACK',
  'SET TRANSACTION READ WRITE',
  'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
  'SET default_transaction_read_only = off',
  `SELECT set_config('transaction_read_only', 'off', true)`,
  `SELECT set_config('transaction_read_only', 'off', false), 1`,
  `DO $$ BEGIN DELETE FROM product.events; END $$`,
  `COPY product.events TO PROGRAM 'touch MARKER'`,
  `COPY (SELECT 1) TO PROGRAM 'touch MARKER'`,
  `COPY product.events TO 'MARKER'`,
  `COPY product.touched FROM PROGRAM 'touch MARKER; echo 1'`,
  'SELECT lo_create(4711)',
  `SELECT lo_import('/etc/hostname')`,
  `SELECT lo_export(4711, 'MARKER')`,
  `SELECT nextval('product.numbers')`,
  `ALTER ROLE CURRENT_USER SET default_transaction_read_only = off`,
  'EXPLAIN ANALYZE DELETE FROM product.events',
  'EXPLAIN (FORMAT JSON, ANALYZE) DELETE FROM product.events',
  'LOCK TABLE product.events IN ACCESS EXCLUSIVE MODE',
  'PREPARE gone AS DELETE FROM product.events',
  'CALL product.nothing()',
  'VACUUM product.events',
  `SELECT pg_sleep(60)`,
  `SELECT pg_read_file('/etc/passwd')`,
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
];
const OPENERS = [
  null,
  'COMMIT',
  'SET TRANSACTION READ WRITE',
  'SET default_transaction_read_only = off',
  `SELECT set_config('default_transaction_read_only', 'off', false)`,
];

describe('R20, section 11: statements', () => {
  it.each(STATEMENTS)(
    'changes nothing and runs nothing: %s',
    async (statement) => {
      const text = statement.replaceAll('MARKER', marker);
      for (const opener of OPENERS) {
        const opened = await session();
        const startedMs = performance.now();
        if (opener !== null) await opened.ask(opener, () => {}).catch(() => {});
        await opened.ask(text, () => {}).catch(() => {});
        await opened.close();
        expect(performance.now() - startedMs).toBeLessThan(10_000);
        expect(await state(), `after ${opener ?? 'nothing'}`).toEqual(before);
        expect(existsSync(marker)).toBe(false);
      }
    },
    60_000,
  );

  it('the table can fail: the same user does it all without Tidemark', async () => {
    const { Client } = (await import('pg')).default;
    const url = new URL(table.database.url);
    const client = new Client({
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: table.role,
      password: table.password,
    });
    await client.connect();
    await client.query('BEGIN READ ONLY');
    await client.query('SELECT 1; COMMIT; INSERT INTO product.touched VALUES (1)').catch(() => {});
    await client.end();
    expect(await state()).not.toEqual(before);
    await table.admin.query('TRUNCATE product.touched');
    const admin = await table.admin.connect();
    await admin.query('BEGIN READ ONLY');
    await admin.query(`COPY (SELECT 1) TO PROGRAM 'touch ${marker}'`);
    await admin.query('ROLLBACK');
    admin.release();
    expect(existsSync(marker)).toBe(true);
    rmSync(marker);
  });
});

/** A user of its own with a right, and the connection as it. */
async function userWith(grant: (role: string) => string[]) {
  const role = `user_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  await table.admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  await table.admin.query(`GRANT USAGE ON SCHEMA product TO ${role}`);
  await table.admin.query(`GRANT SELECT ON product.events TO ${role}`);
  for (const statement of grant(role)) await table.admin.query(statement);
  const sources = sourcesOf(table.egress, table.database, { password });
  const connection = (more: Record<string, unknown> = {}) => table.connection({ user: role, ...more });
  return {
    check: (more?: Record<string, unknown>) => sources.check(connection(more), running),
    read: (more?: Record<string, unknown>) => sources.read(connection(more), [active], now, running),
    async drop() {
      await table.admin.query(`DROP OWNED BY ${role}`);
      await table.admin.query(`DROP ROLE ${role}`);
    },
  };
}

describe('R20, section 11: users', () => {
  it.each([
    { who: 'a superuser', grant: (role: string) => [`ALTER ROLE ${role} SUPERUSER`], says: 'is a superuser' },
    ...['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'].map((name) => ({
      who: `a member of ${name}`,
      grant: (role: string) => [`GRANT ${name} TO ${role}`],
      says: `is a member of ${name}`,
    })),
    {
      who: 'one that may become such a member',
      grant: (role: string) => [`GRANT pg_execute_server_program TO ${role} WITH INHERIT FALSE`],
      says: 'is a member of pg_execute_server_program',
    },
  ])('refuses $who on check and on every read, and runs no command for it', async ({ grant, says }) => {
    const user = await userWith(grant);
    // What an attacker would leave behind a view: a command, in a transaction that only reads.
    await table.admin.query(
      `CREATE OR REPLACE FUNCTION product.command() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''touch ${marker}'''; RETURN true; END $$`,
    );
    await table.admin.query(
      'CREATE OR REPLACE VIEW product.trap AS SELECT * FROM product.events WHERE product.command()',
    );
    await table.admin.query('GRANT SELECT ON product.trap TO PUBLIC');
    before = await state();
    const trapped = { table: 'product.trap', writeRightsAcknowledged: true };
    for (const answer of [await user.check(trapped), ...(await user.read(trapped)), await user.check()]) {
      const failure = failureIn(answer);
      expect(failure).toMatchObject({ errorClass: 'config' });
      expect(failure.message).toContain(says);
      expect(failure.hint).toContain('user of its own');
    }
    expect(existsSync(marker)).toBe(false);
    expect(await state()).toEqual(before);
    await user.drop();
  });

  it.each(['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'UPDATE (n)'])(
    'refuses one that has %s on any table it sees, until that is acknowledged',
    async (right) => {
      const user = await userWith((role) => [`GRANT ${right} ON product.touched TO ${role}`]);
      const failure = failureIn(await user.check());
      expect(failure).toMatchObject({ errorClass: 'config' });
      expect(failure.message).toContain(`${right.split(' ')[0] ?? ''} on product.touched`);
      expect(failure.hint).toContain('writeRightsAcknowledged=true');
      const acknowledged = await user.check({ writeRightsAcknowledged: true });
      expect(acknowledged).toMatchObject({ ok: true });
      expect(acknowledged.ok ? acknowledged.warnings.join() : '').toContain('on product.touched');
      await user.drop();
    },
  );

  it('refuses one that can read the keys of a Tidemark database, acknowledged or not', async () => {
    const user = await userWith((role) => [
      `GRANT SELECT ON data_key TO ${role}`,
      `GRANT USAGE ON SCHEMA public TO ${role}`,
    ]);
    for (const more of [{}, { writeRightsAcknowledged: true }])
      expect(failureIn(await user.check(more)).message).toContain('tables that Tidemark itself keeps');
    await user.drop();
  });

  it('lets in one that may only read, and reads', async () => {
    const user = await userWith(() => []);
    expect(await user.check()).toMatchObject({ ok: true, warnings: [] });
    const [outcome] = await user.read();
    expect(valuesOf(outcome)).toMatchObject({ '2026-05-08': '1' });
    await user.drop();
  });
});
