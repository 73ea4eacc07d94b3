import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTestServer, type TestServer } from './support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const put = (base: string, body: unknown): Promise<Answer> =>
  server.ask('PUT', `/api/v1/rates/${base}`, body);
const csv = (text: string) => ({ format: 'csv', text });

async function ratesInto(base: string): Promise<unknown[]> {
  const answer = await server.ask('GET', `/api/v1/rates/${base}`);
  expect(answer.status, answer.text).toBe(200);
  return (answer.json['data'] as { currency: string; day: string; rate: string }[]).map(
    ({ currency, day, rate }) => [currency, day, rate],
  );
}

function problems(answer: Answer): string[] {
  expect(answer.status, answer.text).toBe(422);
  return (answer.json['errors'] as { detail: string }[]).map(({ detail }) => detail);
}

describe('exchange rates of an owner', () => {
  it('are kept by day and currency, exactly as they were written', async () => {
    const answer = await put('eur', csv('day,currency,rate\n2026-07-02,usd,0.93\n2026-07-01,USD,0.925\n'));
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toEqual({
      base: 'EUR',
      rows: 2,
      changed: 2,
      currencies: ['USD'],
      firstDay: '2026-07-01',
      lastDay: '2026-07-02',
    });
    expect(await ratesInto('EUR')).toEqual([
      ['USD', '2026-07-01', '0.925'],
      ['USD', '2026-07-02', '0.93'],
    ]);
  });

  it('replace what a day said, and the same again changes nothing', async () => {
    const rows = { rates: [{ day: '2026-07-01', currency: 'JPY', rate: '0.0061' }] };
    expect((await put('CHF', rows)).json).toMatchObject({ rows: 1, changed: 1 });
    expect((await put('CHF', rows)).json).toMatchObject({ rows: 1, changed: 0 });
    expect(
      (await put('CHF', { rates: [{ day: '2026-07-01', currency: 'JPY', rate: 0.006 }] })).json,
    ).toMatchObject({ changed: 1 });
    expect(await ratesInto('chf')).toEqual([['JPY', '2026-07-01', '0.006']]);
  });

  it('are all refused when one row is wrong, each named with its line', async () => {
    const answer = await put(
      'GBP',
      csv(
        [
          'day,currency,rate',
          '2026-07-01,USD,0.78',
          '2026-07-32,USD,0.78',
          '2026-07-02,Dollar,0.78',
          '2026-07-03,USD,0',
          '2026-07-04,USD,"0,78"',
          '2026-07-05,GBP,1',
          '2026-07-01,usd,0.79',
          '2026-07-06,,0.78',
          '',
        ].join('\n'),
      ),
    );
    expect(problems(answer)).toEqual([
      'Line 3, column "day": "2026-07-32" is not a day of the calendar; correct it.',
      'Line 4, column "currency": "Dollar" is not three letters; write it like USD.',
      'Line 5, column "rate": "0" is not above zero; write what one USD is in GBP.',
      'Line 6, column "rate": "0,78" has a decimal comma; write 0.78.',
      'Line 7, column "currency": one GBP is one GBP; leave the row out.',
      'Line 8, column "day": USD on 2026-07-01 is on line 2 already; leave one of them out.',
      'Line 9, column "currency": "" is empty; every row needs it.',
    ]);
    expect(answer.json['fix']).toContain('Nothing was stored.');
    expect(await ratesInto('GBP')).toEqual([]);
  });

  it('say what is wrong with a file as a whole', async () => {
    expect(problems(await put('GBP', csv('day,rate\n2026-07-01,1\n')))).toEqual([
      'Line 1, column "currency": is missing; add it to the header.',
    ]);
    expect(problems(await put('GBP', { rates: [] }))[0]).toContain('no rows');
    const many = Array.from({ length: 10_001 }, (_, index) => `2026-07-01,USD,${index + 1}`);
    expect(problems(await put('GBP', csv(`day,currency,rate\n${many.join('\n')}`)))[0]).toContain(
      'there are 10001 rows, and 10000 are taken at once',
    );
  });

  it('lead into a currency of three letters', async () => {
    expect(problems(await put('EURO', csv('day,currency,rate\n2026-07-01,USD,1\n')))).toEqual([
      '"EURO" is not a currency of three letters.',
    ]);
    expect((await server.ask('GET', '/api/v1/rates/12')).status).toBe(422);
  });

  it('leave a line in the record of changes', async () => {
    await put('SEK', csv('day,currency,rate\n2026-07-01,NOK,0.98\n'));
    const { rows } = await server.services.database.pool.query<{ action: string; details: unknown }>(
      `SELECT action, details FROM audit_log WHERE object_type = 'exchange_rates' AND object_id = 'SEK'`,
    );
    expect(rows).toMatchObject([{ action: 'keep', details: { base: 'SEK', rows: 1, changed: 1 } }]);
  });

  it('have everything counted anew that is counted by them, from their first day on', async () => {
    const { pool } = server.services.database;
    const connection = { key: 'shop', connectorId: 'stripe', config: { apiKey: 'rk_test_1234567890' } };
    await server.ask('POST', '/api/v1/connections', connection);
    const params = { reportingCurrency: 'DKK', fx: 'daily' };
    const metric = { key: 'mrr', connection: 'shop', metric: 'mrr', params };
    const made = await server.ask('POST', '/api/v1/metrics', metric);
    expect(made.status, made.text).toBe(201);
    await pool.query(`UPDATE metric_version SET cursor_day = '2026-07-20', read_at = app_now()`);
    await pool.query(`UPDATE sync_run SET status = 'succeeded'`);
    const state = async () =>
      (
        await pool.query<{ early: boolean; queued: string }>(
          `SELECT cursor_day < '2026-07-10' AS early,
             (SELECT count(*) FROM sync_run WHERE status = 'queued') AS queued FROM metric_version`,
        )
      ).rows;
    await put('NZD', csv('day,currency,rate\n2026-07-10,USD,1.6\n'));
    expect(await state()).toEqual([{ early: false, queued: '0' }]);
    await put('DKK', csv('day,currency,rate\n2026-07-12,USD,6.9\n2026-07-10,USD,6.8\n'));
    expect(await state()).toEqual([{ early: true, queued: '1' }]);
  });

  it('are for those who are signed in', async () => {
    const answer = await server.ask('GET', '/api/v1/rates/EUR', undefined, { authorization: '' });
    expect(answer.status).toBe(401);
  });
});
