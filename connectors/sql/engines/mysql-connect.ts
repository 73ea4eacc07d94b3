import type { Connection, ConnectionOptions } from 'mysql2';
import { abortedError } from '../../sdk/index.ts';
import { literalAddress, portOf } from './address.ts';
import { loadDriver } from './driver.ts';
import { ownersError, passingError } from './failure.ts';
import { connectError } from './mysql-errors.ts';
import type { EngineContext } from './session.ts';

const CONNECT_MS = 10_000;
const UNREACHABLE = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL'];

/**
 * A connection to MariaDB or MySQL at a vetted address, by its number; the name is for the certificate alone.
 *
 * @throws ConnectorError in the words of the owner
 */
export async function connectMysql(context: EngineContext): Promise<Connection> {
  const { address, settings, signal } = context;
  if (address === null) {
    const hint = 'Give the connection an endpoint such as mysql://db.example.com:3306.';
    throw ownersError('config', 'no_address', 'This connection has no address.', hint);
  }
  const driver = await loadDriver('mysql2', () => import('mysql2'));
  const vetted = await context.resolve(address);
  let last: unknown = passingError('no_address', `${address.hostname} has no address.`);
  for (const { address: number } of vetted) {
    if (signal.aborted) throw abortedError('MariaDB');
    const connection = driver.createConnection(optionsOf(context, address, number));
    // It is connecting to the number already; what it asks the certificate for is the name.
    if (literalAddress(address.hostname) === null) connection.config.host = address.hostname;
    connection.on('error', () => {}); // a connection that is lost tells its query, too
    try {
      await connected(connection, signal);
      return connection;
    } catch (error) {
      connection.destroy();
      if (signal.aborted) throw abortedError('MariaDB', error);
      last = error;
      if (!(error instanceof Error && 'code' in error && UNREACHABLE.includes(String(error.code)))) break;
    }
  }
  throw connectError(last, {
    host: address.host,
    user: settings.user ?? '',
    database: settings.database ?? '',
  });
}

function connected(connection: Connection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // A connection that is destroyed tells nobody.
    const stop = (): void => {
      connection.destroy();
      reject(abortedError('MariaDB'));
    };
    signal.addEventListener('abort', stop, { once: true });
    connection.connect((error) => {
      signal.removeEventListener('abort', stop);
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function optionsOf({ settings }: EngineContext, address: URL, number: string): ConnectionOptions {
  const isLoopback = number === '::1' || number.startsWith('127.');
  const tls = settings.tls ?? (isLoopback ? 'off' : 'verify');
  return {
    host: number,
    port: portOf(address),
    user: settings.user ?? '',
    password: settings.password ?? '',
    database: settings.database ?? '',
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    multipleStatements: false,
    // The server may ask for a file of ours in answer to any statement.
    flags: ['-LOCAL_FILES'],
    // Digits as they are, days as they are written.
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    timezone: 'Z',
    jsonStrings: true,
    ...(tls === 'off'
      ? {}
      : {
          ssl: {
            rejectUnauthorized: tls === 'verify',
            verifyIdentity: tls === 'verify',
            ...(settings.tlsCa === undefined ? {} : { ca: settings.tlsCa }),
          },
        }),
  };
}
