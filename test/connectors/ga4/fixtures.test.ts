import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Ga4Client, withGa4Client } from '../../../connectors/ga4/client.ts';
import type { Ga4Config } from '../../../connectors/ga4/config.ts';
import { ga4 } from '../../../connectors/ga4/index.ts';
import type { Report as Checked } from '../../../connectors/ga4/schema.ts';
import { testContext } from '../support/context.ts';
import { always, fixture, property } from './support/property.ts';
import { berlin, config, later, readOne, runOn, valuesOf } from './support/read.ts';
import { type Respond, startGrpc, startRest } from './support/server.ts';

const folder = new URL('../../fixtures/ga4/', import.meta.url);
const files = readdirSync(new URL('made/', folder));
const question = {
  metrics: [{ name: 'sessions' }],
  dateRanges: [{ startDate: '2026-03-02', endDate: '2026-03-02' }],
};

/** What our client makes of an answer, before any metric looks at it. */
async function decode<T>(
  transport: 'rest' | 'grpc',
  respond: Respond,
  use: (client: Ga4Client) => Promise<T>,
): Promise<T> {
  const server = await (transport === 'rest' ? startRest(respond) : startGrpc(respond));
  try {
    const { context } = testContext<Ga4Config>({ ...config, transport }, server.endpoint, later);
    return await withGa4Client(context, use);
  } finally {
    await server.close();
  }
}

/** Both as our client hands rows on and as the fixture writes them, where an empty list is left out. */
const cells = (rows: Array<Partial<Checked['rows'][number]>> | undefined) =>
  (rows ?? []).map(({ dimensionValues = [], metricValues = [] }) =>
    [...dimensionValues, ...metricValues].map(({ value }) => value),
  );

describe.each(['rest', 'grpc'] as const)('each made answer over %s', (transport) => {
  const reports = files.filter(
    (file) => fixture(file).method === 'POST' && fixture(file).path.endsWith(':runReport'),
  );

  it.each(reports)('%s comes through the official client cell by cell', async (file) => {
    const { response } = fixture(file);
    const [report] = await decode(transport, always(response), (client) => client.reports([question]));
    expect(cells(report?.rows)).toEqual(cells(response.rows));
    expect(report?.rowCount).toBe(response.rowCount ?? 0);
    expect(report?.metadata.timeZone).toBe('Europe/Berlin');
  });

  it('batch_run_reports.json keeps the order of the questions', async () => {
    const { response } = fixture('batch_run_reports.json');
    const answers = await decode(
      transport,
      () => ({ body: response }),
      (client) => client.reports([question, question]),
    );
    expect(answers.map(({ metricHeaders }) => metricHeaders[0]?.name)).toEqual(['newUsers', 'activeUsers']);
  });

  it('get_metadata.json proves that the property may be read', async () => {
    const { response } = fixture('get_metadata.json');
    await expect(
      decode(
        transport,
        () => ({ body: response }),
        (client) => client.catalogue(),
      ),
    ).resolves.toMatchObject({ name: 'properties/987654321/metadata' });
  });
});

it.each(['run_realtime_report.json', 'run_funnel_report.json'])(
  '%s is never taken for a report',
  async (file) => {
    const reading = runOn(always(fixture(file).response), [{ metric: 'active_users' }]);
    expect((await reading).outcomes).toMatchObject([{ error: { errorClass: 'bad_payload' } }]);
  },
);

it('knows every made file', () => {
  const others = files.filter((file) => !fixture(file).path?.endsWith(':runReport')).toSorted();
  expect(others).toEqual([
    'batch_run_reports.json',
    'check_compatibility.json', // not asked by this connector
    'errors.json', // errors.test.ts
    'get_metadata.json',
    'property_quotas_snapshot.json', // not asked: every answer tells its quota
    'run_funnel_report.json',
    'run_realtime_report.json',
  ]);
});

describe('run_report_daily.json', () => {
  const daily = always(fixture('run_report_daily.json').response);

  it('gives a week of new users whose days add up to the total of 1337', async () => {
    const values = Object.values(valuesOf(await readOne(daily, { metric: 'new_users' })));
    expect(values).toEqual(['212', '198', '240', '231', '205', '120', '131']);
    expect(values.reduce((sum, value) => sum + Number(value), 0)).toBe(1_337);
  });

  it('gives users that are not added up: 11013 user days were 6120 people', async () => {
    const values = Object.values(valuesOf(await readOne(daily, { metric: 'active_users' })));
    expect(values.reduce((sum, value) => sum + Number(value), 0)).toBe(11_013);
    expect(ga4.metrics['active_users']?.kind).toBe('distinct');
  });

  it('gives seconds per user and day, with both parts', async () => {
    const { points } = await readOne(daily, { metric: 'engagement_seconds_per_user_day' });
    // 171311 / 1803 = 95.0144...
    expect(points[0]).toMatchObject({ numerator: '171311', denominator: '1803' });
    expect(Number(points[0]?.value)).toBeCloseTo(95.0144, 4);
  });
});

it('run_report_keep_empty_rows.json: a recorded zero and a day without any row are both zero', async () => {
  const text = JSON.stringify(fixture('run_report_keep_empty_rows.json').response);
  const report = JSON.parse(text.replace('"transactions"', '"sessions"')) as unknown;
  const window = berlin('2026-03-02', '2026-03-06');
  expect(valuesOf(await readOne(always(report), { metric: 'sessions', window }))).toEqual({
    '2026-03-02': '4',
    '2026-03-03': '0',
    '2026-03-04': '0',
    '2026-03-05': '2',
  });
});

it('quota_nearly_gone.json: the value counts, and the next question waits', async () => {
  const { response, expected } = fixture('quota_nearly_gone.json');
  const { answers, next } = await decode('rest', always(response), async (client) => ({
    answers: await client.reports([question]),
    next: await client.reports([question]).catch((error: unknown) => error),
  }));
  expect(Number(cells(answers[0]?.rows)[0]?.[0])).toBe(expected?.['value']);
  expect(next).toMatchObject({ errorClass: 'rate_limited', code: 'quota_budget' });
});

it('revenue_restricted.json: zeros that the account may not see are an access error', async () => {
  const text = JSON.stringify(fixture('revenue_restricted.json').response);
  const report = JSON.parse(text.replaceAll('purchaseRevenue', 'sessions')) as unknown;
  const { outcomes } = await runOn(always(report), [{ metric: 'sessions' }]);
  expect(outcomes).toMatchObject([{ error: { errorClass: 'auth' } }]);
});

describe('the requests', () => {
  type Recorded = {
    call: string;
    method: string;
    url: string;
    headers: Record<string, string>;
    body: object;
  };
  const { requests } = JSON.parse(readFileSync(new URL('recorded/client_requests.json', folder), 'utf8')) as {
    requests: Recorded[];
  };
  const recorded = (call: string) => requests.find((request) => request.call === call);

  it('have the address and the headers of the recorded ones', async () => {
    const server = await startRest(property({}));
    const { context } = testContext(config, server.endpoint, later);
    await ga4.check(context);
    await server.close();
    for (const [at, name] of ['getMetadata', 'batchRunReports'].entries()) {
      const [ours, theirs] = [server.asked[at], recorded(name)];
      expect(ours?.path).toBe(`${theirs?.method} ${theirs?.url}`);
      const { authorization, 'user-agent': agent, ...same } = theirs?.headers ?? {};
      expect(ours?.headers).toMatchObject({
        ...same,
        // the versions in it are those of the machine
        'x-goog-api-client': expect.stringMatching(
          /^gax\/5\.0\.8-fallback gapic\/6\.1\.0 gl-node\//,
        ) as string,
      });
      expect(ours?.headers['user-agent']).toMatch(/google-api-nodejs-client\//);
      expect([authorization, agent]).not.toContain(undefined);
    }
  });

  it('send enums as numbers and large numbers as text, as in the recorded report', async () => {
    const { asked } = await readOne(property({}), { metric: 'new_users' });
    expect(asked[0]?.body).toEqual({
      requests: [
        {
          property: 'properties/987654321',
          dimensions: [{ name: 'date' }],
          metrics: [{ name: 'newUsers' }],
          dateRanges: [{ startDate: '2026-03-02', endDate: '2026-03-08' }],
          metricAggregations: [1],
          orderBys: [{ dimension: { dimensionName: 'date', orderType: 3 } }],
          offset: '0',
          limit: '100000',
          keepEmptyRows: true,
          returnPropertyQuota: true,
        },
      ],
    });
    expect(recorded('runReport')?.body).toMatchObject({
      metricAggregations: [1],
      orderBys: [{ dimension: { dimensionName: 'date', orderType: 3 } }],
      limit: '10',
    });
  });
});
