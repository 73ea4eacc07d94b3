import { Redis } from 'ioredis';
import pg from 'pg';

/** PostgreSQL before this has no partitioned primary keys as our tables use them. */
const OLDEST_POSTGRES = 140_000;

/** @throws Error in one sentence that says what is wrong with the database, without its password */
export async function probeDatabase(url: string): Promise<void> {
  const where = addressOf(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const version = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    if (Number(version.rows[0]?.server_version_num) < OLDEST_POSTGRES) {
      throw new Error('it is older than PostgreSQL 14');
    }
  } catch (error) {
    throw new Error(
      `The database at ${where} (DATABASE_URL) cannot be used: ${reasonOf(error)}. Correct DATABASE_URL, or leave it out to use the embedded database.`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** @throws Error in one sentence that says what is wrong with Redis, without its password */
export async function probeRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 5_000,
  });
  let refused: unknown;
  redis.on('error', (error) => {
    refused = error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new Error(
      `Redis at ${addressOf(url)} (REDIS_URL) cannot be used: ${reasonOf(refused ?? error)}. Correct REDIS_URL, or leave it out to keep the queue in PostgreSQL.`,
      { cause: error },
    );
  } finally {
    redis.disconnect();
  }
}

function addressOf(url: string): string {
  const { hostname, port, protocol, pathname } = new URL(url);
  const known = port === '' ? (protocol.startsWith('redis') ? '6379' : '5432') : port;
  return `${hostname}:${known}${pathname === '/' ? '' : pathname}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const known: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'the host is not known',
    EAI_AGAIN: 'the host cannot be looked up',
    ETIMEDOUT: 'it did not answer within 5 s',
    ECONNRESET: 'it closed the connection',
    '28P01': 'it refused the user or the password',
    '28000': 'it refused the user',
    '3D000': 'it has no such database',
    '53300': 'it has no connections left',
  };
  if (code !== undefined && known[code] !== undefined) return known[code];
  const text = (message ?? 'it did not answer').split('\n')[0] ?? '';
  return /timeout/i.test(text) ? 'it did not answer within 5 s' : text.replace(/\.$/, '');
}
