import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statusError } from '../../../connectors/mixpanel/errors.ts';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { dailyNumbers, savedReport } from '../../../connectors/mixpanel/insights.ts';
import { readProfiles } from '../../../connectors/mixpanel/profiles.ts';
import { memoryQuota } from '../../../connectors/sdk/index.ts';
import { startHttpServer } from '../support/http-server.ts';
import { contextOn, planned, readOnce, readRun, utcWindow, valuesOf, zonedWindow } from './support/read.ts';
import { EVENTS, EXPORT, FUNNELS, INSIGHTS, line, lines, series, startMixpanel } from './support/server.ts';

const HERE = 'connectors/mixpanel/facts-traps';
const ACCEPT = 'connectors/mixpanel/accept';
const BUDGET = 'connectors/mixpanel/budget';
const COHORTS = 'connectors/mixpanel/cohorts';
const CONNECTION = 'connectors/mixpanel/connection';
const COUNTS = 'connectors/mixpanel/counts';
const ERRORS = 'connectors/mixpanel/errors';
const FUNNEL = 'connectors/mixpanel/funnel';
const REPORTS = 'connectors/mixpanel/insights';
const PEOPLE = 'connectors/mixpanel/people';
const PROFILES = 'connectors/mixpanel/profiles';
const RAW = 'connectors/mixpanel/raw-events';
const RETENTION = 'connectors/mixpanel/retention';
const SAVED = 'connectors/mixpanel/saved-cohorts';
const SUMS = 'connectors/mixpanel/sums';
const SURVEY = 'connectors/mixpanel/survey';
const WRITING = 'notifications/mixpanel';
const INGESTION = 'sandbox/mixpanel-ingestion';

type Trap = { section: string; trap: string; test: [file: string, name: string] };

const TRAPS: Trap[] = [
  { section: '1', trap: 'three hosts a region', test: [CONNECTION, 'are those of the region'] },
  { section: '1', trap: 'wrong region, no events', test: [CONNECTION, 'wrong region can look like that'] },
  { section: '1', trap: 'wrong region, refused', test: [ERRORS, 'a wrong region looks like wrong'] },
  { section: '1', trap: 'sends vanish', test: [INGESTION, 'what carries a wrong one vanishes'] },
  { section: '1', trap: 'older query path', test: ['sandbox/mixpanel-reports', 'under the older address'] },
  { section: '2', trap: 'ids on every call', test: [HERE, 'go with every call'] },
  { section: '2', trap: 'colon ends the user name', test: [CONNECTION, 'neither a colon nor a blank'] },
  { section: '2', trap: 'project secret retires', test: [CONNECTION, 'need project, user and secret'] },
  { section: '2', trap: '401, 402, 403 retried', test: [ERRORS, 'asked once only because every call'] },
  { section: '2', trap: '402 is the plan', test: [ERRORS, 'about the plan, and does not ask again'] },
  { section: '3', trap: 'to_date is inclusive', test: [HERE, 'to_date is inclusive'] },
  { section: '3', trap: 'JSON inside a parameter', test: [HERE, 'stays one name inside of its JSON'] },
  { section: '3', trap: 'no week in /segmentation', test: [COUNTS, 'asks in the way of the documentation'] },
  { section: '3', trap: 'funnels of 90 days at most', test: [FUNNEL, 'cannot be %j'] },
  {
    section: '3',
    trap: 'insights: breakdown levels',
    test: [REPORTS, 'takes the total of a report that is'],
  },
  { section: '3', trap: 'insights: two breakdowns', test: [HERE, 'split by two properties'] },
  { section: '3', trap: 'insights: type by shape', test: [REPORTS, 'told from by its shape'] },
  { section: '3', trap: 'insights: funnel trend', test: [REPORTS, 'a trend, whose days are levels'] },
  { section: '3', trap: 'insights: $average', test: [REPORTS, 'not split, without its average'] },
  { section: '3', trap: 'insights: text and "NaN"', test: [REPORTS, 'a "NaN" of a flow'] },
  { section: '3', trap: 'insights: step keys', test: [REPORTS, 'in the order of their numbers'] },
  { section: '3', trap: 'error with HTTP 200', test: [ERRORS, 'an error with the status of a success'] },
  { section: '3', trap: 'split funnel', test: [FUNNEL, 'comes split by a property'] },
  { section: '3', trap: 'ratio 1 of nobody', test: [FUNNEL, 'no value on a day without anybody'] },
  { section: '3', trap: 'conversion still rises', test: [FUNNEL, 'conversion of the last days still rises'] },
  { section: '3', trap: 'funnel from the cache', test: [HERE, 'from before its people were through'] },
  {
    section: '3',
    trap: 'retention: unfinished end',
    test: [RETENTION, 'members of its list are unfinished'],
  },
  { section: '3', trap: 'retention: the last two', test: [COHORTS, 'of a rolling day 1 the last two'] },
  { section: '3', trap: 'retention: compounded', test: [COHORTS, 'as many intervals as it needs'] },
  { section: '3', trap: 'retention: interval 0', test: [COHORTS, 'which is the first after entering'] },
  {
    section: '3',
    trap: 'addiction counts at least',
    test: [COHORTS, 'people who came on so many of its days'],
  },
  { section: '3', trap: 'sums spell out zeros', test: [SUMS, 'since zeros are spelled out'] },
  { section: '3', trap: 'averages do not add up', test: [SUMS, 'no mean of daily means over several days'] },
  {
    section: '3',
    trap: 'average is per user',
    test: [PEOPLE, 'events by people and no mean of daily means'],
  },
  { section: '3', trap: 'a month is no sum of days', test: [PEOPLE, 'whole periods that are over'] },
  { section: '3', trap: 'no week with a filter', test: [PEOPLE, 'only counts by day and month'] },
  { section: '3', trap: 'insights: funnel by day', test: [SAVED, 'those whose people may still finish'] },
  { section: '3', trap: 'insights: rising total', test: [SAVED, 'adds up days which still rise'] },
  {
    section: '3',
    trap: 'insights: from the cache',
    test: [SAVED, 'a cached number of then has risen since'],
  },
  { section: '3', trap: 'unknown report with 200', test: [ACCEPT, 'which Mixpanel tells with HTTP 200'] },
  { section: '3', trap: 'retention: shorter lists', test: [RETENTION, 'where the list is too short'] },
  { section: '3', trap: 'retention: no order', test: [RETENTION, 'keys of this endpoint come in no order'] },
  { section: '3', trap: 'retention: which one', test: [RETENTION, 'which of the many retentions it is'] },
  { section: '3', trap: 'uniques do not add up', test: [COUNTS, 'does not add up people over days'] },
  { section: '3', trap: 'segments cut silently', test: [COUNTS, 'beyond the limit are cut in silence'] },
  { section: '3', trap: 'dates out of order', test: [COUNTS, 'whose dates come out of order'] },
  { section: '3', trap: 'left-out date is zero', test: [COUNTS, 'left out because it is zero'] },
  { section: '3', trap: 'unlisted date is unknown', test: [COUNTS, 'it is unknown, not zero'] },
  { section: '3', trap: 'answers hours old', test: [COUNTS, 'keeps how old a cached answer is'] },
  {
    section: '3',
    trap: 'filter on today’s profile',
    test: [INGESTION, 'history moves when a profile changes'],
  },
  { section: '3', trap: 'engage: session and page', test: [PROFILES, 'then by session and page'] },
  { section: '3', trap: 'engage: end of the list', test: [PROFILES, 'ends with the page that is not full'] },
  { section: '3', trap: 'engage: session gone', test: [PROFILES, 'begun again at the first page'] },
  { section: '3', trap: 'engage: id as a number', test: [PROFILES, 'number among the ids as text'] },
  { section: '4', trap: 'UTC days', test: [SURVEY, 'are UTC days, so one more is asked'] },
  {
    section: '4',
    trap: 'local days before 2023',
    test: [SURVEY, 'are those of the project in projects from'],
  },
  { section: '4', trap: 'wall time as UTC', test: [RAW, 'local times called UTC'] },
  { section: '4', trap: 'lines sent twice', test: [RAW, 'counts an event once that was sent twice'] },
  { section: '4', trap: 'no $insert_id', test: [RAW, 'known where $insert_id is missing'] },
  { section: '4', trap: 'broken with HTTP 200', test: [RAW, 'is discarded whole: $tail'] },
  { section: '4', trap: 'half a day stored', test: [SURVEY, 'from an export that broke off'] },
  { section: '4', trap: 'empty after a break', test: [SURVEY, 'is believed when Mixpanel counts no such'] },
  { section: '4', trap: 'cut lines, cut UTF-8', test: [SURVEY, 'whose pieces cut lines and characters'] },
  { section: '4', trap: 'to_date later than today', test: [SURVEY, 'though in UTC it is tomorrow already'] },
  { section: '4', trap: 'lines of another event', test: [HERE, 'another event are no answers'] },
  { section: '5', trap: '60 an hour', test: [ERRORS, 'leaves half of the 60 queries to people'] },
  { section: '5', trap: '60 an hour for all', test: ['e2e/quota-week', 'within every documented quota'] },
  { section: '5', trap: '60 an hour, two workers', test: [BUDGET, 'never exceed the budget of a project'] },
  { section: '5', trap: 'one call for all', test: [BUDGET, 'as few queries as the data needs'] },
  { section: '5', trap: 'one call for many', test: [COUNTS, 'all events of one window share one call'] },
  { section: '5', trap: '3 exports a second', test: [HERE, '3 exports a second are never exceeded'] },
  { section: '5', trap: 'exports apart', test: [ERRORS, 'one for queries and another for exports'] },
  { section: '5', trap: 'number in a 429', test: [HERE, 'decides nothing'] },
  { section: '5', trap: 'no Retry-After', test: [ERRORS, 'without Retry-After waits until the oldest'] },
  { section: '5', trap: 'a 5xx in HTML', test: [ERRORS, 'where an error comes without JSON'] },
  { section: '6', trap: 'base64 is not escaped', test: [INGESTION, 'carries + and / as they are'] },
  { section: '6', trap: 'exactly 1', test: [INGESTION, 'answers exactly 1, without a line break'] },
  { section: '6', trap: 'client and proxies', test: [INGESTION, 'With a proxy in the environment'] },
  { section: '6', trap: 'no strict=1, no id', test: [WRITING, 'sent to the strict import'] },
  { section: '6', trap: 'valid ones were taken', test: [WRITING, 'which it does not name are in'] },
  {
    section: '6',
    trap: 'refused, not retried',
    test: ['notifications/mixpanel-import', 'is not sent again'],
  },
  { section: '6', trap: 'insert_id, $insert_id', test: [WRITING, 'as the specification spells it'] },
  { section: '6', trap: 'refused or moved', test: [INGESTION, 'moves the future to now, and refuses ids'] },
  { section: '6', trap: 'the same id twice', test: [WRITING, 'so that Mixpanel counts it once'] },
  { section: '6', trap: 'not an upsert', test: [INGESTION, 'same id with another time on another day'] },
  { section: '7', trap: 'a day of 23 hours', test: [COUNTS, 'also the spring day of 23 hours'] },
  { section: '7', trap: 'a day of 25 hours', test: [HERE, 'autumn day of 25 hours'] },
  { section: '7', trap: 'weeks are a setting', test: [REPORTS, 'a report by week, whose numbers belong'] },
  { section: '7', trap: 'weeks of another day', test: [PEOPLE, 'weeks begin on another day'] },
  { section: '7', trap: 'events days late', test: [HERE, 'days later is read again'] },
  { section: '7', trap: 'the last bucket is partial', test: [REPORTS, 'and without the running one'] },
  { section: '8', trap: 'long exports break', test: [SURVEY, 'cover 30 days at most'] },
  { section: '8', trap: '402 on engage', test: [HERE, 'no list of profiles begun again'] },
  { section: '8', trap: 'names that clash', test: [HERE, 'under its raw name'] },
  { section: '8', trap: 'edited, then refused', test: [SAVED, 'edited since is refused where its digest'] },
  { section: '8', trap: 'report edited', test: [REPORTS, 'when a colleague edits what the report'] },
  { section: '8', trap: 'corrupted $insert_id', test: [HERE, 'key of $insert_id is corrupted'] },
];

it.each(TRAPS)('§$section, $trap: has a test that names it', ({ test: [file, name] }) => {
  const text = readFileSync(new URL(`../../${file}.test.ts`, import.meta.url), 'utf8');
  // In this file every name stands in the table, too.
  expect(text.split(name).length - 1).toBeGreaterThanOrEqual(file === HERE ? 2 : 1);
});

const now = '2026-03-20T12:00:00Z';
const window = utcWindow('2026-03-02', '2026-03-04');
const surveyParams = { event: 'Answered', days: 1 };
const answered = (who: string, properties: object, event = 'Answered') =>
  line(event, who, '2026-03-02T10:00:00Z', properties);
const step = (count: number) => ({ count, event: 'A' });

describe('project and data view', () => {
  it.each([
    { metric: 'event_total', params: { event: 'Answered' }, path: EVENTS },
    { metric: 'nps', params: surveyParams, path: EXPORT },
  ])('go with every call: $path', async ({ metric, params, path }) => {
    const answers = {
      [EVENTS]: () => series(['2026-03-02'], {}),
      [EXPORT]: () => lines(answered('a', { score: 9 })),
    };
    const { asked } = await readOnce(answers, metric, { params, now, window, config: { workspaceId: 77 } });
    expect(asked).toMatchObject([{ path, query: { project_id: '2195193', workspace_id: '77' } }]);
  });
});

it.each([
  { metric: 'event_total', params: { event: 'A' } },
  { metric: 'unique_users', params: { event: 'A', where: 'defined(user["$email"])' } },
  { metric: 'funnel_conversion', params: { funnelId: 1, lengthDays: 1 } },
])('to_date is inclusive, so the day on which a window ends is not asked for ($metric)', async (given) => {
  const server = await startMixpanel({});
  try {
    const { context } = contextOn(server, now);
    await readRun(context, [planned(given.metric, window, given.params)]).catch(() => null);
    expect(server.asked).toMatchObject([{ query: { from_date: '2026-03-02', to_date: '2026-03-03' } }]);
  } finally {
    await server.close();
  }
});

it('a name with quotes, commas and foreign letters stays one name inside of its JSON', async () => {
  const name = 'Kauf "groß", 50 % & mehr';
  const answer = () => series(['2026-03-02'], { [name]: { '2026-03-02': 4 } });
  const reading = await readOnce({ [EVENTS]: answer }, 'event_total', {
    params: { event: name },
    now,
    window,
  });
  expect(JSON.parse(reading.asked[0]?.query['event'] ?? '')).toEqual([name]);
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '4' });
});

it('a saved report that is split by two properties gives its total, and is refused without one', () => {
  const day = (count: number) => ({ '2026-03-02T00:00:00Z': count });
  const pro = { $overall: day(3), web: day(2), phone: day(1) };
  const of = (series: object) => savedReport({ computed_at: '2026-03-09T00:00:00Z', headers: [], series });
  expect(dailyNumbers(of({ A: { $overall: day(5), pro } }), 'A').byDay).toEqual({ '2026-03-02': 5 });
  expect(() => dailyNumbers(of({ A: { pro } }), 'A')).toThrow(
    expect.objectContaining({ errorClass: 'schema_drift' }),
  );
});

it('a cached funnel from before its people were through gives that day no point', async () => {
  // People of 3 March have one day: until the end of 4 March. The answer was made in the evening of that day.
  const data = {
    '2026-03-02': { steps: [step(10), step(5)] },
    '2026-03-03': { steps: [step(10), step(1)] },
  };
  const at = async (computedAt: string) => {
    const body = { computed_at: computedAt, meta: { dates: Object.keys(data) }, data };
    const params = { funnelId: 1, lengthDays: 1 };
    return valuesOf(
      await readOnce({ [FUNNELS]: () => ({ body }) }, 'funnel_conversion', { params, now, window }),
    );
  };
  expect(await at('2026-03-04T20:00:00')).toEqual({ '2026-03-02': '0.5' });
  expect(await at('2026-03-05T00:00:00')).toEqual({ '2026-03-02': '0.5', '2026-03-03': '0.1' });
});

describe('the raw export', () => {
  const read = (...events: object[]) =>
    readOnce({ [EXPORT]: () => lines(...events) }, 'nps_average', {
      params: { ...surveyParams, dedupe: 'all' },
      now,
      window: utcWindow('2026-03-02', '2026-03-03'),
    });

  it('may ignore the filter: lines of another event are no answers', async () => {
    const { points } = await read(answered('a', { score: 9 }), answered('b', { score: 0 }, 'Rated'));
    expect(points).toMatchObject([{ value: '9', denominator: '1' }]);
  });

  it('keeps each property under its raw name: "$score" is not "score"', async () => {
    const { points } = await read(answered('a', { $score: 0, score: 9, Score: 1 }));
    expect(points).toMatchObject([{ value: '9', denominator: '1' }]);
  });

  it('is read where the key of $insert_id is corrupted, and says what could not be checked', async () => {
    const corrupted = answered('a', { score: 8, $insert_id: undefined, $insert_idX: 'i1' });
    const { points, completeness } = await read(corrupted);
    expect(points).toMatchObject([{ value: '8', denominator: '1' }]);
    expect(completeness.notes).toEqual([expect.stringContaining('1 lines of "Answered" without $insert_id')]);
  });
});

it('3 exports a second are never exceeded by one long survey', async () => {
  const startedAtMs: number[] = [];
  const answers = {
    [EXPORT]: () => {
      startedAtMs.push(performance.now());
      return lines(answered('a', { score: 9 }));
    },
  };
  // 100 days, one more on each side, 30 at most in a request: four requests.
  const params = { ...surveyParams, days: 100 };
  await readOnce(answers, 'nps', { params, now, window: utcWindow('2026-03-02', '2026-03-03') });
  expect(startedAtMs).toHaveLength(4);
  expect((startedAtMs[3] ?? 0) - (startedAtMs[0] ?? 0)).toBeGreaterThan(1_000);
});

it('the number of queries that a 429 speaks of decides nothing: contracts differ', async () => {
  const waits = ['61/60 queries', '401/400 queries', '1/400 queries'].map(async (spent) => {
    const error = `Query rate limit exceeded for project_id: 1. 1/5 queries running concurrently and ${spent} running`;
    const server = await startMixpanel({ [EVENTS]: () => ({ status: 429, body: { error } }) });
    try {
      const { context } = contextOn(server, now);
      const reads = [planned('event_total', window, { event: 'A' })];
      await readRun({ ...context, quota: memoryQuota(() => 0) }, reads);
      return null;
    } catch (failure) {
      return failure;
    } finally {
      await server.close();
    }
  });
  // Without Retry-After the refused call itself is the oldest: an hour.
  const hour = { errorClass: 'rate_limited', remedy: { by: 'time', afterMs: 3_600_000 } };
  expect(await Promise.all(waits)).toMatchObject([hour, hour, hour]);
});

describe('the running day of a saved report', () => {
  const read = async (computedAt: string, keys: string[], zoned: ReturnType<typeof zonedWindow>) => {
    const series = { A: Object.fromEntries(keys.map((key, index) => [key, index + 1])) };
    const body = { computed_at: computedAt, headers: [], series };
    const params = { bookmarkId: 1, series: 'A' };
    return valuesOf(
      await readOnce({ [INSIGHTS]: () => ({ body }) }, 'saved_report', {
        params,
        now: '2026-11-20T00:00:00Z',
        window: zoned,
      }),
    );
  };
  const zone = 'America/Los_Angeles';

  it('lasts through the autumn day of 25 hours, whose offset is that of its midnight', async () => {
    // 07:30Z on 2 November is 23:30 on the 1st in Los Angeles, and would be 00:30 on the 2nd at its summer offset.
    const keys = ['2026-10-31T00:00:00-07:00', '2026-11-01T00:00:00-07:00'];
    const autumn = zonedWindow('2026-10-31T00:00:00-07:00', '2026-11-02T00:00:00-08:00', zone);
    expect(await read('2026-11-02T07:30:00Z', keys, autumn)).toEqual({ '2026-10-31': '1' });
    expect(await read('2026-11-02T08:00:00Z', keys, autumn)).toEqual({
      '2026-10-31': '1',
      '2026-11-01': '2',
    });
  });

  it('is one of the project’s zone where days come without an offset', async () => {
    const spring = zonedWindow('2026-03-06T00:00:00-08:00', '2026-03-08T00:00:00-08:00', zone);
    // 01:30Z on 8 March is 17:30 on the 7th there.
    const keys = ['2026-03-06', '2026-03-07'];
    expect(await read('2026-03-08T01:30:00Z', keys, spring)).toEqual({ '2026-03-06': '1' });
  });
});

it.each(['event_total', 'unique_users', 'saved_report', 'nps', 'nps_average'])(
  'what phones send days later is read again, and people who were merged: five days of %s',
  (metric) => {
    const definition = mixpanel.metrics[metric];
    const ofDays = (trait: number | ((params: never) => number) | undefined) =>
      typeof trait === 'function' ? trait({ unit: 'day' } as never) : trait; // the only parameter that it depends on
    expect(ofDays(definition?.settlesAfterHours)).toBe(120);
    expect(ofDays(definition?.rereadDays)).toBe(5);
  },
);

it('a plan without API calls is no list of profiles begun again: the owner is told at once', async () => {
  const first = { page: 0, page_size: 1, session_id: 's1' };
  const results = [{ $distinct_id: 'a', $properties: {} }];
  let requests = 0;
  const server = await startHttpServer((_, response) => {
    requests += 1;
    response.writeHead(requests === 1 ? 200 : 402).end(JSON.stringify({ ...first, results }));
  });
  const ask = async () => {
    const response = await fetch(server.url);
    const answer: unknown = await response.json();
    if (!response.ok) throw statusError(response.status, null, null);
    return answer;
  };
  try {
    const reading = readProfiles(ask, {}, new AbortController().signal);
    await expect(reading).rejects.toMatchObject({ code: 'plan', remedy: { by: 'owner' } });
    expect(requests).toBe(2);
  } finally {
    await server.close();
  }
});

it('a week has one point in seven days, and is not late before the next one is due', () => {
  const settles = mixpanel.metrics['unique_users']?.settlesAfterHours;
  // The Sunday that ended the last week may be 6 days back, and 5 more settle it: (6 + 5) x 24.
  expect(typeof settles === 'function' ? settles({ unit: 'week' }) : settles).toBe(264);
});
