import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { tenantDatabase } from '../../src/db/tenant.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// Section 13 of the reliability rules: a workspace's rows are shown and changed by that workspace alone.

/** Tables that belong to the installation: the role of the workspaces has no right on them at all. */
const CLOSED = [
  '_prisma_migrations',
  'instance_fact',
  'quota_call',
  'quota_cost',
  'quota_scope',
  'sign_in_attempt',
];
/** Read by everybody: it holds no row of anybody. */
const OPEN = ['app_clock'];

let database: TestDatabase;
let ours: ReturnType<typeof tenantDatabase>;
let theirs: ReturnType<typeof tenantDatabase>;
let theirId: string;

beforeAll(async () => {
  database = await freshDatabase();
  theirId = newId('wsp');
  await database.pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ($1, 'Theirs', 'UTC')`, [
    theirId,
  ]);
  ours = tenantDatabase(database, database.workspaceId);
  theirs = tenantDatabase(database, theirId);
  for (const [id, workspaceId] of [
    ['cyc_ours', database.workspaceId],
    ['cyc_theirs', theirId],
  ]) {
    await database.pool.query(
      `INSERT INTO cycle (id, workspace_id, key, title, start_day, end_day, time_zone)
       VALUES ($1, $2, 'q3', 'Q3', '2026-07-01', '2026-09-30', 'UTC')`,
      [id, workspaceId],
    );
    await database.pool.query(
      `INSERT INTO connection (id, workspace_id, key, title, connector_id) VALUES ($1, $2, 'shop', 'Shop', 'stripe')`,
      [`con_${id}`, workspaceId],
    );
    await database.pool.query(`INSERT INTO schedule (connection_id, time_zone) VALUES ($1, 'UTC')`, [
      `con_${id}`,
    ]);
  }
});
afterAll(async () => {
  await ours.close();
  await theirs.close();
  await database.close();
});

type Table = { name: string; guarded: boolean; rights: string | null; policies: number };

describe('section 13: every table', () => {
  it('has row security and a policy for the role of the workspaces, or is closed to it', async () => {
    const tables = await database.pool.query<Table>(
      `SELECT c.relname AS name, c.relrowsecurity AS guarded,
         (SELECT string_agg(p.privilege_type, ',') FROM information_schema.column_privileges p
           WHERE p.grantee = 'tidemark_tenant' AND p.table_name = c.relname) AS rights,
         (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
    );
    const faults = tables.rows.filter(({ name, guarded, rights, policies }) => {
      if (CLOSED.includes(name)) return rights !== null;
      if (OPEN.includes(name)) return rights === null || /INSERT|UPDATE/.test(rights);
      return !guarded || policies !== 1;
    });
    expect(tables.rows.length).toBeGreaterThan(50);
    expect(faults).toEqual([]);
  });

  it('opens no partition by itself, past its parent', async () => {
    const partitions = await database.pool.query<{ name: string; may: boolean }>(
      `SELECT relname AS name, has_table_privilege('tidemark_tenant', oid, 'SELECT') AS may
       FROM pg_class WHERE relispartition AND relkind = 'r'`,
    );
    expect(partitions.rows.length).toBeGreaterThan(3);
    expect(partitions.rows.filter(({ may }) => may)).toEqual([]);
  });
});

describe('section 13: a connection that acts for a workspace', () => {
  it('finds its own rows and no others, without a condition', async () => {
    expect((await ours.pool.query('SELECT id FROM cycle')).rows).toEqual([{ id: 'cyc_ours' }]);
    expect((await theirs.prisma.cycle.findMany()).map((cycle) => cycle.id)).toEqual(['cyc_theirs']);
    expect((await database.pool.query('SELECT id FROM cycle ORDER BY id')).rowCount).toBe(2);
  });

  it('finds nothing by a foreign id', async () => {
    expect(await ours.prisma.cycle.findUnique({ where: { id: 'cyc_theirs' } })).toBeNull();
    const tables = await ours.pool.query(
      `SELECT connection_id FROM schedule WHERE connection_id = 'con_cyc_theirs'`,
    );
    expect(tables.rowCount).toBe(0);
  });

  it('changes and deletes no foreign row', async () => {
    expect((await ours.pool.query(`UPDATE cycle SET title = 'ours now'`)).rowCount).toBe(1);
    expect(
      (await ours.pool.query(`DELETE FROM connection WHERE workspace_id = $1`, [theirId])).rowCount,
    ).toBe(0);
    expect((await theirs.pool.query('SELECT title FROM cycle')).rows).toEqual([{ title: 'Q3' }]);
  });

  it('adds no row to another workspace, nor moves one there', async () => {
    const add = ours.pool.query(
      `INSERT INTO cycle (id, workspace_id, key, title, start_day, end_day, time_zone)
       VALUES ('cyc_x', $1, 'x', 'X', '2026-07-01', '2026-09-30', 'UTC')`,
      [theirId],
    );
    await expect(add).rejects.toMatchObject({ code: '42501' });
    const move = ours.pool.query('UPDATE cycle SET workspace_id = $1', [theirId]);
    await expect(move).rejects.toMatchObject({ code: '42501' });
  });

  it('rewrites no audit log, reads no password, and makes no token and no member', async () => {
    for (const statement of [
      'DELETE FROM audit_log',
      `UPDATE audit_log SET actor = 'nobody'`,
      'TRUNCATE audit_log',
      'SELECT password_hash FROM app_user',
      'SELECT * FROM instance_fact',
      `INSERT INTO api_token (id, workspace_id, kind, name, secret_hash, expires_at) VALUES ('x', 'x', 'api', 'x', 'x', now())`,
      'UPDATE api_token SET revoked_at = NULL',
      `INSERT INTO membership (workspace_id, user_id, role) VALUES ('x', 'x', 'admin')`,
      `UPDATE membership SET role = 'admin'`,
      'SELECT * FROM sign_in_attempt',
    ]) {
      await expect(ours.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('hands the connection on as the owner, or as the next workspace, after an error and after a rollback too', async () => {
    await expect(ours.pool.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    for (let round = 0; round < 30; round += 1) {
      const [mine, other, all] = await Promise.all([
        ours.pool.query('SELECT id FROM cycle'),
        theirs.prisma.$transaction(async (tx) => tx.cycle.findMany()),
        database.pool.query('SELECT id FROM cycle'),
      ]);
      expect(mine.rows).toEqual([{ id: 'cyc_ours' }]);
      expect(other.map((cycle) => cycle.id)).toEqual(['cyc_theirs']);
      expect(all.rowCount).toBe(2);
      const rolledBack = theirs.prisma.$transaction(async (tx) => {
        await tx.cycle.updateMany({ data: { title: 'never' } });
        throw new Error('stop');
      });
      await expect(rolledBack).rejects.toThrow('stop');
    }
    expect((await theirs.pool.query('SELECT title FROM cycle')).rows).toEqual([{ title: 'Q3' }]);
  });

  it('sees nothing at all when no workspace is named', async () => {
    const client = await database.pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL ROLE tidemark_tenant');
      expect((await client.query('SELECT id FROM cycle')).rowCount).toBe(0);
      expect((await client.query('SELECT id FROM workspace')).rowCount).toBe(0);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});
