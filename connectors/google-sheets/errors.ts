import {
  badPayload,
  ConnectorError,
  type ErrorClass,
  type GoogleRefusal,
  googleLimitError,
  type Remedy,
  retryAfterMs,
  statusClass,
} from '../sdk/index.ts';

export const PROVIDER = 'Google Sheets';
const TITLE_LENGTH = 80;

/** What an error answer means. `asked` is what was asked for: `the range "Log!A:D"`; `email` whose key asked. */
export function sheetsError(
  status: number,
  headers: Headers,
  told: GoogleRefusal | null,
  { asked, email }: { asked: string; email: string },
): ConnectorError {
  const reason = told?.reason ?? '';
  const waitMs = retryAfterMs(headers.get('retry-after'));
  const errorClass = statusClass(status, waitMs);
  if (errorClass === 'rate_limited') return googleLimitError(PROVIDER, `http_${status}`, waitMs);
  if (status === 401) {
    const hint = 'Enter a new JSON key of the service account.';
    return ownersError('auth', 'unauthorized', `${PROVIDER} refused the token of ${email} (401).`, hint);
  }
  if (reason === 'SERVICE_DISABLED') {
    const hint = 'Enable the Google Sheets API in the Google Cloud project of the service account.';
    return ownersError('config', reason, 'The Google Sheets API is not enabled (403).', hint);
  }
  if (status === 403) {
    const hint = `Share the spreadsheet with ${email} as a Viewer.`;
    return ownersError('config', 'forbidden', `${email} may not read ${asked} (403).`, hint);
  }
  if (status === 404) {
    const hint = 'Check the address of the spreadsheet; it may have been deleted.';
    return ownersError('config', 'not_found', `${PROVIDER} does not find ${asked} (404).`, hint);
  }
  if (status === 400 && /not supported for this document/i.test(told?.message ?? '')) {
    const hint = 'Open it in Google Sheets, choose File, Save as Google Sheets, and use the new one.';
    return ownersError('config', 'not_a_sheet', `${asked} is an Excel file and no Google spreadsheet.`, hint);
  }
  if (status === 400 && /unable to parse range/i.test(told?.message ?? '')) {
    const hint =
      'Write it as Sheet!A:D, or name a range (Data, Named ranges); look at the name of the sheet.';
    return rangeError('no_range', `${PROVIDER} does not find ${asked}.`, hint);
  }
  if (errorClass === 'config') {
    const hint = 'Check the parameters of this metric.';
    return ownersError('config', `http_${status}`, `${PROVIDER} refused ${asked} (${status}).`, hint);
  }
  const message = `${PROVIDER} could not answer for ${asked} (${status}). It is tried again later.`;
  return failure(errorClass, `http_${status}`, message, { by: 'time' });
}

/** What somebody has to mend in a cell, a column or a range. It says nothing of other metrics. */
export function rangeError(code: string, problem: string, hint: string): ConnectorError {
  return new ConnectorError(`${problem} ${hint}`, {
    errorClass: 'config',
    code,
    remedy: { by: 'owner', hint },
    concerns: 'metric',
  });
}

/** A cell that is still being worked out, as imported ones are for a while. */
export function loadingError(cell: string): ConnectorError {
  const message = `${cell} is still loading. It is read again later.`;
  return new ConnectorError(message, {
    errorClass: 'transient',
    code: 'loading',
    remedy: { by: 'time' },
    concerns: 'metric',
  });
}

export const badAnswer = (code: string, problem: string) => badPayload(PROVIDER, code, problem);

/** A name or a cell's text, short enough for a sentence. */
export function shown(text: string): string {
  const plain = text.replaceAll(/\p{Cc}/gu, ' ');
  return `"${plain.length > TITLE_LENGTH ? `${plain.slice(0, TITLE_LENGTH)}…` : plain}"`;
}

function ownersError(errorClass: ErrorClass, code: string, problem: string, hint: string): ConnectorError {
  return failure(errorClass, code, `${problem} ${hint}`, { by: 'owner', hint });
}

function failure(errorClass: ErrorClass, code: string, message: string, remedy: Remedy): ConnectorError {
  return new ConnectorError(message, { errorClass, code, remedy });
}
