import { describe, expect, it } from 'vitest';
import { ga4 } from '../../../connectors/ga4/index.ts';
import type { ErrorClass, Remedy } from '../../../connectors/sdk/index.ts';
import { testContext } from '../support/context.ts';
import { fixture, property } from './support/property.ts';
import { config, runOn, week } from './support/read.ts';
import { type Answer, EMAIL, startRest } from './support/server.ts';

type Case = {
  name: string;
  http: number;
  grpc?: number;
  headers?: Record<string, string>;
  body?: unknown;
  bodyText?: string;
};
type Due = { errorClass: ErrorClass; code: string; remedy: Partial<Remedy> };

// The run is at 13:48:00 UTC, 06:48 in California on a day of daylight saving.
const now = new Date('2026-03-20T13:48:00Z');
const minute = 60_000;

// `do` of the fixture, in the words of the error classes.
const due: Record<string, Due> = {
  invalid_metric: { errorClass: 'config', code: 'invalid_argument', remedy: { by: 'owner' } },
  incompatible: { errorClass: 'config', code: 'invalid_argument', remedy: { by: 'owner' } },
  bad_token: { errorClass: 'auth', code: 'unauthenticated', remedy: { by: 'owner' } },
  no_access: { errorClass: 'auth', code: 'permission_denied', remedy: { by: 'owner' } },
  api_disabled: { errorClass: 'auth', code: 'service_disabled', remedy: { by: 'owner' } },
  // to the full hour at most: 12 minutes
  project_hour_tokens: {
    errorClass: 'rate_limited',
    code: 'tokens_per_hour',
    remedy: { by: 'time', afterMs: 12 * minute },
  },
  concurrent: {
    errorClass: 'rate_limited',
    code: 'concurrent_requests',
    remedy: { by: 'time', afterMs: 30_000 },
  },
  // 17 hours and 12 minutes to midnight in California
  day_tokens: {
    errorClass: 'rate_limited',
    code: 'tokens_per_day',
    remedy: { by: 'time', afterMs: (17 * 60 + 12) * minute },
  },
  internal: { errorClass: 'transient', code: 'http_500', remedy: { by: 'time', afterMs: 5 * minute } },
  unavailable: { errorClass: 'transient', code: 'http_503', remedy: { by: 'time', afterMs: 5 * minute } },
  deadline: { errorClass: 'transient', code: 'http_504', remedy: { by: 'time' } },
  html_error_page: { errorClass: 'transient', code: 'http_502', remedy: { by: 'time' } },
};

async function failWith(answer: Answer, transport: 'rest' | 'grpc' = 'rest') {
  const { outcomes, asked } = await runOn(() => answer, [{ metric: 'sessions' }], { transport, now });
  const [outcome] = outcomes;
  if (outcome === undefined || !('error' in outcome)) throw new Error('nothing failed');
  return { error: outcome.error as Error & { remedy: Remedy }, requests: asked.length };
}

const { cases } = fixture('errors.json') as unknown as { cases: Case[] };

it('has an answer to every case of the fixture', () => {
  expect(Object.keys(due).toSorted()).toEqual(cases.map(({ name }) => name).toSorted());
});

describe.each(['rest', 'grpc'] as const)('what an error over %s means', (transport) => {
  const told = cases.filter(({ grpc }) => transport === 'rest' || grpc !== undefined);
  it.each(told)('$name ($http)', async ({ name, http, grpc, body, bodyText, headers }) => {
    const { remedy, ...facts } = due[name] as Due;
    const failed = await failWith(
      {
        status: http,
        ...(grpc === undefined ? {} : { grpc }),
        ...(bodyText === undefined ? { body } : { text: bodyText }),
        headers: transport === 'rest' ? (headers ?? {}) : {},
      },
      transport,
    );
    expect(failed.error).toMatchObject({ name: 'ConnectorError', ...facts });
    expect(failed.error.remedy).toMatchObject(remedy);
    // A report is never tried twice by itself: ten server errors in an hour lock the property out.
    expect(failed.requests).toBe(1);
  });

  it('waits as long as it is asked to', async () => {
    const body = {
      error: { code: 429, message: 'Exhausted concurrent requests quota.', status: 'RESOURCE_EXHAUSTED' },
    };
    const { error } = await failWith(
      { status: 429, grpc: 8, headers: { 'retry-after': '77' }, body },
      transport,
    );
    expect(error.remedy).toEqual({ by: 'time', afterMs: 77_000 });
  });

  it('a call that Google cancelled (499) is simply tried again', async () => {
    const body = { error: { code: 499, message: 'Cancelled.', status: 'CANCELLED' } };
    const { error } = await failWith({ status: 499, grpc: 1, body }, transport);
    expect(error).toMatchObject({ errorClass: 'transient', remedy: { by: 'time' } });
  });

  it('too many server errors are left alone for an hour', async () => {
    const message = 'Exhausted quota for server errors per project per hour.';
    const { error } = await failWith(
      { status: 429, grpc: 8, body: { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } } },
      transport,
    );
    expect(error.remedy).toEqual({ by: 'time', afterMs: 60 * minute });
  });
});

it('a name that was retired (conversions) reaches the owner in Google’s words', async () => {
  const message = 'Field conversions is not a valid metric. Did you mean keyEvents?';
  const body = { error: { code: 400, message, status: 'INVALID_ARGUMENT' } };
  const { error } = await failWith({ status: 400, body });
  expect(error.message).toContain(message);
  expect(error.remedy).toMatchObject({
    by: 'owner',
    hint: expect.stringContaining('Did you mean keyEvents') as string,
  });
});

it('tells the owner whom to give access to, and where the API is switched on', async () => {
  const answerOf = (name: string) => cases.find((one) => one.name === name);
  const noAccess = await failWith({ status: 403, body: answerOf('no_access')?.body });
  expect(noAccess.error.message).toContain(`Add ${EMAIL} as a Viewer`);
  const disabled = await failWith({ status: 403, body: answerOf('api_disabled')?.body });
  expect(disabled.error.message).toContain('Enable the "Google Analytics Data API"');
});

it('takes a null where a text belongs for a broken answer and not for a bug', async () => {
  const good = property({ '2026-03-02': { sessions: 1 } });
  const { outcomes } = await runOn(
    (call) => JSON.parse(JSON.stringify(good(call)).replace('"value":"1"', '"value":null')) as Answer,
    [{ metric: 'sessions' }],
  );
  expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'undecodable' } }]);
});

it.each([
  { why: 'a foreign {} with status 200', body: {} },
  { why: 'a single report instead of a batch', body: { kind: 'analyticsData#runReport' } },
  { why: 'a batch without its reports', body: { kind: 'analyticsData#batchRunReports', reports: [] } },
  {
    why: 'a report of another kind in the batch',
    body: { kind: 'analyticsData#batchRunReports', reports: [{ kind: 'analyticsData#runRealtimeReport' }] },
  },
])('$why is no week of zeros', async ({ body }) => {
  const { outcomes } = await runOn(() => ({ body }), [{ metric: 'sessions' }]);
  expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'wrong_kind' } }]);
});

it('a column that was not sent is a changed shape', async () => {
  const respond = property({}, { change: (report) => ({ ...report, metricHeaders: [] }) });
  const { outcomes } = await runOn(respond, [{ metric: 'sessions' }]);
  // Also without a row to look up: an empty answer has to prove its headers too.
  expect(outcomes).toMatchObject([{ error: { errorClass: 'schema_drift', code: '/headers/sessions' } }]);
});

it('does not hang for ever on a server that never answers, though the client ignores its timeout', async () => {
  const server = await startRest(() => null);
  try {
    const { context } = testContext(config, server.endpoint, now);
    const impatient: typeof context.fetch = (input, init) => {
      const signals = [AbortSignal.timeout(100), ...(init?.signal === undefined ? [] : [init.signal])];
      return context.fetch(input, { ...init, signal: AbortSignal.any(signals) });
    };
    const reading = ga4.metrics['sessions']?.read({ ...context, fetch: impatient }, week, {});
    await expect(reading).rejects.toMatchObject({ errorClass: 'transient', remedy: { by: 'time' } });
  } finally {
    await server.close();
  }
});
