import { describe, expect, it } from 'vitest';
import type { ErrorClass, Remedy } from '../../../connectors/sdk/index.ts';
import { startFake } from './mirror/fake.ts';
import { fixture } from './support/objects.ts';
import { readFrom } from './support/read.ts';

type Case = {
  name: string;
  http: number;
  headers: Record<string, string>;
  body?: unknown;
  bodyText?: string;
};
type Due = { errorClass: ErrorClass; code: string; remedy: Partial<Remedy>; requests: number };

// `do` of the fixture, in the words of the error classes; one quick retry of a server error that allows it.
const due: Record<string, Due> = {
  bad_key: { errorClass: 'auth', code: 'unauthorized', remedy: { by: 'owner' }, requests: 1 },
  restricted_key: { errorClass: 'auth', code: 'rak_subscription_read', remedy: { by: 'owner' }, requests: 1 },
  missing: { errorClass: 'config', code: 'resource_missing', remedy: { by: 'maintainer' }, requests: 1 },
  unknown_parameter: {
    errorClass: 'config',
    code: 'parameter_unknown',
    remedy: { by: 'maintainer' },
    requests: 1,
  },
  expand_too_deep: {
    errorClass: 'config',
    code: 'property_expansion_max_depth',
    remedy: { by: 'maintainer' },
    requests: 1,
  },
  rate_limit: { errorClass: 'rate_limited', code: 'global-rate', remedy: { by: 'time' }, requests: 1 },
  rate_limit_should_retry: {
    errorClass: 'rate_limited',
    code: 'endpoint-concurrency',
    remedy: { by: 'time' },
    requests: 1,
  },
  lock_timeout: {
    errorClass: 'transient',
    code: 'lock_timeout',
    remedy: { by: 'time', afterMs: 2_000 },
    requests: 1,
  },
  server_error: { errorClass: 'transient', code: 'http_500', remedy: { by: 'time' }, requests: 2 },
  server_error_no_retry: { errorClass: 'transient', code: 'http_500', remedy: { by: 'time' }, requests: 1 },
  conflict: { errorClass: 'transient', code: 'idempotency_key_in_use', remedy: { by: 'time' }, requests: 1 },
  html: { errorClass: 'transient', code: 'http_502', remedy: { by: 'time' }, requests: 2 },
};

/** One list that is asked for before any other can be, so that its answer alone decides. */
const when = { now: '2026-03-10T00:00:00Z', kinds: ['balance_entry'] } as const;

async function failWith(answer: {
  http: number;
  headers?: Record<string, string>;
  body?: unknown;
  bodyText?: string;
}) {
  const fake = await startFake({});
  fake.server.answer('/v1/balance_transactions', () => ({
    status: answer.http,
    headers: answer.headers ?? {},
    ...(answer.bodyText === undefined ? { body: answer.body } : { text: answer.bodyText }),
  }));
  try {
    const error: unknown = await readFrom(fake, when).catch((caught: unknown) => caught);
    return { error: error as Error & { remedy: Remedy }, requests: fake.server.requestCount() };
  } finally {
    await fake.server.close();
  }
}

describe('what an error of Stripe means', () => {
  const { cases } = fixture<{ cases: Case[] }>('errors.json');
  it('has an answer to every case of the fixture', () => {
    expect(Object.keys(due).toSorted()).toEqual(cases.map(({ name }) => name).toSorted());
  });

  it.each(cases)('$name ($http)', async ({ name, ...answer }) => {
    const { requests, remedy, ...facts } = due[name] as Due;
    const failed = await failWith(answer);
    expect(failed.error).toMatchObject({ name: 'ConnectorError', ...facts });
    expect(failed.error.remedy).toMatchObject(remedy);
    expect(failed.requests).toBe(requests);
  });
});

it('tells the owner which permission is missing', async () => {
  const message = "Having the 'rak_dispute_read' permission would allow this request to continue.";
  const { error } = await failWith({
    http: 403,
    body: { error: { type: 'invalid_request_error', message } },
  });
  expect(error.message).toContain('Give the restricted key the permission rak_dispute_read');
});

it('tells the owner that the key has expired', async () => {
  const body = {
    error: { type: 'invalid_request_error', code: 'api_key_expired', message: 'Expired API Key provided' },
  };
  const { error } = await failWith({ http: 401, body });
  expect(error.message).toContain('the key has expired');
  expect(error.remedy).toMatchObject({ by: 'owner' });
});

it('waits as long as Stripe asks when it is overloaded', async () => {
  const body = { error: { type: 'api_error', message: 'busy' } };
  const { error, requests } = await failWith({ http: 503, headers: { 'retry-after': '120' }, body });
  expect(error).toMatchObject({ errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 120_000 } });
  expect(requests).toBe(1);
});

it('does not take an error for a result because its status is 200', async () => {
  const { error } = await failWith({ http: 200, body: { error: { type: 'api_error', message: 'odd' } } });
  expect(error).toMatchObject({ errorClass: 'bad_payload', remedy: { by: 'time' } });
});

it('says that nobody answers at an address', async () => {
  const fake = await startFake({});
  await fake.server.close();
  const reading = readFrom(fake, when);
  await expect(reading).rejects.toMatchObject({
    errorClass: 'transient',
    code: 'econnrefused',
    remedy: { by: 'time' },
  });
});
