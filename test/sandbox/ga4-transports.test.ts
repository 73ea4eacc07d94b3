import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { BetaAnalyticsDataClient } from '@google-analytics/data';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Activity } from '../../sandbox/model/activity.ts';
import {
  ACCESS,
  type Bench,
  berlin,
  byDate,
  event,
  headers,
  NOW,
  named,
  openBench,
  PROPERTY,
  post,
  refusal,
  signed,
  TRANSPORTS,
  table,
  token,
  visit,
  week,
} from './ga4-support.ts';

const monday = visit('s1', 'A', berlin('2026-03-02T09:00'), { newDevice: true, engagedSeconds: 11 });
const tuesday = visit('s2', 'B', berlin('2026-03-03T09:00'));
const ACTIVITY: Activity[] = [monday, event('e1', 'Sign Up', monday), tuesday];
const TWO_DAYS = week('2026-03-02', '2026-03-03');

type Recorded = { client: string; call: string; method: string; url: string; body?: Record<string, unknown> };
const fixtures = new URL('../fixtures/ga4/', import.meta.url);
const { requests: recorded } = JSON.parse(
  readFileSync(new URL('recorded/client_requests.json', fixtures), 'utf8'),
) as { requests: Recorded[] };
type Case = { name: string; http: number; body: { error: object } };
const { cases } = JSON.parse(readFileSync(new URL('made/errors.json', fixtures), 'utf8')) as {
  cases: Case[];
};
const published = (name: string) => cases.find((candidate) => candidate.name === name)?.body;

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(ACTIVITY);
});
afterAll(() => bench.close());
afterEach(() => bench.set({ now: NOW }));

async function send({ method, url, body }: Recorded) {
  const response = await fetch(`${bench.url}${url}`, {
    method,
    headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

it.each(recorded)('understands $call as $client sent it', async (request) => {
  const { status, answer } = await send(request);
  expect({ status, answer }).toMatchObject({ status: 200 });
  const shape: Record<string, object> = {
    // The page asked for begins behind the last row, and no row has ten new users.
    runReport: {
      kind: 'analyticsData#runReport',
      dimensionHeaders: [{ name: 'date' }],
      metricHeaders: [{ name: 'newUsers', type: 1 }],
      propertyQuota: { concurrentRequests: { remaining: 10 } },
    },
    batchRunReports: {
      kind: 'analyticsData#batchRunReports',
      reports: [{ kind: 'analyticsData#runReport', metricHeaders: [{ name: 'sessions', type: 1 }] }],
    },
    getMetadata: { name: `${PROPERTY}/metadata` },
    checkCompatibility: { dimensionCompatibilities: expect.any(Array) },
    'runReport with cohorts': {
      kind: 'analyticsData#runReport',
      dimensionHeaders: [{ name: 'cohort' }, { name: 'cohortNthWeek' }],
      metricHeaders: [{ name: 'cohortActiveUsers', type: 1 }],
    },
    runRealtimeReport: {
      kind: 'analyticsData#runRealtimeReport',
      metricHeaders: [{ name: 'activeUsers', type: 1 }],
    },
    'runFunnelReport (v1alpha)': {
      kind: 'analyticsData#runFunnelReport',
      funnelTable: { dimensionHeaders: [{ name: 'funnelStepName' }, { name: 'deviceCategory' }] },
    },
    'getPropertyQuotasSnapshot (v1alpha)': {
      name: `${PROPERTY}/propertyQuotasSnapshot`,
      corePropertyQuota: { concurrentRequests: { remaining: 10 } },
    },
  };
  expect(Object.keys(shape)).toContain(request.call);
  expect(answer).toMatchObject(shape[request.call] ?? {});
});

it.each(['v1beta/P:runPivotReport', 'v1alpha/P:runReport', 'v1alpha/P:createAudienceList'])(
  'says that %s is not served',
  async (path) => {
    const url = `/${path.replace('P', PROPERTY)}`;
    const { status, answer } = await send({ client: '', call: '', method: 'POST', url, body: {} });
    expect(status).toBe(501);
    expect(answer).toMatchObject({ error: { code: 501, status: 'UNIMPLEMENTED' } });
  },
);

it('knows no other address', async () => {
  const { status } = await send({ client: '', call: '', method: 'GET', url: '/v1beta/nothing' });
  expect(status).toBe(404);
});

it('gives both transports the same report', async () => {
  const request = {
    property: PROPERTY,
    dateRanges: TWO_DAYS,
    dimensions: named('date', 'sessionDefaultChannelGroup'),
    metrics: named('newUsers', 'engagementRate', 'userEngagementDuration'),
    orderBys: byDate,
    limit: 10,
    keepEmptyRows: true,
    returnPropertyQuota: true,
  };
  const answers = [];
  for (const transport of TRANSPORTS) {
    const client = await bench.client(transport);
    const [report] = await client.runReport(request, signed());
    answers.push({ ...report, rows: table(report), propertyQuota: Object.keys(report.propertyQuota ?? {}) });
  }
  expect(answers[1]).toMatchObject({ rows: answers[0]?.rows, metadata: { timeZone: 'Europe/Berlin' } });
  expect(answers[0]?.rows).toEqual([
    ['20260302', 'Direct', '1', '1', '11'],
    ['20260303', 'Direct', '0', '0', '0'],
  ]);
  expect(answers[1]?.metricHeaders).toEqual(answers[0]?.metricHeaders);
  expect(answers.map(({ kind, rowCount }) => [kind, rowCount])).toEqual([
    ['analyticsData#runReport', 2],
    ['analyticsData#runReport', 2],
  ]);
});

it('writes enums as numbers for the client and as names for people, and never a null', async () => {
  const body = { dateRanges: TWO_DAYS, metrics: named('engagementRate'), metricAggregations: ['TOTAL'] };
  const numbers = await post(bench, 'runReport', body);
  expect(numbers.body).toMatchObject({ metricHeaders: [{ name: 'engagementRate', type: 2 }] });
  const response = await fetch(`${bench.url}/v1beta/${PROPERTY}:runReport`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}` },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(text).toContain('"TYPE_FLOAT"');
  expect(text).not.toContain('null');
  expect(response.headers.get('x-sandbox-data')).toBe('true');
});

it.each(TRANSPORTS)('answers a batch in the order of its members over %s', async (transport) => {
  const client = await bench.client(transport);
  const requests = ['sessions', 'newUsers'].map((name) => ({ dateRanges: TWO_DAYS, metrics: named(name) }));
  const [batch] = await client.batchRunReports({ property: PROPERTY, requests }, signed());
  expect(batch.kind).toBe('analyticsData#batchRunReports');
  expect(batch.reports?.map(table)).toEqual([[['2']], [['1']]]);
});

it.each(TRANSPORTS)('lets one bad member fail its batch over %s', async (transport) => {
  const client = await bench.client(transport);
  const requests = ['sessions', 'nonsense'].map((name) => ({ dateRanges: TWO_DAYS, metrics: named(name) }));
  const refused = await refusal(client.batchRunReports({ property: PROPERTY, requests }, signed()));
  expect(refused.message).toContain('nonsense is not a valid metric');
});

it.each([0, 6])('refuses a batch of %i', async (size) => {
  const requests = Array.from({ length: size }, () => ({ dateRanges: TWO_DAYS, metrics: named('sessions') }));
  expect((await post(bench, 'batchRunReports', { requests })).status).toBe(400);
});

it.each(TRANSPORTS)(
  'lists its catalogue, with retired names and rates per key event, over %s',
  async (transport) => {
    const client = await bench.client(transport);
    const [catalog] = await client.getMetadata({ name: `${PROPERTY}/metadata` }, signed());
    const found = (name: string) => catalog.metrics?.find(({ apiName }) => apiName === name);
    expect(found('keyEvents')?.deprecatedApiNames).toEqual(['conversions']);
    expect(found('sessionKeyEventRate:sign_up')).toMatchObject({ customDefinition: true });
    expect(catalog.dimensions?.map(({ apiName }) => apiName)).toContain('sessionDefaultChannelGroup');
    const [common] = await client.getMetadata({ name: 'properties/0/metadata' }, signed());
    expect(common.metrics?.some(({ apiName }) => apiName?.includes(':'))).toBe(false);
  },
);

it('measures every metric, and splits by every dimension, that its catalogue lists', async () => {
  const [catalog] = await bench.rest.getMetadata({ name: `${PROPERTY}/metadata` }, signed());
  const fields = [...(catalog.metrics ?? []), ...(catalog.dimensions ?? [])].map(
    ({ apiName }) => apiName ?? '',
  );
  const plain = fields.filter((name) => !name.startsWith('cohort')); // those need a cohort report
  const listed = (all: { apiName?: string | null }[] | null | undefined) =>
    (all ?? []).map(({ apiName }) => apiName ?? '').filter((name) => plain.includes(name));
  for (const name of listed(catalog.metrics)) {
    const [report] = await bench.rest.runReport(
      { property: PROPERTY, dateRanges: TWO_DAYS, metrics: named(name), keepEmptyRows: true },
      signed(),
    );
    expect(table(report)).toHaveLength(1);
  }
  for (const name of listed(catalog.dimensions)) {
    // What is sold goes with nothing but sales.
    const metrics = named(name === 'itemName' ? 'itemsPurchased' : 'eventCount');
    const [report] = await bench.rest.runReport(
      { property: PROPERTY, dateRanges: TWO_DAYS, metrics, dimensions: named(name), keepEmptyRows: true },
      signed(),
    );
    expect(headers(report)[0]).toBe(name);
    expect(table(report).length).toBeGreaterThanOrEqual(name.startsWith('user') ? 0 : 1);
  }
  expect(fields.length).toBeGreaterThan(30);
});

it.each(TRANSPORTS)('tells what goes together over %s', async (transport) => {
  const client = await bench.client(transport);
  const [answer] = await client.checkCompatibility(
    { property: PROPERTY, metrics: named('active7DayUsers'), compatibilityFilter: 2 },
    signed(),
  );
  const names = answer.dimensionCompatibilities?.map((one) => one.dimensionMetadata?.apiName);
  expect(names).toEqual(expect.arrayContaining(['dateHour', 'yearMonth', 'eventName', 'customEvent:plan']));
  expect(names).not.toContain('date');
  expect(names).not.toContain('country');
  const clash = client.checkCompatibility(
    { property: PROPERTY, metrics: named('active7DayUsers'), dimensions: named('eventName') },
    signed(),
  );
  expect((await refusal(clash)).message).toContain('Please remove eventName');
});

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});
const longAgo = NOW - 90 * 86_400;
it.each([
  { name: 'a token signed with another key', jwt: token({}, String(stranger)) },
  { name: 'a token of somebody else', jwt: token({ iss: 'else@example.com', sub: 'else@example.com' }) },
  { name: 'an expired token', jwt: token({ iat: longAgo, exp: longAgo + 3_600 }) },
  { name: 'a token for a whole day', jwt: token({ exp: Math.floor(Date.now() / 1_000) + 86_400 }) },
  { name: 'a token for another service', jwt: token({ scope: 'https://www.googleapis.com/auth/drive' }) },
  { name: 'what is no token', jwt: 'token' },
])('refuses $name', async ({ jwt }) => {
  const body = { dateRanges: TWO_DAYS, metrics: named('sessions') };
  const overRest = await post(bench, 'runReport', body, jwt);
  expect(overRest.status).toBe(401);
  expect(overRest.body).toEqual(published('bad_token'));
  const client = await bench.client('grpc');
  const refused = await refusal(client.runReport({ property: PROPERTY, ...body }, signed(jwt)));
  expect(refused).toMatchObject({ code: 16, reason: 'ACCESS_TOKEN_EXPIRED' });
});

it('refuses who sends no token at all', async () => {
  expect((await post(bench, 'runReport', {}, null)).body).toMatchObject({
    error: { code: 401, status: 'UNAUTHENTICATED', details: [{ reason: 'CREDENTIALS_MISSING' }] },
  });
});

it('takes a token that is good by its own clock, and one without a scope for this service', async () => {
  const request = { property: PROPERTY, dateRanges: TWO_DAYS, metrics: named('sessions') };
  const own = token({ iat: NOW, exp: NOW + 60 });
  const unscoped = token({ scope: undefined, aud: 'https://analyticsdata.googleapis.com/' });
  for (const jwt of [own, unscoped]) {
    const [report] = await bench.rest.runReport(request, signed(jwt));
    expect(table(report)).toEqual([['2']]);
  }
});

it('takes what the official client signs with the service account of the state', async () => {
  const { port } = new URL(bench.url);
  const { clientEmail: client_email, privateKey: private_key } = ACCESS;
  const scopes = ['https://www.googleapis.com/auth/analytics.readonly'];
  const client = new BetaAnalyticsDataClient({
    apiEndpoint: '127.0.0.1',
    port: Number(port),
    protocol: 'http',
    fallback: true,
    scopes,
    credentials: { client_email, private_key },
  });
  const request = { property: PROPERTY, dateRanges: TWO_DAYS, metrics: named('sessions') };
  const [report] = await client.runReport(request);
  expect(table(report)).toEqual([['2']]);
  await client.close();
});

it.each(TRANSPORTS)('lets nobody see another property over %s', async (transport) => {
  const client = await bench.client(transport);
  const other = client.runReport(
    { property: 'properties/1', dateRanges: TWO_DAYS, metrics: named('sessions') },
    signed(),
  );
  const refused = await refusal(other);
  expect(refused.code).toBe(transport === 'rest' ? 403 : 7);
  expect(refused.message).toContain('sufficient permissions for this property');
  const measurementId = client.runReport({ property: `properties/G-${ACCESS.propertyId}` }, signed());
  expect((await refusal(measurementId)).message).toContain('Invalid property ID');
});

it('refuses a body that is no JSON, and a field that there is not', async () => {
  const response = await fetch(`${bench.url}/v1beta/${PROPERTY}:runReport`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}` },
    body: '{',
  });
  expect(response.status).toBe(400);
  const unknown = await post(bench, 'runReport', { metric: [] });
  expect(unknown.body).toMatchObject({
    error: { message: 'Invalid JSON payload received. Unknown name "metric": Cannot find field.' },
  });
});

it('says over gRPC, too, what is not served', async () => {
  const client = await bench.client('grpc');
  expect((await refusal(client.runPivotReport({ property: PROPERTY }, signed()))).code).toBe(12);
});
