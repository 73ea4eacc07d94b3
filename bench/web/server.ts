// The product with its page, on a database of its own, and the link that opens it.
import { reservePort, startApi } from '../../src/api/server.ts';
import { loadConfig } from '../../src/wiring/config.ts';
import { createLog, openServices } from '../../src/wiring/services.ts';
import { foundCompany } from '../api/company.ts';

const config = loadConfig(process.env);
const { databaseUrl } = config;
if (databaseUrl === null) throw new Error('DATABASE_URL is missing');
const services = await openServices(config, databaseUrl, 'http://127.0.0.1', createLog(config));
await foundCompany(services, Number(process.argv[2]));
const api = await startApi(services, await reservePort('127.0.0.1', null));
process.stdout.write(`${JSON.stringify({ url: api.url, signIn: await api.signInLink() })}\n`);
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  await api.stop();
  await services.close();
}
