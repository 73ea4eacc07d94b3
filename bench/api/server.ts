// The product's API and the bare framework in one process, on one database; they are asked one after the other.
import { reservePort, startApi } from '../../src/api/server.ts';
import { newToken } from '../../src/secrets/index.ts';
import { loadConfig } from '../../src/wiring/config.ts';
import { createLog, openServices } from '../../src/wiring/services.ts';
import { startBare } from './bare.ts';
import { foundCompany } from './company.ts';

/** So many that none of them reaches its limit of requests a minute. */
const TOKENS = 200;

const config = loadConfig(process.env);
const { databaseUrl } = config;
if (databaseUrl === null) throw new Error('DATABASE_URL is missing');
const services = await openServices(config, databaseUrl, 'http://127.0.0.1', createLog(config));
const keyResult = await foundCompany(services, Number(process.argv[2]));
const api = await startApi(services, await reservePort('127.0.0.1', null));
const bare = await startBare(services.database.pool);
const tokens: string[] = [];
for (let count = 0; count < TOKENS; count += 1) {
  const { token, id, hash } = newToken(services.tokens.newId());
  await services.tokens.add({
    id,
    workspaceId: services.workspace.id,
    userId: null,
    kind: 'api',
    name: `bench ${count}`,
    scopes: ['read'],
    secretHash: hash,
    validSeconds: 86_400,
  });
  tokens.push(token);
}
process.stdout.write(`${JSON.stringify({ api: api.url, bare: bare.url, tokens, keyResult })}\n`);
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  await api.stop();
  await bare.close();
  await services.close();
}
