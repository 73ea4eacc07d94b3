import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Sources } from '../../../src/app/ports.ts';
import { createEgress, type Egress } from '../../../src/egress/index.ts';
import { STATEMENT_LIMITS } from '../../../src/wiring/event-tables/index.ts';
import { type Got, loopback } from './support/loopback.ts';
import { connectionOf, failureIn, request, sourcesOf, USUAL_COLUMNS, valuesOf } from './support/table.ts';

/** No ClickHouse can be run here: a server that answers as its documentation of the HTTP interface says. */

const now = new Date('2026-05-10T12:00:00Z');
const newestMs = Date.UTC(2026, 4, 10, 11);
const days = { startDay: '2026-05-08', endDay: '2026-05-11' };
const active = (params: Record<string, unknown> = {}) =>
  request('active_users', { window: 'day', ...params }, days);
const running = new AbortController().signal;
const config = {
  engine: 'clickhouse',
  database: 'shop',
  user: 'tidemark',
  table: 'product.events',
  ...USUAL_COLUMNS,
  statementTimeoutSeconds: 2,
};

let server: Awaited<ReturnType<typeof loopback>>;
let egress: Egress;
let sources: Sources;
let measure: (got: Got, response: ServerResponse) => void;
const lines = (response: ServerResponse, rows: unknown[], headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', ...headers });
  response.end(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
};
const exception = (response: ServerResponse, status: number, code: number, words: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain', 'x-clickhouse-exception-code': String(code) });
  response.end(`Code: ${code}. DB::Exception: ${words}. (SOME_NAME) (version 25.8.1.1)\n`);
};

beforeEach(async () => {
  measure = (_got, response) => lines(response, [{ w: '0', people: '2' }]);
  server = await loopback((got, response) => {
    if (got.body.includes('AS newest')) lines(response, [{ newest: String(newestMs) }]);
    else if (got.body.includes('looked_at')) lines(response, [{ looked_at: '7' }]);
    else measure(got, response);
  });
  egress = createEgress({
    allow: [{ kind: 'host', host: '127.0.0.1', port: server.port }],
    limits: STATEMENT_LIMITS,
  });
  sources = sourcesOf(egress, null, { password: 'hunter22' });
});
afterEach(async () => {
  await egress.close();
  await server.close();
});

const read = async (more: Record<string, unknown> = {}, asked = active()) => {
  const [outcome] = await sources.read(
    connectionOf(server.url, { ...config, ...more }),
    [asked],
    now,
    running,
  );
  return outcome;
};

it('sends each statement by POST, as a reader, with limits that throw, and the key in a header', async () => {
  const outcome = await read();
  // Window 0 is the 8th, window 1 the 9th: who is not in the answer was nobody.
  expect(valuesOf(outcome)).toEqual({ '2026-05-08': '2', '2026-05-09': '0' });
  expect(outcome).toMatchObject({ ok: true, reading: { completeness: { items: 7 } } });
  const sent = server.asked.find(({ body }) => body.includes('WITH '));
  expect(sent).toMatchObject({
    method: 'POST',
    headers: { 'x-clickhouse-user': 'tidemark', 'x-clickhouse-key': 'hunter22' },
  });
  expect(Object.fromEntries(sent?.query ?? [])).toMatchObject({
    database: 'shop',
    readonly: '2',
    max_execution_time: '2',
    wait_end_of_query: '1',
    timeout_overflow_mode: 'throw',
    result_overflow_mode: 'throw',
    group_by_overflow_mode: 'throw',
    default_format: 'JSONEachRow',
  });
  expect(sent?.body).toContain('`product`.`events`');
  const told = JSON.stringify(outcome);
  expect(told).toContain('experimental');
  expect(told).not.toContain('hunter22');
});

it.each([
  {
    status: 403,
    code: 516,
    words: 'tidemark: Authentication failed',
    errorClass: 'auth',
    says: 'does not let "tidemark" in',
  },
  {
    status: 404,
    code: 60,
    words: 'Table does not exist',
    errorClass: 'config',
    says: 'no table product.events',
  },
  {
    status: 404,
    code: 47,
    words: 'Unknown identifier: person',
    errorClass: 'config',
    says: 'Unknown identifier: person',
  },
  { status: 500, code: 497, words: 'Not enough privileges', errorClass: 'config', says: 'may not read' },
  {
    status: 500,
    code: 164,
    words: 'Cannot modify setting in readonly mode',
    errorClass: 'config',
    says: 'readonly = 2',
  },
  { status: 408, code: 159, words: 'Timeout exceeded', errorClass: 'too_large', says: 'within 2 seconds' },
  {
    status: 500,
    code: 241,
    words: 'Memory limit exceeded',
    errorClass: 'too_large',
    says: 'reached a limit',
  },
  {
    status: 500,
    code: 202,
    words: 'Too many simultaneous queries',
    errorClass: 'transient',
    says: 'tries again',
  },
])('reads exception $code as $errorClass', async ({ code, errorClass, says, status, words }) => {
  measure = (_got, response) => exception(response, status, code, words);
  const failure = failureIn(await read());
  expect(failure).toMatchObject({ errorClass });
  expect(failure.message).toContain(says);
});

it('sees an exception in the body of an answer that had begun with 200', async () => {
  measure = (_got, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(
      '{"w":"0","people":"2"}\nCode: 159. DB::Exception: Timeout exceeded: elapsed 2 s. (TIMEOUT_EXCEEDED)\n',
    );
  };
  expect(failureIn(await read())).toMatchObject({ errorClass: 'too_large', concerns: 'metric' });
});

it('sees an exception that only a header of a 200 tells of', async () => {
  measure = (_got, response) => {
    response.writeHead(200, { 'x-clickhouse-exception-code': '60' });
    response.end('');
  };
  expect(failureIn(await read())).toMatchObject({ errorClass: 'config' });
});

it.each([
  { what: 'without its last line break', body: '{"w":"0","people":"2"}' },
  { what: 'in the middle of a line', body: '{"w":"0","people":"2"}\n{"w":"1","peo\n' },
])('takes an answer that ends $what for one that was cut off', async ({ body }) => {
  measure = (_got, response) => {
    response.writeHead(200);
    response.end(body);
  };
  expect(failureIn(await read())).toMatchObject({ errorClass: 'transient' });
});

it('takes an answer with fewer rows than its summary counts, or a body that breaks off, for one that was cut off', async () => {
  measure = (_got, response) =>
    lines(response, [{ w: '0' }], { 'x-clickhouse-summary': '{"result_rows":"3"}' });
  expect(failureIn(await read())).toMatchObject({ errorClass: 'transient' });
  measure = (_got, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"w":"0","people":"2"}\n');
    response.socket?.end();
  };
  expect(['transient', 'bad_payload']).toContain(failureIn(await read()).errorClass);
});

it('takes the 1970 that ClickHouse has for the newest of nothing for an empty table', async () => {
  await server.close();
  server = await loopback((_got, response) => lines(response, [{ newest: '0' }]));
  await egress.close();
  egress = createEgress({ allow: [{ kind: 'host', host: '127.0.0.1', port: server.port }] });
  sources = sourcesOf(egress, null, { password: 'x' });
  expect(valuesOf(await read())).toEqual({});
});

it('checks columns by what the server lists, and says that time is in no key', async () => {
  measure = (got, response) =>
    got.body.includes('system.columns')
      ? lines(response, [
          { name: 'user_id', type: 'LowCardinality(Nullable(String))', sorted: 0, parted: 0 },
          { name: 'event', type: 'LowCardinality(String)', sorted: 1, parted: 0 },
          { name: 'at', type: "DateTime64(3, 'UTC')", sorted: 0, parted: 0 },
          { name: 'properties', type: 'String', sorted: 0, parted: 0 },
        ])
      : lines(response, [{ version: '25.8.1' }]);
  const answer = await sources.check(connectionOf(server.url, config), running);
  expect(answer).toMatchObject({
    ok: true,
    account: expect.stringContaining('ClickHouse 25.8.1, table product.events'),
  });
  const warnings = answer.ok ? answer.warnings.join('\n') : '';
  expect(warnings).toContain('experimental');
  expect(warnings).toContain('neither in the sorting key nor in the partition key');
});
