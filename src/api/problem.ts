import { ZodError } from 'zod';
import { AppError, type AppErrorKind } from '../app/errors.ts';
import type { Problem } from './contract.ts';
import { problemPage } from './problem-codes.ts';

const STATUS: Record<AppErrorKind, { status: number; title: string }> = {
  unreadable: { status: 400, title: 'Unreadable' },
  invalid: { status: 422, title: 'The request cannot be used as it is' },
  not_found: { status: 404, title: 'Not found' },
  not_allowed_here: { status: 405, title: 'Not a method of this address' },
  conflict: { status: 409, title: 'The request does not fit the present state' },
  version_stale: { status: 412, title: 'Changed in the meantime' },
  version_missing: { status: 428, title: 'Which version?' },
  unauthorized: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  rate_limited: { status: 429, title: 'Too many requests' },
  source_failed: { status: 502, title: 'The source did not answer as it should' },
  unavailable: { status: 503, title: 'Not ready' },
};

/** Every error in the one shape of RFC 9457. What nobody foresaw says nothing of itself: the log has it. */
export function problemOf(error: unknown, instance: string, requestId: string): Problem {
  const base = { instance, requestId };
  if (error instanceof AppError) {
    const { status, title } = STATUS[error.kind];
    const { code, current, message, fix, errors, retryable } = error;
    return {
      ...base,
      type: problemPage(code),
      title,
      status,
      detail: message,
      code,
      retryable,
      fix,
      errors,
      ...(current === null ? {} : { current }),
    };
  }
  if (error instanceof ZodError) return problemOf(validationError(error), instance, requestId);
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  // An address that cannot be decoded is nothing that there is; its request may well have had no body.
  const isAddress = code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH';
  const status = isAddress ? 404 : statusCode;
  const known = status === undefined ? undefined : CLIENT_ERRORS[status];
  if (known !== undefined) {
    return {
      ...base,
      type: problemPage(known.code),
      status: status ?? 400,
      retryable: false,
      errors: [],
      ...known,
    };
  }
  const down = typeof code === 'string' ? isDown(code) : LOST.test((error as Error).message);
  return {
    ...base,
    type: down ? '/problems/database-down' : '/problems/internal',
    title: down ? 'The database does not answer' : 'Tidemark failed',
    status: down ? 503 : 500,
    detail: down
      ? 'The database does not answer at the moment.'
      : 'Something in Tidemark broke. Nothing was stored.',
    code: down ? 'database_down' : 'internal',
    retryable: down,
    fix: down ? 'Try again in a moment.' : 'Look for the request id in the log, and report it.',
    errors: [],
  };
}

/** What the driver says, without a code, of a connection that was open and is not any more. */
const LOST =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;
const isDown = (code: string): boolean =>
  code.startsWith('08') || code.startsWith('57P') || code === 'ECONNREFUSED' || code === 'ECONNRESET';

const CLIENT_ERRORS: Record<number, Pick<Problem, 'title' | 'detail' | 'code' | 'fix'>> = {
  400: {
    title: 'Unreadable',
    detail: 'The body is not JSON that can be read.',
    code: 'bad_json',
    fix: 'Send one JSON object.',
  },
  404: {
    title: 'Not found',
    detail: 'There is nothing at this address.',
    code: 'not_found',
    fix: 'Check the path.',
  },
  413: {
    title: 'Too large',
    detail: 'The body is larger than is taken here: 256 KiB, and 4 MiB for uploads.',
    code: 'body_too_large',
    fix: 'Send less at once.',
  },
  415: {
    title: 'Unknown kind of body',
    detail: 'The body is not application/json.',
    code: 'unsupported_media_type',
    fix: 'Send Content-Type: application/json.',
  },
};

/** Lists every field that does not fit, each with a pointer to it. */
export function validationError(error: ZodError): AppError {
  const errors = error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join('/')}`,
    code: issue.code,
    detail: issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`,
  }));
  const detail = errors.map((each) => each.detail).join('; ');
  return new AppError(
    'invalid',
    'validation',
    `${detail}.`,
    'Correct the fields named, then send it again.',
    { errors },
  );
}
