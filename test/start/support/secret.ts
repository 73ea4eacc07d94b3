import pg from 'pg';
import { createConnection } from '../../../src/app/create-connection.ts';
import { createLog, openServices } from '../../../src/wiring/services.ts';
import { configOf } from '../../api/support/server.ts';

/** Stores a connection whose key is sealed under `masterKey`. */
export async function seedSecret(databaseUrl: string, dataDir: string, masterKey: string): Promise<void> {
  const config = configOf(dataDir, { masterKey });
  const services = await openServices(config, databaseUrl, 'http://tidemark.test', createLog(config));
  const actor = { workspace: services.workspace, name: 'test', requestId: null };
  const key = 'rk_test_0000000000000000000000';
  const draft = { key: 'main', connectorId: 'stripe', config: { apiKey: key }, everyMinutes: 60 };
  await createConnection(services.deps, actor, draft);
  await services.close();
}

export async function countSecrets(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM connection');
  await client.end();
  return rows.rows[0]?.count ?? 0;
}
