import type { AuditLog, WorkspaceRecord } from '../app/ports.ts';
import type { AccountStore, EntryOf, MemberRecord, UserRecord } from '../app/ports-access.ts';
import type { Role } from '../domain/access.ts';
import { appendAudit } from './audit-log.ts';
import { type Database, inTransaction, type Tx } from './database.ts';
import { createWorkspaceStore } from './workspaces.ts';

type Entry = Parameters<AuditLog['append']>[0];

const USER = `u.id, u.name, u.email, u.disabled_at AS "disabledAt", u.password_hash AS "passwordHash"`;
const MEMBERS = `SELECT u.id AS "userId", u.name, u.email, m.role, u.password_hash IS NOT NULL AS "hasPassword",
    u.disabled_at AS "disabledAt", m.created_at AS "createdAt"
  FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.workspace_id = $1`;

/** People and where they belong. Acts as the owner of the tables: each statement names its workspace. */
export function createAccountStore(database: Database): AccountStore {
  const { pool } = database;
  const user = async (condition: string, value: string) => {
    const found = await pool.query<UserRecord & { passwordHash: string | null }>(
      `SELECT ${USER} FROM app_user u WHERE u.email IS NOT NULL AND ${condition}`,
      [value],
    );
    return found.rows[0] ?? null;
  };
  return {
    ...createWorkspaceStore(database),
    findByEmail: (email) => user('u.email = $1', email),
    find: (userId) => user('u.id = $1', userId),
    async signIn() {
      const found = await pool.query<{ password: boolean | null }>(
        `SELECT bool_or(u.password_hash IS NOT NULL) AS password
         FROM app_user u JOIN membership m ON m.user_id = u.id WHERE u.disabled_at IS NULL`,
      );
      const password = found.rows[0]?.password ?? null;
      if (password === null) return 'none';
      return password ? 'password' : 'invited';
    },
    async memberships(userId) {
      const found = await pool.query<WorkspaceRecord & { role: Role }>(
        `SELECT w.id, w.name, w.time_zone AS "timeZone", m.role
         FROM membership m JOIN workspace w ON w.id = m.workspace_id WHERE m.user_id = $1
         ORDER BY m.created_at, w.id`,
        [userId],
      );
      return found.rows.map(({ role, ...workspace }) => ({ workspace, role }));
    },
    async listMembers(workspaceId) {
      return (await pool.query<MemberRecord>(`${MEMBERS} ORDER BY m.created_at, u.id`, [workspaceId])).rows;
    },
    async findMember(workspaceId, idOrEmail) {
      const found = await pool.query<MemberRecord>(`${MEMBERS} AND (u.id = $2 OR u.email = lower($2))`, [
        workspaceId,
        idOrEmail,
      ]);
      return found.rows[0] ?? null;
    },
    addMember: ({ email, name, role, userId, workspaceId }, entry) =>
      inTransaction(pool, async (tx) => {
        await tx.query(
          'INSERT INTO app_user (id, name, email) VALUES ($1, $2, $3) ON CONFLICT (email) DO NOTHING',
          [userId, name, email],
        );
        const added = await tx.query<{ userId: string }>(
          `INSERT INTO membership (workspace_id, user_id, role) SELECT $1, id, $3 FROM app_user WHERE email = $2
           ON CONFLICT DO NOTHING RETURNING user_id AS "userId"`,
          [workspaceId, email, role],
        );
        const [membership] = added.rows;
        if (membership === undefined) return null;
        await log(tx, entry(membership.userId));
        const found = await tx.query<MemberRecord>(`${MEMBERS} AND u.id = $2`, [
          workspaceId,
          membership.userId,
        ]);
        return found.rows[0] ?? null;
      }),
    changeRole: (workspaceId, userId, role, entry) =>
      inTransaction(pool, async (tx) => {
        const standing = await standingOf(tx, workspaceId, userId);
        if (standing === 'missing' || (standing === 'last_admin' && role !== 'admin')) return standing;
        await tx.query('UPDATE membership SET role = $3 WHERE workspace_id = $1 AND user_id = $2', [
          workspaceId,
          userId,
          role,
        ]);
        await log(tx, entry);
        return 'done';
      }),
    removeMember: (workspaceId, userId, entry) =>
      inTransaction(pool, async (tx) => {
        const standing = await standingOf(tx, workspaceId, userId);
        if (standing !== 'done') return standing;
        await tx.query('DELETE FROM membership WHERE workspace_id = $1 AND user_id = $2', [
          workspaceId,
          userId,
        ]);
        await tx.query(
          `UPDATE api_token SET revoked_at = app_now()
           WHERE workspace_id = $1 AND user_id = $2 AND revoked_at IS NULL`,
          [workspaceId, userId],
        );
        // Whoever comes back later does not find old rights.
        await tx.query(
          'UPDATE connection SET owner_user_id = NULL WHERE workspace_id = $1 AND owner_user_id = $2',
          [workspaceId, userId],
        );
        await log(tx, entry);
        return 'done';
      }),
    setPassword: (userId, hash, except, entry) =>
      inTransaction(pool, async (tx) => {
        await tx.query('UPDATE app_user SET password_hash = $2 WHERE id = $1', [userId, hash]);
        await tx.query(
          `UPDATE api_token SET revoked_at = app_now()
           WHERE user_id = $1 AND kind IN ('session', 'one_time', 'password') AND id IS DISTINCT FROM $2
             AND revoked_at IS NULL`,
          [userId, except],
        );
        await logEverywhere(tx, userId, entry);
      }),
    setDisabled: (userId, disabled, entry) =>
      inTransaction(pool, async (tx) => {
        await tx.query('UPDATE app_user SET disabled_at = CASE WHEN $2 THEN app_now() END WHERE id = $1', [
          userId,
          disabled,
        ]);
        if (disabled)
          await tx.query(
            'UPDATE api_token SET revoked_at = app_now() WHERE user_id = $1 AND revoked_at IS NULL',
            [userId],
          );
        await logEverywhere(tx, userId, entry);
      }),
  };
}

/** Changes of roles wait for each other: two admins who remove each other at the same moment leave one. */
async function standingOf(
  tx: Tx,
  workspaceId: string,
  userId: string,
): Promise<'done' | 'last_admin' | 'missing'> {
  const members = await tx.query<{ userId: string; role: Role; active: boolean }>(
    `SELECT m.user_id AS "userId", m.role, u.disabled_at IS NULL AS active
     FROM membership m JOIN app_user u ON u.id = m.user_id WHERE m.workspace_id = $1 ORDER BY 1 FOR UPDATE OF m`,
    [workspaceId],
  );
  const member = members.rows.find((each) => each.userId === userId);
  if (member === undefined) return 'missing';
  const others = members.rows.filter((each) => each.role === 'admin' && each.active && each !== member);
  return member.role === 'admin' && others.length === 0 ? 'last_admin' : 'done';
}

async function logEverywhere(tx: Tx, userId: string, entry: EntryOf): Promise<void> {
  const workspaces = await tx.query<{ id: string }>(
    'SELECT workspace_id AS id FROM membership WHERE user_id = $1 ORDER BY 1',
    [userId],
  );
  for (const { id } of workspaces.rows) await log(tx, entry(id));
}

async function log(tx: Tx, entry: Entry): Promise<void> {
  await appendAudit(async (text, values) => (await tx.query<{ hash: string }>(text, values)).rows, entry);
}
