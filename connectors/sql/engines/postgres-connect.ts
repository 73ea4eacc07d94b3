import pg from 'pg';
import { abortedError } from '../../sdk/index.ts';
import { literalAddress, portOf } from './address.ts';
import { ownersError, passingError } from './failure.ts';
import { connectError } from './postgres-errors.ts';
import type { EngineContext } from './session.ts';

const CONNECT_MS = 10_000;

/**
 * A client of PostgreSQL, connected to a vetted address by its number; the name is for the certificate alone. Everything
 * that the driver would look up in the environment of this process is said here.
 *
 * @throws ConnectorError in the words of the owner
 */
export async function connectPostgres(context: EngineContext): Promise<pg.Client> {
  const { address, settings, signal } = context;
  if (address === null) {
    const hint = 'Give the connection an endpoint such as postgresql://db.example.com:5432.';
    throw ownersError('config', 'no_address', 'This connection has no address.', hint);
  }
  const vetted = await context.resolve(address);
  let last: unknown = passingError('no_address', `${address.hostname} has no address.`);
  for (const { address: number } of vetted) {
    signal.throwIfAborted();
    const client = new pg.Client({
      host: number,
      port: portOf(address),
      user: settings.user ?? '',
      password: settings.password ?? '',
      database: settings.database ?? '',
      ssl: encryption(context, address.hostname, number),
      sslnegotiation: 'postgres',
      application_name: 'tidemark',
      client_encoding: 'UTF8',
      // Whatever a statement turns out to be, the session does not write; the transaction says so once more.
      options: '-c default_transaction_read_only=on',
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    });
    client.on('error', () => {}); // a connection that is lost tells its query, too
    const stop = (): void => void client.connection.stream.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await client.connect();
      return client;
    } catch (error) {
      void client.end().catch(() => {});
      if (signal.aborted) throw abortedError('PostgreSQL', error);
      last = error;
      if (!isUnreachable(error)) break; // another address of the same server would say the same
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
  throw connectError(last, {
    host: address.host,
    user: settings.user ?? '',
    database: settings.database ?? '',
  });
}

/** Off this machine nothing is sent in clear text unless the owner has said so. */
function encryption({ settings }: EngineContext, hostname: string, number: string) {
  const isLoopback = number === '::1' || number.startsWith('127.');
  const tls = settings.tls ?? (isLoopback ? 'off' : 'verify');
  if (tls === 'off') return false;
  const literal = literalAddress(hostname);
  return {
    rejectUnauthorized: tls === 'verify',
    // A server name must be a name; the certificate of an address is matched against `host`.
    host: literal ?? hostname,
    servername: literal === null ? hostname : '',
    ...(settings.tlsCa === undefined ? {} : { ca: settings.tlsCa }),
  };
}

const UNREACHABLE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL'];

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNREACHABLE.includes(codeOf(error) ?? '') || error.message.includes('timeout expired');
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
