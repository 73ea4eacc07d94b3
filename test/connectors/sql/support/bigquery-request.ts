import type { Answer } from '../../../../sandbox/google/answer.ts';

/** A request to jobs.query, and what BigQuery finds wrong with one. */

type Parameter = { name: string; parameterType: { type: string }; parameterValue: { value: string } };
export type QueryRequest = {
  query: string;
  useLegacySql?: boolean;
  maximumBytesBilled?: string;
  location?: string;
  parameterMode?: string;
  queryParameters?: Parameter[];
  dryRun?: boolean;
  timeoutMs?: number;
  jobTimeoutMs?: string;
  maxResults?: number;
  requestId?: string;
};

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  503: 'UNAVAILABLE',
};

/** An error body of the BigQuery API: the reason stands in `errors`. */
export function refusal(
  code: number,
  reason: string,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  const errors = [{ message, domain: 'global', reason }];
  const status = STATUSES[code] ?? 'INTERNAL';
  return { status: code, headers, body: { error: { code, message, errors, status } } };
}

const WHOLE = /^\d+$/;
/** What each member has to be; a whole number of 64 bits is written as a text. */
const MEMBERS: Readonly<Record<keyof QueryRequest, (value: unknown) => boolean>> = {
  query: (value) => typeof value === 'string' && value !== '',
  useLegacySql: (value) => typeof value === 'boolean',
  maximumBytesBilled: (value) => typeof value === 'string' && WHOLE.test(value),
  location: (value) => typeof value === 'string',
  parameterMode: (value) => value === 'NAMED' || value === 'POSITIONAL',
  queryParameters: (value) => Array.isArray(value) && value.length > 0,
  dryRun: (value) => typeof value === 'boolean',
  timeoutMs: Number.isInteger,
  jobTimeoutMs: (value) => typeof value === 'string' && WHOLE.test(value),
  maxResults: Number.isInteger,
  requestId: (value) => typeof value === 'string' && /^[\x21-\x7e]{1,36}$/.test(value),
};

const TYPES: Readonly<Record<string, (text: string) => boolean>> = {
  DATE: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text),
  TIMESTAMP: (text) =>
    /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/.test(text),
  STRING: () => true,
};

export function problemOf(asked: QueryRequest): Answer | null {
  for (const [name, value] of Object.entries(asked)) {
    if (!Object.hasOwn(MEMBERS, name))
      return refusal(
        400,
        'invalid',
        `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`,
      );
    if (!MEMBERS[name as keyof QueryRequest](value))
      return refusal(400, 'invalid', `Invalid value for: ${name}`);
  }
  if (asked.query === undefined) return refusal(400, 'required', 'Required parameter is missing: query');
  if (asked.useLegacySql !== false)
    return refusal(400, 'invalidQuery', 'Legacy SQL does not know the form of this statement.');
  const given = asked.queryParameters ?? [];
  if (given.length > 0 && asked.parameterMode !== 'NAMED')
    return refusal(400, 'invalid', 'Named parameters need parameterMode NAMED.');
  for (const { name, parameterType, parameterValue } of given) {
    if (TYPES[parameterType.type]?.(parameterValue.value) !== true)
      return refusal(400, 'invalidQuery', `Invalid query parameter "${name}" of type ${parameterType.type}`);
  }
  const missing = [...asked.query.matchAll(/(?<!@)@(\w+)/g)].find(
    ([, name]) => !given.some((each) => each.name === name),
  );
  return missing === undefined
    ? null
    : refusal(400, 'invalidQuery', `Query parameter '${missing[1]}' not found at [1:${missing.index + 1}]`);
}
