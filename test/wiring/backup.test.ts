import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyAuditLog } from '../../src/db/audit-chain.ts';
import { migrate, migrationNames } from '../../src/db/migrate.ts';
import { projectRoot } from '../../src/project.ts';
import { backUp } from '../../src/wiring/backup/back-up.ts';
import { restoreBackup } from '../../src/wiring/backup/restore.ts';
import { emptyDatabase } from '../db/support/empty-database.ts';
import { openTown, type Town } from '../e2e/support/alerting.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';

// A filled workspace with a secret, points, alerts and a message, in a database of the test's own.
const startAt = new Date('2026-08-12T06:00:00Z');
const never = new AbortController().signal;

let town: Town;
let target: string;
let folder: string;
let file: string;
const sourceUrl = (): string => town.env.DATABASE_URL;
const eventsDir = (): string => join(folder, 'events');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-backup-'));
  file = join(folder, 'saved.tar.gz');
  town = await openTown(startAt, ['127.0.0.1:9']);
  await town.channel({ key: 'hook', kind: 'webhook', url: 'http://127.0.0.1:9/hook' });
  await town.keyResult('users');
  await town.send('users', '2026-08-10', 1);
  await town.services.alerting.follow();
  await town.services.alerting.compose();
  target = await emptyDatabase();
});
afterEach(async () => {
  await town.close();
  await dropDatabase(target);
  rmSync(folder, { recursive: true });
});

const save = (to = file) => backUp({ eventsDir: eventsDir() }, sourceUrl(), to, never);
const bring = (from = file, options: { url?: string; dataDir?: string; replace?: boolean } = {}) =>
  restoreBackup(
    {
      databaseUrl: options.url ?? target,
      dataDir: options.dataDir ?? town.env.TIDEMARK_DATA_DIR,
      eventsDir: join(folder, 'restored-events'),
      masterKey: null,
    },
    from,
    options.replace ?? false,
    () => {},
    never,
  );

async function inside<T>(url: string, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}

/** Every table: how many rows it has, and a digest of all of them. */
async function contents(url: string): Promise<Record<string, string>> {
  return inside(url, async (client) => {
    await client.query(`SET timezone = 'UTC'`);
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
         AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ told: string }>(
        `SELECT count(*) || ' ' || md5(COALESCE(string_agg(t::text, '|' ORDER BY t::text), '')) AS told FROM "${name}" t`,
      );
      found[name] = rows[0]?.told ?? '';
    }
    return found;
  });
}

/** What a restore itself writes, and what is the database's own. */
const OWN = ['_prisma_migrations', 'app_clock', 'audit_log', 'channel', 'instance_fact', 'notice', 'outbox'];

it('a backup that is restored elsewhere has every row of every table', async () => {
  const before = await contents(sourceUrl());
  const made = await save();
  expect(made.tables).toBeGreaterThan(40);
  const restored = await bring();
  expect(restored.rows).toBe(made.rows);
  const after = await contents(target);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const name of Object.keys(before).filter((each) => !OWN.includes(each))) {
    expect({ [name]: after[name] }).toEqual({ [name]: before[name] });
  }
  for (const filled of [
    'metric_point',
    'key_result_state',
    'row_history',
    'secret',
    'data_key',
    'alert_told',
  ])
    expect(before[filled]).not.toMatch(/^0 /);
  // Of the others all rows came too, and only the columns that a restore settles differ.
  const columns = async (url: string, question: string) =>
    inside(url, async (client) => (await client.query(question)).rows as unknown[]);
  for (const question of [
    'SELECT id, key, config, settings, created_at FROM channel ORDER BY 1',
    'SELECT id, event_key, delivery_id, payload, created_at FROM outbox ORDER BY 1',
    'SELECT id, event_key, item FROM notice ORDER BY 1',
    `SELECT name, value FROM instance_fact WHERE name <> 'epoch' ORDER BY 1`,
    `SELECT id, hash FROM audit_log WHERE action <> 'restore' ORDER BY 1`,
  ])
    expect(await columns(target, question)).toEqual(await columns(sourceUrl(), question));
});

it('afterwards triggers, references and the chain of the record hold as before', async () => {
  await save();
  await bring();
  await inside(target, async (client) => {
    await expect(client.query(`UPDATE audit_log SET actor = 'x'`)).rejects.toThrow('append-only');
    await expect(
      client.query(
        `INSERT INTO schedule (connection_id, every_minutes, time_zone) VALUES ('none', 60, 'UTC')`,
      ),
    ).rejects.toThrow('foreign key');
    const told = (url: string) =>
      inside(url, async (at) => {
        const { rows } = await at.query(
          `SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS said FROM pg_constraint
           WHERE connamespace = 'public'::regnamespace AND conparentid = 0 ORDER BY 1, 2`,
        );
        return rows as unknown[];
      });
    expect(await told(target)).toEqual(await told(sourceUrl()));
    const disabled = await client.query(`SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'`);
    expect(disabled.rows).toEqual([]);
    const written = await client.query(`SELECT actor, action FROM audit_log ORDER BY id DESC LIMIT 1`);
    expect(written.rows).toEqual([{ actor: 'operator', action: 'restore' }]);
    const pool = new pg.Pool({ connectionString: target, max: 1 });
    expect((await verifyAuditLog(pool)).broken).toEqual([]);
    await pool.end();
  });
});

it('is one moment, whatever is written meanwhile', async () => {
  // Two tables that always say the same; the one that is copied first would otherwise lag behind.
  const over = new AbortController();
  await town.rows(`INSERT INTO instance_fact (name, value) VALUES ('written', '0')`);
  const writing = inside(sourceUrl(), async (client) => {
    let written = 0;
    while (!over.signal.aborted) {
      written += 1;
      await client.query('BEGIN');
      await client.query(`INSERT INTO sign_in_attempt (account, ip) VALUES ('a', 'b')`);
      await client.query(`UPDATE instance_fact SET value = $1 WHERE name = 'written'`, [String(written)]);
      await client.query('COMMIT');
    }
    return written;
  });
  try {
    await save();
  } finally {
    over.abort();
  }
  const written = await writing;
  await bring();
  const [row] = await inside(
    target,
    async (client) =>
      (
        await client.query<{ said: number; counted: number }>(
          `SELECT (SELECT value::int FROM instance_fact WHERE name = 'written') AS said,
             (SELECT count(*)::int FROM sign_in_attempt) AS counted`,
        )
      ).rows,
  );
  expect(row?.counted).toBe(row?.said);
  expect(row?.counted).toBeLessThan(written); // it went on while the backup was made
});

it('what is cut off, changed or something else leaves the database as it was, and says so', async () => {
  await save();
  const whole = readFileSync(file);
  await bring();
  const before = await contents(target);
  const tar = gunzipSync(whole);
  const flipped = Buffer.from(tar);
  const at = flipped.indexOf('Reach 100 users');
  flipped[at] = 'L'.charCodeAt(0);
  const text = tar.toString('latin1');
  const replaced = (what: string, by: string): Buffer => {
    expect(text).toContain(what);
    return gzipSync(Buffer.from(text.replace(what, by), 'latin1'));
  };
  const head = '"tidemark-backup",\n "version": ';
  // Here every part is as the manifest says, and only the database finds that something is missing.
  const tables = text.lastIndexOf('"name": "key_result"');
  const rows = text.slice(tables).match(/"rows": 1,/)?.index ?? 0;
  const fewer = Buffer.from(tar);
  fewer.write('"rows": 2,', tables + rows, 'latin1');
  const cases: [string, Buffer, string][] = [
    ['cut.tar.gz', whole.subarray(0, whole.length - 400), 'it is cut off before its end'],
    ['half.tar.gz', gzipSync(tar.subarray(0, tar.length >> 1)), 'cannot be used'],
    ['flipped.tar.gz', gzipSync(flipped), 'is not what was saved'],
    ['text.tar.gz', Buffer.from('no archive'), 'no .tar.gz at all'],
    ['empty.tar.gz', gzipSync(Buffer.alloc(1024)), 'it has no manifest'],
    ['later.tar.gz', replaced(`${head}1,`, `${head}2,`), 'made by a newer version of Tidemark'],
    ['fewer.tar.gz', gzipSync(fewer), 'has 1 rows instead of 2'],
  ];
  for (const [name, bytes, says] of cases) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const refused = await bring(path, { replace: true }).then(
      () => 'was restored',
      (error: Error) => error.message,
    );
    expect(refused).toContain(says);
    expect(refused).toContain(path);
  }
  await expect(bring(join(folder, 'none.tar.gz'), { replace: true })).rejects.toThrow(
    'there is no such file',
  );
  expect(await contents(target)).toEqual(before);
});

it('a database with data is only replaced when that is wanted, and then holds nothing else', async () => {
  await save();
  const other = await openTown(startAt, []);
  try {
    await other.keyResult('elsewhere');
    const url = other.env.DATABASE_URL;
    await other.services.close();
    const before = await contents(url);
    await expect(bring(file, { url })).rejects.toThrow('holds data already');
    expect(await contents(url)).toEqual(before);
    await bring(file, { url, replace: true });
    const titles = await inside(
      url,
      async (client) => (await client.query<{ title: string }>('SELECT title FROM key_result')).rows,
    );
    expect(titles).toEqual([{ title: 'Reach 100 users' }]);
    await expect(save()).rejects.toThrow('is there already');
  } finally {
    await dropDatabase(other.env.DATABASE_URL);
    rmSync(other.env.TIDEMARK_DATA_DIR, { recursive: true });
  }
});

it('refuses while somebody is connected, and between tables of others', async () => {
  await save();
  await inside(target, async (client) => {
    await expect(bring()).rejects.toThrow('The database is in use (1 other connection)');
    await client.query('CREATE TABLE theirs (id int)');
  });
  await expect(bring(file, { replace: true })).rejects.toThrow("not Tidemark's (theirs)");
});

it('holds no key, and is refused without the one that its secrets are under', async () => {
  const made = await save();
  expect(made.masterKids).toHaveLength(1);
  const key = readFileSync(join(town.env.TIDEMARK_DATA_DIR, 'master.key'), 'utf8').trim();
  expect(gunzipSync(readFileSync(file)).includes(key)).toBe(false);
  const dataDir = join(folder, 'another');
  mkdirSync(dataDir);
  await expect(bring(file, { dataDir })).rejects.toThrow('is missing; nothing was restored');
  writeFileSync(
    join(dataDir, 'master.key'),
    `${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}\n`,
    { mode: 0o600 },
  );
  await expect(bring(file, { dataDir })).rejects.toThrow('Give the key that the backup was made under');
  expect(await contents(target)).toEqual({});
  copyFileSync(join(town.env.TIDEMARK_DATA_DIR, 'master.key'), join(dataDir, 'master.key'));
  await bring(file, { dataDir });
  expect((await contents(target)).secret).toMatch(/^[1-9]/);
});

it('a backup of an older schema is restored and brought up to date; one of an unknown schema is refused', async () => {
  const names = migrationNames(projectRoot());
  const older = await emptyDatabase();
  const root = mkdtempSync(join(tmpdir(), 'tidemark-older-'));
  try {
    const folderOf = (...path: string[]) => join(root, 'prisma', ...path);
    mkdirSync(folderOf('migrations'), { recursive: true });
    const from = (name: string) => join(projectRoot(), 'prisma', name);
    copyFileSync(from('schema.prisma'), folderOf('schema.prisma'));
    copyFileSync(from('migrations/migration_lock.toml'), folderOf('migrations', 'migration_lock.toml'));
    for (const name of names.slice(0, -1)) {
      mkdirSync(folderOf('migrations', name));
      copyFileSync(from(`migrations/${name}/migration.sql`), folderOf('migrations', name, 'migration.sql'));
    }
    await migrate(older, root);
    await inside(older, (client) =>
      client.query(`INSERT INTO workspace (id, name, time_zone) VALUES ('wsp_old', 'Old', 'UTC')`),
    );
    await backUp({ eventsDir: eventsDir() }, older, file, never);
    await bring();
    const { rows } = await inside(target, (client) =>
      client.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1'),
    );
    expect(rows.map(({ name }) => name)).toEqual(names);
    await inside(older, (client) =>
      client.query(
        `UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name = $1`,
        [names.at(-2)],
      ),
    );
    const unknown = join(folder, 'unknown.tar.gz');
    await backUp({ eventsDir: eventsDir() }, older, unknown, never);
    await expect(bring(unknown, { replace: true })).rejects.toThrow('"29990101000000_later"');
  } finally {
    await dropDatabase(older);
    rmSync(root, { recursive: true });
  }
});

it('leaves nothing behind when it cannot be written or is interrupted', async () => {
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(backUp({ eventsDir: eventsDir() }, sourceUrl(), file, stopped)).rejects.toThrow('stopped');
  await expect(save(join(folder, 'no', 'such', 'folder.tar.gz'))).rejects.toThrow('(ENOENT)');
  expect(readdirSync(folder)).toEqual([]);
});

it('files of events come with the database that lists them, and no others stay', async () => {
  const place = join(eventsDir(), 'con_1', '2026-03-01-ab.parquet');
  mkdirSync(join(eventsDir(), 'con_1'), { recursive: true });
  const content = Buffer.alloc(100_000, 'events');
  writeFileSync(place, content);
  await town.rows(
    `INSERT INTO connection (id, workspace_id, key, title, connector_id)
     SELECT 'con_1', id, 'c', 'C', 'events' FROM workspace`,
  );
  const listed = (path: string, retiredAt: string) =>
    town.rows(
      `INSERT INTO event_segment (id, connection_id, path, sha256, bytes, rows, first_day, last_day, retired_at)
       VALUES (gen_random_uuid(), 'con_1', '${path}', '${createHash('sha256').update(content).digest('hex')}',
         100000, 1, '2026-03-01', '2026-03-01', ${retiredAt})`,
    );
  await listed('con_1/2026-03-01-ab.parquet', 'NULL');
  await listed('con_1/gone.parquet', 'app_now()'); // nobody asks for what is retired
  expect((await save()).eventFiles).toBe(1);
  await bring();
  const restored = join(folder, 'restored-events');
  expect(readFileSync(join(restored, 'con_1', '2026-03-01-ab.parquet')).equals(content)).toBe(true);
  expect(readdirSync(restored)).toEqual(['con_1']);

  // A later backup without it takes its place, and the file goes, too.
  await town.rows(`UPDATE event_segment SET retired_at = app_now()`);
  const later = join(folder, 'later.tar.gz');
  await save(later);
  await bring(later, { replace: true });
  expect(readdirSync(join(restored, 'con_1'))).toEqual([]);

  await town.rows(`UPDATE event_segment SET retired_at = NULL WHERE path LIKE '%-ab.parquet'`);
  writeFileSync(place, Buffer.alloc(100_000, 'others'));
  await expect(save(join(folder, 'third.tar.gz'))).rejects.toThrow('is not the one that was written');
  rmSync(place);
  await expect(save(join(folder, 'third.tar.gz'))).rejects.toThrow('is missing, so no backup was made');
  expect(existsSync(join(folder, 'third.tar.gz'))).toBe(false);
});

it('runs under way begin again, and schedules are due at once', async () => {
  await town.rows(
    `INSERT INTO connection (id, workspace_id, key, title, connector_id)
     SELECT 'con_1', id, 'c', 'C', 'stripe' FROM workspace`,
  );
  await town.rows(
    `INSERT INTO schedule (connection_id, every_minutes, time_zone, next_due_at)
     VALUES ('con_1', 60, 'UTC', app_now() + interval '30 minutes')`,
  );
  await town.rows(
    `INSERT INTO sync_run (id, workspace_id, connection_id, slot, trigger, not_before, status, starts, fence, lease_owner, lease_until, enqueued_at)
     SELECT 'run_1', id, 'con_1', app_now(), 'schedule', app_now(), 'running', 1, 3, 'w', app_now() + interval '1 hour', app_now() FROM workspace`,
  );
  await save();
  const url = await createDatabase();
  try {
    await inside(url, (client) =>
      client.query('UPDATE app_clock SET offset_ms = $1', [town.now() - Date.now()]),
    );
    await bring(file, { url });
    const found = await inside(url, async (client) => ({
      runs: (await client.query(`SELECT status, attempt, fence, lease_owner, enqueued_at FROM sync_run`))
        .rows as unknown[],
      due: (await client.query(`SELECT next_due_at <= app_now() AS due FROM schedule`)).rows as unknown[],
    }));
    expect(found.runs).toEqual([
      { status: 'queued', attempt: 2, fence: '4', lease_owner: null, enqueued_at: null },
    ]);
    expect(found.due).toEqual([{ due: true }]);
  } finally {
    await dropDatabase(url);
  }
});
