import { afterEach, describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { countsByDay } from '../../../connectors/mixpanel/period-counts.ts';
import { seriesSchema } from '../../../connectors/mixpanel/schema.ts';
import type { MetricReading, PlannedRead } from '../../../connectors/sdk/index.ts';
import {
  contextOn,
  fixture,
  planned,
  readOnce,
  readRun,
  utcWindow,
  valuesOf,
  zonedWindow,
} from './support/read.ts';
import {
  type Answers,
  EVENTS,
  type MixpanelServer,
  SEGMENTATION,
  series,
  startMixpanel,
} from './support/server.ts';

let server: MixpanelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const now = '2026-03-10T12:00:00Z';
const week = utcWindow('2026-03-02', '2026-03-09');
const segmentationWeek = fixture<{ response: unknown; expected: { byDate: Record<string, number> } }>(
  'made/segmentation_week.json',
);
const asText = (numbers: Record<string, number>) =>
  Object.fromEntries(Object.entries(numbers).map(([day, value]) => [day, String(value)]));

/** Every name that is asked for once a day, over the days asked for. */
const onceADay = (query: URLSearchParams) => {
  const names = JSON.parse(query.get('event') ?? '[]') as string[];
  const days = [query.get('from_date') ?? '', query.get('to_date') ?? ''];
  return series(days, Object.fromEntries(names.map((name) => [name, { [days[0] ?? '']: 1 }])));
};

async function run(answers: Answers, reads: PlannedRead[]): Promise<MetricReading[]> {
  server = await startMixpanel(answers);
  return readRun(contextOn(server, now).context, reads);
}

it.each([
  {
    metric: 'unique_users',
    path: SEGMENTATION,
    params: { event: 'Signup', where: 'defined(user["$email"])' },
  },
  { metric: 'unique_users', path: EVENTS, params: { event: 'Signup' } },
])(
  'reads a week whose dates come out of order, with a day that is left out because it is zero ($path)',
  async (given) => {
    const answers = { [given.path]: () => ({ body: segmentationWeek.response }) };
    const reading = await readOnce(answers, given.metric, { params: given.params, now, window: week });
    expect(valuesOf(reading)).toEqual(asText(segmentationWeek.expected.byDate));
  },
);

it('gives a day that the answer does not list no point: it is unknown, not zero', async () => {
  const answers = { [EVENTS]: () => series(['2026-03-02', '2026-03-04'], { Signup: { '2026-03-04': 5 } }) };
  const window = utcWindow('2026-03-02', '2026-03-05');
  const reading = await readOnce(answers, 'event_total', { params: { event: 'Signup' }, now, window });
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '0', '2026-03-04': '5' });
  expect(reading.completeness.notes).toEqual(["Mixpanel's answer leaves out 1 of the days asked for"]);
});

it('makes no zeros of an answer with nothing in it', async () => {
  const answers = { [EVENTS]: () => series([], {}) };
  const reading = await readOnce(answers, 'event_total', { params: { event: 'Signup' }, now, window: week });
  expect(reading.points).toEqual([]);
});

it('says that an event does not occur at all, because its name may be wrong', async () => {
  const answers = { [EVENTS]: () => series(['2026-03-02'], {}) };
  const window = utcWindow('2026-03-02', '2026-03-03');
  const reading = await readOnce(answers, 'event_total', { params: { event: 'Sign up' }, now, window });
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '0' });
  expect(reading.completeness.notes).toEqual([expect.stringContaining('no "Sign up" at all')]);
});

it('asks in the way of the documentation, with the service account and the project', async () => {
  const reading = await readOnce({ [EVENTS]: onceADay }, 'event_total', {
    params: { event: 'Sign Up' },
    now,
    window: week,
    config: { workspaceId: 77 },
  });
  expect(reading.asked).toEqual([
    {
      path: EVENTS,
      query: {
        project_id: '2195193',
        workspace_id: '77',
        type: 'general',
        unit: 'day',
        from_date: '2026-03-02',
        to_date: '2026-03-08',
        event: '["Sign Up"]',
      },
      authorization: `Basic ${btoa('tidemark.1a2b3c.mp-service-account:kEpt0utOfSight')}`,
    },
  ]);
});

describe('60 queries an hour', () => {
  it('are spared: all events of one window share one call, whoever reads them', async () => {
    const names = ['Sign Up', 'Invite Sent', 'Sign Up', 'Project Created'];
    const readings = await run(
      { [EVENTS]: onceADay },
      names.map((event) => planned('event_total', week, { event })),
    );
    expect(readings.map((reading) => reading.points[0]?.value)).toEqual(['1', '1', '1', '1']);
    expect(server?.asked.map(({ query }) => query['event'])).toEqual([
      '["Invite Sent","Project Created","Sign Up"]',
    ]);
  });

  it('are spared for people and events each, because one call tells only one of them', async () => {
    await run({ [EVENTS]: onceADay }, [
      planned('event_total', week, { event: 'Sign Up' }),
      planned('unique_users', week, { event: 'Sign Up' }),
    ]);
    expect(server?.asked.map(({ query }) => query['type'])).toEqual(['general', 'unique']);
  });

  it('are spared when a filter is the same, and when windows overlap: one call covers both', async () => {
    const where = 'properties["plan"]=="pro"';
    const answer = () => series(['2026-03-02'], { 'Sign Up': { '2026-03-02': 2 } });
    await run({ [SEGMENTATION]: answer, [EVENTS]: onceADay }, [
      planned('event_total', week, { event: 'Sign Up', where }),
      planned('event_total', week, { event: 'Sign Up', where }),
      planned('event_total', week, { event: 'Sign Up' }),
      planned('event_total', utcWindow('2026-03-01', '2026-03-09'), { event: 'Sign Up' }),
    ]);
    expect(server?.asked.map(({ path }) => path)).toEqual([SEGMENTATION, EVENTS]);
    expect(server?.asked[1]?.query).toMatchObject({ from_date: '2026-03-01', to_date: '2026-03-08' });
    expect(server?.asked[0]?.query).toMatchObject({ event: 'Sign Up', where, type: 'general', unit: 'day' });
  });

  it('ask by themselves for days far apart, which one call would have to fill with all between', async () => {
    await run({ [EVENTS]: onceADay }, [
      planned('event_total', week, { event: 'Sign Up' }),
      planned('event_total', utcWindow('2025-01-01', '2025-01-08'), { event: 'Sign Up' }),
    ]);
    expect(server?.asked.map(({ query }) => query['from_date'])).toEqual(['2026-03-02', '2025-01-01']);
  });

  it('stay one call for a window of more than a year', async () => {
    const year = utcWindow('2025-01-01', '2026-03-01');
    await run({ [EVENTS]: onceADay }, [planned('event_total', year, { event: 'Sign Up' })]);
    expect(server?.asked).toHaveLength(1);
    expect(server?.asked[0]?.query).toMatchObject({ from_date: '2025-01-01', to_date: '2026-02-28' });
  });

  it('become more calls only where the names do not fit into one address', async () => {
    // 8 names of 60 umlauts: each of them takes 6 characters in an address, so four names fill one of 1,800.
    const names = Array.from({ length: 8 }, (_, index) => 'ü'.repeat(60) + index);
    const readings = await run(
      { [EVENTS]: onceADay },
      names.map((event) => planned('event_total', week, { event })),
    );
    expect(readings.map((reading) => reading.points[0]?.value)).toEqual(Array(8).fill('1'));
    expect(server?.asked).toHaveLength(2);
  });
});

it('does not add up people over days: who came twice is one person', () => {
  expect(mixpanel.metrics['unique_users']?.kind).toBe('distinct');
  expect(mixpanel.metrics['event_total']?.kind).toBe('flow');
});

it('tells the owner of a filter that no address can hold, and does not ask', async () => {
  // 300 of these characters take 9 each in an address.
  const params = { event: 'A', where: `properties["plan"]=="${'专'.repeat(300)}"` };
  server = await startMixpanel({});
  const reading = readRun(contextOn(server, now).context, [planned('event_total', week, params)]);
  await expect(reading).rejects.toMatchObject({
    errorClass: 'config',
    code: 'url_too_long',
    remedy: { by: 'owner' },
  });
  expect(server.requestCount()).toBe(0);
});

it('asks for no day that has not begun, and for nothing when none has', async () => {
  const answers = { [EVENTS]: onceADay };
  const params = { event: 'Sign Up' };
  const begun = await readOnce(answers, 'event_total', {
    params,
    now,
    window: utcWindow('2026-03-09', '2026-03-20'),
  });
  expect(begun.asked[0]?.query).toMatchObject({ from_date: '2026-03-09', to_date: '2026-03-10' });
  const future = await readOnce(answers, 'event_total', {
    params,
    now,
    window: utcWindow('2026-03-11', '2026-03-20'),
  });
  expect(future).toMatchObject({ points: [], asked: [] });
});

it('takes the days of the project as they are, also the spring day of 23 hours', async () => {
  // Berlin moves its clocks on 29 March 2026.
  const days = ['2026-03-28', '2026-03-29', '2026-03-30'];
  const answers = {
    [EVENTS]: () => series(days, { A: { '2026-03-28': 1, '2026-03-29': 2, '2026-03-30': 3 } }),
  };
  const window = zonedWindow('2026-03-28T00:00:00+01:00', '2026-03-31T00:00:00+02:00', 'Europe/Berlin');
  const reading = await readOnce(answers, 'event_total', {
    params: { event: 'A' },
    now: '2026-04-10T00:00:00Z',
    window,
  });
  expect(valuesOf(reading)).toEqual({ '2026-03-28': '1', '2026-03-29': '2', '2026-03-30': '3' });
});

it('keeps how old a cached answer is with the points', async () => {
  const data = { series: ['2026-03-02'], values: { A: { '2026-03-02': 1 } } };
  const answers = { [EVENTS]: () => ({ body: { computed_at: '2026-03-10T08:30:00.5+00:00', data } }) };
  const window = utcWindow('2026-03-02', '2026-03-03');
  const reading = await readOnce(answers, 'event_total', { params: { event: 'A' }, now, window });
  expect(reading.points).toEqual([
    { day: '2026-03-02', value: '1', flags: { computedAt: '2026-03-10T08:30:00.500Z' } },
  ]);
});

describe('an answer that was not asked for', () => {
  const split = fixture<{ response: unknown; expected: { total: Record<string, number> } }>(
    'made/segmentation_by_plan.json',
  );
  const days = ['2026-03-02', '2026-03-03'];

  it('is refused when it is split, because segments beyond the limit are cut in silence', () => {
    const answer = seriesSchema.parse(split.response);
    expect(() => countsByDay(answer, 'Signup', ['Signup'], days)).toThrow(/names that were not asked for/);
  });

  it('is understood segment by segment, one of them the people without the property', () => {
    const answer = seriesSchema.parse(split.response);
    const names = Object.keys(answer.data.values);
    expect(names).toContain('undefined');
    const total = Object.fromEntries(days.map((day) => [day, 0]));
    for (const name of names) {
      for (const { day, value } of countsByDay(answer, name, names, days).points) {
        total[day] = (total[day] ?? 0) + Number(value);
      }
    }
    expect(total).toEqual(split.expected.total);
  });

  it.each([null, '12', 1.5, -1])('is refused when a count is %j', async (count) => {
    const data = { series: ['2026-03-02'], values: { A: { '2026-03-02': count } } };
    const reading = readOnce({ [EVENTS]: () => ({ body: { data } }) }, 'event_total', {
      params: { event: 'A' },
      now,
      window: utcWindow('2026-03-02', '2026-03-03'),
    });
    await expect(reading).rejects.toMatchObject({
      errorClass: 'schema_drift',
      code: '/data/values/A/2026-03-02',
    });
  });
});
