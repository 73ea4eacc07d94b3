// One process of the load under which keys are rotated: `read`, `write`, or `rotate` until somebody ends it. It is loaded
// ahead and begins with a line on its standard input; readers and writers say at the end of it what they have seen.
import { once } from 'node:events';
import { root } from '../../src/bootstrap.js';

const from = (path) => import(`${root}/dist/${path}`);
const { createAuditLog } = await from('src/db/audit-log.js');
const { createDataKeyStore, sealedSecretsOf } = await from('src/db/data-keys.js');
const { openDatabase } = await from('src/db/database.js');
const { createInstance } = await from('src/db/instance.js');
const { createKeyRing } = await from('src/secrets/index.js');
const { loadConfig } = await from('src/wiring/config.js');
const { keyDeps } = await from('src/wiring/keys.js');
const { loadMasterKeys } = await from('src/wiring/master-key.js');
const { turnKeys } = await from('src/wiring/turn-keys.js');

const config = loadConfig(process.env);
const database = openDatabase(config.databaseUrl, 8);
const masterKeys = await loadMasterKeys(null, config.dataDir, createInstance(database));
const ring = createKeyRing({ masterKeys, store: createDataKeyStore(database) });
const rows = JSON.parse(process.env.KEY_ROWS ?? '[]');
const seen = { done: 0, failures: [] };
const over = { told: false };

const work = {
  /** Every secret has to open, and to be one that was sealed for its row. */
  async read({ rowId, workspaceId }) {
    for (const secret of await sealedSecretsOf(database, workspaceId, 'connection', rowId)) {
      const { allowedHosts, ciphertext, field } = secret;
      const place = { workspaceId, table: 'connection', rowId, field, allowedHosts };
      const text = await ring.open({ ...place, sealed: ciphertext });
      if (!text.startsWith(`secret of ${rowId} `)) throw new Error('another text came out');
      seen.done += 1;
    }
  },
  /** Enters the secret anew, as its owner would. */
  async write({ rowId, workspaceId }) {
    const place = { workspaceId, table: 'connection', rowId, field: 'apiKey', allowedHosts: ['a.example'] };
    const sealed = await ring.seal({ ...place, plaintext: `secret of ${rowId} ${seen.done}` });
    await database.pool.query(
      `INSERT INTO secret (id, workspace_id, table_name, row_id, field, ciphertext, allowed_hosts, last4)
       VALUES ($1, $2, 'connection', $3, 'apiKey', $4, ARRAY['a.example'], '')
       ON CONFLICT (table_name, row_id, field) DO UPDATE SET ciphertext = excluded.ciphertext`,
      [`sec_${rowId}`, workspaceId, rowId, sealed],
    );
    seen.done += 1;
  },
};

process.stdout.write('loaded\n');
const [line] = await once(process.stdin, 'data');
const role = String(line).trim();
process.stdin.once('data', () => (over.told = true));
if (role === 'rotate') {
  const services = {
    config,
    database,
    deps: { audit: createAuditLog(database) },
    keys: keyDeps(database, masterKeys),
  };
  for (let turn = 0; ; turn += 1) {
    try {
      await turnKeys(services, turn % 2 === 0, new AbortController().signal);
    } catch (error) {
      // The one that was killed before may still be on its way out of the database.
      if (!String(error.message).startsWith('Another rotation')) {
        process.stdout.write(`failed: ${error.message}\n`);
        throw error;
      }
    }
  }
}
while (!over.told) {
  const row = rows[Math.floor(Math.random() * rows.length)];
  try {
    await work[role](row);
  } catch (error) {
    seen.failures.push(`${role} ${row.rowId}: ${error.name} ${error.message}`);
  }
}
process.stdout.write(`${JSON.stringify(seen)}\n`);
await database.close();
process.exit(0);
