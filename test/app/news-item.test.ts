import { describe, expect, it } from 'vitest';
import type { EvaluationInput } from '../../src/app/evaluation.ts';
import { newsItem } from '../../src/app/news-item.ts';
import type { AlertKindName } from '../../src/app/ports.ts';
import type { AlertInFull } from '../../src/app/ports-alerting.ts';
import { addDays, eachDay } from '../../src/domain/day.ts';
import type { Saying } from '../../src/domain/telling.ts';

const now = new Date('2026-08-12T06:30:00Z');
const APP = 'https://okr.example.test/app';
const statusReason = { code: 'chance_bad', values: { chance: 0.18 } };
const dataReason = { code: 'data_stale', values: { behindDays: 4 } };

/** A point a day from the first to the last, each 10 above the one before. */
function points(firstDay: string, lastDay: string): EvaluationInput['points'] {
  return eachDay(firstDay, addDays(lastDay, 1)).map((day, index) => ({
    day,
    value: String(1_000 + 10 * index),
    numerator: null,
    denominator: null,
    reason: null,
    sample: null,
    origin: 'auto',
    revision: 1,
    runId: null,
    fetchedAt: new Date(`${day}T23:00:00Z`),
  }));
}
const previous = {
  status: 'off_track',
  statusReason,
  currentValue: 1_200,
  startValue: 1_000,
  targetValue: 1_500,
  progress: 0.4,
  expected: 0.755,
  dataState: 'fresh',
  dataReason,
  dataThroughDay: '2026-08-10',
  fetchedAt: new Date('2026-08-12T05:58:12Z'),
  outlook: {
    chance: {
      asOfDay: '2026-08-10',
      raw: 0.15,
      smoothed: 0.18,
      trail: [
        ['2026-08-02', 0.5],
        ['2026-08-03', 0.41],
      ],
    },
    forecast: {
      available: true,
      of: 'value',
      asOfDay: '2026-08-10',
      deadlineDay: '2026-09-30',
      p10: 1_220,
      p50: 1_310,
      p90: 1_400,
      fan: [['2026-09-30', 1_220, 1_310, 1_400]],
      needed: 15,
      recent: 4.125,
      inputs: { step: 'day' },
    },
  },
};

type Changes = {
  previous?: object | null;
  goal?: object;
  points?: EvaluationInput['points'];
  cycle?: object;
};
// A news item is made of no more than what stands here.
function about(change: Changes = {}): EvaluationInput {
  return {
    keyResult: {
      id: 'kr_1',
      key: 'growth.wau',
      title: 'Weekly active users',
      titles: {},
      owner: 'Ana',
      goal: change.goal ?? { kind: 'reach', startValue: 1_000, targetValue: 1_500 },
      paceCurve: { kind: 'linear' },
      aggregate: null,
      unit: 'count',
      currency: null,
    },
    objective: { id: 'obj_1', title: 'Grow the base', titles: {} },
    cycle: { startDay: '2026-07-01', endDay: '2026-10-01', timeZone: 'UTC', ...change.cycle },
    metric: { kind: 'stock', timeZone: 'UTC', settlesAfterHours: 0, staleAfterDays: 3, cadence: 'day' },
    points: change.points ?? points('2026-07-01', '2026-08-11'),
    previous: change.previous === undefined ? previous : change.previous,
  } as unknown as EvaluationInput;
}
function alert(change: Partial<AlertInFull> = {}): AlertInFull {
  return {
    id: 'alr_1',
    workspaceId: 'wsp_1',
    kind: 'off_track',
    severity: 'critical',
    sinceDay: '2026-08-08',
    reason: dataReason,
    rule: { forEvaluations: 3, keepFiringEvaluations: 5, fireBelow: 0.25, clearAbove: 0.45 },
    keyResult: about(),
    initiatives: [],
    connection: null,
    sandbox: false,
    ...change,
  };
}
const connection: NonNullable<AlertInFull['connection']> = {
  id: 'con_1',
  key: 'stripe/main',
  title: 'Stripe',
  owner: 'Ben',
  lastSuccessAt: new Date('2026-08-08T02:00:00Z'),
  keyResults: [{ key: 'growth.mrr', title: 'MRR', titles: {} }],
  keyResultCount: 13,
};
const ofConnection = (kind: AlertKindName) =>
  alert({ kind, keyResult: null, connection, rule: null, severity: 'warning' });
const itemOf = (from: AlertInFull, saying: Saying = 'fired') => newsItem(from, saying, now, APP);

describe('what has happened', () => {
  it.each([
    ['off_track', 'fired', 'key_result.off_track'],
    ['off_track', 'got_worse', 'key_result.got_worse'],
    ['off_track', 'still', 'key_result.still_off_track'],
    ['off_track', 'over', 'key_result.recovered'],
    ['no_data', 'fired', 'key_result.no_data'],
    ['no_data', 'still', 'key_result.no_data'],
    ['no_data', 'over', 'key_result.data_back'],
    ['check_in_due', 'fired', 'key_result.check_in_due'],
    ['check_in_due', 'still', 'key_result.check_in_due'],
  ] as const)('to a Key Result: %s, %s is %s', (kind, saying, event) => {
    expect(itemOf(alert({ kind }), saying)).toMatchObject({ event, subject: { kind: 'key_result' } });
  });

  it.each([
    ['no_data', 'fired', 'connection.no_data'],
    ['no_data', 'over', 'connection.data_back'],
    ['error', 'fired', 'connection.failing'],
    ['error', 'still', 'connection.failing'],
    ['error', 'over', 'connection.working'],
  ] as const)('to a connection: %s, %s is %s', (kind, saying, event) => {
    expect(itemOf(ofConnection(kind), saying)).toMatchObject({ event, subject: { kind: 'connection' } });
  });

  it('is that the goal is met where that is why it is over', () => {
    const met = alert({ keyResult: about({ previous: { ...previous, status: 'achieved' } }) });
    expect(itemOf(met, 'over').event).toBe('key_result.achieved');
  });

  it.each([
    { from: alert(), saying: 'fired', severity: 'critical', why: 'as bad as the alert' },
    { from: alert(), saying: 'over', severity: 'info', why: 'no trouble any more when it is over' },
    {
      from: alert({ kind: 'check_in_due' }),
      saying: 'fired',
      severity: 'info',
      why: 'no trouble when asked',
    },
  ] as const)('is $why', ({ from, saying, severity }) => {
    expect(itemOf(from, saying).severity).toBe(severity);
  });
});

describe('of a Key Result', () => {
  it('says what the numbers, the chance and the forecast are, and by which rule it was told', () => {
    expect(itemOf(alert())).toMatchObject({
      alertId: 'alr_1',
      at: '2026-08-12T06:30:00.000Z',
      sinceDay: '2026-08-08',
      subject: {
        key: 'growth.wau',
        owner: 'Ana',
        objective: { id: 'obj_1', title: 'Grow the base' },
      },
      numbers: { current: 1_200, start: 1_000, target: 1_500, unit: 'count', progress: 0.4, expected: 0.755 },
      // A week before 10 August is the 3rd.
      chance: { now: 0.18, weekAgo: 0.41 },
      forecast: {
        deadlineDay: '2026-09-30',
        p10: 1_220,
        p50: 1_310,
        p90: 1_400,
        needed: 15,
        recent: 4.125,
        step: 'day',
      },
      reason: statusReason,
      rule: { by: 'chance', fireBelow: 0.25, clearAbove: 0.45, forEvaluations: 3, keepFiringEvaluations: 5 },
      data: { state: 'fresh', throughDay: '2026-08-10', fetchedAt: '2026-08-12T05:58:12.000Z' },
      sandbox: false,
    });
  });

  it('says that the pace rule judged where there is no chance, and makes up no forecast', () => {
    const short = { ...previous, outlook: { chance: null, forecast: { available: false } } };
    const item = itemOf(alert({ keyResult: about({ previous: short }) }));
    expect(item).toMatchObject({ chance: null, forecast: null, rule: { by: 'pace' } });
    expect(item.chart?.forecast).toBeNull();
  });

  it('gives no share of days out as a value', () => {
    const { forecast } = previous.outlook;
    const share = { ...previous, outlook: { ...previous.outlook, forecast: { ...forecast, of: 'share' } } };
    expect(itemOf(alert({ keyResult: about({ previous: share }) })).forecast).toBeNull();
  });

  it('that nobody has judged yet has no numbers, which is not 0', () => {
    const item = itemOf(alert({ kind: 'check_in_due', rule: null, keyResult: about({ previous: null }) }));
    expect(item).toMatchObject({ numbers: null, chance: null, forecast: null, rule: null, chart: null });
  });

  it('whose data are away gives the reason for that, and no rule that was broken', () => {
    expect(itemOf(alert({ kind: 'no_data' }))).toMatchObject({ reason: dataReason, rule: null, chart: null });
  });

  it('leads to its page, by a key that may hold anything', () => {
    expect(itemOf(alert()).links.open).toBe(`${APP}/key-results/growth.wau`);
    expect(itemOf(ofConnection('error')).links.open).toBe(`${APP}/connections/stripe%2Fmain`);
  });

  it('has links to take care of it or to silence it, which open a page that asks', () => {
    const page = `${APP}/alerts/${alert().id}`;
    const links = { acknowledge: `${page}?do=acknowledge`, snooze: `${page}?do=snooze` };
    expect(itemOf(alert()).links).toMatchObject(links);
    expect(itemOf(alert(), 'still').links).toMatchObject(links);
    expect(itemOf(ofConnection('no_data')).links.snooze).toMatch(/\?do=snooze$/);
  });

  it('has no such links when it is over, or when a check-in ends it anyway', () => {
    const none = { acknowledge: null, snooze: null };
    expect(itemOf(alert(), 'over').links).toMatchObject(none);
    expect(itemOf(alert({ kind: 'check_in_due', rule: null })).links).toMatchObject(none);
  });
});

describe('of a connection', () => {
  it('says who owns it, what depends on it, and when it last answered', () => {
    expect(itemOf(ofConnection('error'))).toMatchObject({
      subject: { key: 'stripe/main', owner: 'Ben', keyResults: [{ key: 'growth.mrr' }], keyResultCount: 13 },
      numbers: null,
      chance: null,
      rule: null,
      chart: null,
      reason: dataReason,
      data: { state: 'failing', throughDay: null, fetchedAt: '2026-08-08T02:00:00.000Z' },
    });
    expect(itemOf(ofConnection('no_data')).data.state).toBe('stale');
  });

  it('says when it plays', () => {
    expect(itemOf({ ...ofConnection('error'), sandbox: true }).sandbox).toBe(true);
  });
});

it('refuses an alert about nothing', () => {
  expect(() => itemOf(alert({ keyResult: null }))).toThrow('about a Key Result or about a connection');
});

describe('the chart', () => {
  it('has the days of the cycle so far, with what was expected and what is settled', () => {
    const { chart } = itemOf(alert());
    expect(chart).toMatchObject({
      startDay: '2026-07-01',
      endDay: '2026-10-01',
      today: '2026-08-12',
      target: 1_500,
    });
    // 1 July to 12 August are 43 days; the last one has no value yet, and the 11th is not settled.
    expect(chart?.points).toHaveLength(43);
    expect(chart?.points[0]).toEqual(['2026-07-01', 1_000, expect.closeTo(1_000 + 500 / 92, 6), true]);
    expect(chart?.points.slice(-3).map(([day, value, , settled]) => [day, value, settled])).toEqual([
      ['2026-08-10', 1_400, true],
      ['2026-08-11', 1_410, false],
      ['2026-08-12', null, false],
    ]);
    expect(chart?.forecast).toEqual({ asOfDay: '2026-08-10', days: [['2026-09-30', 1_220, 1_310, 1_400]] });
  });

  it('of a long cycle is thinned out and keeps its newest days', () => {
    const cycle = { startDay: '2025-08-01', endDay: '2027-01-01' };
    const long = about({ cycle, points: points('2025-08-01', '2026-08-11') });
    const { chart } = itemOf(alert({ keyResult: long }));
    // 377 days in steps of 4, counted back from today.
    expect(chart?.points).toHaveLength(95);
    expect(chart?.points.slice(-2).map(([day]) => day)).toEqual(['2026-08-08', '2026-08-12']);
    expect(JSON.stringify(chart).length).toBeLessThan(10_000);
  });

  it('is none of less than two values, for that is no line', () => {
    const one = about({ points: points('2026-08-11', '2026-08-11') });
    expect(itemOf(alert({ keyResult: one })).chart).toBeNull();
  });

  it('shows both bounds of a guardrail', () => {
    const goal = {
      kind: 'guardrail',
      operator: 'at_most',
      method: 'share_of_checks',
      lower: null,
      upper: 1_300,
      checksPlanned: null,
      startValue: null,
    };
    expect(itemOf(alert({ keyResult: about({ goal }) })).chart?.bounds).toEqual({
      lower: null,
      upper: 1_300,
    });
  });

  it('marks at most ten initiatives', () => {
    const initiatives = Array.from({ length: 12 }, (_, index) => ({
      title: `Launch ${index}`,
      startDay: '2026-07-15',
      endDay: null,
    }));
    expect(itemOf(alert({ initiatives })).chart?.initiatives).toHaveLength(10);
  });
});
