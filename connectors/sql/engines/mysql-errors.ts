import { ConnectorError, toConnectorError } from '../../sdk/index.ts';
import { ownersError, passingError, serverWords } from './failure.ts';
import type { EngineWords, Refusal } from './session.ts';

/** What the numbers of MariaDB and MySQL mean to the owner. */

type Where = { host: string; user: string; database: string };

/** Numbers of the servers' own lists; they are the same in both. */
const KINDS: readonly (readonly [readonly number[], Refusal['kind']])[] = [
  [[1146, 1109, 1051], 'no_table'],
  [[1054, 1247], 'no_column'],
  [[1142, 1143, 1370, 1044, 1227, 1419], 'no_right'],
  [[1792, 1290, 1207, 1223], 'writes'],
  [[1104, 1116, 1118, 1436, 1038, 1114], 'too_complex'],
  [[1264, 1265, 1292, 1365, 1366, 1406, 1411, 1690, 1918, 3020, 3140, 3141], 'unreadable'],
];
const NOT_LET_IN = [1045, 1698, 1862, 1820, 4151];
/** A limit of the statement that was reached, or somebody who ended it. */
const ENDED = [1317, 1969, 3024];
/** Overload, locks, restarts. */
const PASSING = [1040, 1041, 1053, 1152, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1226, 1927, 3168];

export function connectError(error: unknown, { database, host, user }: Where): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { code, message, number } = factsOf(error);
  const who = `MariaDB at ${host}`;
  if (number !== null && NOT_LET_IN.includes(number)) {
    const what = `${who} does not let "${user}" in (${number}).`;
    return ownersError(
      'auth',
      String(number),
      what,
      'Check user and password, and give the new password if it was changed.',
      error,
    );
  }
  if (number === 1049)
    return ownersError(
      'config',
      '1049',
      `${who} has no database "${database}".`,
      'Correct the setting "database".',
      error,
    );
  if (number === 1044) {
    const hint = `Let an administrator run: GRANT SELECT ON ${database}.* TO ${user}`;
    return ownersError('config', '1044', `"${user}" may not use the database "${database}".`, hint, error);
  }
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    const hint = 'Switch on TLS there, or set tls=off if the way to it is safe by other means.';
    return ownersError('config', 'no_tls', `${who} does not speak TLS.`, hint, error);
  }
  if (
    code !== null &&
    /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH/.test(`${code} ${message}`)
  ) {
    const hint =
      'Give the authority that signed it as tlsCa, or set tls=require to encrypt without checking it.';
    return ownersError(
      'config',
      'certificate',
      `The certificate of ${who} could not be verified (${code}).`,
      hint,
      error,
    );
  }
  if (code === 'ETIMEDOUT') return passingError('timeout', `${who} did not answer in time.`, error);
  if (number !== null)
    return passingError(String(number), `${who} could not do its work just now (${number}).`, error);
  return toConnectorError(error, who);
}

export function isEnded(error: unknown): boolean {
  const { number } = factsOf(error);
  return number !== null && ENDED.includes(number);
}

/** A statement that failed; whether it was stopped by us is known before. */
export function statementError(error: unknown, own: EngineWords): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { code, message, number } = factsOf(error);
  if (number === null || PASSING.includes(number)) {
    if (number !== null)
      return passingError(String(number), `MariaDB could not do its work just now (${number}).`, error);
    return code === 'PROTOCOL_CONNECTION_LOST' || code === 'ECONNRESET'
      ? passingError(
          'connection_lost',
          'The connection to MariaDB was lost in the middle of a statement.',
          error,
        )
      : toConnectorError(error, 'MariaDB');
  }
  if (isEnded(error)) return passingError('cancelled', `${own.statement} was cancelled by MariaDB.`, error);
  const kind = KINDS.find(([numbers]) => numbers.includes(number))?.[1] ?? 'misfit';
  const words = kind === 'unreadable' ? '' : serverWords(message);
  return own.refused({ engine: 'MariaDB', kind, code: String(number), words, cause: error });
}

function factsOf(error: unknown): { code: string | null; message: string; number: number | null } {
  if (!(error instanceof Error)) return { code: null, message: '', number: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const number = 'errno' in error && typeof error.errno === 'number' && error.errno > 0 ? error.errno : null;
  return { code, message: error.message, number };
}
