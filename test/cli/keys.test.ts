import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/wiring/config.ts';
import { createLog, openServices } from '../../src/wiring/services.ts';
import { createDatabase, dropDatabase } from '../support/database.ts';
import { startProcess } from './support/run-process.ts';

// Section 9, for whoever operates the machine: the commands open the database themselves, beside or without a server.

let url: string;
let dataDir: string;
let env: Record<string, string>;
let pool: pg.Pool;
const keyFile = (): string[] => readFileSync(join(dataDir, 'master.key'), 'utf8').trim().split('\n');

beforeAll(async () => {
  url = await createDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'tidemark-keys-'));
  env = { DATABASE_URL: url, TIDEMARK_DATA_DIR: dataDir, TIDEMARK_TIME_ZONE: 'UTC', CI: '1' };
  pool = new pg.Pool({ connectionString: url, max: 2 });
  const services = await openServices(
    loadConfig(env),
    url,
    'http://localhost',
    createLog({ logLevel: 'silent' }),
  );
  const place = {
    workspaceId: services.workspace.id,
    table: 'channel',
    rowId: 'chn_1',
    field: 'url',
    allowedHosts: [],
  };
  const { ciphertext } = await services.vault.seal(place, 'https://hooks.example/planted');
  await pool.query(
    `INSERT INTO secret (id, workspace_id, table_name, row_id, field, ciphertext, allowed_hosts, last4)
     VALUES ('sec_1', $1, 'channel', 'chn_1', 'url', $2, '{}', 'nted')`,
    [place.workspaceId, ciphertext],
  );
  await services.close();
});
afterAll(async () => {
  await pool.end();
  await dropDatabase(url);
  rmSync(dataDir, { recursive: true });
});

const run = (...args: string[]) => startProcess(args, env).done;

describe('section 9: keys', () => {
  it('status says how many data keys and secrets are under each key', async () => {
    const { code, out } = await run('keys', 'status', '--json');
    expect(code).toBe(0);
    const state = JSON.parse(out) as { masterKeys: unknown[]; dataKeys: unknown[] };
    expect(state.masterKeys).toEqual([
      expect.objectContaining({ isNewest: true, dataKeys: 1, mayBeRemoved: false }),
    ]);
    expect(state.dataKeys).toEqual([
      expect.objectContaining({ isNewest: true, isRetired: false, secrets: 1 }),
    ]);
    expect((await run('keys', 'status')).out).toContain('Everything is under the newest keys.');
  });

  it('rotate makes a data key, moves the secrets, and writes that down', async () => {
    const { code, out } = await run('keys', 'rotate');
    expect(code).toBe(0);
    expect(out).toBe('Made one data key.\nMoved 0 data keys and one secret; 1 retired.\n');
    const log = await pool.query(`SELECT actor, action, object_type AS type FROM audit_log`);
    expect(log.rows).toEqual([{ actor: 'operator', action: 'rotate', type: 'data_key' }]);
  });

  it('rotate --master puts a new master key in the file, and takes the old one out when nothing is under it', async () => {
    const before = keyFile();
    const { code, out } = await run('keys', 'rotate', '--master');
    expect(code).toBe(0);
    expect(out).toContain('Moved 2 data keys and one secret; 1 retired.');
    expect(keyFile()).toHaveLength(1);
    expect(keyFile()).not.toEqual(before);
    expect(out).not.toContain(keyFile()[0]);
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
    const services = await openServices(
      loadConfig(env),
      url,
      'http://localhost',
      createLog({ logLevel: 'silent' }),
    );
    expect(await services.vault.open(services.workspace.id, 'channel', 'chn_1')).toEqual({
      url: 'https://hooks.example/planted',
    });
    await services.close();
  });

  it('rotate --master leaves a key of the environment to its owner, and a list with the new one in front moves everything', async () => {
    const [old = ''] = keyFile();
    const fresh = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
    const both = { ...env, TIDEMARK_MASTER_KEY: `${fresh},${old}` };
    const refused = await startProcess(['keys', 'rotate', '--master'], both).done;
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('comes from TIDEMARK_MASTER_KEY');
    expect((await startProcess(['keys', 'rotate'], both).done).code).toBe(0);
    const state = JSON.parse((await startProcess(['keys', 'status', '--json'], both).done).out) as {
      masterKeys: { mayBeRemoved: boolean }[];
    };
    expect(state.masterKeys.map(({ mayBeRemoved }) => mayBeRemoved)).toEqual([false, true]);
    expect((await startProcess(['keys', 'status'], { ...env, TIDEMARK_MASTER_KEY: fresh }).done).code).toBe(
      0,
    );
    // The old one alone opens nothing any more, and says so.
    const alone = await run('keys', 'status');
    expect(alone.code).toBe(1);
    expect(alone.err).toContain('not the one that this database was encrypted with');
    env = { ...env, TIDEMARK_MASTER_KEY: fresh };
  });

  it.each([
    { key: 'short', says: 'bytes instead of 32' },
    { key: Buffer.alloc(32, 7).toString('base64'), says: 'one byte repeated' },
    { key: Buffer.from('change-me-change-me-change-me-12').toString('base64'), says: 'looks like a sample' },
  ])('no start with a master key that $says', async ({ key, says }) => {
    const { code, err } = await startProcess(['keys', 'status'], { ...env, TIDEMARK_MASTER_KEY: key }).done;
    expect(code).not.toBe(0);
    expect(err).toContain(says);
    expect(err).not.toContain(key);
  });

  it('no start with a key file that others can read, and none without the key of a database that holds secrets', async () => {
    const other = mkdtempSync(join(tmpdir(), 'tidemark-keys-'));
    const { TIDEMARK_MASTER_KEY: text = '', ...rest } = env;
    const elsewhere = { ...rest, TIDEMARK_DATA_DIR: other };
    const missing = await startProcess(['keys', 'status'], elsewhere).done;
    expect(missing.err).toContain('their master key is missing');
    writeFileSync(join(other, 'master.key'), text, { mode: 0o644 });
    const open = await startProcess(['keys', 'status'], elsewhere).done;
    expect(open.err).toContain('chmod 600');
    rmSync(other, { recursive: true });
  });
});

describe('section 13: audit verify', () => {
  it('says that the record is whole, and which line is not', async () => {
    const whole = await run('audit', 'verify');
    expect(whole.code).toBe(0);
    expect(whole.out).toMatch(/^All \d+ records are as they were written\.\n$/);
    expect((await run('audit', 'verify', '--lang', 'zh-CN')).out).toContain('与写入时一致');
    await pool.query('ALTER TABLE audit_log DISABLE TRIGGER USER');
    await pool.query(`UPDATE audit_log SET actor = 'somebody' WHERE id = (SELECT min(id) FROM audit_log)`);
    await pool.query('ALTER TABLE audit_log ENABLE TRIGGER USER');
    const { rows } = await pool.query<{ id: string }>('SELECT min(id)::text AS id FROM audit_log');
    const broken = await run('audit', 'verify');
    expect(broken.code).toBe(1);
    expect(broken.out).toContain(`Record ${rows[0]?.id} of `);
    expect(broken.out).toContain('is not what was written');
  });
});
