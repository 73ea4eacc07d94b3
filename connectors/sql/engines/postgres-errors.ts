import { ConnectorError, toConnectorError } from '../../sdk/index.ts';
import { ownersError, passingError, serverWords } from './failure.ts';
import type { EngineWords, Refusal } from './session.ts';

/** What PostgreSQL's codes mean to the owner of the table. Its own words are kept only where they name a column. */

type Where = { host: string; user: string; database: string };

const GRANTS = 'See the grants in the guide: CONNECT, USAGE on the schema, SELECT on the table.';

export function connectError(error: unknown, { database, host, user }: Where): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { code, message } = factsOf(error);
  if (code?.startsWith('28') === true) {
    const encrypted = message.includes('no pg_hba.conf entry')
      ? 'Let its pg_hba.conf admit this user from here, or check user and password.'
      : 'Check user and password, and give the new password if it was changed.';
    return ownersError('auth', code, `PostgreSQL at ${host} does not let "${user}" in.`, encrypted, error);
  }
  if (code === '3D000') {
    const what = `PostgreSQL at ${host} has no database "${database}".`;
    return ownersError('config', code, what, 'Correct the setting "database".', error);
  }
  if (code === '42501') {
    const what = `"${user}" may not connect to the database "${database}".`;
    return ownersError('config', code, what, `Let an administrator run: GRANT CONNECT. ${GRANTS}`, error);
  }
  if (code === '08P01' || message.includes('startup parameter')) {
    const what = `What answers at ${host} does not take the options of a read-only session.`;
    return ownersError(
      'config',
      'pooler',
      what,
      'Give the address of the server itself, not of a pooler.',
      error,
    );
  }
  if (message.includes('does not support SSL')) {
    const hint = 'Switch on TLS there, or set tls=off if the way to it is safe by other means.';
    return ownersError('config', 'no_tls', `PostgreSQL at ${host} does not speak TLS.`, hint, error);
  }
  if (isCertificate(code)) {
    const what = `The certificate of PostgreSQL at ${host} could not be verified (${code}).`;
    const hint =
      'Give the authority that signed it as tlsCa, or set tls=require to encrypt without checking it.';
    return ownersError('config', 'certificate', what, hint, error);
  }
  if (message.includes('timeout expired')) {
    return passingError('timeout', `PostgreSQL at ${host} did not answer in time.`, error);
  }
  return ofServer(code, error, `PostgreSQL at ${host}`) ?? toConnectorError(error, `PostgreSQL at ${host}`);
}

/** What the classes and codes of a refused statement come down to. */
const KINDS: readonly (readonly [RegExp, Refusal['kind']])[] = [
  [/^(42P01|3F000)$/, 'no_table'],
  [/^42703$/, 'no_column'],
  [/^42501$/, 'no_right'],
  [/^2500[16]$/, 'writes'],
  [/^5400[01]$/, 'too_complex'],
  [/^42/, 'misfit'],
  [/^22/, 'unreadable'],
];

/** A statement that failed; whether it was stopped by us is known before. */
export function statementError(error: unknown, own: EngineWords): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const { code, message } = factsOf(error);
  if (code === '57014')
    return passingError('cancelled', `${own.statement} was cancelled by PostgreSQL.`, error);
  const kind = KINDS.find(([pattern]) => code !== null && pattern.test(code))?.[1];
  if (kind !== undefined && code !== null) {
    // What cannot be read is told with the cell that holds it: of that the code says enough.
    const words = kind === 'unreadable' ? '' : serverWords(message);
    return own.refused({ engine: 'PostgreSQL', kind, code, words, cause: error });
  }
  return ofServer(code, error, 'PostgreSQL') ?? lost(error);
}

/** Overload, restarts, conflicts with a standby: all pass by themselves. */
function ofServer(code: string | null, error: unknown, who: string): ConnectorError | null {
  const passing = ['53', '57', '55', '40', '25', '08'];
  if (code === null || !/^[0-9A-Z]{5}$/.test(code) || !passing.includes(code.slice(0, 2))) return null;
  const why = code === '53300' ? 'has no connection free' : 'could not do its work just now';
  return passingError(code, `${who} ${why} (${code}).`, error);
}

function lost(error: unknown): ConnectorError {
  const { message } = factsOf(error);
  if (message.includes('terminated') || message.includes('not queryable') || message.includes('was closed')) {
    return passingError(
      'connection_lost',
      'The connection to PostgreSQL was lost in the middle of a statement.',
      error,
    );
  }
  return toConnectorError(error, 'PostgreSQL');
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH/;

function isCertificate(code: string | null): boolean {
  return code !== null && CERTIFICATE.test(code);
}

function factsOf(error: unknown): { code: string | null; message: string } {
  if (!(error instanceof Error)) return { code: null, message: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { code, message: error.message };
}
