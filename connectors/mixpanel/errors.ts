import { afterTime, badPayload, ConnectorError, type Remedy, statusClass } from '../sdk/index.ts';

/** Longer texts of Mixpanel repeat the request. */
const SAID_LENGTH = 240;

const ACCOUNT_HINT =
  'Check user name, secret, project number and region of this connection: a wrong region looks like wrong credentials.';
const ROLE_HINT =
  'Give the service account the role Analyst or Consumer in this project (Project Settings, Service Accounts), ' +
  'and check the region: a wrong one looks like a missing right.';
const PLAN_HINT = 'The Query API needs a paid Mixpanel plan. Change the plan, or read this number elsewhere.';
const REQUEST_HINT = 'Check the parameters of this metric: names of events, number of the report, filter.';

/**
 * What an error answer means. `said` is Mixpanel's own text without secrets, or null when the answer was no JSON;
 * `waitMs` is what `Retry-After` asked for.
 */
export function statusError(status: number, said: string | null, waitMs: number | null): ConnectorError {
  const errorClass = statusClass(status, waitMs);
  const text = said === null ? '' : ` ${sentence(said)}`;
  const owner = (code: string, message: string, hint: string) =>
    failure(errorClass, code, `${message} (${status}).${text} ${hint}`, { by: 'owner', hint });
  if (status === 401) return owner('unauthorized', 'Mixpanel refused the service account', ACCOUNT_HINT);
  if (status === 402) return owner('plan', 'Mixpanel does not allow API calls on this plan', PLAN_HINT);
  if (status === 403) return owner('forbidden', 'The service account may not read this project', ROLE_HINT);
  if (errorClass === 'config') return owner(`http_${status}`, 'Mixpanel refused the request', REQUEST_HINT);
  if (errorClass === 'rate_limited') {
    const message = `Mixpanel asks to slow down (${status}).${text} People and other tools share the project's limit.`;
    return failure('rate_limited', `http_${status}`, message, afterTime(waitMs));
  }
  const message = `Mixpanel could not answer (${status}).${text} It is tried again later.`;
  return failure(errorClass, `http_${status}`, message, afterTime(waitMs));
}

/** Words of texts about what was asked for; anything else may be better in a minute. */
const ABOUT_THE_REQUEST =
  /\b(not found|does(n't| not) exist|invalid|unknown|unsupported|missing|required|must|permission|access|deleted|bookmark)\b/i;

/** An answer with status 200 whose body is an error, as saved reports are known to send. */
export function reportedError(said: string): ConnectorError {
  if (!ABOUT_THE_REQUEST.test(said)) {
    return badPayload('Mixpanel', 'error_in_answer', `sent an error as its answer (${shortened(said)})`);
  }
  const message = `Mixpanel refused the request. ${sentence(said)} ${REQUEST_HINT}`;
  return failure('config', 'error_in_answer', message, { by: 'owner', hint: REQUEST_HINT });
}

/** An export without a line, of days on which Mixpanel itself counts events, or of which it says nothing. */
export function badEmptyExport(event: string, counted: number): ConnectorError {
  const problem = `exported nothing of "${event}" for days in which it counts ${counted}`;
  return badPayload('Mixpanel', 'empty_export', problem);
}

/** What only the owner can put right in the parameters of a metric. */
export function settingError(code: string, problem: string, hint: string): ConnectorError {
  return failure('config', code, `${problem} ${hint}`, { by: 'owner', hint });
}

function failure(
  errorClass: ConnectorError['errorClass'],
  code: string,
  message: string,
  remedy: Remedy,
): ConnectorError {
  return new ConnectorError(message, { errorClass, code, remedy });
}

function sentence(said: string): string {
  const text = shortened(said);
  return /[.!?…]$/.test(text) ? `Mixpanel says: ${text}` : `Mixpanel says: ${text}.`;
}

function shortened(said: string): string {
  const text = said.trim();
  return text.length <= SAID_LENGTH ? text : `${text.slice(0, SAID_LENGTH)}…`;
}
