import { z } from 'zod';
import { ConnectorError, errorFromStatus, retryAfterMs } from '../../../connectors/sdk/index.ts';
import type { TableConfig } from './config.ts';
import { ownersError, passingError, serverWords, timeoutError, tooManyRowsError } from './failure.ts';
import type { HttpAnswer } from './http-exchange.ts';

const errorSchema = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z.array(z.object({ reason: z.string().default('') })).default([]),
  }),
});

/** What BigQuery's reasons mean to the owner of the table. */
export function bigqueryError(answer: HttpAnswer, config: TableConfig): ConnectorError {
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
    case 'accessDenied': {
      const what = `The service account may not read ${config.table}, or may not run jobs in ${config.project}.`;
      const hint = 'Give it BigQuery Data Viewer on the table and BigQuery Job User in the project.';
      return ownersError('config', reason, what, hint);
    }
    case 'notFound': {
      const what = `BigQuery does not find ${config.table}: ${words}.`;
      return ownersError('config', reason, what, 'Correct the settings "table", "project" or "location".');
    }
    case 'invalidQuery': {
      const what = `BigQuery refuses a statement over ${config.table}: ${words}.`;
      return ownersError('config', reason, what, 'Check which column is which, and timeAs.');
    }
    case 'bytesBilledLimitExceeded': {
      const what = `A statement over ${config.table} would be billed for more than ${config.maxGigabytes} GB.`;
      const hint = 'Partition the table by its time column, choose a shorter window, or raise maxGigabytes.';
      return ownersError('too_large', 'too_costly', what, hint);
    }
    case 'resourcesExceeded':
    case 'responseTooLarge':
      return tooManyRowsError('BigQuery');
    case 'timeout':
    case 'stopped':
      return timeoutError(config.statementTimeoutSeconds, 'BigQuery');
    case 'billingNotEnabled': {
      const what = `The project ${config.project} has no billing.`;
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
