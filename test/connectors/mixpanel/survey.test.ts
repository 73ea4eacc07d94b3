import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { mixpanel } from '../../../connectors/mixpanel/index.ts';
import { createEgress, parseEgressAllow } from '../../../src/egress/index.ts';
import { startHttpServer } from '../support/http-server.ts';
import { contextOn, planned, readOnce, readRun, utcWindow, valuesOf, zonedWindow } from './support/read.ts';
import {
  type Answers,
  EVENTS,
  EXPORT,
  line,
  lines,
  type MixpanelServer,
  series,
  startMixpanel,
} from './support/server.ts';

let server: MixpanelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const SURVEY = 'Survey Answered';
const params = { event: SURVEY, days: 2 };
const now = '2026-03-20T12:00:00Z';
const window = utcWindow('2026-03-02', '2026-03-04');
const answered = (who: string | null, at: string, score: unknown, more: object = {}) =>
  line(SURVEY, who, at, { score, ...more });
const exported = (...events: object[]): Answers => ({ [EXPORT]: () => lines(...events) });
const asked = (from: MixpanelServer['asked']) =>
  from.filter(({ path }) => path === EXPORT).map(({ query }) => `${query['from_date']}..${query['to_date']}`);

it('stands for the days that end with its own, and is zero for none', async () => {
  const answers = exported(
    answered('a', '2026-03-01T10:00:00Z', 10),
    answered('b', '2026-03-02T10:00:00Z', 3),
    answered('c', '2026-03-02T11:00:00Z', 9),
  );
  const options = { params, now, window: utcWindow('2026-03-01', '2026-03-05') };
  const { points } = await readOnce(answers, 'nps', options);
  expect(points).toEqual([
    // a; a, b and c: (2 - 1) / 3; b and c: (1 - 1) / 2; nobody
    point('2026-03-01', '100', '100', '1', [1, 0, 0]),
    point('2026-03-02', '33.333333333333', '100', '3', [2, 0, 1]),
    point('2026-03-03', '0', '0', '2', [1, 0, 1]),
    { ...point('2026-03-04', null, '0', '0', [0, 0, 0]), flags: { reason: 'zero_denominator' } },
  ]);
  // 10; 10 + 3 + 9 of three; 3 + 9 of two; nobody
  expect(valuesOf(await readOnce(answers, 'nps_average', options))).toEqual({
    '2026-03-01': '10',
    '2026-03-02': '7.333333333333',
    '2026-03-03': '6',
    '2026-03-04': null,
  });
});

function point(day: string, value: string | null, numerator: string, denominator: string, classes: number[]) {
  const [promoters, passives, detractors] = classes;
  return { day, value, numerator, denominator, counts: { promoters, passives, detractors } };
}

it('cuts the window before it looks for the latest answer of a person', async () => {
  // Seen from 3 March the later answer of 4 March does not exist yet.
  const answers = exported(
    answered('a', '2026-03-03T10:00:00Z', 10),
    answered('a', '2026-03-04T10:00:00Z', 0),
  );
  const reading = await readOnce(answers, 'nps', {
    params,
    now,
    window: utcWindow('2026-03-03', '2026-03-05'),
  });
  expect(valuesOf(reading)).toEqual({ '2026-03-03': '100', '2026-03-04': '-100' });
});

it('does not let an unusable answer replace a usable one, and counts the unusable', async () => {
  const answers = exported(
    answered('a', '2026-03-02T10:00:00Z', 9),
    answered('a', '2026-03-02T12:00:00Z', 'later'),
    answered('b', '2026-03-02T13:00:00Z', 11),
    answered('c', '2026-03-02T13:00:00Z', '7'),
  );
  const reading = await readOnce(answers, 'nps_average', {
    params,
    now,
    window: utcWindow('2026-03-02', '2026-03-03'),
  });
  expect(valuesOf(reading)).toEqual({ '2026-03-02': '8' }); // 9 and 7
  expect(reading.completeness.notes).toContain('2 answers were no whole number from 0 to 10');
});

it('counts an answer once that was sent twice, with what was processed last', async () => {
  const first = answered('a', '2026-03-02T10:00:00Z', 0, { mp_processing_time_ms: 1 });
  const second = answered('a', '2026-03-02T10:00:00Z', 10, { mp_processing_time_ms: 2 });
  const reading = await readOnce(exported(second, first), 'nps', {
    params: { ...params, dedupe: 'all' },
    now,
    window,
  });
  expect(reading.points[0]).toMatchObject({ value: '100', denominator: '1' });
  expect(reading.completeness.notes).toContain(`1 repeated lines of "${SURVEY}" left out`);
});

describe('the days of the export', () => {
  it('are UTC days, so one more is asked on each side of the days needed', async () => {
    const answers = exported(answered('a', '2026-03-02T10:00:00Z', 9));
    const reading = await readOnce(answers, 'nps', { params, now, window });
    // 2 and 3 March with one day before each: 1 to 3 March, and a day on either side
    expect(asked(reading.asked)).toEqual(['2026-02-28..2026-03-04']);
    expect(reading.asked[0]?.query).toMatchObject({ project_id: '2195193', event: '["Survey Answered"]' });
  });

  it('end with today in the project’s zone, though in UTC it is tomorrow already', async () => {
    // 20 March, 02:00Z is still 19 March in Los Angeles.
    const pacific = zonedWindow(
      '2026-03-18T00:00:00-07:00',
      '2026-03-20T00:00:00-07:00',
      'America/Los_Angeles',
    );
    const answers = exported(answered('a', '2026-03-18T20:00:00Z', 9));
    const reading = await readOnce(answers, 'nps', { params, now: '2026-03-20T02:00:00Z', window: pacific });
    expect(asked(reading.asked)).toEqual(['2026-03-16..2026-03-19']);
  });

  it('put an evening in UTC into the next day of a zone in the east', async () => {
    const shanghai = zonedWindow('2026-03-03T00:00:00+08:00', '2026-03-04T00:00:00+08:00', 'Asia/Shanghai');
    const answers = exported(
      answered('a', '2026-03-02T15:59:59Z', 0), // still 2 March there
      answered('b', '2026-03-02T16:00:00Z', 10),
    );
    const oneDay = { params: { ...params, days: 1 }, now, window: shanghai };
    expect(valuesOf(await readOnce(answers, 'nps', oneDay))).toEqual({ '2026-03-03': '100' });
  });

  it('are those of the project in projects from before 2023, whose times are local', async () => {
    const shanghai = zonedWindow('2026-03-02T00:00:00+08:00', '2026-03-04T00:00:00+08:00', 'Asia/Shanghai');
    const answers = exported(answered('a', '2026-03-02T20:00:00Z', 10)); // 20:00 in Shanghai
    const reading = await readOnce(answers, 'nps', {
      params: { ...params, days: 1 },
      now,
      window: shanghai,
      config: { exportDays: 'project' },
    });
    expect(valuesOf(reading)).toEqual({ '2026-03-02': '100', '2026-03-03': null });
    expect(asked(reading.asked)).toEqual(['2026-03-02..2026-03-03']);
  });
});

describe('requests', () => {
  it('serve both scales and all windows of a run at once', async () => {
    server = await startMixpanel(exported(answered('a', '2026-03-02T10:00:00Z', 9)));
    const reads = [
      planned('nps', window, params),
      planned('nps_average', window, { ...params, days: 5 }),
      planned('nps', utcWindow('2026-03-04', '2026-03-06'), { ...params, minResponses: 3 }),
    ];
    const readings = await readRun(contextOn(server, now).context, reads);
    // The earliest day is 2 March less 4 days, the latest 5 March, and a day on either side.
    expect(asked(server.asked)).toEqual(['2026-02-25..2026-03-06']);
    expect(readings.map((reading) => reading.points[0]?.value)).toEqual(['100', '9', null]);
  });

  it('cover 30 days at most, and every day once', async () => {
    const answers = exported(answered('a', '2026-03-02T10:00:00Z', 9));
    const reading = await readOnce(answers, 'nps', { params: { event: SURVEY, days: 31 }, now, window });
    // 30 January to 4 March, 34 days, in two of 17
    expect(asked(reading.asked)).toEqual(['2026-01-30..2026-02-15', '2026-02-16..2026-03-04']);
    expect(reading.completeness.pages).toBe(2);
    // Both requests were answered with the same line, which counts once.
    expect(reading.points[0]).toMatchObject({ denominator: '1' });
  });

  it('are halved when the answer is larger than allowed', async () => {
    const long = 'x'.repeat(5_000);
    const all = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) =>
      answered(day, `${day}T10:00:00Z`, 9, { long }),
    );
    server = await startMixpanel({
      [EXPORT]: (query) =>
        lines(
          ...all.filter(({ properties }) => {
            const day = new Date(properties.time * 1_000).toISOString().slice(0, 10);
            return (query.get('from_date') ?? '') <= day && day <= (query.get('to_date') ?? '');
          }),
        ),
      [EVENTS]: () => series(['2026-02-28'], {}),
    });
    const allowed = parseEgressAllow(server.endpoint.host);
    const egress = createEgress({
      allow: allowed.ok ? allowed.rules : [],
      limits: { maxResponseBytes: 12_000 },
    });
    try {
      const { context } = contextOn(server, now);
      const guarded = { ...context, fetch: egress.forHosts([server.endpoint.host]) };
      const [reading] = await readRun(guarded, [planned('nps', window, params)]);
      expect(reading?.points.map(({ denominator }) => denominator)).toEqual(['2', '2']);
      expect(asked(server.asked)).toEqual([
        '2026-02-28..2026-03-04',
        '2026-02-28..2026-03-02',
        '2026-03-03..2026-03-04',
      ]);
    } finally {
      await egress.close();
    }
  });
});

describe('an export without a line', () => {
  const silent = (counted: Record<string, number>, days = ['2026-03-01']) => ({
    [EXPORT]: () => ({ text: '' }),
    [EVENTS]: () => series(days, { [SURVEY]: counted }),
  });

  it('is believed when Mixpanel counts no such event either', async () => {
    const reading = await readOnce(silent({}), 'nps', { params, now, window });
    expect(valuesOf(reading)).toEqual({ '2026-03-02': null, '2026-03-03': null });
    expect(reading.asked.map(({ path }) => path)).toEqual([EXPORT, EVENTS]);
  });

  it.each([
    { why: 'Mixpanel counts some', answers: silent({ '2026-03-01': 1 }) },
    { why: 'Mixpanel says nothing of those days', answers: silent({}, []) },
  ])('is no proof when $why', async ({ answers }) => {
    await expect(readOnce(answers, 'nps', { params, now, window })).rejects.toMatchObject({
      errorClass: 'bad_payload',
      code: 'empty_export',
    });
  });
});

it('gives no points from an export that broke off, however many lines it had', async () => {
  const { text = '' } = lines(
    answered('a', '2026-03-02T10:00:00Z', 9),
    answered('b', '2026-03-02T11:00:00Z', 9),
  );
  const broken = { [EXPORT]: () => ({ text: `${text}terminated early\n` }) };
  await expect(readOnce(broken, 'nps', { params, now, window })).rejects.toMatchObject({
    errorClass: 'bad_payload',
    code: 'export_terminated_early',
    remedy: { by: 'time' },
  });
});

it('reads a compressed stream whose pieces cut lines and characters', async () => {
  const { text = '' } = lines(
    answered('ü', '2026-03-02T10:00:00Z', 9),
    answered('é', '2026-03-02T11:00:00Z', 8),
  );
  const packed = gzipSync(text);
  const http = await startHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
    for (let at = 0; at < packed.length; at += 7) response.write(packed.subarray(at, at + 7));
    response.end();
  });
  const allowed = parseEgressAllow(http.url.host);
  const egress = createEgress({ allow: allowed.ok ? allowed.rules : [] });
  server = await startMixpanel({});
  try {
    const { context } = contextOn(server, now);
    const guarded = { ...context, endpoint: http.url, fetch: egress.forHosts([http.url.host]) };
    const [reading] = await readRun(guarded, [
      planned('nps_average', utcWindow('2026-03-02', '2026-03-03'), params),
    ]);
    expect(reading?.points).toMatchObject([{ day: '2026-03-02', value: '8.5', denominator: '2' }]);
  } finally {
    await egress.close();
    await http.close();
  }
});

it('is never combined: both scales are of people in one stated window', () => {
  expect(mixpanel.metrics['nps']).toMatchObject({ kind: 'distinct', unit: 'score', settlesAfterHours: 120 });
  expect(mixpanel.metrics['nps_average']).toMatchObject({ kind: 'distinct', unit: 'score', rereadDays: 5 });
});
