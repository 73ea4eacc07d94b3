import { describe, expect, it } from 'vitest';
import { ga4 } from '../../../connectors/ga4/index.ts';
import { funnelsOf } from './support/people.ts';
import { quotaWith } from './support/property.ts';
import { berlin, readOne, runOn } from './support/read.ts';

/** Noon of Sunday 15 March 2026 in Berlin: Wednesday the 11th is the last settled day. */
const now = new Date('2026-03-15T11:00:00Z');
const window = berlin('2026-03-02', '2026-03-16');
const steps = ['sign_up', 'create_project where plan in pro,team', 'invite'];

describe.each(['rest', 'grpc'] as const)('a funnel over %s', (transport) => {
  it('has a point for each day of entry, once everybody has had the time', async () => {
    const respond = funnelsOf((day) => (day === '2026-03-03' ? [50, 20] : [100, 40, 10]));
    const params = { steps, withinHours: 72 };
    const { points } = await readOne(
      respond,
      { metric: 'funnel_conversion', params, window },
      { now, transport },
    );
    // Twice 72 hours are six days: from 5 March they run to the 11th, from the 6th to the 12th.
    expect(points).toEqual([
      { day: '2026-03-02', value: '0.1', numerator: '10', denominator: '100' },
      { day: '2026-03-03', value: '0', numerator: '0', denominator: '50' },
      { day: '2026-03-04', value: '0.1', numerator: '10', denominator: '100' },
      { day: '2026-03-05', value: '0.1', numerator: '10', denominator: '100' },
    ]);
  });

  it('asks for the day of entry at the first step, for the time between steps, and for as many days as that takes', async () => {
    const respond = funnelsOf(() => [2, 1, 1]);
    const one = berlin('2026-03-02', '2026-03-03');
    const params = { steps, withinHours: 72, filter: 'country == France' };
    const { asked } = await readOne(
      respond,
      { metric: 'funnel_conversion', params, window: one },
      { now, transport },
    );
    const { body } = asked.find(({ method }) => method === 'runFunnelReport') ?? {};
    // Six days on, and one more for clocks that go forward and for the last hour of the limit.
    expect(body?.dateRanges).toMatchObject([{ startDate: '2026-03-02', endDate: '2026-03-09' }]);
    const text = JSON.stringify(body);
    for (const part of ['sign_up', '"date"', '20260302', 'plan', 'team', 'invite', 'France']) {
      expect(text).toContain(part);
    }
    // 72 hours; gRPC shows the message and REST its text
    expect(text).toMatch(/"259200s"|"seconds":"?259200/);
  });
});

it('a day on which nobody entered has no conversion, which is not one of zero', async () => {
  const one = berlin('2026-03-02', '2026-03-03');
  const read = { metric: 'funnel_conversion', params: { steps }, window: one };
  const early = new Date('2026-04-15T11:00:00Z');
  const { points } = await readOne(
    funnelsOf(() => []),
    read,
    { now: early },
  );
  expect(points).toEqual([
    { day: '2026-03-02', value: null, numerator: '0', denominator: '0', flags: { noActivity: true } },
  ]);
});

it('a sampled funnel has no value but its fraction', async () => {
  const metadata = { samplingMetadatas: [{ samplesReadCount: '5', samplingSpaceSize: '10' }] };
  const one = berlin('2026-03-02', '2026-03-03');
  const params = { steps: ['a', 'b'], withinHours: 24 };
  const { points } = await readOne(
    funnelsOf(() => [10, 5], { metadata }),
    { metric: 'funnel_conversion', params, window: one },
    { now },
  );
  expect(points).toEqual([{ day: '2026-03-02', value: null, flags: { sampled: 0.5 } }]);
});

it('an open funnel is one of the day itself and asks for no day of entry', async () => {
  const one = berlin('2026-03-11', '2026-03-12');
  const params = { steps: ['a', 'b'], open: true };
  const { asked, points } = await readOne(
    funnelsOf(() => [10, 5]),
    { metric: 'funnel_conversion', params, window: one },
    { now },
  );
  const { body } = asked.find(({ method }) => method === 'runFunnelReport') ?? {};
  expect(body?.dateRanges).toMatchObject([{ startDate: '2026-03-11', endDate: '2026-03-11' }]);
  expect(JSON.stringify(body)).not.toContain('20260311');
  expect(points).toMatchObject([{ value: '0.5' }]);
});

it('days of another zone are refused, though answers about funnels name none', async () => {
  const respond = funnelsOf(() => [10, 5], { timeZone: 'Asia/Tokyo' });
  const params = { steps: ['a', 'b'] };
  const early = new Date('2026-04-15T11:00:00Z');
  await expect(
    readOne(respond, { metric: 'funnel_conversion', params, window }, { now: early }),
  ).rejects.toMatchObject({
    code: 'time_zone',
  });
});

it('funnels that are used up stop no reports, which have pools of their own', async () => {
  const params = { steps: ['a', 'b'], withinHours: 24 };
  const respond = funnelsOf(() => [10, 5], {});
  const { outcomes } = await runOn(
    (call) => {
      const answer = respond(call);
      if (call.method !== 'runFunnelReport' || answer === null) return answer;
      const body = { ...(answer.body as object), propertyQuota: quotaWith({ tokensPerHour: 10 }) };
      return { ...answer, body };
    },
    [
      { metric: 'funnel_conversion', params, window: berlin('2026-03-01', '2026-03-10') },
      { metric: 'users', window: berlin('2026-03-02', '2026-03-04') },
    ],
    { now },
  );
  expect(outcomes[0]).toMatchObject({ error: { errorClass: 'rate_limited' } });
  expect((outcomes[0] as { error: Error }).error.message).toContain('funnel quota');
  expect(outcomes[1]).toHaveProperty('points');
});

it.each([
  [['sign_up'], 'A funnel has at least two steps'],
  [['sign up', 'b'], 'is no event: write its name'],
  [['a', 'b where plan = pro'], 'after plan comes one of'],
  [['a', 'b where plan is empty'], 'cannot ask whether plan is empty'],
])('the steps %s are refused with the next step', (given, told) => {
  const parsed = ga4.metrics['funnel_conversion']?.paramsSchema.safeParse({ steps: given });
  expect(parsed?.error?.issues[0]?.message).toContain(told);
});
