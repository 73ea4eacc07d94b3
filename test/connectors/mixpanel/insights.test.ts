import { describe, expect, it } from 'vitest';
import {
  dailyNumbers,
  funnelEnds,
  reportDigest,
  retentionCohorts,
  savedReport,
} from '../../../connectors/mixpanel/insights.ts';
import { fixture, readOnce, utcWindow, valuesOf } from './support/read.ts';
import { INSIGHTS } from './support/server.ts';

type Made<Expected> = { response: { computed_at: string }; expected: Expected };
const report =
  fixture<Made<{ signupByCompleteDay: Record<string, number>; partialDay: string; computedAt: string }>>(
    'made/insights_report.json',
  );
const funnel = fixture<Made<{ numerator: number; denominator: number }>>('made/insights_funnel.json');
const retention = fixture<Made<{ overallWeek1: number; pro: number }>>(
  'made/insights_retention_segmented.json',
);

const made = (series: object, computedAt = '2026-03-08T09:00:00Z') =>
  savedReport({ computed_at: computedAt, headers: ['$metric'], series });
const drift = (code: string) => expect.objectContaining({ errorClass: 'schema_drift', code });

describe('a saved report by day', () => {
  it('gives its numbers of the days that were over when Mixpanel worked it out', () => {
    const saved = savedReport(report.response);
    expect(saved.computedAt).toBe(report.expected.computedAt);
    expect(dailyNumbers(saved, 'Uniques of Signup')).toEqual({
      byDay: report.expected.signupByCompleteDay,
      partialDay: report.expected.partialDay,
    });
    expect(dailyNumbers(saved, 'Total Revenue').byDay).toEqual({ '2026-03-06': 880.5, '2026-03-07': 0 });
  });

  it('knows by the offset of the days which of them was running', () => {
    // 01:30Z on 8 March is 17:30 on the 7th in Los Angeles and 10:30 on the 8th in Tokyo.
    const at = (offset: string) =>
      dailyNumbers(
        made(
          { A: { [`2026-03-06T00:00:00${offset}`]: 1, [`2026-03-07T00:00:00${offset}`]: 2 } },
          '2026-03-08T01:30:00Z',
        ),
        'A',
      );
    expect(at('-08:00')).toEqual({ byDay: { '2026-03-06': 1 }, partialDay: '2026-03-07' });
    expect(at('+09:00')).toEqual({ byDay: { '2026-03-06': 1, '2026-03-07': 2 }, partialDay: null });
  });

  it('takes the total of a report that is split', () => {
    const split = made({ A: { $overall: { '2026-03-01': 5 }, pro: { '2026-03-01': 3 } } });
    expect(dailyNumbers(split, 'A').byDay).toEqual({ '2026-03-01': 5 });
  });

  it.each([
    { what: 'a number as text', series: { A: { '2026-03-01': '5' } }, code: '/2026-03-01' },
    { what: 'a "NaN" of a flow', series: { A: { '2026-03-01': 'NaN' } }, code: '/2026-03-01' },
    { what: 'no number', series: { A: { '2026-03-01': null } }, code: '/2026-03-01' },
    { what: 'a split without a total', series: { A: { pro: { '2026-03-01': 3 } } }, code: '/pro' },
    { what: 'a series that was renamed', series: { B: { '2026-03-01': 3 } }, code: '/series' },
  ])('refuses $what', ({ series, code }) => {
    expect(() => dailyNumbers(made(series), 'A')).toThrow(drift(code));
  });

  it('tells the owner to mend a report by week, whose numbers belong to no day', () => {
    const weekly = made({ A: { '2026-02-23T00:00:00Z': 5, '2026-03-02T00:00:00Z': 7 } });
    expect(() => dailyNumbers(weekly, 'A')).toThrow(
      expect.objectContaining({ errorClass: 'config', code: 'report_not_by_day' }),
    );
  });

  it('refuses a funnel, which it is told from by its shape', () => {
    expect(() => dailyNumbers(savedReport(funnel.response), 'Signup through Purchase')).toThrow(
      drift('/count'),
    );
  });
});

describe('a saved funnel', () => {
  it('goes from its first to its last step', () => {
    expect(funnelEnds(savedReport(funnel.response))).toEqual(funnel.expected);
  });

  it('has its steps in the order of their numbers, where "11. …" comes after "2. …"', () => {
    // As text "10." and "11." come before "2.", and the last would be "9.".
    const steps = Array.from({ length: 11 }, (_, index) => [
      `${index + 1}. Step`,
      { all: 1_100 - index * 100 },
    ]);
    const shuffled = Object.fromEntries(steps.toReversed());
    expect(funnelEnds(made({ 'A through K': { count: shuffled } }))).toEqual({
      numerator: 100,
      denominator: 1_100,
    });
  });

  it('gives its total where it is split', () => {
    const count = (first: number, last: number) => ({
      count: { '1. A': { all: first }, '2. B': { all: last } },
    });
    const split = made({ 'A through B': { $overall: count(10, 4), pro: count(6, 3) } });
    expect(funnelEnds(split)).toEqual({ numerator: 4, denominator: 10 });
  });

  it.each([
    {
      what: 'a trend, whose days are levels of their own',
      series: { F: { '2026-03-01T00:00:00+00:00': { count: { '1. A': { all: 1 }, '2. B': { all: 1 } } } } },
    },
    { what: 'one of a single step', series: { F: { count: { '1. A': { all: 1 } } } } },
    { what: 'counts as text', series: { F: { count: { '1. A': { all: '9' }, '2. B': { all: '4' } } } } },
    { what: 'two at once', series: { F: { count: {} }, G: { count: {} } } },
    { what: 'nothing', series: {} },
  ])('is refused when it is $what', ({ series }) => {
    expect(() => funnelEnds(made(series))).toThrow(expect.objectContaining({ errorClass: 'schema_drift' }));
  });
});

describe('a saved retention', () => {
  const saved = savedReport(retention.response);
  const week1 = (segment?: string) => {
    const cohort = retentionCohorts(saved, segment)['2026-02-16'];
    return (cohort?.counts[1] ?? Number.NaN) / (cohort?.first ?? Number.NaN);
  };

  it('gives its cohorts, of everybody or of one segment', () => {
    expect(week1()).toBeCloseTo(retention.expected.overallWeek1, 12);
    expect(week1('pro')).toBeCloseTo(retention.expected.pro, 12);
  });

  it('is also read where it is not split, without its average', () => {
    const cohort = { first: 4, counts: [3, 1], rates: [0.75, 0.25] };
    const series = { 'A and then B': { '2026-02-16T00:00:00+01:00': cohort, $average: cohort } };
    expect(retentionCohorts(made(series))).toEqual({ '2026-02-16': { first: 4, counts: [3, 1] } });
  });

  it('refuses a segment that is not there, and another type of report', () => {
    expect(() => retentionCohorts(saved, 'team')).toThrow(drift('/'));
    expect(() => retentionCohorts(savedReport(funnel.response))).toThrow(drift('/count'));
  });
});

describe('the digest of a report', () => {
  const digest = (headers: string[], ...names: string[]) =>
    reportDigest({
      headers,
      series: Object.fromEntries(names.map((name) => [name, { a: 1 }])),
    });

  it('stays while only the numbers move', () => {
    expect(reportDigest(made({ A: { '2026-03-01': 1 } }))).toBe(
      reportDigest(made({ A: { '2026-03-02': 9 } })),
    );
    expect(digest(['$metric'], 'A', 'B')).toBe(digest(['$metric'], 'B', 'A'));
  });

  it('changes when a colleague edits what the report measures', () => {
    const digests = [
      digest(['$metric'], 'A'),
      digest(['$metric'], 'B'),
      digest(['$metric'], 'A', 'B'),
      digest(['$metric', 'plan'], 'A'),
    ];
    expect(new Set(digests).size).toBe(4);
  });
});

it('reads one series of a saved report, without days that it does not cover and without the running one', async () => {
  const reading = await readOnce({ [INSIGHTS]: () => ({ body: report.response }) }, 'saved_report', {
    params: { bookmarkId: 5512, series: 'Total Revenue' },
    now: '2026-03-08T10:00:00Z',
    window: utcWindow('2026-03-05', '2026-03-09'),
  });
  expect(reading.asked.map(({ query }) => query)).toEqual([{ project_id: '2195193', bookmark_id: '5512' }]);
  expect(valuesOf(reading)).toEqual({ '2026-03-06': '880.5', '2026-03-07': '0' });
  expect(reading.points[0]?.flags).toEqual({
    computedAt: report.expected.computedAt,
    reportDigest: reportDigest(savedReport(report.response)),
  });
});
