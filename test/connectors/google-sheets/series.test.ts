import { expect, it } from 'vitest';
import type { Cell } from '../../../sandbox/google-sheets/world.ts';
import { book, day, readOne, valuesOf, wall, window, worldOf } from './support/read.ts';

const log = { range: 'Log!A:D', dateColumn: 'Day' };
const days = window('2026-03-01', '2026-03-04');
const values = (rows: readonly (readonly Cell[])[], params: Record<string, unknown>, of = days) =>
  valuesOf(rows, { metric: 'series', params: { ...log, ...params }, window: of });

it('takes the value of each day, and none where a row is missing or was prepared only', async () => {
  const rows = [
    ['Day', 'Value'],
    [day('2026-03-01'), 10.25],
    [day('2026-03-03')], // prepared: the cell behind the date is empty
    [day('2026-03-04'), 99], // after the window
  ];
  const expected = { '2026-03-01': '10.25', '2026-03-02': null, '2026-03-03': null };
  expect(await values(rows, { valueColumn: 'Value', kind: 'stock' })).toEqual(expected);
});

it('calls a day without a row zero where its owner says so, and one that is prepared not', async () => {
  const rows = [
    ['Day', 'Value'],
    [day('2026-03-01'), 3],
    [day('2026-03-03'), null],
  ];
  const expected = { '2026-03-01': '3', '2026-03-02': '0', '2026-03-03': null };
  expect(await values(rows, { valueColumn: 'Value', missing: 'zero' })).toEqual(expected);
});

it('says nothing of days to come, whatever is planned there', async () => {
  const rows = [
    ['Day', 'Value'],
    [day('2026-03-20'), 1],
    [day('2026-03-21'), 500],
  ];
  expect(await values(rows, { valueColumn: 'Value' }, window('2026-03-19', '2026-03-23'))).toEqual({
    '2026-03-19': null,
    '2026-03-20': '1', // NOW is noon of the 20th
  });
});

it('refuses two rows of one day and names them, and adds them up when told to', async () => {
  const rows = [
    ['Day', 'Value'],
    [day('2026-03-01'), 0.1],
    [day('2026-03-02'), 5],
    [day('2026-03-01'), 0.2],
  ];
  await expect(values(rows, { valueColumn: 'Value' })).rejects.toMatchObject({
    code: 'two_rows',
    concerns: 'metric',
    message: expect.stringContaining('Rows 2 and 4 are both of 2026-03-01') as string,
  });
  // Binary fractions would come to 0.30000000000000004.
  expect(await values(rows, { valueColumn: 'Value', combine: 'sum' })).toMatchObject({
    '2026-03-01': '0.3',
    '2026-03-02': '5',
  });
});

it('keeps both parts of a ratio, takes a cost off the numerator, and has no value over nothing', async () => {
  const rows = [
    ['Day', 'Revenue', 'Cost', 'Base'],
    [day('2026-03-01'), 200, 50, 200],
    [day('2026-03-02'), 10, 4, 0],
    [day('2026-03-03'), 10, 4, null], // not filled in yet
  ];
  const world = worldOf({ spreadsheets: [book(rows)] });
  const params = {
    ...log,
    kind: 'ratio',
    unit: 'ratio',
    numeratorColumn: 'Revenue',
    minusColumn: 'Cost',
    denominatorColumn: 'Base',
  };
  const { reading } = await readOne(world, { metric: 'series', params, window: days });
  expect(reading.points).toEqual([
    { day: '2026-03-01', value: '0.75', numerator: '150', denominator: '200' }, // (200 - 50) / 200
    { day: '2026-03-02', value: null, reason: 'zero_denominator', numerator: '6', denominator: '0' },
    { day: '2026-03-03', value: null, reason: 'no_observation', flags: { incompleteRows: 1 } },
  ]);
});

it('tells money in whole minor units of its currency', async () => {
  const rows = [
    ['Day', 'Value'],
    [day('2026-03-01'), 12.5],
    [day('2026-03-02'), 0.005],
    [day('2026-03-03'), 3],
  ];
  const euros = { valueColumn: 'Value', unit: 'money', currency: 'EUR' };
  // 12.50 € are 1250 cents; half a cent is rounded up.
  expect(await values(rows, euros)).toEqual({
    '2026-03-01': '1250',
    '2026-03-02': '1',
    '2026-03-03': '300',
  });
  // The yen has no smaller unit.
  expect(await values(rows, { ...euros, currency: 'JPY' })).toMatchObject({ '2026-03-03': '3' });
  expect(await values(rows, { ...euros, moneyIn: 'minor' })).toMatchObject({ '2026-03-03': '3' });
});

it('reads days however they are written: as dates, times, and texts of ISO 8601', async () => {
  const rows = [
    [' day ', 'Value'], // blanks around a name, and its case, do not matter
    [wall('2026-03-01T23:59'), 1],
    ['2026-03-02', 2],
    ['2026-03-03T00:00:00', 3],
  ];
  expect(await values(rows, { valueColumn: 'VALUE' })).toEqual({
    '2026-03-01': '1',
    '2026-03-02': '2',
    '2026-03-03': '3',
  });
});

it.each([
  {
    timeZone: 'America/New_York',
    instant: '2026-03-09T03:30:00Z', // 23:30 of the 8th: the clock went forward that morning
    midnight: '2026-03-09T04:00:00Z',
  },
  {
    timeZone: 'Asia/Shanghai',
    instant: '2026-03-08T15:59:59Z', // 23:59:59 of the 8th
    midnight: '2026-03-08T16:00:00Z',
  },
])(
  'cuts instants into days of $timeZone, and takes wall times as they are',
  async ({ instant, midnight, timeZone }) => {
    const rows = [
      ['Day', 'Value'],
      [instant, 1],
      [midnight, 10],
      [wall('2026-03-08T02:30'), 100], // in New York no clock showed it
      [wall('2026-03-08T23:59'), 1_000],
    ];
    const asked = {
      metric: 'series',
      params: { ...log, valueColumn: 'Value', combine: 'sum' },
      window: window('2026-03-08', '2026-03-10', timeZone),
    };
    expect(await valuesOf(rows, asked, { timeZone })).toEqual({ '2026-03-08': '1101', '2026-03-09': '10' });
  },
);

it('refuses a metric whose days are not those of the spreadsheet, and takes another name of the same zone', async () => {
  const rows = [
    ['Day', 'Value'],
    [day('2026-03-01'), 1],
  ];
  const asked = (timeZone: string) => ({
    metric: 'series',
    params: { ...log, valueColumn: 'Value' },
    window: window('2026-03-01', '2026-03-02', timeZone),
  });
  await expect(
    valuesOf(rows, asked('Europe/Berlin'), { timeZone: 'America/New_York' }),
  ).rejects.toMatchObject({
    code: 'other_zone',
    message: expect.stringContaining('America/New_York') as string,
  });
  expect(await valuesOf(rows, asked('America/New_York'), { timeZone: 'America/Toronto' })).toEqual({
    '2026-03-01': '1',
  });
  // A zone of the spreadsheet's own making names no place: what is written there is what counts.
  expect(await valuesOf(rows, asked('Europe/Berlin'), { timeZone: 'GMT-07:00' })).toEqual({
    '2026-03-01': '1',
  });
});
