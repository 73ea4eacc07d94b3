import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { startRun } from '../../../connectors/sdk/test-kit-run.ts';
import { sql } from '../../../connectors/sql/index.ts';
import { windowOf } from './support/ask.ts';
import { startClickhouse, type Told } from './support/clickhouse.ts';

const password = 'clickhouse-password-1';
const config = sql.configSchema.parse({ engine: 'clickhouse', user: 'tidemark', password });
const now = new Date('2026-05-10T12:00:00Z');
const window = windowOf('2026-05-01', '2026-05-04', 'Europe/Berlin', '+02:00');
const query = `SELECT toDate(at, :tz) AS day, count() AS value FROM orders WHERE at >= :start AND at < :end GROUP BY day`;

const rowsOf = ({ sql: asked }: Told): unknown[][] =>
  asked.includes('version()')
    ? [['version'], ['26.3.1']]
    : [
        ['day', 'value'],
        ['2026-05-03', '3'],
        ['2026-05-01', '12345678901234'],
      ];

describe('SQL keeps what connectors promise (over ClickHouse, whose protocol is HTTP)', () => {
  const checks = connectorKit({
    connector: sql,
    config,
    secrets: [password],
    start: () => startClickhouse(rowsOf),
    startEmpty: () =>
      startClickhouse((told) => (told.sql.includes('version()') ? rowsOf(told) : [['day', 'value']])),
    now,
    window,
    metrics: {
      query: {
        params: { query },
        values: { '2026-05-01': '12345678901234', '2026-05-02': null, '2026-05-03': '3' },
        pages: 1,
        // The query may be over a table whose load has stopped: no row is no zero unless its owner says so.
        empty: { '2026-05-01': null, '2026-05-02': null, '2026-05-03': null },
      },
    },
  });
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

const read = async (rows: unknown[][], params: Record<string, unknown> = {}) => {
  const server = await startClickhouse(() => rows);
  try {
    const run = startRun(
      { connector: sql, config, secrets: [password], start: async () => server, now },
      server,
    );
    const metric = sql.metrics['query'];
    if (metric === undefined) throw new Error('there is no metric');
    const reading = await metric.read(run.context, window, metric.paramsSchema.parse({ query, ...params }));
    return { reading, told: server.told };
  } finally {
    await server.close();
  }
};

it('hands the window over as parameters of the server, which reads only', async () => {
  const { told } = await read([['day', 'value']]);
  const [sent] = told;
  expect(sent?.sql).toContain("at >= {start:DateTime64(3, 'UTC')} AND at < {end:DateTime64(3, 'UTC')}");
  // The first of May begins in Berlin at 22:00 UTC of the day before.
  expect(Object.fromEntries(sent?.url.searchParams ?? [])).toMatchObject({
    param_start: '2026-04-30 22:00:00.000',
    param_end: '2026-05-03 22:00:00.000',
    param_tz: 'Europe/Berlin',
    readonly: '2',
    max_execution_time: '60',
    max_result_rows: '10000',
  });
  expect(sent?.url.href).not.toContain(password);
});

it.each([
  {
    rows: [
      ['day', 'value', 'extra'],
      ['2026-05-01', 1, 2],
    ],
    says: '"day", "value", "extra"',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-05-01', 'nan'],
    ],
    says: '"nan" as value of 2026-05-01',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-05-01', 'inf'],
    ],
    says: '"inf"',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-05-01', true],
    ],
    says: '"true"',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-05-04', 1],
    ],
    says: '2026-05-04, outside of the window from 2026-05-01',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-04-30 22:00:00', 1],
    ],
    says: '"2026-04-30 22:00:00" as a day',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-02-30', 1],
    ],
    says: '"2026-02-30" as a day',
  },
  {
    rows: [
      ['day', 'value'],
      ['2026-05-01 00:00:00+00', 1],
    ],
    says: 'as a day in row 1',
  },
])('refuses $rows', async ({ rows, says }) => {
  await expect(read(rows)).rejects.toThrow(says);
});

it.each([
  {
    params: { kind: 'ratio', unit: 'ratio' },
    row: ['2026-05-01', 3, 4],
    point: { value: '0.75', numerator: '3', denominator: '4' },
  },
  {
    params: { kind: 'ratio', unit: 'ratio' },
    row: ['2026-05-01', 0, 0],
    point: { value: null, numerator: '0', denominator: '0' },
  },
  { params: { kind: 'ratio', unit: 'ratio' }, row: ['2026-05-01', null, 4], point: { value: null } },
])('a ratio of $row', async ({ params, point, row }) => {
  const { reading } = await read([['day', 'numerator', 'denominator'], row], params);
  expect(reading.points[0]).toEqual({ day: '2026-05-01', ...point });
});

it.each([
  { params: { unit: 'money', currency: 'eur', moneyIn: 'major' }, value: '12.5', expected: '1250' },
  { params: { unit: 'money', currency: 'JPY', moneyIn: 'major' }, value: '12.4', expected: '12' },
  { params: { unit: 'money', currency: 'KWD', moneyIn: 'major' }, value: '1.234', expected: '1234' },
  { params: { unit: 'money', currency: 'EUR', moneyIn: 'minor' }, value: '1250', expected: '1250' },
  { params: { unit: 'custom:seats' }, value: '1e3', expected: '1000' },
  { params: {}, value: '-0.0', expected: '0' },
])('$value with $params', async ({ expected, params, value }) => {
  const { reading } = await read(
    [
      ['day', 'value'],
      ['2026-05-01', value],
    ],
    params,
  );
  expect(reading.points[0]?.value).toBe(expected);
});

it.each([
  { params: { query: '' }, says: 'write a query' },
  { params: { query: `SELECT '${'é'.repeat(10_240)}'` }, says: 'longer than 20 KB' },
  { params: { unit: 'money' }, says: 'money needs its currency' },
  { params: { unit: 'money', currency: 'EUR' }, says: 'major units (12.50) or minor units' },
  { params: { moneyIn: 'major' }, says: 'only money is in units' },
  { params: { unit: 'ratio' }, says: 'choose kind ratio' },
  { params: { kind: 'stock', missing: 'zero' }, says: 'not known to be zero' },
  { params: { unit: 'custom:' }, says: 'choose count, ratio' },
  { params: { rereadDays: 61 }, says: '60' },
  { params: { settlesAfterHours: -1 }, says: '0' },
  { params: { limit: 5 }, says: 'limit' },
])('refuses the parameters $params', ({ params, says }) => {
  const parsed = sql.metrics['query']?.paramsSchema.safeParse({ query, ...params });
  expect(parsed?.success).toBe(false);
  expect(JSON.stringify(parsed?.error?.issues)).toContain(says);
});

it('passes over a currency that a form brings along where nothing is money, and keeps that of money', () => {
  const parsed = (params: Record<string, unknown>) =>
    sql.metrics['query']?.paramsSchema.parse({ query, ...params });
  expect(parsed({ currency: 'EUR' })).not.toHaveProperty('currency');
  expect(parsed({ unit: 'money', currency: 'EUR', moneyIn: 'minor' })).toMatchObject({ currency: 'eur' });
});
