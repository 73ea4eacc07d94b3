import { z } from 'zod';
import { ConnectorError, errorFromStatus, retryAfterMs } from '../../sdk/index.ts';
import { ownersError, passingError, serverWords, timeoutError, tooManyRowsError } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { EngineContext } from './session.ts';

const errorSchema = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z.array(z.object({ reason: z.string().default('') })).default([]),
  }),
});

/** What BigQuery's reasons mean to the owner of the statement. */
export function bigqueryError(
  answer: HttpAnswer,
  { settings, words: own }: Pick<EngineContext, 'settings' | 'words'>,
): ConnectorError {
  const refused = (kind: 'no_right' | 'no_table' | 'misfit', code: string, words: string) =>
    own.refused({ engine: 'BigQuery', kind, code, words });
  const told = factsOf(answer.body);
  if (told === null) return errorFromStatus('BigQuery', answer.status, answer.headers);
  const { message, reason } = told;
  const words = serverWords(message);
  const waitMs = retryAfterMs(answer.headers.get('retry-after'));
  switch (reason) {
    case 'authError':
    case 'required': {
      const what = 'BigQuery refuses the key of the service account.';
      return ownersError('auth', reason, what, 'Make a new key, or check that the account still exists.');
    }
    case 'accessDenied':
      return refused('no_right', reason, words);
    case 'notFound':
      return refused('no_table', reason, words);
    case 'invalidQuery':
      return refused('misfit', reason, words);
    case 'bytesBilledLimitExceeded': {
      const what = `${own.statement} would be billed for more than ${settings.maxGigabytes} GB.`;
      return ownersError('too_large', 'too_costly', what, own.costly);
    }
    case 'resourcesExceeded':
    case 'responseTooLarge':
      return tooManyRowsError('BigQuery', own.large);
    case 'timeout':
    case 'stopped':
      return timeoutError(settings.statementTimeoutSeconds, 'BigQuery', own.slow);
    case 'billingNotEnabled': {
      const what = `The project ${settings.project} has no billing.`;
      return ownersError('config', reason, what, 'Switch billing on for it, or name another project.');
    }
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
    default:
      return answer.status >= 500
        ? passingError(reason, `BigQuery could not do its work just now (${reason}).`)
        : errorFromStatus('BigQuery', answer.status, answer.headers);
  }
}

function factsOf(body: string): { reason: string; message: string } | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  const parsed = errorSchema.safeParse(json);
  if (!parsed.success) return null;
  const { errors, message } = parsed.data.error;
  return { reason: errors[0]?.reason ?? 'unknown', message };
}
