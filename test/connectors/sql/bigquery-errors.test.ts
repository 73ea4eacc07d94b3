import { expect, it } from 'vitest';
import type { ConnectorError } from '../../../connectors/sdk/index.ts';
import { windowOf } from '../../../src/domain/day.ts';
import { accept, check, failureOf, read } from './support/ask.ts';
import { refusal } from './support/bigquery.ts';
import { onBigquery, ordersAt, PER_DAY, refusing } from './support/bigquery-ground.ts';

/** What BigQuery's reasons mean: statuses and words as its table of error messages has them. */

const window = windowOf('2026-03-06', '2026-03-08', 'UTC');
const asked = { query: PER_DAY };
const failureWith = async (given: Parameters<typeof onBigquery>[0]): Promise<ConnectorError> =>
  onBigquery({ run: ordersAt([]), ...given }, async (ground) => failureOf(read(ground, asked, window)));

it.each([
  {
    stage: 'dry',
    answer: refusal(
      403,
      'accessDenied',
      'Access Denied: Table shop-1:shop.orders: User does not have permission to query table shop-1:shop.orders, or perhaps it does not exist.',
    ),
    says: 'Give the service account BigQuery Data Viewer on it',
  },
  {
    stage: 'dry',
    answer: refusal(404, 'notFound', 'Not found: Table shop-1:shop.orders was not found in location EU'),
    says: 'Not found: Table shop-1:shop.orders was not found in location EU. Correct its name (dataset.table)',
  },
  {
    stage: 'dry',
    answer: refusal(404, 'notFound', 'Not found: Project shop-2'),
    says: 'does not find a table of the query (notFound): Not found: Project shop-2.',
  },
  {
    stage: 'dry',
    answer: refusal(400, 'invalidQuery', 'Unrecognized name: att at [1:13]'),
    says: 'BigQuery refuses the query (invalidQuery): Unrecognized name: att at [1:13]. Correct the query',
  },
])('$stage: $answer.body.error.message is about this query alone', async ({ answer, says, stage }) => {
  const failure = await failureWith(refusing(stage, answer));
  expect(failure.message).toContain(says);
  expect(failure).toMatchObject({ errorClass: 'config', concerns: 'metric', remedy: { by: 'owner' } });
  // The same words before a definition is stored.
  await onBigquery(refusing(stage, answer), async (ground) => {
    expect((await accept(ground, asked)).problems).toEqual([failure.message]);
  });
});

it.each([
  {
    answer: refusal(
      403,
      'accessDenied',
      'Access Denied: Project shop-1: User does not have bigquery.jobs.create permission in project shop-1.',
    ),
    says: 'The service account may not run jobs in the project shop-1. Give it the role BigQuery Job User',
  },
  {
    answer: refusal(404, 'notFound', 'Not found: Project shop-1'),
    says: 'There is no project shop-1. Correct the setting "project".',
  },
  {
    answer: refusal(403, 'accessNotConfigured', 'BigQuery API has not been used in project 1 before.'),
    says: 'The BigQuery API is switched off in the project shop-1.',
  },
  { answer: refusal(403, 'billingNotEnabled', 'Billing.'), says: 'The project shop-1 has no billing.' },
  {
    answer: refusal(400, 'invalid', 'Invalid value for location: atlantis is not a valid value.'),
    says: 'Correct the settings "project" and "location".',
  },
])('$answer.body.error.message is about the whole connection', async ({ answer, says }) => {
  const given = refusing('dry', answer);
  for (const failure of [
    await failureWith(given),
    await onBigquery(given, (ground) => failureOf(check(ground))),
  ]) {
    expect(failure.message).toContain(says);
    expect(failure).toMatchObject({ errorClass: 'config', concerns: null, remedy: { by: 'owner' } });
  }
});

it('a project that is not there is said by the provider itself', async () => {
  await onBigquery(
    {},
    async (ground) =>
      expect((await failureOf(check(ground))).message).toContain('There is no project shop-9.'),
    { project: 'shop-9' },
  );
});

it.each([
  { status: 403, reason: 'rateLimitExceeded', errorClass: 'rate_limited' },
  { status: 403, reason: 'quotaExceeded', errorClass: 'rate_limited' },
  { status: 400, reason: 'jobRateLimitExceeded', errorClass: 'rate_limited' },
  { status: 503, reason: 'backendError', errorClass: 'transient' },
  { status: 500, reason: 'internalError', errorClass: 'transient' },
  { status: 400, reason: 'jobBackendError', errorClass: 'transient' },
  { status: 400, reason: 'jobInternalError', errorClass: 'transient' },
  { status: 400, reason: 'tableUnavailable', errorClass: 'transient' },
  { status: 403, reason: 'blocked', errorClass: 'transient' },
])('leaves $reason ($status) to time, at every stage', async ({ errorClass, reason, status }) => {
  const answer = refusal(status, reason, 'Later.');
  for (const given of [refusing('dry', answer), refusing('run', answer)]) {
    expect(await failureWith(given)).toMatchObject({ errorClass, remedy: { by: 'time' }, concerns: null });
  }
});

it.each([
  { status: 403, reason: 'rateLimitExceeded' },
  { status: 503, reason: 'backendError' },
])('waits as long as $reason asks for', async ({ reason, status }) => {
  const answer = refusal(status, reason, 'Later.', { 'retry-after': '9' });
  expect((await failureWith(refusing('run', answer))).remedy).toEqual({ by: 'time', afterMs: 9_000 });
});

it.each([
  { status: 403, reason: 'responseTooLarge', code: 'answer_too_large', says: 'Give one row a day' },
  { status: 400, reason: 'resourcesExceeded', code: 'too_costly', says: 'needs more than BigQuery gives' },
  { status: 400, reason: 'billingTierLimitExceeded', code: 'too_costly', says: 'raise maxGigabytes' },
  { status: 400, reason: 'timeout', code: 'statement_timeout', says: 'within 60 seconds' },
])('says of $reason what makes the query smaller', async ({ code, reason, says, status }) => {
  const failure = await failureWith(refusing('run', refusal(status, reason, 'Too much.')));
  expect(failure).toMatchObject({ errorClass: 'too_large', code, concerns: 'metric' });
  expect(failure.message).toContain(says);
});

it('says that a statement was stopped at what it may be billed for', async () => {
  const failure = await failureWith({ bytes: 1_999_999_999, billed: 2_000_683_008 });
  expect(failure).toMatchObject({ errorClass: 'too_large', code: 'too_costly', concerns: 'metric' });
  expect(failure.message).toContain('would be billed for more than 2 GB');
});

it.each([
  { message: 'Bad int64 value: anna@example.com', says: '(invalidQuery): Bad int64 value.' },
  { message: 'Division by zero: 5 / 0', says: '(invalidQuery): Division by zero.' },
  { message: 'row of anna@example.com is broken', says: '(invalidQuery). Look for a cast' },
])('repeats nothing of rows when a statement fails over them: $message', async ({ message, says }) => {
  const failure = await failureWith(refusing('run', refusal(400, 'invalidQuery', message)));
  expect(failure).toMatchObject({ errorClass: 'bad_payload', concerns: 'metric' });
  expect(failure.message).toContain(says);
  expect(failure.message).not.toMatch(/anna|5/);
});

it.each([
  { message: 'Job execution was cancelled: User requested cancellation', code: 'stopped', by: 'time' },
  { message: 'Job execution was cancelled: Job timed out after 60s', code: 'statement_timeout', by: 'owner' },
  { reason: 'notFound', message: 'Not found: Job shop-1:EU.job_1', code: 'no_job', by: 'time' },
])(
  'tells apart how a job ends before it is done: $message',
  async ({ by, code, message, reason = 'stopped' }) => {
    const answer = refusal(reason === 'stopped' ? 400 : 404, reason, message);
    const failure = await failureWith({ ...refusing('results', answer), unfinished: 1 });
    expect(failure).toMatchObject({ code, remedy: { by } });
  },
);

it.each([
  {
    body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' },
    status: 400,
    errorClass: 'auth',
  },
  { body: { error: 'internal_failure' }, status: 503, errorClass: 'transient' },
  { body: { error: 'rate_limit_exceeded' }, status: 429, errorClass: 'rate_limited' },
  { body: { token_type: 'Bearer' }, status: 200, errorClass: 'schema_drift' },
])('a token endpoint that answers $status is $errorClass', async ({ body, errorClass, status }) => {
  expect(await failureWith(refusing('token', { status, body }))).toMatchObject({ errorClass });
});

it('lets no token out that an error repeats', async () => {
  let token = '';
  const failure = await onBigquery({}, async (ground, server) => {
    server.instead = (url, response) => {
      if (!url.pathname.endsWith('/queries')) return false;
      token = server.headers.at(-1)?.authorization?.replace('Bearer ', '') ?? '';
      const { body, status } = refusal(400, 'invalidQuery', `Syntax error near ${token}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return true;
    };
    return failureOf(read(ground, asked, window));
  });
  expect(token).toContain('ya29.');
  expect(failure.message).toContain('Syntax error near [redacted]');
  expect(JSON.stringify(failure)).not.toContain(token);
});

const page = (more: Record<string, unknown>) => ({
  status: 200,
  body: {
    jobReference: { projectId: 'shop-1', jobId: 'job_1' },
    schema: { fields: [{ name: 'day', type: 'DATE' }] },
    totalRows: '2',
    rows: [{ f: [{ v: '2026-03-06' }] }],
    jobComplete: true,
    ...more,
  },
});

it.each([
  { answer: page({}), stage: 'run', errorClass: 'transient', says: 'counted 2 rows and sent 1' },
  {
    answer: page({ totalRows: '0' }),
    stage: 'run',
    errorClass: 'transient',
    says: 'counted 0 rows and sent 1',
  },
  { answer: page({ totalRows: undefined }), stage: 'run', errorClass: 'schema_drift', says: '/totalRows' },
  { answer: page({ schema: undefined }), stage: 'run', errorClass: 'schema_drift', says: '/schema' },
  {
    answer: page({ jobComplete: undefined }),
    stage: 'run',
    errorClass: 'schema_drift',
    says: '/jobComplete',
  },
  { answer: page({ rows: [{ f: [{}] }] }), stage: 'run', errorClass: 'schema_drift', says: '/rows/0/f/0' },
  {
    answer: page({ rows: [{ f: [] }, { f: [] }] }),
    stage: 'run',
    errorClass: 'schema_drift',
    says: 'cells and columns',
  },
  { answer: page({}), stage: 'dry', errorClass: 'schema_drift', says: '/totalBytesProcessed' },
])('believes no answer that is not whole: $says', async ({ answer, errorClass, says, stage }) => {
  const failure = await failureWith(refusing(stage, answer));
  expect(failure).toMatchObject({ errorClass });
  expect(failure.message).toContain(says);
});

it('does not follow pages that lead back to themselves', async () => {
  const again = page({ pageToken: 'again', rows: [], totalRows: '1' });
  const failure = await onBigquery({}, async (ground, server) => {
    server.instead = (url, response) => {
      if (url.pathname.endsWith('/token')) return false;
      const isFirst = server.asked.length === 2; // the dry run, behind the token
      const body = isFirst ? { totalBytesProcessed: '0' } : again.body;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return true;
    };
    const told = await failureOf(read(ground, asked, window));
    expect(server.requestCount()).toBe(4); // token, dry run, the first page and the one behind it
    return told;
  });
  expect(failure).toMatchObject({ errorClass: 'transient', code: 'incomplete' });
});
