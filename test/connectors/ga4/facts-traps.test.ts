import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SCOPE } from '../../../connectors/ga4/client.ts';
import { cohortPeriods } from '../../../connectors/ga4/cohorts.ts';
import type { Ga4Config } from '../../../connectors/ga4/config.ts';
import { ga4Error } from '../../../connectors/ga4/errors.ts';
import { grpcCaller } from '../../../connectors/ga4/grpc.ts';
import { daysOfHours } from '../../../connectors/ga4/hours.ts';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { readServiceAccount, selfSignedToken } from '../../../connectors/sdk/service-account.ts';
import { testContext } from '../support/context.ts';
import { decodedReport } from './support/decode.ts';
import { property, quotaWith } from './support/property.ts';
import { berlin, config, later, readOne, runOn, valuesOf } from './support/read.ts';
import { type Answer, KEY, startGrpc, startRest } from './support/server.ts';

const TRAPS = [
  {
    section: '1',
    trap: 'a hung REST server hangs the call for ever, the client ignores its timeout',
    test: ['errors.test.ts', 'does not hang for ever on a server that never answers'],
  },
  {
    section: '1',
    trap: 'a hung gRPC server',
    test: ['facts-traps.test.ts', 'gives up on a gRPC server that takes the key and never answers'],
  },
  {
    section: '1, 9',
    trap: '6.x tells HTTP numbers and 7.x gRPC numbers',
    test: ['facts-traps.test.ts', 'errors of either version of the client'],
  },
  {
    section: '2',
    trap: 'the client asks for more than read access by default',
    test: ['connection.test.ts', 'signs for reading only, for one hour'],
  },
  {
    section: '2, 9',
    trap: 'no access and a switched-off API are both 403',
    test: ['errors.test.ts', 'tells the owner whom to give access to'],
  },
  {
    section: '2',
    trap: 'G-… and UA-… ids are not the property',
    test: ['connection.test.ts', 'refuses $propertyId and says why'],
  },
  {
    section: '2, 5, 12',
    trap: 'a restricted viewer gets zeros, not errors',
    test: ['quality.test.ts', 'a metric that the account may not see is an access error and no zero'],
  },
  {
    section: '2',
    trap: 'ambient credentials of the machine',
    test: ['connection.test.ts', 'uses the key of the connection and no ambient credentials'],
  },
  {
    section: '2',
    trap: 'an unhandled second rejection ends the process',
    test: ['facts-traps.test.ts', 'leaves no unhandled rejection behind'],
  },
  {
    section: '2',
    trap: 'a malformed key looks like an outage and is retried for ever',
    test: ['connection.test.ts', 'is no outage to be waited for'],
  },
  {
    section: '2',
    trap: 'keys pasted with \\n instead of line breaks',
    test: ['connection.test.ts', 'pasted with $how is mended'],
  },
  {
    section: '3',
    trap: 'the client drops the path of an address',
    test: ['connection.test.ts', 'refuses an address with a path'],
  },
  {
    section: '3',
    trap: 'what REST puts on the wire: enums as numbers, int64 as text',
    test: ['fixtures.test.ts', 'send enums as numbers and large numbers as text'],
  },
  {
    section: '3',
    trap: 'enums may come as numbers, as names, or unknown',
    test: ['facts-traps.test.ts', 'a column whose type is written as %s'],
  },
  {
    section: '3',
    trap: 'a JSON null makes the client throw',
    test: ['errors.test.ts', 'takes a null where a text belongs for a broken answer'],
  },
  {
    section: '3',
    trap: 'a foreign {} with status 200 decodes to an empty report',
    test: ['errors.test.ts', '$why is no week of zeros'],
  },
  {
    section: '3',
    trap: 'an empty gRPC message decodes to an empty report',
    test: ['grpc.test.ts', 'does not take an empty message for a report without rows'],
  },
  {
    section: '3',
    trap: 'the metric headers asked for are not there',
    test: ['errors.test.ts', 'a column that was not sent is a changed shape'],
  },
  {
    section: '4',
    trap: 'ranges are inclusive at both ends, in the zone of the property',
    test: ['reading.test.ts', 'ends at today in the property’s zone, not a day later'],
  },
  {
    section: '4, 11',
    trap: 'relative dates move while a job runs',
    test: ['reading.test.ts', 'sends absolute days'],
  },
  {
    section: '4',
    trap: 'rows come in no promised order',
    test: ['facts-traps.test.ts', 'is the same whatever order the rows come in'],
  },
  { section: '4', trap: 'cells are positional', test: ['facts-traps.test.ts', 'has positional cells'] },
  {
    section: '4',
    trap: 'a day without any event has no row, even when empty rows are kept',
    test: ['fixtures.test.ts', 'a recorded zero and a day without any row are both zero'],
  },
  {
    section: '4',
    trap: 'every value is a text, floats with 17 digits',
    test: ['reading.test.ts', 'takes a rate with 17 digits'],
  },
  {
    section: '4, 12',
    trap: 'rowCount counts the whole question, so pages end by it',
    test: ['reading.test.ts', 'pages by rowCount'],
  },
  {
    section: '4, 12',
    trap: 'off-by-one in paging repeats a row',
    test: ['reading.test.ts', 'a day comes twice'],
  },
  {
    section: '4',
    trap: 'rows shift between pages',
    test: ['facts-traps.test.ts', 'whose rows shift between two pages'],
  },
  {
    section: '4',
    trap: 'several ranges add a dateRange column',
    test: ['made-answers.test.ts', 'two weeks by channel are not taken for days'],
  },
  {
    section: '4',
    trap: 'names of ranges that Google keeps for itself',
    test: ['facts-traps.test.ts', 'have names that Google does not keep for itself'],
  },
  {
    section: '4',
    trap: 'an aggregate without data is [{}]',
    test: ['made-answers.test.ts', 'with a total that holds nothing'],
  },
  {
    section: '4',
    trap: 'an empty report has no rows and no rowCount',
    test: ['made-answers.test.ts', 'without rows and without their number'],
  },
  {
    section: '4',
    trap: 'one bad member fails the batch',
    test: ['reading.test.ts', 'one bad key event fails its own metric and no other'],
  },
  {
    section: '4',
    trap: 'answers of a batch come in the order of its questions',
    test: ['fixtures.test.ts', 'keeps the order of the questions'],
  },
  {
    section: '5, 12',
    trap: 'the zone of the property is not the one assumed',
    test: ['reading.test.ts', 'does not cut days in another zone than the property does'],
  },
  {
    section: '5, 12',
    trap: 'the zone of the property is changed',
    test: ['facts-traps.test.ts', 'the zone is taken from every answer'],
  },
  {
    section: '5',
    trap: 'data lost to (other) without such a row',
    test: ['quality.test.ts', 'data lost without any such row in sight'],
  },
  {
    section: '5, 12',
    trap: 'small rows are withheld',
    test: ['quality.test.ts', 'has no value where the total says that rows were withheld'],
  },
  {
    section: '5',
    trap: 'withheld users, whose days never add up',
    test: ['quality.test.ts', 'makes no zero of a missing day'],
  },
  {
    section: '5',
    trap: 'true does not prove that anything was withheld',
    test: ['quality.test.ts', 'counts where the rows add up to the total'],
  },
  {
    section: '5, 12',
    trap: 'a sampled answer',
    test: ['quality.test.ts', 'is asked for again day by day, and then counts'],
  },
  {
    section: '5',
    trap: 'samplingMetadatas has one entry for each range, in order',
    test: ['facts-traps.test.ts', 'are sampled each for itself, in the order of the ranges'],
  },
  {
    section: '5',
    trap: 'samplingMetadatas that fits no range',
    test: ['facts-traps.test.ts', 'have no value when nobody can say which of them was sampled'],
  },
  {
    section: '5, 12',
    trap: '(other), (not set) or nothing in the date column',
    test: ['quality.test.ts', 'in the date column: the days are asked for alone'],
  },
  {
    section: '5',
    trap: '(data not available) in the date column',
    test: ['facts-traps.test.ts', 'in the date column keeps the amount'],
  },
  {
    section: '5, 8',
    trap: 'realtime and funnel answers taken for a report',
    test: ['fixtures.test.ts', '%s is never taken for a report'],
  },
  {
    section: '6',
    trap: 'unnamed cohorts come back by position',
    test: ['cohorts.test.ts', 'Without a name of its own it comes back under its position'],
  },
  {
    section: '6',
    trap: 'a step of a month is 30 days',
    test: ['cohorts.test.ts', 'asked for 30 days more has not the whole of a month of 31'],
  },
  {
    section: '6',
    trap: 'periods follow the calendar, weeks from Sunday to Saturday',
    test: ['cohorts.test.ts', 'weeks end on Saturday whatever day the cohort ends on'],
  },
  {
    section: '6',
    trap: 'cohortTotalUsers repeats on every row',
    test: ['cohorts.test.ts', 'in which one cohort has two sizes'],
  },
  {
    section: '6',
    trap: 'period 0 is not always 100 %',
    test: ['facts-traps.test.ts', 'the first period of a cohort need not be 100 %'],
  },
  {
    section: '6',
    trap: 'labels are zero-padded',
    test: ['cohorts.test.ts', 'labels are numbers with zeros before them'],
  },
  {
    section: '6',
    trap: 'rows of cohorts come in no order',
    test: ['cohorts.test.ts', 'is the same whatever order the rows come in'],
  },
  {
    section: '6',
    trap: 'a missing row is zero only when its period is over',
    test: ['cohorts.test.ts', 'a week that is over and has no row'],
  },
  {
    section: '6',
    trap: 'an immature period is a low number',
    test: ['cohorts.test.ts', 'leaves out the week that is not over'],
  },
  {
    section: '7',
    trap: 'steps are named "1. Name"',
    test: ['funnel-report.test.ts', 'steps are joined by the number in their name'],
  },
  {
    section: '7',
    trap: 'rates are fractions under a header that says integer',
    test: ['funnel-report.test.ts', 'has rates that are fractions though their header says integer'],
  },
  {
    section: '7',
    trap: 'the rate of the last step is empty or zero',
    test: ['funnel-report.test.ts', 'also where Google leaves the last rate empty'],
  },
  {
    section: '7',
    trap: 'the headers are repeated',
    test: ['funnel-report.test.ts', 'a block of headers that is repeated changes nothing'],
  },
  {
    section: '7',
    trap: 'steps that nobody reached have no row',
    test: ['funnel-report.test.ts', 'a step that nobody reached has no row and is zero'],
  },
  {
    section: '7',
    trap: 'a missing step of a table that is cut off',
    test: ['funnel-report.test.ts', 'is unknown and not zero'],
  },
  {
    section: '7',
    trap: 'RESERVED_TOTAL beside segments',
    test: ['funnel-report.test.ts', 'counts its totals and never the sum of its segments'],
  },
  {
    section: '8',
    trap: 'property 0 has a catalogue too',
    test: ['facts-traps.test.ts', 'the catalogue alone proves no access'],
  },
  {
    section: '8, 12',
    trap: 'retired names are suddenly 400',
    test: ['errors.test.ts', 'a name that was retired (conversions)'],
  },
  {
    section: '8, 12',
    trap: 'users are not additive',
    test: ['fixtures.test.ts', 'gives users that are not added up'],
  },
  {
    section: '8',
    trap: 'rolling users of a day without a row',
    test: ['kit.test.ts', 'people of the six days before still count'],
  },
  {
    section: '8',
    trap: 'ratios do not average',
    test: ['reading.test.ts', 'keeps both parts of a rate in one'],
  },
  {
    section: '8',
    trap: 'a spring day of 23 hours',
    test: ['reading.test.ts', 'one day of a spring with 23 hours is one point'],
  },
  {
    section: '8',
    trap: 'an autumn hour that holds two',
    test: ['facts-traps.test.ts', 'an autumn day has 24 hours of wall time'],
  },
  {
    section: '9',
    trap: 'each error has its own remedy, over both transports',
    test: ['errors.test.ts', 'what an error over %s means'],
  },
  { section: '9', trap: '404 and UNKNOWN', test: ['facts-traps.test.ts', '404 stops'] },
  {
    section: '9, 12',
    trap: 'incompatible names are discovered at run time',
    test: ['errors.test.ts', 'incompatible: {'],
  },
  {
    section: '10, 12',
    trap: 'server errors lock everybody out',
    test: ['facts-traps.test.ts', 'one server error ($http) ends the asking of a run'],
  },
  {
    section: '10, 12',
    trap: 'a retried report counts against the server errors',
    test: ['errors.test.ts', 'A report is never tried twice by itself'],
  },
  {
    section: '10',
    trap: 'server errors are refused for up to an hour',
    test: ['errors.test.ts', 'too many server errors are left alone for an hour'],
  },
  {
    section: '10',
    trap: 'tokens come back at the full hour or at midnight Pacific time',
    test: ['quality.test.ts', 'asks nothing more'],
  },
  {
    section: '10',
    trap: 'the fewer pools: concurrent and thresholded',
    test: ['facts-traps.test.ts', 'stops before %s is refused'],
  },
  {
    section: '10',
    trap: 'an absent number is 0',
    test: ['facts-traps.test.ts', 'without a number is used up'],
  },
  {
    section: '10',
    trap: 'an absent pool is unknown',
    test: ['facts-traps.test.ts', 'without a pool is not used up'],
  },
  {
    section: '10',
    trap: 'the pool is Analytics 360’s',
    test: ['quality.test.ts', 'of Analytics 360 is ten times as large'],
  },
  {
    section: '10',
    trap: '429 of thresholded requests',
    test: ['facts-traps.test.ts', 'the quota of potentially thresholded requests comes back'],
  },
  {
    section: '10',
    trap: 'each member of a batch is charged',
    test: ['../../sandbox/ga4-quota.test.ts', 'charges each member of a batch'],
  },
  {
    section: '10, 12',
    trap: 'other teams’ dashboards use the same pool',
    test: ['made-answers.test.ts', 'the good value counts, and whoever asks next is told to wait'],
  },
  {
    section: '11, 12',
    trap: 'numbers move for 72 hours',
    test: ['facts-traps.test.ts', 'settles after 72 hours'],
  },
  {
    section: '11, 12',
    trap: 'today is no full day',
    test: ['reading.test.ts', 'leaves today out while it has no row'],
  },
  {
    section: '5, 12',
    trap: 'a report filtered by the name of an event is thresholded',
    test: ['report-metrics.test.ts', 'that is filtered by the name of an event'],
  },
  {
    section: '5',
    trap: 'why a report is empty',
    test: ['report-metrics.test.ts', 'Google’s reason in the notes'],
  },
  {
    section: '2, 5',
    trap: 'restricted revenue reads as zero',
    test: ['money.test.ts', 'that the account may not see is an access error and no zero'],
  },
  {
    section: '8',
    trap: 'money in major units, as sums of binary fractions',
    test: ['money.test.ts', 'are %s of the smallest unit'],
  },
  {
    section: '5',
    trap: 'revenue of another currency',
    test: ['money.test.ts', 'is refused and never converted in silence'],
  },
  {
    section: '6',
    trap: 'periods inside the settling window are immature',
    test: ['retention.test.ts', 'waits until that is settled'],
  },
  {
    section: '6',
    trap: 'thirty-day steps end before the last of a month',
    test: ['retention.test.ts', 'one 30-day step more is asked for'],
  },
  {
    section: '6',
    trap: 'weekly cohorts that are not aligned to Sunday',
    test: ['retention.test.ts', 'has cohorts from Sunday to Saturday'],
  },
  {
    section: '7',
    trap: 'people complete days after the entry',
    test: ['funnel.test.ts', 'once everybody has had the time'],
  },
  {
    section: '7',
    trap: 'a funnel says nothing of the zone',
    test: ['funnel.test.ts', 'though answers about funnels name none'],
  },
  {
    section: '8, 12',
    trap: 'users of a window are not the sum of its days',
    test: ['users.test.ts', 'are asked for by exactly its days, and never added up'],
  },
  {
    section: '8, 12',
    trap: 'an old name resolves to the one of today',
    test: ['accept.test.ts', 'an old name is accepted, with the name of today'],
  },
  {
    section: '8',
    trap: 'incompatible sets are refused with 400 instead of being called so',
    test: ['accept.test.ts', 'what Google cannot put together is told in its own words'],
  },
  {
    section: '10',
    trap: 'funnels have pools of their own',
    test: ['funnel.test.ts', 'funnels that are used up stop no reports'],
  },
  {
    section: '10',
    trap: 'a way to look before a big read',
    test: ['budget.test.ts', 'looks first, asks what fits, and lets the rest wait'],
  },
  {
    section: '10',
    trap: 'what is left must never be exceeded',
    test: ['budget.test.ts', 'nothing is asked beyond what is left'],
  },
  {
    section: '10',
    trap: '429 with Retry-After',
    test: ['errors.test.ts', 'waits as long as it is asked to'],
  },
  {
    section: '10',
    trap: 'quota gone until the next day, midnight Pacific',
    test: ['budget.test.ts', 'waits for the slower one: midnight in California'],
  },
  {
    section: '11',
    trap: 'credit moves for twelve days',
    test: ['report-metrics.test.ts', 'credit to a source settles after twelve days'],
  },
] as const;

it.each(TRAPS)('§$section $trap: a test names it', ({ test: [file, name] }) => {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  // In this file only what follows the table counts: no trap is named by its own line.
  expect(text.slice(Math.max(0, text.indexOf('\n] as const;')))).toContain(name);
});

const days = { '2026-03-02': { sessions: 150, newUsers: 10 }, '2026-03-03': { sessions: 160, newUsers: 20 } };
const two = berlin('2026-03-02', '2026-03-04');
const read = { metric: 'sessions', window: two };
const both = { '2026-03-02': '150', '2026-03-03': '160' };
/** Six windows need two requests, because five reports fit into one. */
const sixReads = ['03', '04', '05', '06', '07', '08'].map((day) => ({
  metric: 'sessions',
  window: berlin('2026-03-02', `2026-03-${day}`),
}));
const refusal = (http: number, grpc: number, message: string): Answer => ({
  status: http,
  grpc,
  body: { error: { code: http, message, status: 'SOME_STATUS' } },
});

describe('errors of either version of the client (6.x HTTP numbers, 7.x gRPC numbers) mean the same', () => {
  const about = {
    secrets: [],
    signal: new AbortController().signal,
    now: new Date('2026-03-20T13:48:00Z'),
    clientEmail: 'reader@example.com',
  };
  it.each([
    { http: 400, grpc: 3, code: 'invalid_argument', by: 'owner' },
    { http: 401, grpc: 16, code: 'unauthenticated', by: 'owner' },
    { http: 403, grpc: 7, code: 'permission_denied', by: 'owner' },
    { http: 404, grpc: 5, code: 'http_404', by: 'owner' },
    { http: 429, grpc: 8, code: 'resource_exhausted', by: 'time' },
    { http: 500, grpc: 13, code: 'http_500', by: 'time' },
    { http: 503, grpc: 14, code: 'http_503', by: 'time' },
    { http: 504, grpc: 4, code: 'http_504', by: 'time' },
  ])('$http is $grpc: $code', ({ http, grpc, code, by }) => {
    const body = JSON.stringify({ error: { code: http, message: 'Said so.' } });
    const six = Object.assign(new Error(body), { code: http, status: http });
    const seven = Object.assign(new Error('Said so.'), { code: grpc, httpStatusCode: http });
    for (const error of [six, seven]) {
      expect(ga4Error(error, about)).toMatchObject({ code, remedy: { by } });
    }
  });

  it('a switched-off API is told by the reason in 7.x, which has no body in its message', () => {
    const said = { code: 7, httpStatusCode: 403, reason: 'SERVICE_DISABLED', domain: 'googleapis.com' };
    expect(ga4Error(Object.assign(new Error('No.'), said), about)).toMatchObject({
      code: 'service_disabled',
    });
  });
});

it('gives up on a gRPC server that takes the key and never answers (4, DEADLINE_EXCEEDED)', async () => {
  const server = await startGrpc(() => null);
  try {
    const { context } = testContext<Ga4Config>({ ...config, transport: 'grpc' }, server.endpoint, later);
    const account = readServiceAccount(KEY);
    if ('problem' in account) throw new Error(account.problem);
    const options = { connectMs: 2_000, timeoutMs: 300 };
    const caller = await grpcCaller(context, selfSignedToken(account, SCOPE, Date.now()), options);
    await expect(caller?.getMetadata('properties/1/metadata')).rejects.toMatchObject({ code: 4 });
    await caller?.close();
  } finally {
    await server.close();
  }
});

describe('on a machine without credentials of its own', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['rest', 'grpc'] as const)(
    'a refused call over %s leaves no unhandled rejection behind, which would end the process',
    async (transport) => {
      vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
      vi.stubEnv('HOME', '/nowhere');
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => unhandled.push(reason);
      process.on('unhandledRejection', note);
      try {
        const { outcomes } = await runOn(() => refusal(401, 16, 'No.'), [read], { transport });
        expect(outcomes).toMatchObject([{ error: { errorClass: 'auth' } }]);
        // Node tells of unhandled rejections once the queue of promises is empty.
        await new Promise((resolve) => setImmediate(resolve));
        expect(unhandled).toEqual([]);
      } finally {
        process.off('unhandledRejection', note);
      }
    },
  );
});

it.each([1, 99, 'TYPE_INTEGER'])('a column whose type is written as %s is read alike', async (type) => {
  const change = (report: { metricHeaders: Array<{ name: string }> }) => ({
    ...report,
    metricHeaders: report.metricHeaders.map(({ name }) => ({ name, type })),
  });
  expect(valuesOf(await readOne(property(days, { change }), read))).toEqual(both);
});

describe('a report by date', () => {
  it('is the same whatever order the rows come in, which Google does not promise', async () => {
    const respond = property(days, {
      change: (report) => ({ ...report, rows: (report.rows ?? []).toReversed() }),
    });
    const { points } = await readOne(respond, read);
    expect(points).toEqual(Object.entries(both).map(([day, value]) => ({ day, value })));
  });

  it('has positional cells: each belongs to its header, wherever that stands', async () => {
    const respond = property(days, {
      change: (report) => ({
        ...report,
        metricHeaders: report.metricHeaders.toReversed(),
        rows: (report.rows ?? []).map(({ dimensionValues, metricValues = [] }) => ({
          dimensionValues,
          metricValues: metricValues.toReversed(),
        })),
      }),
    });
    const { outcomes } = await runOn(respond, [read, { metric: 'new_users', window: two }]);
    expect(outcomes.map(valuesOf)).toEqual([both, { '2026-03-02': '10', '2026-03-03': '20' }]);
  });

  it('whose rows shift between two pages, because there is no cursor, is not taken', async () => {
    const respond = property(days, {
      pageSize: 1,
      change: (report, { offset }) => (offset === '0' ? { ...report, rowCount: 3 } : report),
    });
    const { outcomes } = await runOn(respond, [read]);
    expect(outcomes).toMatchObject([{ error: { errorClass: 'bad_payload', code: 'rows_shifted' } }]);
  });

  it('with "(data not available)" in the date column keeps the amount and asks for the days alone', async () => {
    const respond = property(days, {
      change: (report, { dimensions }) =>
        dimensions === undefined
          ? report
          : {
              ...report,
              rows: [
                {
                  dimensionValues: [{ value: '(data not available)' }],
                  metricValues: [{ value: '310' }],
                },
              ],
              rowCount: 1,
            },
    });
    const reading = await readOne(respond, read);
    expect(valuesOf(reading)).toEqual(both);
    expect(reading.completeness.notes.join()).toContain('"(data not available)": sessions 310');
  });
});

describe('days that are asked for as ranges of their own', () => {
  const sampled = (reads: string[]) => ({
    samplingMetadatas: reads.map((samplesReadCount) => ({ samplesReadCount, samplingSpaceSize: '100' })),
  });

  it('have names that Google does not keep for itself (date_range_, RESERVED_)', async () => {
    const respond = property(days, {
      metadata: ({ dimensions }) => (dimensions === undefined ? {} : sampled(['25'])),
    });
    const { asked } = await readOne(respond, read);
    const names = asked[1]?.body.requests?.[0]?.dateRanges.map(({ name = '' }) => name) ?? [];
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).not.toMatch(/^(date_range_|RESERVED_|$)/);
  });

  it('are sampled each for itself, in the order of the ranges: one whole day counts beside a sampled one', async () => {
    const respond = property(days, {
      metadata: ({ dimensions }) => sampled(dimensions === undefined ? ['100', '25'] : ['25']),
    });
    expect((await readOne(respond, read)).points).toEqual([
      { day: '2026-03-02', value: '150' },
      { day: '2026-03-03', value: null, flags: { sampled: 0.25 } },
    ]);
  });

  it('have no value when nobody can say which of them was sampled', async () => {
    const respond = property(days, { metadata: () => sampled(['25']) });
    const { points } = await readOne(respond, read);
    expect(points.map(({ value, flags }) => ({ value, flags }))).toEqual(
      [1, 2].map(() => ({ value: null, flags: { sampled: 0.25 } })),
    );
  });
});

it('the zone is taken from every answer: a property that was moved is refused from then on', async () => {
  expect(valuesOf(await readOne(property(days), read))).toEqual(both);
  const { outcomes } = await runOn(property(days, { timeZone: 'Europe/London' }), [read]);
  expect(outcomes).toMatchObject([{ error: { code: 'time_zone', remedy: { by: 'owner' } } }]);
});

it('the first period of a cohort need not be 100 %: first visits that were not "active" lower it', async () => {
  const response = {
    dimensionHeaders: [{ name: 'cohort' }, { name: 'cohortNthDay' }],
    metricHeaders: [{ name: 'cohortActiveUsers' }, { name: 'cohortTotalUsers' }],
    rows: [
      {
        dimensionValues: [{ value: 'c' }, { value: '0000' }],
        metricValues: [{ value: '97' }, { value: '100' }],
      },
    ],
    rowCount: 1,
    metadata: { timeZone: 'Europe/Berlin' },
    kind: 'analyticsData#runReport',
  };
  const cohorts = [{ name: 'c', lastDay: '2026-02-01' }];
  const periods = cohortPeriods(
    await decodedReport(response),
    { granularity: 'day', endOffset: 0, cohorts },
    '2026-03-31',
  );
  expect(periods.get('c')).toEqual([{ active: 97, total: 100 }]);
});

it('an autumn day has 24 hours of wall time, one of which holds two real hours', async () => {
  // Clocks go back in Berlin on 25 October 2026 at three: 10 sessions in every real hour are 20 under the label of two.
  const labels = Array.from({ length: 24 }, (_, hour) => `20261025${String(hour).padStart(2, '0')}`);
  const response = {
    dimensionHeaders: [{ name: 'dateHour' }],
    metricHeaders: [{ name: 'sessions' }],
    rows: labels.map((value, hour) => ({
      dimensionValues: [{ value }],
      metricValues: [{ value: hour === 2 ? '20' : '10' }],
    })),
    rowCount: 24,
    metadata: { timeZone: 'Europe/Berlin' },
    kind: 'analyticsData#runReport',
  };
  const { byDay } = daysOfHours(await decodedReport(response), 'sessions');
  expect([...byDay]).toEqual([['2026-10-25', { total: '250', hours: 24 }]]);
});

it('the catalogue alone proves no access, because property 0 has one too: check also reads a report', async () => {
  const known = property(days);
  const server = await startRest((call) =>
    call.method === 'getMetadata'
      ? known(call)
      : refusal(403, 7, 'User does not have sufficient permissions.'),
  );
  try {
    const { context } = testContext({ ...config, propertyId: '0' }, server.endpoint, later);
    await expect(ga4.check(context)).rejects.toMatchObject({ code: 'permission_denied' });
  } finally {
    await server.close();
  }
});

describe.each(['rest', 'grpc'] as const)('refusals over %s', (transport) => {
  const now = new Date('2026-03-20T13:48:00Z');
  const failing = async (answer: Answer) => (await runOn(() => answer, [read], { transport, now })).outcomes;

  it('404 stops: asking again finds nothing either', async () => {
    expect(await failing(refusal(404, 5, 'Not found.'))).toMatchObject([
      { error: { errorClass: 'config', remedy: { by: 'owner' } } },
    ]);
  });

  it('UNKNOWN is Google’s own trouble, and the retry is slow', async () => {
    expect(await failing(refusal(500, 2, 'Unknown.'))).toMatchObject([
      { error: { errorClass: 'transient', remedy: { by: 'time', afterMs: 300_000 } } },
    ]);
  });

  it('the quota of potentially thresholded requests comes back at the full hour', async () => {
    // 12 minutes from 13:48
    expect(await failing(refusal(429, 8, 'Exhausted potentially thresholded requests quota.'))).toMatchObject(
      [{ error: { errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 720_000 } } }],
    );
  });

  it.each([
    { http: 500, grpc: 13 },
    { http: 503, grpc: 14 },
  ])('one server error ($http) ends the asking of a run, because ten lock the property out', async (code) => {
    const { outcomes, asked } = await runOn(() => refusal(code.http, code.grpc, 'Broken.'), sixReads, {
      transport,
      now,
    });
    expect(asked).toHaveLength(1);
    expect(outcomes).toMatchObject(
      sixReads.map(() => ({
        error: { code: `http_${code.http}`, remedy: { by: 'time', afterMs: 300_000 } },
      })),
    );
  });
});

describe.each(['rest', 'grpc'] as const)('the quota that an answer tells over %s', (transport) => {
  const askedWith = async (quota: Record<string, unknown>) => {
    const { outcomes, asked } = await runOn(property(days, { quota }), sixReads, { transport });
    expect(valuesOf(outcomes[0])).toEqual({ '2026-03-02': '150' });
    return asked.length;
  };

  it('without a number is used up: an absent number is 0', async () => {
    expect(await askedWith({ ...quotaWith(), tokensPerHour: { consumed: 40_000 } })).toBe(1);
  });

  it('without a pool is not used up: an absent member is unknown', async () => {
    const { tokensPerHour: _, ...others } = quotaWith();
    expect(await askedWith(others)).toBe(2);
  });

  it.each(['concurrentRequests', 'potentiallyThresholdedRequestsPerHour'])(
    'stops before %s is refused',
    async (pool) => {
      expect(await askedWith(quotaWith({ [pool]: 0 }))).toBe(1);
    },
  );
});

/** What depends on the parameters, told for the plainest of them. */
const PLAIN: Record<string, unknown> = {
  key_event_conversion: { keyEvent: 'sign_up' },
  report_total: { metric: 'eventCount' },
  report_ratio: { numerator: 'engagedSessions', denominator: 'sessions' },
  revenue: { currency: 'EUR' },
  event_conversion: { event: 'purchase' },
};
const COHORTS = ['funnel_conversion', 'retention'];

it.each(Object.keys(ga4.metrics).filter((metric) => !COHORTS.includes(metric)))(
  '%s settles after 72 hours, for as long as events may arrive late, and those days are read again',
  (metric) => {
    const { paramsSchema, rereadDays, settlesAfterHours } = ga4.metrics[metric] ?? {};
    const params: unknown = paramsSchema?.parse(PLAIN[metric] ?? {});
    const told = (trait: typeof rereadDays) => (typeof trait === 'function' ? trait(params) : trait);
    expect(told(settlesAfterHours)).toBe(72);
    // Refunds move revenue for longer, and the last day of a month must be read again through the next.
    expect(told(rereadDays)).toBe({ revenue: 35, users_of_month: 31 }[metric] ?? 3);
  },
);

it.each([
  // 24 hours for each of two steps after the first, and 72 for late events
  { metric: 'funnel_conversion', params: { steps: ['a', 'b', 'c'], withinHours: 24 }, hours: 120 },
  { metric: 'retention', params: { cohort: 'day', n: 30 }, hours: 30 * 24 + 72 },
  { metric: 'retention', params: { cohort: 'week', n: 4 }, hours: 28 * 24 + 72 },
  { metric: 'retention', params: { cohort: 'month', n: 1 }, hours: 31 * 24 + 72 },
])(
  '$metric of $params settles when everybody has had the time, and 72 hours later',
  ({ hours, metric, params }) => {
    const { paramsSchema, settlesAfterHours } = ga4.metrics[metric] ?? {};
    const parsed: unknown = paramsSchema?.parse(params);
    expect(typeof settlesAfterHours === 'function' ? settlesAfterHours(parsed) : settlesAfterHours).toBe(
      hours,
    );
  },
);
