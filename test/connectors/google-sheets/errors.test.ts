import { expect, it } from 'vitest';
import { googleSheets } from '../../../connectors/google-sheets/index.ts';
import { ConnectorError } from '../../../connectors/sdk/index.ts';
import type { Cell } from '../../../sandbox/google-sheets/world.ts';
import { testContext } from '../support/context.ts';
import { type GoogleServer } from '../support/google-account.ts';
import { book, CONFIG, day, NOW, readOne, startSheets, valuesOf, window, worldOf } from './support/read.ts';

const days = window('2026-03-01', '2026-03-03');
const params = { range: 'Log!A:B', dateColumn: 'Day', valueColumn: 'Value' };
const asked = { metric: 'series', params, window: days };
const header = ['Day', 'Value'];
const good: Cell[][] = [header, [day('2026-03-01'), 1]];

it.each([
  { cell: '1,234', code: 'no_number', says: 'Log!B2 holds the text "1,234" and no number' },
  { cell: true, code: 'no_number', says: 'Log!B2 holds TRUE and no number' },
  { cell: { error: '#N/A' }, code: 'formula_error', says: 'The formula in Log!B2 comes to #N/A' },
  { cell: { error: '#DIV/0!' }, code: 'formula_error', says: 'Log!B2' },
  { cell: 1e16, code: 'number_too_large', says: 'at most 1e15' },
])('refuses $cell as a value, and names its cell', async ({ cell, code, says }) => {
  await expect(valuesOf([header, [day('2026-03-01'), cell]], asked)).rejects.toMatchObject({
    errorClass: 'config',
    code,
    concerns: 'metric',
    remedy: { by: 'owner' },
    message: expect.stringContaining(says) as string,
  });
});

it.each([
  { cell: '3/1/2026', why: 'nobody knows which is the month' },
  { cell: '2026-02-30', why: 'no month has that day' },
  { cell: 2026, why: 'a year alone would be a day of 1905' },
  { cell: 20_260_301, why: 'digits are no date' },
  { cell: 'Total', why: 'a row of totals would count twice' },
])('refuses $cell as a date: $why', async ({ cell }) => {
  await expect(valuesOf([header, [cell, 1]], asked)).rejects.toMatchObject({
    code: 'no_day',
    message: expect.stringContaining('Log!A2 holds') as string,
  });
});

it('refuses a value without a date', async () => {
  await expect(valuesOf([...good, ['', 5]], asked)).rejects.toMatchObject({
    code: 'no_day',
    message: expect.stringContaining('Row 3') as string,
  });
});

it('lets a mistake on another day be, and looks again later at what is still loading', async () => {
  const old: Cell[][] = [...good, [day('2025-01-01'), { error: '#REF!' }]];
  expect(await valuesOf(old, asked)).toEqual({ '2026-03-01': '1', '2026-03-02': null });
  await expect(valuesOf([...good, [day('2026-03-02'), 'Loading...']], asked)).rejects.toMatchObject({
    errorClass: 'transient',
    code: 'loading',
    remedy: { by: 'time' },
  });
});

it('names cells of a named range and of a quoted sheet as people see them', async () => {
  const sheets = [
    { title: 'Q1 numbers', rows: [[], [null, null, ...header], [null, null, day('2026-03-01'), 'x']] },
  ];
  const namedRanges = [{ name: 'mine', range: "'Q1 numbers'!C2:D9" }];
  await expect(
    valuesOf([], { ...asked, params: { ...params, range: 'mine' } }, { namedRanges, sheets }),
  ).rejects.toMatchObject({ message: expect.stringContaining("'Q1 numbers'!D3 holds") as string });
});

it('refuses a range that is empty, and a cell that is several', async () => {
  await expect(valuesOf([], asked)).rejects.toMatchObject({ code: 'no_header' });
  const cell = { metric: 'cell', params: { cell: 'Log!A1:B2' }, window: window('2026-03-20', '2026-03-21') };
  await expect(valuesOf(good, cell)).rejects.toMatchObject({ code: 'many_cells' });
});

it('tells of a cell only what it says today', async () => {
  const cell = { metric: 'cell', params: { cell: 'Log!B2' } };
  expect(await valuesOf(good, { ...cell, window: window('2026-03-19', '2026-03-22') })).toEqual({
    '2026-03-20': '1',
  });
  expect(await valuesOf(good, { ...cell, window: days })).toEqual({});
  expect(await valuesOf([header], { ...cell, window: window('2026-03-20', '2026-03-21') })).toEqual({
    '2026-03-20': null,
  });
  // Half past three in the night of UTC is still the 19th in New York.
  const newYork = window('2026-03-19', '2026-03-22', 'America/New_York');
  const now = new Date('2026-03-20T03:30:00Z');
  expect(await valuesOf(good, { ...cell, now, window: newYork })).toEqual({ '2026-03-19': '1' });
});

async function failing(server: GoogleServer, given = asked): Promise<ConnectorError> {
  try {
    const { context } = testContext(CONFIG, server.endpoint, NOW);
    const definition = googleSheets.metrics[given.metric];
    await definition?.read(context, given.window, definition.paramsSchema.parse(given.params));
  } catch (error) {
    if (error instanceof ConnectorError) return error;
  } finally {
    await server.close();
  }
  throw new Error('a failure was expected');
}

it('waits a minute for a quota that is used up, and lets nobody ask before', async () => {
  const server = await startSheets(worldOf({ spreadsheets: [book(good)], readsPerMinute: 1 }));
  const { context } = testContext(CONFIG, server.endpoint, NOW);
  const definition = googleSheets.metrics['series'];
  const read = () => definition?.read(context, days, definition.paramsSchema.parse(params));
  try {
    // The spreadsheet is one read, and its range would be another.
    await expect(read()).rejects.toMatchObject({ code: 'http_429', remedy: { by: 'time', afterMs: 60_000 } });
    const before = server.requestCount();
    const again = { ...params, range: 'Log!A1:B9' };
    await expect(definition?.read(context, days, definition.paramsSchema.parse(again))).rejects.toMatchObject(
      { code: 'quota_paused' },
    );
    expect(server.requestCount()).toBe(before);
  } finally {
    await server.close();
  }
});

it.each([
  { change: { majorDimension: 'COLUMNS' }, pointer: '/majorDimension' },
  { change: { range: undefined }, pointer: '/range' },
  { change: { range: 'somewhere' }, pointer: '/range' },
  { change: { values: [[{ formula: '=A1' }]] }, pointer: '/values/0/0' },
])('refuses an answer that has changed at $pointer', async ({ change, pointer }) => {
  const server = await startSheets(worldOf({ spreadsheets: [book(good)] }));
  server.instead = (url, response) => {
    if (!url.pathname.includes('/values/')) return false;
    const body = { range: 'Log!A1:B2', majorDimension: 'ROWS', values: [header], ...change };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  };
  expect(await failing(server)).toMatchObject({ errorClass: 'schema_drift', code: pointer });
});

it.each([
  { status: 401, told: { error: 'invalid_client' }, errorClass: 'auth', code: 'invalid_client' },
  {
    status: 400,
    told: {
      error: 'invalid_grant',
      error_description: 'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe.',
    },
    errorClass: 'auth',
    code: 'invalid_grant',
    says: 'Set the clock',
  },
  { status: 429, told: { error: 'rate_limit_exceeded' }, errorClass: 'rate_limited', code: 'http_429' },
  { status: 503, told: {}, errorClass: 'transient', code: 'http_503' },
  { status: 200, told: { token_type: 'Bearer' }, errorClass: 'schema_drift', code: '/access_token' },
])(
  'reads $status of the token endpoint as $errorClass',
  async ({ code, errorClass, says = '', status, told }) => {
    const server = await startSheets(worldOf({ spreadsheets: [book(good)] }));
    server.instead = (url, response) => {
      if (!url.pathname.endsWith('/token')) return false;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told));
      return true;
    };
    const error = await failing(server);
    expect(error).toMatchObject({ errorClass, code });
    expect(error.message).toContain(says);
  },
);

it('counts nothing of what nobody has entered: a table of a header alone', async () => {
  const { reading } = await readOne(worldOf({ spreadsheets: [book([header])] }), asked);
  expect(reading.points.map(({ reason, value }) => [value, reason])).toEqual([
    [null, 'no_observation'],
    [null, 'no_observation'],
  ]);
});
