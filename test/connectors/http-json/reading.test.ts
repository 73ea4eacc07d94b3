import { afterEach, describe, expect, it } from 'vitest';
import { readMetric, valuesOf, window } from './support/read.ts';
import { type FakeApi, type Seen, startApi, type Told } from './support/server.ts';

let api: FakeApi;
const on = async (answer: (seen: Seen) => Told | null): Promise<FakeApi> => {
  api = await startApi(answer);
  return api;
};
afterEach(() => api.close());

/** A list of days, as most of these tests need it. */
const series = (more: Record<string, unknown> = {}) => ({
  path: '/s',
  items: '/rows',
  day: '/d',
  value: '/v',
  ...more,
});
const rows = (...of: unknown[]) => ({ body: { rows: of } });
const row = (d: unknown, v: unknown) => ({ d, v });

describe('numbers', () => {
  it('keep every digit that was sent', async () => {
    await on(() => ({
      raw: '{"rows":[{"d":"2026-03-01","v":12345678901234567890},{"d":"2026-03-02","v":0.12345678901234567891},{"d":"2026-03-03","v":"9007199254740993"}]}',
    }));
    expect(await valuesOf(readMetric(api, 'series', series()))).toEqual({
      '2026-03-01': '12345678901234567890',
      '2026-03-02': '0.12345678901234567891',
      '2026-03-03': '9007199254740993',
    });
  });

  it('are scaled and shifted as decimals', async () => {
    await on(() => rows(row('2026-03-01', 0.1), row('2026-03-02', '20')));
    // 0.1 x 3 + 0.05; with binary fractions it would end in ...04
    expect(await valuesOf(readMetric(api, 'series', series({ scale: '3', offset: '0.05' })))).toEqual({
      '2026-03-01': '0.35',
      '2026-03-02': '60.05',
    });
  });

  it('of money become whole minor units of the currency', async () => {
    await on(() => rows(row('2026-03-01', 19.99), row('2026-03-02', '0.015')));
    const eur = readMetric(api, 'series', series({ unit: 'money', currency: 'EUR' }));
    expect(await valuesOf(eur)).toEqual({ '2026-03-01': '1999', '2026-03-02': '2' }); // 1.5 cents, rounded up
    const yen = readMetric(api, 'series', series({ unit: 'money', currency: 'JPY', moneyIn: 'major' }));
    expect(await valuesOf(yen)).toEqual({ '2026-03-01': '20', '2026-03-02': '0' });
    const cents = readMetric(api, 'series', series({ unit: 'money', currency: 'EUR', moneyIn: 'minor' }));
    expect(await valuesOf(cents)).toEqual({ '2026-03-01': '20', '2026-03-02': '0' });
  });

  it.each([[null], ['NaN'], ['+Inf'], ['-Infinity']])('%s is no value, and not zero', async (v) => {
    await on(() => rows(row('2026-03-01', v)));
    const { points } = await readMetric(api, 'series', series());
    expect(points).toEqual([{ day: '2026-03-01', value: null, reason: 'no_observation' }]);
  });

  it.each([
    ['n/a', '/v holds the text "n/a" instead of a number'],
    ['1,234', '/v holds the text "1,234" instead of a number'],
    ['', '/v holds the text "" instead of a number'],
    [true, '/v holds true instead of a number'],
    [[1], '/v holds a list of 1 instead of a number'],
    [{ total: 3 }, '/v holds an object with total instead of a number'],
    ['x'.repeat(500), `/v holds the text "${'x'.repeat(40)}…" instead of a number`],
    ['9'.repeat(100), 'instead of a number'],
  ])('%j is refused with the path and what stood there', async (v, problem) => {
    await on(() => rows(row('2026-03-01', v)));
    await expect(readMetric(api, 'series', series())).rejects.toMatchObject({
      errorClass: 'schema_drift',
      code: '/v',
      message: expect.stringContaining(problem) as string,
    });
  });

  it('that are missing are an error, unless the owner knows that they may be', async () => {
    await on(() => rows({ d: '2026-03-01', other: 1 }));
    await expect(readMetric(api, 'series', series())).rejects.toMatchObject({
      errorClass: 'schema_drift',
      message: expect.stringContaining('/v leads nowhere in an object with d, other') as string,
    });
    expect(await valuesOf(readMetric(api, 'series', series({ absent: 'none' })))).toEqual({
      '2026-03-01': null,
    });
  });
});

describe('days', () => {
  const zone = { window: window('2026-03-01', '2026-03-03', 'America/New_York') };

  it.each([
    ['date', '2026-03-01', '2026-03-01'],
    ['date', '2026-03-01T00:00:00Z', '2026-03-01'], // the day as it is written
    ['instant', '2026-03-02T04:59:59Z', '2026-03-01'], // 23:59:59 in New York
    ['instant', '2026-03-02T06:00:00+0100', '2026-03-02'], // 05:00 UTC, midnight there
    ['unix', Date.parse('2026-03-02T04:59:59Z') / 1_000, '2026-03-01'],
    ['unix', '1772427600', '2026-03-02'], // 2026-03-02T05:00:00Z
    ['unix_ms', Date.parse('2026-03-02T05:00:00Z'), '2026-03-02'],
  ])('written as %s: %s', async (dayAs, d, day) => {
    await on(() => rows(row(d, 4)));
    expect(await valuesOf(readMetric(api, 'series', series({ dayAs }), zone))).toEqual({ [day]: '4' });
  });

  it.each([
    ['date', '2026-02-30', 'the text "2026-02-30" instead of a day'],
    ['date', 1772427600, '1772427600 instead of a day'],
    ['instant', '2026-03-01T00:00:00', 'instead of an instant with its zone'],
    ['instant', '2026-03-01', 'instead of an instant with its zone'],
    ['unix', 1772427600000, '1772427600000 instead of seconds since 1970'],
    ['unix_ms', 1772427600, '1772427600 instead of milliseconds since 1970'],
    ['unix', 'soon', 'the text "soon" instead of seconds'],
  ])('that are not %s are refused: %s', async (dayAs, d, problem) => {
    await on(() => rows(row(d, 4)));
    await expect(readMetric(api, 'series', series({ dayAs }))).rejects.toMatchObject({
      errorClass: 'schema_drift',
      message: expect.stringContaining(problem) as string,
    });
  });

  it('outside the window, or to come, are passed over', async () => {
    await on(() =>
      rows(row('2026-02-28', 1), row('2026-03-03', 2), row('2026-03-04', 3), row('2026-03-05', 4)),
    );
    const asked = { window: window('2026-03-02', '2026-03-05'), now: new Date('2026-03-03T12:00:00Z') };
    expect(await valuesOf(readMetric(api, 'series', series(), asked))).toEqual({ '2026-03-03': '2' });
  });

  it('are asked for by their names, instants and seconds, in the zone of the metric', async () => {
    await on(() => rows());
    const path =
      '/s?a={{start}}&b={{end}}&c={{start_day}}&d={{end_day}}&e={{last_day}}&f={{start_unix}}&g={{end_ms}}&h={{tz}}';
    await readMetric(api, 'series', series({ path }), zone);
    expect(Object.fromEntries(api.seen[0]?.url.searchParams ?? [])).toEqual({
      a: '2026-03-01T05:00:00.000Z',
      b: '2026-03-03T05:00:00.000Z',
      c: '2026-03-01',
      d: '2026-03-03',
      e: '2026-03-02',
      f: String(Date.parse('2026-03-01T05:00:00Z') / 1_000),
      g: String(Date.parse('2026-03-03T05:00:00Z')),
      h: 'America/New_York',
    });
  });
});

describe('several items of a day', () => {
  const many = [row('2026-03-01', 3), row('2026-03-01', 5), row('2026-03-01', null), row('2026-03-02', 1)];

  it('are refused until somebody says what they become', async () => {
    await on(() => rows(...many));
    await expect(readMetric(api, 'series', series())).rejects.toMatchObject({
      errorClass: 'config',
      code: 'several_values',
      message: expect.stringContaining('tells 3 values of 2026-03-01') as string,
    });
  });

  it.each([
    ['sum', '8'], // 3 + 5
    ['avg', '4'], // 8 / 2: null takes no part
    ['min', '3'],
    ['max', '5'],
    ['last', '5'],
    ['count', '3'],
  ])('become their %s', async (combine, value) => {
    await on(() => rows(...many));
    expect(await valuesOf(readMetric(api, 'series', series({ combine })))).toEqual({
      '2026-03-01': value,
      '2026-03-02': '1',
    });
  });

  it('of a ratio are added up on both sides before anything is divided', async () => {
    await on(() => ({
      body: {
        rows: [
          { d: '2026-03-01', n: 1, of: 10 },
          { d: '2026-03-01', n: 3, of: 30 },
          { d: '2026-03-02', n: 0, of: 0 },
        ],
      },
    }));
    const params = {
      path: '/s',
      items: '/rows',
      day: '/d',
      kind: 'ratio',
      numerator: '/n',
      denominator: '/of',
      combine: 'sum',
    };
    const { points } = await readMetric(api, 'series', params);
    expect(points).toEqual([
      { day: '2026-03-01', value: '0.1', numerator: '4', denominator: '40' }, // 4 / 40
      { day: '2026-03-02', value: null, numerator: '0', denominator: '0', reason: 'zero_denominator' },
    ]);
  });
});

describe('a day that is left out', () => {
  it('is unknown, or zero where the owner says so and the answer was whole', async () => {
    await on(() => rows(row('2026-03-02', 4)));
    const unknown = await readMetric(api, 'series', series());
    expect(unknown.points.map(({ day }) => day)).toEqual(['2026-03-02']);
    expect(unknown.completeness.notes).toEqual(['the answer leaves out 2 of the days asked for']);
    expect(await valuesOf(readMetric(api, 'series', series({ missing: 'zero' })))).toEqual({
      '2026-03-01': '0',
      '2026-03-02': '4',
      '2026-03-03': '0',
    });
  });
});

it('reads the present as the value of today, and of no other day', async () => {
  await on(() => ({ body: { open: 12 } }));
  const params = { path: '/now', value: '/open' };
  expect(
    await valuesOf(readMetric(api, 'current', params, { window: window('2026-03-09', '2026-03-11') })),
  ).toEqual({ '2026-03-10': '12' });
  expect(
    await valuesOf(readMetric(api, 'current', params, { window: window('2026-03-01', '2026-03-04') })),
  ).toEqual({});
  expect(api.requestCount()).toBe(1);
});

it.each(['text/javascript; charset=utf-8', 'text/plain'])('takes JSON that is called %s', async (type) => {
  await on(() => ({ body: { open: 12 }, headers: { 'content-type': type } }));
  const today = { window: window('2026-03-10', '2026-03-11') };
  expect(await valuesOf(readMetric(api, 'current', { path: '/now', value: '/open' }, today))).toEqual({
    '2026-03-10': '12',
  });
});

it('does not take a script for JSON', async () => {
  await on(() => ({ raw: 'alert(1)', headers: { 'content-type': 'text/javascript' } }));
  const today = { window: window('2026-03-10', '2026-03-11') };
  await expect(readMetric(api, 'current', { path: '/now', value: '/open' }, today)).rejects.toMatchObject({
    errorClass: 'bad_payload',
    code: 'invalid_json',
  });
});

it('sends a body in which placeholders are values, and cannot break out of their texts', async () => {
  await on(() => rows());
  const body = '{"from":"{{start_unix}}","days":["{{start_day}}/{{end_day}}"],"zone":"{{tz}}"}';
  await readMetric(api, 'series', series({ body }));
  expect(api.seen[0]).toMatchObject({ method: 'POST' });
  expect(JSON.parse(api.seen[0]?.body ?? '')).toEqual({
    from: 1772323200,
    days: ['2026-03-01/2026-03-04'],
    zone: 'UTC',
  });
});
