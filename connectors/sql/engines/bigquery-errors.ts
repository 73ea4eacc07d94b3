import { z } from 'zod';
import { ConnectorError, errorFromStatus, redact, retryAfterMs } from '../../sdk/index.ts';
import { ownersError, passingError, serverWords, timeoutError, tooManyRowsError } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { EngineContext, Refusal } from './session.ts';

const errorSchema = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z.array(z.object({ reason: z.string().default('') })).default([]),
  }),
});

type Context = Pick<EngineContext, 'settings' | 'words'>;
/** `isDry`: the statement was not run, so that what is said of it is about names and not about rows. */
type Asked = { isDry: boolean; secrets: readonly string[] };
type Told = { reason: string; message: string; waitMs: number | null };

/** What BigQuery's reasons mean to the owner of the statement. */
export function bigqueryError(answer: HttpAnswer, context: Context, asked: Asked): ConnectorError {
  const told = factsOf(answer, asked.secrets);
  if (told === null) return errorFromStatus('BigQuery', answer.status, answer.headers);
  return (
    passing(told) ??
    ofProject(told, context) ??
    ofStatement(told, context, asked.isDry) ??
    (answer.status >= 500
      ? passingError(told.reason, wentWrong(told.reason), undefined, told.waitMs ?? undefined)
      : errorFromStatus('BigQuery', answer.status, answer.headers))
  );
}

/** What may be otherwise in a minute. */
function passing({ message, reason, waitMs }: Told): ConnectorError | null {
  switch (reason) {
    case 'quotaExceeded':
    case 'rateLimitExceeded':
    case 'jobRateLimitExceeded':
      return new ConnectorError(
        `BigQuery asks for fewer statements (${reason}). Reading goes on by itself.`,
        {
          errorClass: 'rate_limited',
          code: reason,
          remedy: waitMs === null ? { by: 'time' } : { by: 'time', afterMs: waitMs },
        },
      );
    // They come with the status 400 or 403, although nobody has to change anything.
    case 'blocked':
    case 'jobBackendError':
    case 'jobInternalError':
    case 'tableUnavailable':
      return passingError(reason, wentWrong(reason));
    case 'stopped':
      return /requested/i.test(message)
        ? passingError(reason, 'Somebody has stopped the job in BigQuery.')
        : null;
    case 'notFound':
      return /^not found: job\b/i.test(message)
        ? passingError('no_job', 'BigQuery does not find the job of a statement any more.')
        : null;
    default:
      return null;
  }
}

/** What no statement of this connection gets past. */
function ofProject({ message, reason }: Told, { settings }: Context): ConnectorError | null {
  const project = settings.project ?? '';
  switch (reason) {
    case 'authError':
    case 'required': {
      const what = 'BigQuery refuses the key of the service account.';
      return ownersError('auth', reason, what, 'Make a new key, or check that the account still exists.');
    }
    case 'accessDenied': {
      if (!message.includes('bigquery.jobs.create')) return null;
      const what = `The service account may not run jobs in the project ${project}.`;
      return ownersError('config', 'no_jobs', what, 'Give it the role BigQuery Job User in that project.');
    }
    case 'accessNotConfigured': {
      const what = `The BigQuery API is switched off in the project ${project}.`;
      return ownersError('config', reason, what, 'Enable it there (APIs and services), and try again.');
    }
    case 'billingNotEnabled': {
      const what = `The project ${project} has no billing.`;
      return ownersError('config', reason, what, 'Switch billing on for it, or name another project.');
    }
    case 'notFound':
      return isOwnProject(message, project)
        ? ownersError(
            'config',
            'no_project',
            `There is no project ${project}.`,
            'Correct the setting "project".',
          )
        : null;
    case 'invalid':
      return ownersError(
        'config',
        reason,
        `BigQuery does not take a request: ${serverWords(message)}.`,
        'Correct the settings "project" and "location".',
      );
    default:
      return null;
  }
}

function isOwnProject(message: string, project: string): boolean {
  const [, named = ''] = /^not found: project ([a-z0-9.:-]+)/i.exec(message) ?? [];
  return named.replace(/[.:]$/, '') === project;
}

function ofStatement(
  { message, reason }: Told,
  { settings, words: own }: Context,
  isDry: boolean,
): ConnectorError | null {
  const refused = (kind: Refusal['kind'], words = serverWords(message)) =>
    own.refused({ engine: 'BigQuery', kind, code: reason, words });
  switch (reason) {
    case 'accessDenied':
      return refused('no_right');
    case 'notFound':
      return refused('no_table');
    case 'invalidQuery':
      // It went through the dry run: what is wrong now are rows, and the words quote them.
      return isDry ? refused('misfit') : refused('unreadable', beforeValues(message));
    case 'bytesBilledLimitExceeded': {
      const what = `${own.statement} would be billed for more than ${settings.maxGigabytes} GB.`;
      return ownersError('too_large', 'too_costly', what, own.costly);
    }
    case 'billingTierLimitExceeded':
    case 'resourcesExceeded': {
      const what = `${own.statement} needs more than BigQuery gives to one (${reason}).`;
      return ownersError('too_large', 'too_costly', what, own.costly);
    }
    case 'responseTooLarge':
      return tooManyRowsError('BigQuery', own.large);
    case 'timeout':
    case 'stopped':
      return timeoutError(settings.statementTimeoutSeconds, 'BigQuery', own.slow);
    default:
      return null;
  }
}

/** How BigQuery begins to say that a row does not fit; the value follows, or a text of the query's own (ERROR). */
const OF_ROWS =
  /^(?:bad \w+ value|could not cast \w+|division by zero|failed to parse input string|invalid \w+|\w+ overflow|scalar subquery produced more than one element)\b/i;

function beforeValues(message: string): string {
  return OF_ROWS.exec(message)?.[0] ?? '';
}

const wentWrong = (reason: string) => `BigQuery could not do its work just now (${reason}).`;

function factsOf({ body, headers }: HttpAnswer, secrets: readonly string[]): Told | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const parsed = errorSchema.safeParse(json);
  if (!parsed.success) return null;
  const { errors, message } = parsed.data.error;
  const reason = errors[0]?.reason ?? 'unknown';
  return { reason, message: redact(message, secrets), waitMs: retryAfterMs(headers.get('retry-after')) };
}
