import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import {
  mixpanelHosts,
  mixpanelSettingsSchema,
  type ProgressMessage,
  progressEvent,
  progressMessageSchema,
  refusalOf,
  sendProgress,
} from '../../src/notifications/mixpanel.ts';
import { startReceiver } from './receiver.ts';

let receiver: Awaited<ReturnType<typeof startReceiver>> | null = null;
afterEach(async () => {
  await receiver?.close();
  receiver = null;
});

const message: ProgressMessage = progressMessageSchema.parse({
  v: 1,
  type: 'key_result.progress',
  keyResult: { id: 'kr_1', key: 'growth.signups', title: 'Sign-ups' },
  asOfDay: '2026-03-08',
  revision: 'snapshot-7',
  computedAt: '2026-03-09T06:00:00.700Z',
  value: 120,
  target: 200,
  progress: 0.2,
  expected: 0.5,
  status: 'off_track',
  dataState: 'fresh',
  sandbox: true,
});
const settings = mixpanelSettingsSchema.parse({ projectId: 2195193, serviceAccount: 'tidemark.sa' });
const secrets = { serviceAccountSecret: 'kEpt0utOfSight' };
const OK = { code: 200, num_records_imported: 1, status: 'OK' };

type Answer = { status: number; headers?: Record<string, string>; body: unknown };
async function send(answer: Answer, change: { message?: ProgressMessage; signal?: AbortSignal } = {}) {
  receiver = await startReceiver((_request, response) => {
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(text);
  });
  return sendProgress({
    settings,
    secrets,
    endpoint: new URL(receiver.url),
    message: change.message ?? message,
    fetch: receiver.fetch,
    signal: change.signal ?? new AbortController().signal,
    now: new Date('2026-03-09T06:00:01Z'),
  });
}
const sent = (index = 0) =>
  JSON.parse(receiver?.received[index]?.body ?? 'null') as {
    event: string;
    properties: Record<string, unknown>;
  }[];

describe('the event in Mixpanel', () => {
  it('is one per delivery, sent to the strict import with the service account', async () => {
    expect(await send({ status: 200, body: OK })).toEqual({ ok: true, status: 200 });
    expect(receiver?.received).toEqual([
      expect.objectContaining({ method: 'POST', path: '/import?strict=1&project_id=2195193' }),
    ]);
    expect(receiver?.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: `Basic ${btoa('tidemark.sa:kEpt0utOfSight')}`,
    });
    expect(sent()).toEqual([
      {
        event: 'Key Result Progress',
        properties: {
          // 2026-03-09T06:00:00Z is 20,521 days and 6 hours after 1970: 20521 × 86400 + 21600
          time: 1_773_036_000,
          distinct_id: 'kr_1',
          $insert_id: expect.stringMatching(/^[A-Za-z0-9-]{36}$/),
          key: 'growth.signups',
          title: 'Sign-ups',
          day: '2026-03-08',
          value: 120,
          target: 200,
          progress: 0.2,
          expected: 0.5,
          status: 'off_track',
          data_state: 'fresh',
          sandbox: true,
        },
      },
    ]);
    expect(receiver?.received[0]?.body).not.toContain('kEpt0utOfSight');
  });

  it('keeps the rules that every import must keep', () => {
    const { event, properties } = progressEvent(message);
    expect(event).not.toBe('');
    expect(Object.keys(properties).length).toBeLessThan(255);
    for (const value of Object.values(properties))
      expect(['string', 'number', 'boolean']).toContain(typeof value);
    // What the npm client makes of the same: a list of events with these members, its token instead of our account.
    const file = new URL('../fixtures/mixpanel/recorded/client_requests.json', import.meta.url);
    const { requests } = JSON.parse(readFileSync(file, 'utf8')) as { requests: Recorded[] };
    const batch = requests.find(({ call }) => call.startsWith('import_batch'))?.decoded as Sent[];
    for (const recorded of batch) {
      const { token: _token, ...others } = recorded.properties;
      expect(Object.keys({ event, properties })).toEqual(Object.keys(recorded));
      for (const [name, value] of Object.entries(others)) {
        expect(typeof properties[name]).toBe(typeof value);
      }
    }
  });

  it('is the same when it is sent again, so that Mixpanel counts it once', () => {
    expect(progressEvent(message)).toEqual(progressEvent(structuredClone(message)));
  });

  it.each([
    { what: 'Key Result', change: { keyResult: { ...message.keyResult, id: 'kr_2' } } },
    { what: 'day', change: { asOfDay: '2026-03-09' } },
    { what: 'revision', change: { revision: 'snapshot-8' } },
  ])('has another $insert_id for another $what', ({ change }) => {
    const ids = [message, { ...message, ...change }].map((each) => progressEvent(each).properties.$insert_id);
    expect(new Set(ids).size).toBe(2);
  });

  it('keeps a measured zero and leaves out a number that does not exist', () => {
    const { properties } = progressEvent({ ...message, value: 0, progress: null, expected: null });
    expect(properties).toMatchObject({ value: 0, target: 200 });
    expect(properties).not.toHaveProperty('progress');
    expect(properties).not.toHaveProperty('expected');
  });
});

type Sent = { event: string; properties: Record<string, unknown> };
type Recorded = { call: string; decoded?: unknown };

describe('what Mixpanel answers', () => {
  const failed = (record: object) => ({
    code: 400,
    error: 'some data points in the request failed validation',
    failed_records: [record],
    num_records_imported: 0,
    status: 'Bad Request',
  });
  const ours = progressEvent(message).properties.$insert_id;
  const why = { field: 'properties.time', message: 'must be specified as seconds since epoch' };

  it.each([
    { record: { index: 0, ...why }, by: 'its place' },
    { record: { $insert_id: ours, ...why }, by: 'its id as the guide spells it' },
    { record: { insert_id: ours, ...why }, by: 'its id as the specification spells it' },
  ])('is final when it refuses our event by $by', async ({ record }) => {
    expect(await send({ status: 400, body: failed(record) })).toEqual({
      ok: false,
      errorClass: 'rejected',
      status: 400,
      permanent: true,
      detail: 'Mixpanel refused the event: properties.time: must be specified as seconds since epoch',
    });
  });

  it('means that the events which it does not name are in', () => {
    const file = new URL('../fixtures/mixpanel/made/import_partly_refused.json', import.meta.url);
    const { response, expected } = JSON.parse(readFileSync(file, 'utf8')) as {
      response: { failed_records: object[] };
      expected: { accepted: number[]; refused: number[]; retry: boolean };
    };
    const refused = [0, 1, 2].filter(
      (index) => refusalOf(response.failed_records, { index, insertId: `b${index + 1}` }) !== null,
    );
    expect(refused).toEqual(expected.refused);
    expect([0, 1, 2].filter((index) => !refused.includes(index))).toEqual(expected.accepted);
  });

  it.each([
    { status: 400, error: 'some request is invalid', errorClass: 'rejected', permanent: true },
    { status: 401, error: 'Invalid credentials', errorClass: 'rejected', permanent: true },
    { status: 403, error: 'forbidden', errorClass: 'rejected', permanent: true },
    {
      status: 413,
      error: 'request exceeds max limit of 2097152 bytes',
      errorClass: 'rejected',
      permanent: true,
    },
    { status: 429, error: 'Project exceeded rate limits.', errorClass: 'rate_limited', permanent: false },
    { status: 500, error: 'internal', errorClass: 'transient', permanent: false },
    { status: 503, error: 'busy', errorClass: 'transient', permanent: false },
  ])(
    '$status is $errorClass, and the owner can read why',
    async ({ status, error, errorClass, permanent }) => {
      const result = await send({ status, body: { code: status, error } });
      expect(result).toEqual({ ok: false, errorClass, status, permanent, detail: error });
    },
  );

  it('is waited for as long as it asks', async () => {
    const result = await send({
      status: 429,
      headers: { 'retry-after': '90' },
      body: { error: 'slow down' },
    });
    expect(result).toMatchObject({ errorClass: 'rate_limited', afterMs: 90_000 });
  });

  it.each([
    { what: 'a page of somebody else', body: '<html>Sign in</html>' },
    { what: 'the answer of another endpoint', body: '1' },
    { what: 'no event taken', body: { ...OK, num_records_imported: 0 } },
    { what: 'an error with the status of a success', body: { code: 500, error: 'internal' } },
  ])('is no success when it is $what', async ({ body }) => {
    expect(await send({ status: 200, body })).toMatchObject({ ok: false, errorClass: 'transient' });
  });

  it('never shows the secret to anybody', async () => {
    const result = await send({ status: 401, body: { error: 'wrong secret kEpt0utOfSight' } });
    expect(result).toMatchObject({ detail: 'wrong secret [redacted]' });
  });
});

it('tries again when nobody answers, and says so', async () => {
  receiver = await startReceiver((request) => request.socket.destroy());
  const result = await sendProgress({
    settings,
    secrets,
    endpoint: new URL(receiver.url),
    message,
    fetch: receiver.fetch,
    signal: new AbortController().signal,
    now: new Date(),
  });
  expect(result).toEqual({
    ok: false,
    errorClass: 'transient',
    status: null,
    permanent: false,
    detail: 'Mixpanel could not be reached',
  });
});

it('stops when it is told to, and the attempt counts for nothing', async () => {
  const reason = new Error('shutting down');
  await expect(send({ status: 200, body: OK }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

it.each([
  { region: 'us', host: 'api.mixpanel.com' },
  { region: 'eu', host: 'api-eu.mixpanel.com' },
  { region: 'in', host: 'api-in.mixpanel.com' },
] as const)(
  'may send its secret to the region’s own host, or to the address named instead ($region)',
  (given) => {
    expect(mixpanelHosts(given, null)).toEqual([given.host]);
    expect(mixpanelHosts(given, new URL('http://127.0.0.1:4020'))).toEqual(['127.0.0.1:4020']);
  },
);
