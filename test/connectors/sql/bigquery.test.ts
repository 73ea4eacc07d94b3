import { describe, expect, it } from 'vitest';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import { sql } from '../../../connectors/sql/index.ts';
import { windowOf } from '../../../src/domain/day.ts';
import { accept, check, failureOf, read, valuesOf } from './support/ask.ts';
import { startBigquery } from './support/bigquery.ts';
import {
  CONFIG,
  KEY,
  NOW,
  onBigquery,
  ordersAt,
  PER_DAY,
  rowsOf,
  worldOf,
} from './support/bigquery-ground.ts';

/** No BigQuery can be run here: a server that answers as the reference of jobs.query and getQueryResults says. */

const ORDERS = [
  '2026-03-05T16:00:00Z', // the first instant of the 6th in Shanghai
  '2026-03-06T02:00:00Z', // still the 5th in New York
  '2026-03-06T05:00:00Z', // the first instant of the 6th in New York, at winter time
  '2026-03-06T17:30:00Z', // the 7th in Shanghai
  '2026-03-07T12:00:00Z',
  '2026-03-08T03:30:00Z', // the 7th in New York
  '2026-03-08T23:00:00Z', // the 9th in Shanghai
  '2026-03-09T03:59:59.999Z', // the last instant of the 8th in New York, which has 23 hours
  '2026-03-09T04:00:00Z', // the first of the 9th there, at summer time
  '2026-03-11T04:00:00Z', // no longer in any of the windows: the 11th, also in New York
];
const EMPTY = Object.fromEntries(['06', '07', '08', '09', '10'].map((day) => [`2026-03-${day}`, null]));
const window = windowOf('2026-03-06', '2026-03-11', 'UTC');

describe('SQL keeps what connectors promise (over BigQuery)', () => {
  const config = sql.configSchema.parse(CONFIG);
  const checks = connectorKit({
    connector: sql,
    config,
    secrets: [config.serviceAccountKey ?? ''],
    start: () => startBigquery(worldOf({ run: ordersAt(ORDERS), pageRows: 1 })),
    startEmpty: () => startBigquery(worldOf({ run: ordersAt([]) })),
    now: NOW,
    window,
    metrics: {
      query: {
        params: { query: PER_DAY },
        values: {
          '2026-03-06': '3',
          '2026-03-07': '1',
          '2026-03-08': '2',
          '2026-03-09': '2',
          '2026-03-10': null,
        },
        pages: 4, // a row on each
        empty: EMPTY,
        zones: {
          'America/New_York': {
            '2026-03-06': '2',
            '2026-03-07': '2',
            '2026-03-08': '2',
            '2026-03-09': '1',
            '2026-03-10': null,
          },
          'Asia/Shanghai': {
            '2026-03-06': '3',
            '2026-03-07': '2',
            '2026-03-08': '1',
            '2026-03-09': '3',
            '2026-03-10': null,
          },
        },
      },
    },
  });
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe('what is asked', () => {
  it('hands the window over as named parameters with their types, over a day without two o’clock', async () => {
    const query = `${PER_DAY} -- from :start_day to :end_day`;
    await onBigquery({ run: ordersAt(ORDERS) }, async (ground, { told }) => {
      const days = windowOf('2026-03-06', '2026-03-11', 'America/New_York');
      await read(ground, { query: `${query}\nHAVING day BETWEEN :start_day AND :end_day` }, days);
      expect(told.map(({ dryRun }) => dryRun)).toEqual([true, undefined]);
      expect(told[1]?.query).toContain('BETWEEN @start_day AND @end_day');
      expect(told[1]?.query).not.toContain(':');
      const parameters = told[1]?.queryParameters?.map(({ name, parameterType, parameterValue }) => [
        name,
        parameterType.type,
        parameterValue.value,
      ]);
      expect(parameters).toEqual([
        ['tz', 'STRING', 'America/New_York'],
        // Five hours behind UTC at its beginning, four at its end.
        ['start', 'TIMESTAMP', '2026-03-06T05:00:00.000Z'],
        ['end', 'TIMESTAMP', '2026-03-11T04:00:00.000Z'],
        ['start_day', 'DATE', '2026-03-06'],
        ['end_day', 'DATE', '2026-03-11'],
      ]);
      expect(told[1]).toMatchObject({ maximumBytesBilled: '2000000000', useLegacySql: false });
    });
  });

  it('stays below the address of the connection, and asks for one token in a reading', async () => {
    await onBigquery({ run: ordersAt(ORDERS), pageRows: 2 }, async (ground, { asked }) => {
      await read(ground, { query: PER_DAY }, window);
      expect(asked.map(({ pathname }) => pathname)).toEqual([
        '/gateway/token',
        '/gateway/bigquery/v2/projects/shop-1/queries',
        '/gateway/bigquery/v2/projects/shop-1/queries',
        '/gateway/bigquery/v2/projects/shop-1/queries/job_1',
      ]);
    });
  });

  it('waits for a job that goes on, and names its location', async () => {
    await onBigquery({ run: ordersAt(ORDERS), unfinished: 2, pageRows: 3 }, async (ground, server) => {
      const reading = await read(ground, { query: PER_DAY }, window);
      expect(reading.points.map(({ value }) => value)).toEqual(['3', '1', '2', '2', null]);
      expect(reading.completeness).toMatchObject({ pages: 2, items: 4 });
      const asked = server.asked.filter(({ pathname }) => pathname.endsWith('/job_1'));
      expect(asked.map((url) => url.searchParams.get('location'))).toEqual(Array(3).fill('europe-west3'));
      expect(server.cancelled).toEqual([]);
    });
  });

  it('stops the job of a run that is stopped', async () => {
    const stop = new AbortController();
    const given = {
      unfinished: 99,
      refuse: (stage: string) => {
        if (stage === 'results') stop.abort();
        return null;
      },
    };
    await onBigquery(given, async (ground, server) => {
      const failure = await failureOf(read(ground, { query: PER_DAY }, window, stop.signal));
      expect(failure).toMatchObject({ code: 'aborted', remedy: { by: 'time' } });
      expect(server.cancelled).toEqual(['job_1']);
    });
  });

  it.each([
    { query: 'DELETE FROM shop.orders WHERE TRUE', says: 'begins with "DELETE"' },
    { query: "EXPORT DATA OPTIONS (uri = 'gs://x/*') AS SELECT 1", says: 'begins with "EXPORT"' },
    { query: 'SELECT 1; DROP TABLE shop.orders', says: 'a second statement' },
    { query: 'SELECT 1 AS `\\``; DROP TABLE shop.orders; -- `', says: 'a second statement' },
  ])('sends nothing of $query', async ({ query, says }) => {
    await onBigquery({}, async (ground, server) => {
      const failure = await failureOf(read(ground, { query }, window));
      expect(failure.message).toContain(says);
      expect(failure).toMatchObject({ errorClass: 'config', concerns: 'metric' });
      expect(server.requestCount()).toBe(0);
    });
  });
});

describe('before a definition is stored', () => {
  it('asks what it would give and cost, and runs nothing', async () => {
    await onBigquery({ run: ordersAt(ORDERS), bytes: 1_234_000_000 }, async (ground, { told }) => {
      expect(await accept(ground, { query: PER_DAY })).toEqual({
        problems: [],
        warnings: ['BigQuery would read 1.23 GB for 3 days.'],
        timeZone: null,
        currency: null,
      });
      expect(told.map(({ dryRun }) => dryRun)).toEqual([true]);
      const [, start, end] = told[0]?.queryParameters ?? [];
      // Three whole days and the running one, in UTC.
      expect([start?.parameterValue.value, end?.parameterValue.value]).toEqual([
        '2026-03-17T00:00:00.000Z',
        '2026-03-21T00:00:00.000Z',
      ]);
    });
  });

  it.each([
    {
      given: { run: () => rowsOf({ day: 'DATE', total: 'INTEGER' }, []) },
      says: 'the columns "day", "total", and for the kind flow they have to be day, value',
    },
    { given: { bytes: 2_000_000_001 }, says: 'would read 2.0 GB, and at most 2 are allowed' },
  ])('refuses what $says', async ({ given, says }) => {
    await onBigquery(given, async (ground) => {
      const { problems } = await accept(ground, { query: PER_DAY });
      expect(problems.join()).toContain(says);
    });
  });

  it('names the project in the check, and that nobody has tried it on a real one', async () => {
    await onBigquery({ run: ordersAt([]) }, async (ground) => {
      const { account, warnings } = await check(ground);
      expect(account).toBe('BigQuery shop-1');
      expect(warnings.join()).toContain('experimental');
    });
  });

  it('signs by the clock of the machine, however long ago the run began', async () => {
    await onBigquery({ run: ordersAt([]) }, async (ground) => {
      const long = new Date(NOW.getTime() - 86_400_000);
      await expect(check({ ...ground, now: long })).resolves.toMatchObject({ account: 'BigQuery shop-1' });
    });
  });
});

describe('cells', () => {
  const answer = (columns: Record<string, string>, ...rows: unknown[][]) => ({
    run: () => rowsOf(columns, rows),
  });
  const value = (type: string, cell: unknown) => answer({ day: 'DATE', value: type }, ['2026-03-06', cell]);
  const only = windowOf('2026-03-06', '2026-03-07', 'UTC');

  it.each([
    { type: 'INTEGER', cell: '999999999999999', is: '999999999999999' },
    { type: 'INTEGER', cell: '-3', is: '-3' },
    { type: 'NUMERIC', cell: '12.340000000', is: '12.34' },
    { type: 'BIGNUMERIC', cell: '0.12345678901234567890123456789012345678', is: '0.123456789012' },
    { type: 'FLOAT', cell: '1.5E7', is: '15000000' },
    { type: 'FLOAT', cell: '-0.0', is: '0' },
    { type: 'STRING', cell: ' 7 ', is: '7' },
    { type: 'INTEGER', cell: null, is: null },
  ])('reads the $type $cell as $is', async ({ cell, is, type }) => {
    await onBigquery(value(type, cell), async (ground) => {
      expect(await valuesOf(ground, { query: PER_DAY }, only)).toEqual({ '2026-03-06': is });
    });
  });

  it.each([
    { type: 'FLOAT', cell: 'NaN', says: '"NaN" as value of 2026-03-06' },
    { type: 'FLOAT', cell: 'Infinity', says: '"Infinity" as value' },
    { type: 'INTEGER', cell: '9223372036854775807', says: 'at most 1e15' },
    { type: 'BOOLEAN', cell: 'true', says: '"true" as value' },
    { type: 'INTEGER', cell: [{ v: '1' }], says: '"[{"v":"1"}]" as value' },
  ])('refuses the $type $cell', async ({ cell, says, type }) => {
    await onBigquery(value(type, cell), async (ground) => {
      const failure = await failureOf(read(ground, { query: PER_DAY }, only));
      expect(failure.message).toContain(says);
      expect(failure.concerns).toBe('metric');
    });
  });

  it.each([
    { type: 'DATE', cell: '2026-03-06', says: null },
    { type: 'DATETIME', cell: '2026-03-06T00:00:00', says: null },
    { type: 'TIMESTAMP', cell: '1.7727552E9', says: '"1.7727552E9" as a day in row 1' },
    { type: 'DATE', cell: null, says: 'no day in row 1' },
    { type: 'DATE', cell: '2026-03-05', says: 'a row for 2026-03-05, outside of the window' },
    { type: 'DATE', cell: '2026-03-07', says: 'a row for 2026-03-07, outside of the window' },
  ])('takes the $type $cell for a day: $says', async ({ cell, says, type }) => {
    await onBigquery(answer({ day: type, value: 'INTEGER' }, [cell, '4']), async (ground) => {
      const reading = valuesOf(ground, { query: PER_DAY }, only);
      if (says === null) expect(await reading).toEqual({ '2026-03-06': '4' });
      else expect((await failureOf(reading)).message).toContain(says);
    });
  });

  it('divides a ratio, and keeps both of its parts', async () => {
    const columns = { day: 'DATE', numerator: 'INTEGER', denominator: 'INTEGER' };
    const given = answer(
      columns,
      ['2026-03-06', '3', '8'],
      ['2026-03-07', '0', '0'],
      ['2026-03-08', '1', null],
    );
    await onBigquery(given, async (ground) => {
      const asked = { query: PER_DAY, kind: 'ratio', unit: 'ratio' };
      const { points } = await read(ground, asked, windowOf('2026-03-06', '2026-03-09', 'UTC'));
      expect(points).toEqual([
        { day: '2026-03-06', value: '0.375', numerator: '3', denominator: '8' },
        { day: '2026-03-07', value: null, numerator: '0', denominator: '0' },
        { day: '2026-03-08', value: null },
      ]);
    });
  });

  it.each([
    { currency: 'EUR', moneyIn: 'major', cell: '1234.560000000', is: '123456' },
    { currency: 'JPY', moneyIn: 'major', cell: '1234.5', is: '1235' },
    { currency: 'KWD', moneyIn: 'major', cell: '1.2345', is: '1235' },
    { currency: 'EUR', moneyIn: 'minor', cell: '1234', is: '1234' },
  ])('counts $cell $moneyIn units of $currency as $is', async ({ cell, currency, is, moneyIn }) => {
    await onBigquery(value('NUMERIC', cell), async (ground) => {
      const asked = { query: PER_DAY, unit: 'money', currency, moneyIn };
      expect(await valuesOf(ground, asked, only)).toEqual({ '2026-03-06': is });
    });
  });

  it('refuses two rows for a day, also when they are on two pages', async () => {
    const given = answer({ day: 'DATE', value: 'INTEGER' }, ['2026-03-06', '1'], ['2026-03-06', '2']);
    await onBigquery({ ...given, pageRows: 1 }, async (ground) => {
      const failure = await failureOf(read(ground, { query: PER_DAY }, only));
      expect(failure.message).toContain('two rows for the day 2026-03-06');
      expect(failure).toMatchObject({ code: 'query_two_rows', concerns: 'metric' });
    });
  });

  it('fetches nothing of an answer with more rows than days can be', async () => {
    const rows = Array.from({ length: 10_001 }, () => ['2026-03-06', '1']);
    await onBigquery(answer({ day: 'DATE', value: 'INTEGER' }, ...rows), async (ground, server) => {
      const failure = await failureOf(read(ground, { query: PER_DAY }, only));
      expect(failure).toMatchObject({
        code: 'answer_too_large',
        errorClass: 'too_large',
        concerns: 'metric',
      });
      expect(server.asked.filter(({ pathname }) => pathname.endsWith('/job_1'))).toEqual([]);
    });
  });
});

it('is sent to Google alone, whatever a key file says', () => {
  const file = JSON.stringify({ ...JSON.parse(KEY), token_uri: 'https://evil.example.com/token' });
  const kept = sql.configSchema.parse({ ...CONFIG, serviceAccountKey: file });
  expect(kept.serviceAccountKey).not.toContain('evil');
  expect(sql.allowedHosts(null)).toEqual(['bigquery.googleapis.com', 'oauth2.googleapis.com']);
});
