import { describe, expect, it } from 'vitest';
import { always, type Fixture, fixture, property, type Report } from './support/property.ts';
import { berlin, type Read, readOne, runOn, valuesOf } from './support/read.ts';

/** The flag of a point that says what a fixture calls the quality of its answer. */
const FLAGS: Record<string, string> = { thresholded: 'thresholded', data_loss_other_row: 'otherRow' };
const flagsOf = ({ expected }: Fixture) =>
  Object.fromEntries(([expected?.['quality']].flat() as string[]).map((word) => [FLAGS[word], true]));

const twoDays = berlin('2026-03-02', '2026-03-04');
const read: Read = { metric: 'sessions', window: twoDays };

/** A made answer about something else, told as one about the sessions of days. */
function asDays(name: string, words: Record<string, string>): Report {
  const text = Object.entries(words).reduce(
    (so, [from, to]) => so.replaceAll(`"${from}"`, `"${to}"`),
    JSON.stringify(fixture(name).response),
  );
  return JSON.parse(text) as Report;
}

it('thresholded.json: rows of 57 under a total of 64 give no value, and each day says why', async () => {
  const report = asDays('thresholded.json', {
    userAgeBracket: 'date',
    '25-34': '20260302',
    '35-44': '20260303',
    activeUsers: 'sessions',
  });
  const flags = flagsOf(fixture('thresholded.json'));
  expect((await readOne(always(report), read)).points).toEqual([
    { day: '2026-03-02', value: null, flags },
    { day: '2026-03-03', value: null, flags },
  ]);
});

describe('data_loss_without_other_row.json', () => {
  const made = fixture('data_loss_without_other_row.json');
  const report = asDays('data_loss_without_other_row.json', {
    itemName: 'date',
    A: '20260302',
    B: '20260303',
    itemsPurchased: 'sessions',
  });

  it('is not complete: 2 of 900 rows are asked on from the third, and nothing is taken without them', async () => {
    const { outcomes, asked } = await runOn(always(report), [read]);
    expect(asked[1]?.body.requests?.[0]?.offset).toBe('2');
    const [outcome] = outcomes;
    expect(outcome !== undefined && 'points' in outcome).toBe(made.expected?.['complete']);
  });

  it('has no value though no row of the lost data is to be seen, and each day says why', async () => {
    const days = { '2026-03-02': { sessions: 5 }, '2026-03-03': { sessions: 3 } };
    const metadata = () => ({ ...report.metadata });
    const { points } = await readOne(property(days, { metadata }), read);
    expect(points.map(({ value, flags }) => ({ value, flags }))).toEqual(
      [1, 2].map(() => ({ value: null, flags: flagsOf(made) })),
    );
  });
});

it('revenue_restricted.json: a zero that the account may not see is an access error without any value', async () => {
  const { expected } = fixture('revenue_restricted.json');
  const report = asDays('revenue_restricted.json', { purchaseRevenue: 'sessions' });
  const [outcome] = (await runOn(always(report), [read])).outcomes;
  const error = outcome !== undefined && 'error' in outcome ? outcome.error : null;
  const value = error === null ? 'a value' : null;
  expect({ value, error: 'access' }).toEqual(expected);
  expect(error).toMatchObject({ errorClass: 'auth', remedy: { by: 'owner' } });
});

it('quota_nearly_gone.json: the good value counts, and whoever asks next is told to wait', async () => {
  const { response, expected } = fixture('quota_nearly_gone.json');
  const [row] = response.rows ?? [];
  const dated = {
    ...response,
    dimensionHeaders: [{ name: 'date' }],
    rows: [{ ...row, dimensionValues: [{ value: '20260302' }] }],
  };
  // A batch holds five reports, and each window is a report of its own: the sixth has to ask again.
  const windows = ['03', '04', '05', '06', '07', '08'].map((day) => berlin('2026-03-02', `2026-03-${day}`));
  const reads = windows.map((window) => ({ metric: 'sessions', window }));
  const { outcomes, asked } = await runOn(always(dated), reads);
  expect(valuesOf(outcomes[0])).toEqual({ '2026-03-02': String(expected?.['value']) });
  expect(asked.length === 1).toBe(expected?.['shouldPause']);
  expect(outcomes[5]).toMatchObject({ error: { errorClass: 'rate_limited' } });
});

it('run_report_page_1.json, run_report_page_2.json and run_report_page_3.json are one report of 7 rows', async () => {
  const days = Array.from({ length: 7 }, (_, at) => [`/p/${at}`, `2026030${at + 2}`] as const);
  const words = { pagePath: 'date', screenPageViews: 'sessions', ...Object.fromEntries(days) };
  const pages: Record<string, Report> = {
    '0': asDays('run_report_page_1.json', words),
    '3': asDays('run_report_page_2.json', words),
    '6': asDays('run_report_page_3.json', words),
  };
  const reading = await readOne(
    ({ body }) => ({
      body: {
        reports: (body.requests ?? []).map(({ offset = '0' }) => pages[offset]),
        kind: 'analyticsData#batchRunReports',
      },
    }),
    { metric: 'sessions', window: berlin('2026-03-02', '2026-03-09') },
  );
  expect(Object.values(valuesOf(reading))).toEqual(['100', '99', '98', '97', '96', '95', '94']);
  expect(reading.asked.map(({ body }) => body.requests?.[0]?.offset)).toEqual(['0', '3', '6']);
});

describe('an empty report is a whole answer about days on which nothing happened', () => {
  it('run_report_empty.json: without rows and without their number', async () => {
    const report = asDays('run_report_empty.json', { keyEvents: 'sessions' });
    expect(valuesOf(await readOne(always(report), read))).toEqual({ '2026-03-02': '0', '2026-03-03': '0' });
  });

  it('run_report_empty_with_totals.json: with a total that holds nothing', async () => {
    const window = berlin('2030-01-01', '2030-01-03');
    const now = new Date('2030-01-10T12:00:00Z');
    const report = fixture('run_report_empty_with_totals.json').response;
    const reading = await readOne(always(report), { metric: 'sessions', window }, { now });
    expect(valuesOf(reading)).toEqual({ '2030-01-01': '0', '2030-01-02': '0' });
  });
});

it('run_report_named_date_ranges.json: two weeks by channel are not taken for days', async () => {
  const report = fixture('run_report_named_date_ranges.json').response;
  expect(report.dimensionHeaders?.at(-1)?.name).toBe('dateRange');
  const { outcomes } = await runOn(always(report), [{ metric: 'new_users', window: twoDays }]);
  expect(outcomes).toMatchObject([{ error: { errorClass: 'schema_drift', code: '/headers/date' } }]);
});

it.each(['check_compatibility.json', 'property_quotas_snapshot.json'])(
  '%s, which is never asked for, is never taken for a report without rows',
  async (name) => {
    const { outcomes } = await runOn(always(fixture(name).response), [read]);
    expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'wrong_kind' } }]);
  },
);
