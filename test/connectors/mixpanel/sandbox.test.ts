import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import type { MetricReading, PlannedRead } from '../../../connectors/sdk/index.ts';
import type { FAULT_KINDS } from '../../../sandbox/state.ts';
import { progressMessageSchema, sendProgress } from '../../../src/notifications/mixpanel.ts';
import { did, openProject, type Project } from '../../sandbox/mixpanel-support.ts';
import { testContext } from '../support/context.ts';
import { planned, readRun, valuesOf, zonedWindow } from './support/read.ts';

/** Berlin is an hour ahead of UTC until 29 March 2026, two from then on. */
const timeZone = 'Europe/Berlin';
const january = zonedWindow('2026-01-01T00:00:00+01:00', '2026-02-01T00:00:00+01:00', timeZone);
const now = '2026-04-03T00:00:00Z';
const answer = (who: string, iso: string, score: string | number) =>
  did(who, 'Survey Answered', iso, { properties: { score } });

const events = [
  did('a', 'Sign Up', '2026-01-05T10:00:00Z'),
  did('a', 'Project Created', '2026-01-06T10:00:00Z'), // within the 14 days of the funnel
  did('a', 'Page Viewed', '2026-02-10T10:00:00Z'), // on day 36
  did('c', 'Sign Up', '2026-01-10T10:00:00Z'),
  did('c', 'Project Created', '2026-01-30T10:00:00Z'), // after 20 days: too late for the funnel
  did('c', 'Page Viewed', '2026-02-05T10:00:00Z'), // on day 26: too early for days 30 to 59
  did('b', 'Sign Up', '2026-01-31T22:30:00Z'), // half past eleven at night in Berlin, still January
  did('b', 'Page Viewed', '2026-04-01T22:00:00Z'), // half an hour before its day 60
  answer('a', '2026-01-05T11:00:00Z', 3),
  answer('a', '2026-01-05T23:30:00Z', 9), // 6 January in Berlin
  answer('b', '2026-01-06T11:00:00Z', '10'),
  answer('c', '2026-01-06T11:00:00Z', 7.5),
];

let project: Project;
beforeAll(async () => {
  project = await openProject({ events, now, timeZone });
});
afterAll(() => project.close());

function contextOf() {
  const { projectId, username, secret } = project.access;
  const config = mixpanel.configSchema.parse({
    projectId,
    serviceAccount: username,
    serviceAccountSecret: secret,
  });
  return testContext(config, new URL(project.url), new Date(now)).context;
}
const read = async ({ metric, params, window }: PlannedRead): Promise<MetricReading> => {
  const [reading] = await readRun(contextOf(), [planned(metric, window, params)]);
  if (reading === undefined) throw new Error('nothing was read');
  return reading;
};
const notZero = (reading: MetricReading) =>
  Object.fromEntries(Object.entries(valuesOf(reading)).filter(([, value]) => value !== '0'));

describe('against the sandbox’s Mixpanel', () => {
  it('finds the account', async () => {
    expect(await mixpanel.check(contextOf())).toMatchObject({ livemode: null, warnings: [] });
  });

  it('counts events and people by the days of the project', async () => {
    const signUps = await read(planned('event_total', january, { event: 'Sign Up' }));
    const creators = await read(planned('unique_users', january, { event: 'Project Created' }));
    expect(signUps.points).toHaveLength(31);
    expect(notZero(signUps)).toEqual({ '2026-01-05': '1', '2026-01-10': '1', '2026-01-31': '1' });
    expect(notZero(creators)).toEqual({ '2026-01-06': '1', '2026-01-30': '1' });
  });

  it('measures a saved funnel', async () => {
    const conversion = await read(planned('funnel_conversion', january, { funnelId: 7509 }));
    const entered = conversion.points.filter(({ denominator }) => denominator !== '0');
    expect(entered.map(({ day, numerator, denominator }) => [day, numerator, denominator])).toEqual([
      ['2026-01-05', '1', '1'],
      ['2026-01-10', '0', '1'],
      ['2026-01-31', '0', '1'],
    ]);
  });

  it('measures one-month retention: two of three came back on days 30 to 59', async () => {
    const retention = await read(planned('retention_one_month', january, {}));
    expect(retention.points).toEqual([
      { day: '2026-01-31', numerator: '2', denominator: '3', value: '0.666666666667' },
    ]);
  });

  it('scores a survey from its answers', async () => {
    const days = zonedWindow('2026-01-05T00:00:00+01:00', '2026-01-07T00:00:00+01:00', timeZone);
    const params = { event: 'Survey Answered', days: 7 };
    const nps = await read(planned('nps', days, params));
    const average = await read(planned('nps_average', days, params));
    // On the 5th one 3; on the 6th a has said 9, b 10, and 7.5 is no answer.
    expect(valuesOf(nps)).toEqual({ '2026-01-05': '-100', '2026-01-06': '100' });
    expect(valuesOf(average)).toEqual({ '2026-01-05': '3', '2026-01-06': '9.5' });
  });

  const every = (): PlannedRead[] => [
    planned('event_total', january, { event: 'Sign Up' }),
    planned('unique_users', january, { event: 'Sign Up' }),
    planned('funnel_conversion', january, { funnelId: 7509 }),
    planned('retention_one_month', january, {}),
    planned('nps', january, { event: 'Survey Answered' }),
  ];

  it.each<{ kind: (typeof FAULT_KINDS)[number]; errorClass: string }>([
    { kind: 'rate_limit', errorClass: 'rate_limited' },
    { kind: 'quota', errorClass: 'rate_limited' },
    { kind: 'server_error', errorClass: 'transient' },
    { kind: 'cut_off', errorClass: 'bad_payload' },
    { kind: 'empty', errorClass: 'bad_payload' },
    { kind: 'not_json', errorClass: 'bad_payload' },
    { kind: 'revoked', errorClass: 'auth' },
    { kind: 'forbidden', errorClass: 'auth' },
  ])('gives no number at all while Mixpanel suffers from $kind', async ({ kind, errorClass }) => {
    project.broken({ kind });
    try {
      for (const one of every()) {
        await expect(read(one), one.metric).rejects.toMatchObject({ errorClass });
      }
    } finally {
      project.broken(null);
    }
  });

  it.each(['changed_shape', 'empty_list'] as const)('makes no zero of an answer with %s', async (kind) => {
    project.broken({ kind });
    try {
      for (const one of every()) {
        const reading = await read(one).catch(() => null);
        expect(reading?.points ?? [], one.metric).toEqual([]);
      }
    } finally {
      project.broken(null);
    }
  });

  it('finds progress that was written back once, however often it was sent', async () => {
    const message = progressMessageSchema.parse({
      v: 1,
      type: 'key_result.progress',
      keyResult: { id: 'kr_1', key: 'growth.signups', title: 'Sign-ups' },
      asOfDay: '2026-01-19',
      revision: 'r1',
      computedAt: '2026-01-20T06:00:00Z',
      value: 120,
      target: 200,
      progress: 0.2,
      expected: 0.5,
      status: 'on_track',
      dataState: 'fresh',
      sandbox: true,
    });
    const { projectId, username, secret } = project.access;
    for (const attempt of ['first', 'second']) {
      const result = await sendProgress({
        settings: { region: 'us', projectId, serviceAccount: username },
        secrets: { serviceAccountSecret: secret },
        endpoint: new URL(project.url),
        message,
        fetch: (url, init) => fetch(url, init),
        signal: new AbortController().signal,
        now: new Date(now),
      });
      expect(result, attempt).toEqual({ ok: true, status: 200 });
    }
    const written = await read(planned('event_total', january, { event: 'Key Result Progress' }));
    expect(notZero(written)).toEqual({ '2026-01-20': '1' });
  });
});
