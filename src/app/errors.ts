/** What went wrong, as every face says it: the sentence, a stable code, and the next step. */
export type AppErrorKind =
  | 'unreadable'
  | 'invalid'
  | 'not_found'
  | 'not_allowed_here'
  | 'conflict'
  | 'version_stale'
  | 'version_missing'
  | 'unauthorized'
  | 'forbidden'
  | 'rate_limited'
  | 'source_failed'
  | 'unavailable';

export type FieldError = { pointer: string; code: string; detail: string };

/** An expected failure of a use case. `message` never holds a secret. */
export class AppError extends Error {
  readonly kind: AppErrorKind;
  readonly code: string;
  readonly fix: string;
  readonly errors: FieldError[];
  readonly retryable: boolean;
  /** How long to wait before it can go better; null where nobody knows. */
  readonly retryAfterSeconds: number | null;
  /** Of a version that is not the present one: the present one. */
  readonly current: string | null;

  constructor(
    kind: AppErrorKind,
    code: string,
    message: string,
    fix: string,
    more: {
      errors?: FieldError[];
      retryable?: boolean;
      retryAfterSeconds?: number;
      current?: string;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.fix = fix;
    this.errors = more.errors ?? [];
    this.retryable = more.retryable ?? false;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.current = more.current ?? null;
  }
}

export function notFound(what: string, id: string, fix: string): AppError {
  return new AppError('not_found', 'not_found', `There is no ${what} "${id}" in this workspace.`, fix);
}

export function alreadyExists(what: string, key: string): AppError {
  return new AppError(
    'conflict',
    'already_exists',
    `A ${what} "${key}" exists already.`,
    'Choose another key.',
  );
}

/** One field of the request that reads well but cannot be used. */
export function invalidField(pointer: string, code: string, detail: string, fix: string): AppError {
  return new AppError('invalid', 'validation', detail, fix, { errors: [{ pointer, code, detail }] });
}
