import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/app/ids.ts';
import { rotateKeys } from '../../src/app/rotate-keys.ts';
import { verifyAuditLog } from '../../src/db/audit-chain.ts';
import { createAuditLog } from '../../src/db/audit-log.ts';
import { createDataKeyStore } from '../../src/db/data-keys.ts';
import { createInstance } from '../../src/db/instance.ts';
import { createKeyStore } from '../../src/db/key-store.ts';
import { createKeyRing } from '../../src/secrets/index.ts';
import { loadConfig } from '../../src/wiring/config.ts';
import { keyDeps } from '../../src/wiring/keys.ts';
import { loadMasterKeys } from '../../src/wiring/master-key.ts';
import { keysState, turnKeys } from '../../src/wiring/turn-keys.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { buildOnce } from './support/worker-process.ts';

// R16: master and data keys are rotated again and again while other processes read and write secrets, and whoever rotates
// is killed at any moment. No secret ever fails to open, and at the end nothing is under an old key.

const ROUNDS = Number(process.env.TIDEMARK_KILL_ROUNDS ?? 20);
/** A rotation of these secrets takes a few hundred milliseconds: most kills come in the middle of one. */
const LONGEST_MS = 400;
const SECRETS_EACH = 60;

let database: TestDatabase;
let folder: string;
let env: Record<string, string>;
let rows: { rowId: string; workspaceId: string }[];
const begun: Child[] = [];

beforeAll(async () => {
  await buildOnce();
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'tidemark-keys-'));
  const other = newId('wsp');
  await database.pool.query(`INSERT INTO workspace (id, name, time_zone) VALUES ($1, 'Other', 'UTC')`, [
    other,
  ]);
  rows = [database.workspaceId, other].flatMap((workspaceId) =>
    Array.from({ length: SECRETS_EACH }, () => ({ rowId: newId('con'), workspaceId })),
  );
  env = {
    DATABASE_URL: database.url,
    TIDEMARK_DATA_DIR: folder,
    TIDEMARK_TIME_ZONE: 'UTC',
    KEY_ROWS: JSON.stringify(rows),
  };
  const masterKeys = await loadMasterKeys(null, folder, createInstance(database));
  const ring = createKeyRing({ masterKeys, store: createDataKeyStore(database) });
  for (const { rowId, workspaceId } of rows) {
    const place = { workspaceId, table: 'connection', rowId, field: 'apiKey', allowedHosts: ['a.example'] };
    const sealed = await ring.seal({ ...place, plaintext: `secret of ${rowId} at first` });
    await database.pool.query(
      `INSERT INTO secret (id, workspace_id, table_name, row_id, field, ciphertext, allowed_hosts, last4)
       VALUES ($1, $2, 'connection', $3, 'apiKey', $4, ARRAY['a.example'], '')`,
      [`sec_${rowId}`, workspaceId, rowId, sealed],
    );
  }
}, 180_000);
afterAll(async () => {
  await Promise.all(begun.map((child) => child.kill()));
  await database.close();
  rmSync(folder, { recursive: true });
});

it(`R16, section 9: opens every secret while keys are rotated and the rotation is killed ${ROUNDS} times, and leaves nothing under an old key`, {
  timeout: 120_000 + ROUNDS * 8_000,
}, async () => {
  const firstFile = readFileSync(join(folder, 'master.key'), 'utf8');
  const load = await Promise.all(
    ['read', 'read', 'write'].map(async (role) => ({ role, child: await start() })),
  );
  for (const { child, role } of load) child.say(role);

  let next = start();
  let inTheMiddle = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = await next;
    next = start(); // loads while this one works
    child.say('rotate');
    await delay(Math.random() * LONGEST_MS);
    await child.kill();
    expect(child.said()).not.toContain('failed');
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    if (await isHalfway()) inTheMiddle += 1;
  }
  await (await next).kill();

  // The operator's own command, to its end, and what a worker's loop would find a minute later.
  const services = await operator();
  const turned = await expectFree(() => turnKeys(services, true, new AbortController().signal));
  for (const { child } of load) child.say('stop');
  const seen = await Promise.all(load.map(({ child }) => child.answer()));
  const late = await expectFree(() => turnKeys(services, false, new AbortController().signal));
  expect([...turned.unreadable, ...late.unreadable]).toEqual([]);

  expect(seen.flatMap(({ failures }) => failures)).toEqual([]);
  for (const { done } of seen) expect(done).toBeGreaterThan(ROUNDS);
  const state = await keysState(services);
  const [master, ...others] = state.masterKeys;
  expect(others).toEqual([]);
  expect(master).toMatchObject({ isNewest: true, isAtHand: true, dataKeys: state.dataKeys.length });
  for (const key of state.dataKeys) {
    expect(key.masterKid).toBe(master?.kid);
    expect(key.secrets).toBe(key.isNewest ? SECRETS_EACH : 0);
    expect(key.isRetired).toBe(!key.isNewest);
  }
  expect(state.dataKeys.filter(({ isNewest }) => isNewest)).toHaveLength(2);
  // One key is left in the file, and it is not the one that was there first.
  const lines = readFileSync(join(folder, 'master.key'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(firstFile).not.toContain(lines[0]);
  expect(await verifyAuditLog(database.pool)).toMatchObject({ broken: [], linkedOnly: 0 });
  if (ROUNDS >= 10) expect(inTheMiddle).toBeGreaterThan(0);
  const [read = 0, readToo = 0, written = 0] = seen.map(({ done }) => done);
  process.stdout.write(
    `R16: ${ROUNDS} kills (${inTheMiddle} in the middle), ${read + readToo} secrets opened, ${written} sealed, 0 failures, ${state.dataKeys.length} data keys\n`,
  );
});

it('section 9: a process that knows only a retired master key is not let make a data key under it', async () => {
  const services = await operator();
  const stale = services.keys.masters.list();
  const old = await loadMasterKeys(null, folder, createInstance(database));
  const frozen = { keys: old.keys, reload: async () => {} };
  await expectFree(() => turnKeys(services, true, new AbortController().signal));
  const ring = createKeyRing({ masterKeys: frozen.keys(), store: createDataKeyStore(database) });
  await expect(ring.rotateDataKey(database.workspaceId)).rejects.toMatchObject({ code: 'unknown_key' });
  const under = await database.pool.query('SELECT FROM data_key WHERE master_kid = $1', [stale[0]?.kid]);
  expect(under.rowCount).toBe(0);
  // With its file looked at again, the same process goes on.
  const fresh = createKeyRing({ masterKeys: old, store: createDataKeyStore(database) });
  expect(await fresh.rotateDataKey(database.workspaceId)).toMatch(/^dk-/);
});

it('section 9: a start with the new key in front of the old one is let in, and with the new one alone only when nothing is left', async () => {
  const services = await operator();
  const oldText = readFileSync(join(folder, 'master.key'), 'utf8').trim();
  const newText = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
  const instance = createInstance(database);
  const start = (text: string) => loadMasterKeys(text, folder, instance);
  await expect(start(newText)).rejects.toThrow('not the one that this database was encrypted with');
  const both = await start(`${newText},${oldText}`);
  const deps = keyDeps(database, both);
  expect(await rotateKeys(deps, new AbortController().signal)).toMatchObject({ isMasterSettled: true });
  expect((await start(newText)).keys()).toHaveLength(1);
  await expect(start(oldText)).rejects.toThrow('not the one that this database was encrypted with');
  expect(services.keys.masters.list()).toHaveLength(1);
});

async function operator() {
  const config = loadConfig(env);
  const masterKeys = await loadMasterKeys(null, folder, createInstance(database));
  return {
    config,
    database,
    deps: { audit: createAuditLog(database) } as never, // all that a rotation asks of them
    keys: keyDeps(database, masterKeys),
  };
}

/** The session of the one that was killed last ends when the server notices. */
async function expectFree<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isTaken = error instanceof Error && error.message.startsWith('Another rotation');
      if (!isTaken || performance.now() > giveUpAt) throw error;
      await delay(20);
    }
  }
}

/** Two master keys in the file, or a secret under an older data key. */
async function isHalfway(): Promise<boolean> {
  const keys = readFileSync(join(folder, 'master.key'), 'utf8').trim().split('\n');
  return keys.length > 1 || (await createKeyStore(database).outdatedSecrets('', 1)).length > 0;
}

type Seen = { done: number; failures: string[] };
type Child = {
  say(line: string): void;
  said(): string;
  /** What it says at its end. */
  answer(): Promise<Seen>;
  kill(): Promise<void>;
};

async function start(): Promise<Child> {
  const script = fileURLToPath(new URL('./key-process.mjs', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += String(chunk)));
  child.stdin?.on('error', () => {}); // it was killed before it read
  const gone = once(child, 'exit');
  if (child.stdout !== null) await Promise.race([once(child.stdout, 'data'), gone]);
  if (child.exitCode !== null) throw new Error(`the process did not load: ${said}`);
  const started: Child = {
    say: (line) => void child.stdin?.write(`${line}\n`),
    said: () => said,
    async answer() {
      await gone;
      return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Seen;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
  begun.push(started);
  return started;
}
