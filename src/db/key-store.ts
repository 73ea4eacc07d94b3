import type pg from 'pg';
import type { DataKeyCount, KeyStore, StoredSecret } from '../app/ports-keys.ts';
import { type Database, inTransaction, type Tx } from './database.ts';

const FINGERPRINT = 'master_key_fingerprint';
/** As the trigger `refuse_retired_master` reads it. */
const RETIRED = 'retired_master_key:';

/** The newest data key of each workspace: the one that `createDataKeyStore` writes with. */
const NEWEST = `SELECT DISTINCT ON (workspace_id) workspace_id, kid FROM data_key WHERE retired_at IS NULL
  ORDER BY workspace_id, created_at DESC, kid DESC`;
/** A sealed text says its key: v1.<kid>.… */
const KID_OF = `split_part(s.ciphertext, '.', 2)`;

/** Keys and secrets of all workspaces, for whoever rotates them: the owner of the tables. */
export function createKeyStore({ pool }: Pick<Database, 'pool'>): KeyStore {
  return {
    fingerprint: () => fingerprintIn(pool),
    async retiredMasterKids() {
      const { rows } = await pool.query<{ kid: string }>(
        `SELECT substr(name, length($1) + 1) AS kid FROM instance_fact WHERE starts_with(name, $1)`,
        [RETIRED],
      );
      return rows.map(({ kid }) => kid);
    },
    async workspaces() {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT DISTINCT workspace_id AS id FROM data_key ORDER BY 1',
      );
      return rows.map(({ id }) => id);
    },
    async outdatedSecrets(afterId, limit) {
      const { rows } = await pool.query<StoredSecret>(
        `SELECT s.id, s.workspace_id AS "workspaceId", s.table_name AS "table", s.row_id AS "rowId", s.field,
           s.allowed_hosts AS "allowedHosts", s.ciphertext
         FROM secret s JOIN (${NEWEST}) n ON n.workspace_id = s.workspace_id
         WHERE s.id > $1 AND ${KID_OF} <> n.kid ORDER BY s.id LIMIT $2`,
        [afterId, limit],
      );
      return rows;
    },
    async replaceCiphertext(id, oldCiphertext, ciphertext) {
      // What its owner sees has not changed: `updated_at` stays.
      const { rowCount } = await pool.query(
        'UPDATE secret SET ciphertext = $3 WHERE id = $1 AND ciphertext = $2',
        [id, oldCiphertext, ciphertext],
      );
      return rowCount === 1;
    },
    async retireDataKeys() {
      // It stays readable: whoever has sealed with it just now may write that a moment later, and is moved next time.
      const { rowCount } = await pool.query(
        `UPDATE data_key k SET retired_at = app_now() WHERE retired_at IS NULL
           AND kid NOT IN (SELECT kid FROM (${NEWEST}) n)
           AND NOT EXISTS (SELECT FROM secret s WHERE s.workspace_id = k.workspace_id AND ${KID_OF} = k.kid)`,
      );
      return rowCount ?? 0;
    },
    settleMaster: (newest, others) =>
      inTransaction(pool, async (tx) => {
        // Nobody adds or moves a data key while it is counted: the trigger takes the same lock, shared.
        await tx.query(`SELECT pg_advisory_xact_lock(hashtext('tidemark.master_keys'))`);
        const left = await tx.query('SELECT FROM data_key WHERE master_kid <> $1 LIMIT 1', [newest.kid]);
        if (left.rows.length > 0) return false;
        const known = await fingerprintIn(tx);
        const before = known === null || known === newest.fingerprint ? [] : [`mk-${known.slice(0, 12)}`];
        for (const kid of new Set([...others, ...before])) {
          if (kid !== newest.kid) await note(tx, `${RETIRED}${kid}`, newest.kid);
        }
        await note(tx, FINGERPRINT, newest.fingerprint);
        return true;
      }),
    async counts() {
      const { rows } = await pool.query<DataKeyCount>(
        `SELECT k.kid, k.workspace_id AS "workspaceId", k.master_kid AS "masterKid", n.kid IS NOT NULL AS "isNewest",
           k.retired_at IS NOT NULL AS "isRetired", k.created_at AS "createdAt",
           (SELECT count(*)::int FROM secret s WHERE s.workspace_id = k.workspace_id AND ${KID_OF} = k.kid) AS secrets
         FROM data_key k LEFT JOIN (${NEWEST}) n ON n.kid = k.kid ORDER BY k.workspace_id, k.created_at, k.kid`,
      );
      return rows;
    },
  };
}

async function fingerprintIn(query: pg.Pool | Tx): Promise<string | null> {
  const { rows } = await query.query<{ value: string }>('SELECT value FROM instance_fact WHERE name = $1', [
    FINGERPRINT,
  ]);
  return rows[0]?.value ?? null;
}

async function note(tx: Tx, name: string, value: string): Promise<void> {
  await tx.query(
    'INSERT INTO instance_fact (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, value],
  );
}
