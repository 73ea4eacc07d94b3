import { describe, expect, it } from 'vitest';
import { typeform } from '../../../connectors/typeform/index.ts';
import { planned, pointsOf, readAll, valuesOf, window } from './support/read.ts';
import { FORM, response } from './support/server.ts';

const day = (date: string) =>
  window(date, new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10));

describe('the net promoter score', () => {
  it('is 100 times promoters less detractors by answers, with its classes and the interval of its sample', async () => {
    // 5 promoters, 2 passives, 3 detractors: 100 x (5 - 3) / 10.
    const scores = [9, 9, 9, 10, 10, 7, 8, 6, 3, 0];
    const responses = scores.map((nps1) => response('2026-03-10T10:00:00Z', { nps1 }));
    const [point] = await pointsOf({ responses }, planned('nps', day('2026-03-10')));
    expect(point).toMatchObject({
      value: '20',
      numerator: '200',
      denominator: '10',
      counts: { promoters: 5, passives: 2, detractors: 3 },
      sample: { size: 10, level: 0.95 },
    });
    // Adjusted Wald: p = 5.75/13, d = 3.75/13; 100 x (2/13 ± 1.959964 x sqrt((9.5/13 - (2/13)²)/13)).
    expect(point?.sample?.lower).toBeCloseTo(-30.33, 2);
    expect(point?.sample?.upper).toBeCloseTo(61.1, 2);
  });

  it('is a mean on the other scale: 76 points of ten people', async () => {
    const scores = [10, 9, 9, 8, 7, 6, 3, 10, 9, 5];
    const responses = scores.map((nps1) => response('2026-03-10T10:00:00Z', { nps1 }));
    const [point] = await pointsOf({ responses }, planned('nps_average', day('2026-03-10')));
    expect(point).toMatchObject({ value: '7.6', numerator: '76', denominator: '10', sample: { size: 10 } });
    // Student's t with 9 degrees of freedom: 7.6 ± 1.6588.
    expect(point?.sample?.lower).toBeCloseTo(5.9412, 4);
    expect(point?.sample?.upper).toBeCloseTo(9.2588, 4);
  });

  it('looks at the days up to each, in the metric’s zone, also when its clock is put forward', async () => {
    // New York puts its clock forward on 8 March 2026.
    const responses = [
      response('2026-03-08T04:59:59Z', { nps1: 0 }), // the 7th there
      response('2026-03-08T05:00:00Z', { nps1: 10 }), // the 8th
      response('2026-03-09T03:59:59Z', { nps1: 10 }), // still the 8th, which has 23 hours
      response('2026-03-09T04:00:00Z', { nps1: 0 }), // the 9th
    ];
    const days = window('2026-03-07', '2026-03-11', 'America/New_York');
    expect(await valuesOf({ responses }, planned('nps', days, { days: 2 }))).toEqual({
      '2026-03-07': '-100',
      '2026-03-08': '33.333333333333', // 2 promoters, 1 detractor
      '2026-03-09': '33.333333333333',
      '2026-03-10': '-100',
    });
  });

  it('begins in Shanghai at four in the afternoon of the day before', async () => {
    const responses = [
      response('2026-02-28T16:30:00Z', { nps1: 10 }),
      response('2026-02-28T15:30:00Z', { nps1: 0 }),
    ];
    const days = window('2026-02-28', '2026-03-02', 'Asia/Shanghai');
    expect(await valuesOf({ responses }, planned('nps', days, { days: 1 }))).toEqual({
      '2026-02-28': '-100',
      '2026-03-01': '100',
    });
  });

  it('takes a person’s latest answer of the window, by the hidden field that names them', async () => {
    const by = (user_id: string) => ({ hidden: { user_id, plan: 'pro' } });
    const responses = [
      response('2026-03-02T10:00:00Z', { nps1: 3 }, by('a')),
      response('2026-03-05T10:00:00Z', { nps1: 10 }, by('b')),
      response('2026-03-06T10:00:00Z', { nps1: 7 }, by('c')),
      response('2026-03-09T10:00:00Z', { nps1: 9 }, by('a')),
      response('2026-03-09T10:00:00Z', {}, by('b')), // an empty form takes nothing back
    ];
    const on = (params: object) => pointsOf({ responses }, planned('nps', day('2026-03-10'), params));
    // 9, 10 and 7; with all of them 3 as well; without a name every response is of somebody else.
    const respondent = 'user_id';
    expect(await on({ respondent })).toMatchObject([{ value: '66.666666666667', denominator: '3' }]);
    expect(await on({ respondent, dedupe: 'all' })).toMatchObject([{ value: '25', denominator: '4' }]);
    expect(await on({})).toMatchObject([{ value: '25', denominator: '4' }]);
    // The window comes first: of the two days up to the 3rd the 3 is the latest.
    const [early] = await pointsOf({ responses }, planned('nps', day('2026-03-03'), { respondent, days: 2 }));
    expect(early).toMatchObject({ value: '-100', denominator: '1' });
  });

  it('does not put people together whom nobody names', async () => {
    const responses = [
      response('2026-03-10T09:00:00Z', { nps1: 9 }, { hidden: { user_id: '' } }),
      response('2026-03-10T10:00:00Z', { nps1: 0 }, { hidden: { user_id: ' ' } }),
      response('2026-03-10T11:00:00Z', { nps1: 0 }),
    ];
    const read = planned('nps', day('2026-03-10'), { respondent: 'user_id' });
    expect(await pointsOf({ responses }, read)).toMatchObject([{ denominator: '3' }]);
  });

  it('drops what is no whole number from 0 to 10, and says how many', async () => {
    const responses = [10, 11, -1, 7.5].map((nps1) => response('2026-03-10T10:00:00Z', { nps1 }));
    const text = response('2026-03-10T10:00:00Z', {}, { answers: [{ fieldId: 'nps1', text: 'later' }] });
    const { readings } = await readAll({ responses: [...responses, text] }, [
      planned('nps', day('2026-03-10')),
    ]);
    expect(readings[0]).toMatchObject({
      points: [{ value: '100', denominator: '1' }],
      completeness: { items: 5, notes: ['4 answers were no whole number from 0 to 10'] },
    });
  });

  it('has no value without answers, nor of too few', async () => {
    const responses = [response('2026-03-10T10:00:00Z', { nps1: 10 }), response('2026-03-11T10:00:00Z')];
    const read = planned('nps', window('2026-03-10', '2026-03-12'), { days: 1, minResponses: 2 });
    expect(await pointsOf({ responses }, read)).toEqual([
      {
        day: '2026-03-10',
        value: null,
        reason: 'insufficient_sample',
        sample: { size: 1, lower: null, upper: null, level: null },
      },
      { day: '2026-03-11', value: null, reason: 'zero_denominator', numerator: '0', denominator: '0' },
    ]);
  });
});

describe('customer satisfaction', () => {
  it('is the share of positive answers on a scale from 1', async () => {
    const responses = [5, 4, 4, 3, 2].map((stars1) => response('2026-03-10T10:00:00Z', { stars1 }));
    expect(await pointsOf({ responses }, planned('csat', day('2026-03-10')))).toMatchObject([
      { value: '0.6', numerator: '3', denominator: '5' },
    ]);
  });

  it('takes an opinion scale of seven steps where six and seven are positive', async () => {
    const responses = [7, 6, 5, 1].map((scale1) => response('2026-03-10T10:00:00Z', { scale1 }));
    const read = planned('csat', day('2026-03-10'), { field: 'scale1', scaleMax: 7, positiveFrom: 6 });
    expect(await pointsOf({ responses }, read)).toMatchObject([{ value: '0.5', denominator: '4' }]);
  });
});

describe('completed responses', () => {
  it('are counted on the day on which they were submitted; begun ones are none', async () => {
    const responses = [
      response('2026-03-09T23:59:59Z'),
      response('2026-03-10T00:00:00Z'),
      response('2026-03-10T08:00:00Z', {}, { kind: 'partial' }),
      response('2026-03-10T09:00:00Z', {}, { formId: 'another' }),
      response('2026-03-10T23:59:59.999Z'),
    ];
    const read = planned('response_count', window('2026-03-09', '2026-03-12'));
    expect(await valuesOf({ responses }, read)).toEqual({
      '2026-03-09': '1',
      '2026-03-10': '2',
      '2026-03-11': '0',
    });
  });

  it('of the running day are those that Typeform shows by now, and of days to come nothing is said', async () => {
    // Now is noon; what came at 11:45 is held back.
    const responses = [response('2026-03-20T08:00:00Z'), response('2026-03-20T11:45:00Z')];
    const read = planned('response_count', window('2026-03-20', '2026-03-23'));
    expect(await valuesOf({ responses }, read)).toEqual({ '2026-03-20': '1' });
    const metric = typeform.metrics['response_count'];
    expect([metric?.settlesAfterHours, metric?.rereadDays]).toEqual([2, 1]);
  });
});

describe('the list of responses', () => {
  const many = (count: number, from: string, stepSeconds: number) =>
    Array.from({ length: count }, (_, index) =>
      response(new Date(Date.parse(from) + index * stepSeconds * 1_000).toISOString()),
    );

  it('is walked to the end of what was asked for, and not to the beginning of the form', async () => {
    // 2,500 responses, one a minute up to 17:39 on the 2nd; before them a thousand of January.
    const responses = [
      ...many(1_000, '2026-01-01T00:00:00Z', 60),
      ...many(2_500, '2026-03-01T00:00:00Z', 60),
    ];
    const read = planned('response_count', window('2026-03-01', '2026-03-03'));
    const { readings, server } = await readAll({ responses }, [read]);
    expect(readings[0]?.points).toEqual([
      { day: '2026-03-01', value: '1440' },
      { day: '2026-03-02', value: '1060' },
    ]);
    expect(readings[0]?.completeness).toMatchObject({ pages: 3, items: 2_500 });
    expect(server.asked.map(({ searchParams }) => [...searchParams.keys()])).toEqual([
      ['page_size', 'since'],
      ['page_size', 'before'],
      ['page_size', 'before'],
    ]);
  });

  it('ends with a full page when the next one is empty', async () => {
    const responses = many(1_000, '2026-03-01T00:00:00Z', 60);
    const read = planned('response_count', window('2026-03-01', '2026-03-02'));
    const { readings } = await readAll({ responses }, [read]);
    expect(readings[0]).toMatchObject({ points: [{ value: '1000' }], completeness: { pages: 2 } });
  });

  it('holds what was processed out of order', async () => {
    // The oldest of the window was processed last, so it stands first.
    const responses = many(1_200, '2026-03-02T00:00:00Z', 60);
    const late = response('2026-03-01T12:00:00Z', {}, { processedAt: '2026-03-03T00:00:00Z' });
    const early = response('2026-02-28T12:00:00Z', {}, { processedAt: '2026-03-03T00:00:01Z' });
    const read = planned('response_count', window('2026-03-01', '2026-03-03'));
    expect(await valuesOf({ responses: [early, late, ...responses] }, read)).toEqual({
      '2026-03-01': '1',
      '2026-03-02': '1200',
    });
  });

  it('takes no harm from what comes in while it is walked', async () => {
    const responses = many(1_100, '2026-03-01T00:00:00Z', 60);
    const read = planned('response_count', window('2026-03-01', '2026-03-02'));
    const { readings } = await readAll(
      {
        responses,
        before(number, world) {
          if (number === 2) world.responses = [...world.responses, response('2026-03-01T23:00:00Z')];
        },
      },
      [read],
    );
    expect(readings[0]).toMatchObject({ points: [{ value: '1100' }], completeness: { pages: 2 } });
  });

  it('is read once for all metrics of a run, from the first day that one looks at', async () => {
    const responses = [response('2026-03-01T10:00:00Z', { nps1: 10, stars1: 2 })];
    const days = day('2026-03-10');
    const reads = [
      planned('response_count', days),
      planned('nps', days, { days: 10 }),
      planned('nps_average', days, { days: 10 }),
      planned('csat', days, { days: 10 }),
    ];
    const { readings, server } = await readAll({ responses }, reads);
    expect(readings.map(({ points }) => points[0]?.value)).toEqual(['0', '100', '10', '0']);
    expect(server.asked.map(({ pathname }) => pathname)).toEqual([
      `/typeform/forms/${FORM.id}/responses`,
      `/typeform/forms/${FORM.id}`,
    ]);
    expect(server.asked[0]?.searchParams.get('since')).toBe(
      String(Date.parse('2026-03-01T00:00:00Z') / 1_000),
    );
  });
});

it('asks another form where a metric names one', async () => {
  const other = { ...FORM, id: 'other1', title: 'Another' };
  const responses = [response('2026-03-10T10:00:00Z', { nps1: 9 }, { formId: 'other1' })];
  const read = planned('nps', day('2026-03-10'), { form: 'other1' });
  expect(await pointsOf({ forms: [FORM, other], responses }, read)).toMatchObject([{ value: '100' }]);
});
