import { createVerify, generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sources } from '../../../src/app/ports.ts';
import { createEgress, type Egress } from '../../../src/egress/index.ts';
import { STATEMENT_LIMITS } from '../../../src/wiring/event-tables/index.ts';
import { type Got, loopback } from './support/loopback.ts';
import { connectionOf, failureIn, request, sourcesOf, USUAL_COLUMNS, valuesOf } from './support/table.ts';

/** No BigQuery can be run here: a server that answers as the reference of jobs.query and getQueryResults says. */

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const serviceAccountKey = JSON.stringify({
  type: 'service_account',
  client_email: 'reader@shop-1.iam.gserviceaccount.com',
  private_key: keys.privateKey,
  private_key_id: 'k1',
  // Not where the key is sent, whatever a file says.
  token_uri: 'https://evil.example.com/token',
});
const now = new Date('2026-05-10T12:00:00Z');
const days = { startDay: '2026-05-08', endDay: '2026-05-11' };
const active = request('active_users', { window: 'day' }, days);
const running = new AbortController().signal;
const config = {
  engine: 'bigquery',
  project: 'shop-1',
  location: 'EU',
  table: 'analytics.events',
  maxGigabytes: 2,
  ...USUAL_COLUMNS,
};

let server: Awaited<ReturnType<typeof loopback>>;
let egress: Egress;
let sources: Sources;
let query: (got: Got & { sent: Record<string, unknown> }, response: ServerResponse) => void;
let results: (got: Got, response: ServerResponse) => void;
let bytes: string;
let dry: (response: ServerResponse) => void;
const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
const refusal = (response: ServerResponse, status: number, reason: string, message = 'No.'): void =>
  json(response, status, {
    error: { code: status, message, errors: [{ reason, message, domain: 'global' }] },
  });
const page = (names: string[], rows: (string | null)[][], more: Record<string, unknown> = {}) => ({
  kind: 'bigquery#queryResponse',
  schema: { fields: names.map((name) => ({ name, type: 'INTEGER', mode: 'NULLABLE' })) },
  jobReference: { projectId: 'shop-1', jobId: 'job_1', location: 'EU' },
  totalRows: String(rows.length),
  rows: rows.map((row) => ({ f: row.map((v) => ({ v })) })),
  jobComplete: true,
  ...more,
});

beforeEach(async () => {
  bytes = '1000000';
  dry = (response) =>
    json(response, 200, { jobComplete: true, totalBytesProcessed: bytes, schema: { fields: [] } });
  query = (_got, response) => json(response, 200, page(['w', 'people'], [['0', '2']]));
  results = (_got, response) => refusal(response, 404, 'notFound');
  server = await loopback((got, response) => {
    if (got.path === '/token')
      return json(response, 200, { access_token: 'ya29.secret', expires_in: 3599, token_type: 'Bearer' });
    if (got.headers.authorization !== 'Bearer ya29.secret') return refusal(response, 401, 'authError');
    if (got.method === 'GET') return results(got, response);
    if (got.path.endsWith('/cancel')) return json(response, 200, {});
    const sent = JSON.parse(got.body) as Record<string, unknown>;
    if (sent['dryRun'] === true) return dry(response);
    const text = String(sent['query']);
    if (text.includes('AS newest'))
      return json(response, 200, page(['newest'], [[String(Date.UTC(2026, 4, 10, 11))]]));
    if (text.includes('looked_at')) return json(response, 200, page(['looked_at'], [['7']]));
    return query({ ...got, sent }, response);
  });
  egress = createEgress({
    allow: [{ kind: 'host', host: '127.0.0.1', port: server.port }],
    limits: STATEMENT_LIMITS,
  });
  sources = sourcesOf(egress, null, { serviceAccountKey });
});
afterEach(async () => {
  await egress.close();
  await server.close();
});

const read = async (more: Record<string, unknown> = {}, signal = running) => {
  const [outcome] = await sources.read(
    connectionOf(server.url, { ...config, ...more }),
    [active],
    now,
    signal,
  );
  return outcome;
};

it('exchanges what the account signs for a token that reads, once, and shows neither', async () => {
  const outcome = await read();
  // Window 0 is the 8th, window 1 the 9th: who is not in the answer was nobody.
  expect(valuesOf(outcome)).toEqual({ '2026-05-08': '2', '2026-05-09': '0' });
  expect(outcome).toMatchObject({ ok: true, reading: { completeness: { items: 7 } } });
  const tokens = server.asked.filter(({ path }) => path === '/token');
  expect(tokens).toHaveLength(1);
  const assertion = new URLSearchParams(tokens[0]?.body).get('assertion') ?? '';
  const [header = '', claims = '', signature = ''] = assertion.split('.');
  const verify = createVerify('RSA-SHA256').update(`${header}.${claims}`);
  expect(verify.verify(keys.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
  expect(told).toMatchObject({
    iss: 'reader@shop-1.iam.gserviceaccount.com',
    aud: 'https://oauth2.googleapis.com/token',
  });
  expect(String(told['scope'])).toContain('read-only');
  const shown = JSON.stringify(outcome);
  expect(shown).toContain('experimental');
  for (const secret of ['ya29.secret', assertion, 'PRIVATE KEY']) expect(shown).not.toContain(secret);
});

it('asks what a statement costs before it runs it, and bounds what may be billed', async () => {
  await read();
  const sent = server.asked
    .filter(({ path }) => path.endsWith('/queries'))
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  const dry = sent.findIndex((each) => each['dryRun'] === true && String(each['query']).includes('WITH '));
  expect(sent[dry + 1]).toMatchObject({
    query: sent[dry]?.['query'],
    useLegacySql: false,
    maximumBytesBilled: '2000000000',
    location: 'EU',
  });
  expect(String(sent[dry]?.['query'])).toContain('`analytics`.`events`');
});

it('does not run a statement that would read more than is allowed', async () => {
  bytes = '2000000001';
  const failure = failureIn(await read());
  expect(failure).toMatchObject({ errorClass: 'too_large' });
  expect(failure.message).toContain('would read 2.0 GB, and at most 2 are allowed');
  const ran = server.asked.filter(
    ({ body, path }) => path.endsWith('/queries') && !body.includes('"dryRun":true'),
  );
  expect(ran).toEqual([]);
});

it('waits for a job that is not complete, and reads every page of it', async () => {
  query = (_got, response) =>
    json(response, 200, {
      jobComplete: false,
      jobReference: { projectId: 'shop-1', jobId: 'job_1', location: 'EU' },
    });
  let asked = 0;
  results = (got, response) => {
    asked += 1;
    expect(got.query.get('location')).toBe('EU');
    const names = ['w', 'people'];
    if (asked === 1) return json(response, 200, { jobComplete: false });
    if (got.query.get('pageToken') === null)
      return json(response, 200, page(names, [['0', '2']], { totalRows: '2', pageToken: 'next' }));
    return json(response, 200, page(names, [['1', '3']], { totalRows: '2' }));
  };
  expect(valuesOf(await read())).toEqual({ '2026-05-08': '2', '2026-05-09': '3' });
  expect(asked).toBe(3);
});

it('refuses rows that are fewer than the job has counted', async () => {
  query = (_got, response) => json(response, 200, page(['w', 'people'], [['0', '2']], { totalRows: '2' }));
  expect(failureIn(await read())).toMatchObject({ errorClass: 'transient' });
});

it('cancels a job that nobody waits for any more', async () => {
  const stop = new AbortController();
  query = (_got, response) => {
    json(response, 200, {
      jobComplete: false,
      jobReference: { projectId: 'shop-1', jobId: 'job_1', location: 'EU' },
    });
  };
  results = (_got, response) => {
    stop.abort();
    json(response, 200, { jobComplete: false });
  };
  expect(failureIn(await read({}, stop.signal))).toMatchObject({ errorClass: 'transient' });
  expect(server.asked.map(({ path }) => path)).toContain('/bigquery/v2/projects/shop-1/jobs/job_1/cancel');
});

it.each([
  { status: 403, reason: 'accessDenied', errorClass: 'config', says: 'BigQuery Job User' },
  { status: 404, reason: 'notFound', errorClass: 'config', says: 'does not find analytics.events' },
  { status: 400, reason: 'invalidQuery', errorClass: 'bad_payload', says: 'cannot be read as events' },
  { status: 400, reason: 'bytesBilledLimitExceeded', errorClass: 'too_large', says: 'more than 2 GB' },
  { status: 403, reason: 'quotaExceeded', errorClass: 'rate_limited', says: 'fewer statements' },
  { status: 503, reason: 'backendError', errorClass: 'transient', says: 'tries again' },
])('reads the reason $reason as $errorClass', async ({ errorClass, reason, says, status }) => {
  query = (_got, response) => refusal(response, status, reason);
  const failure = failureIn(await read());
  expect(failure).toMatchObject({ errorClass });
  expect(failure.message).toContain(says);
});

it('says of a statement that does not fit what BigQuery says before it is run', async () => {
  dry = (response) => refusal(response, 400, 'invalidQuery', 'Unrecognized name: seen at [2:7]');
  const failure = failureIn(await read());
  expect(failure).toMatchObject({ errorClass: 'config' });
  expect(failure.message).toContain('refuses a statement over analytics.events: Unrecognized name: seen');
});

it('sends a key only where its connection goes', () => {
  expect(sources.allowedHosts('event_table', null)).toEqual([
    'bigquery.googleapis.com',
    'oauth2.googleapis.com',
  ]);
});

it('keeps of a key file only what a token is made from', () => {
  const split = sources.splitConfig('event_table', { ...config, serviceAccountKey });
  expect(split.ok ? split.secrets['serviceAccountKey'] : '').not.toContain('evil');
  expect(split.ok ? split.config : {}).not.toHaveProperty('serviceAccountKey');
});

it('says before anything is stored that a property cannot be named in its paths', async () => {
  const asked = {
    metric: 'cart_abandonment_rate',
    params: { cartEvent: 'add', purchaseEvent: 'buy', cartIdProperty: 'cart"id' },
  };
  const [accepted] = await sources.accept(connectionOf(null, config), [asked], now, running);
  expect(accepted?.ok === true ? accepted.acceptance.problems.join() : '').toContain('cart"id');
});

it('checks columns, and says what a table without partitions costs', async () => {
  results = (_got, response) =>
    json(response, 200, {
      schema: {
        fields: [
          { name: 'user_id', type: 'STRING' },
          { name: 'event', type: 'STRING' },
          { name: 'at', type: 'TIMESTAMP' },
          { name: 'properties', type: 'STRING' },
        ],
      },
    });
  const answer = await sources.check(connectionOf(server.url, config), running);
  expect(answer.ok ? answer.warnings.join('\n') : '').toContain('is not partitioned by time');
});
