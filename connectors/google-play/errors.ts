import {
  badPayload,
  ConnectorError,
  type ErrorClass,
  type GoogleRefusal,
  googleLimitError,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';

export const PROVIDER = 'Google Play';

/** What an error answer of Cloud Storage means; `email` is whose key asked. */
export function storageError(
  status: number,
  headers: Headers,
  told: GoogleRefusal | null,
  { bucket, email }: { bucket: string; email: string },
): ConnectorError {
  const waitMs = retryAfterMs(headers.get('retry-after'));
  const errorClass = statusClass(status, waitMs);
  if (errorClass === 'rate_limited') return googleLimitError(PROVIDER, `http_${status}`, waitMs);
  if (status === 401) {
    const hint = 'Enter a new JSON key of the service account.';
    return ownersError('auth', 'unauthorized', `Cloud Storage refused the token of ${email} (401).`, hint);
  }
  if (status === 403) {
    const hint =
      `Invite ${email} in Play Console, Users and permissions, with the right to view app information and download bulk reports. ` +
      'It may take a day until the right reaches the bucket.';
    const reason = told?.reason === '' ? 'forbidden' : (told?.reason ?? 'forbidden');
    return ownersError('config', reason, `${email} may not read the reports in ${bucket} (403).`, hint);
  }
  if (status === 404) {
    const hint = 'Copy the Cloud Storage URI of Play Console, Download reports.';
    return ownersError('config', 'no_bucket', `There is no bucket ${bucket} (404).`, hint);
  }
  if (errorClass === 'config') {
    const hint = 'Check the settings of this connection.';
    return ownersError('config', `http_${status}`, `Cloud Storage refused the question (${status}).`, hint);
  }
  return passingError(`http_${status}`, `Cloud Storage could not answer (${status}).`);
}

/** What was listed a moment ago is another file by now. */
export function replacedError(name: string): ConnectorError {
  return passingError('replaced', `${name} was written anew while it was read.`);
}

export const badFile = (code: string, problem: string, cause?: unknown) =>
  badPayload(PROVIDER, code, problem, cause);

function passingError(code: string, problem: string): ConnectorError {
  return new ConnectorError(`${problem} It is tried again later.`, {
    errorClass: 'transient',
    code,
    remedy: { by: 'time' },
  });
}

function ownersError(errorClass: ErrorClass, code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, { errorClass, code, remedy: { by: 'owner', hint } });
}
