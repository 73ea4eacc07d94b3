import { expect, it } from 'vitest';
import type { Cell } from '../../../sandbox/google-sheets/world.ts';
import { book, day, readOne, valuesOf, wall, window, worldOf } from './support/read.ts';

const days = window('2026-03-01', '2026-03-04');
const log = { range: 'Log', dateColumn: 'When' };
const header = ['When', 'Tag', 'Status', 'Id'];
const rows: Cell[][] = [
  header,
  [day('2026-03-01'), 'problem-interview', 'done', 'A'],
  [day('2026-03-01'), ' Problem-Interview ', 'cancelled', 'B'],
  [],
  [day('2026-03-01'), 'sales', 'done', 'C'],
  [day('2026-03-02'), 'problem-interview', '', 'A'],
  [wall('2026-03-03T17:00'), 'problem-interview', 'done', 'D'],
  [day('2026-03-20'), 'problem-interview', 'done', 'E'],
];
const counted = (params: Record<string, unknown>, of: Cell[][] = rows) =>
  valuesOf(of, { metric: 'row_count', params: { ...log, ...params }, window: days });

it('counts the rows of each day, and a day without one is zero', async () => {
  expect(await counted({})).toEqual({ '2026-03-01': '3', '2026-03-02': '1', '2026-03-03': '1' });
  expect(await counted({}, [header])).toEqual({ '2026-03-01': '0', '2026-03-02': '0', '2026-03-03': '0' });
});

it('counts those with a label in any case, and not those that are left out', async () => {
  const label = { labelColumn: 'Tag', labels: ['problem-interview'] };
  expect(await counted(label)).toEqual({ '2026-03-01': '2', '2026-03-02': '1', '2026-03-03': '1' });
  expect(await counted({ ...label, exceptColumn: 'Status', exceptValues: ['Cancelled'] })).toMatchObject({
    '2026-03-01': '1',
  });
  expect(await counted({ labelColumn: 'Tag', labels: ['sales', 'problem-interview'] })).toMatchObject({
    '2026-03-01': '3',
  });
});

it('counts an id once, on its first day, so that days add up', async () => {
  // A is told on the 1st and on the 2nd.
  const expected = { '2026-03-01': '3', '2026-03-02': '0', '2026-03-03': '1' };
  expect(await counted({ idColumn: 'Id' })).toEqual(expected);
  // In whichever order people enter them.
  expect(await counted({ idColumn: 'Id' }, [header, ...rows.slice(1).toReversed()])).toEqual(expected);
});

it('refuses a wanted row without a date or an id, and does not look at rows that are not wanted', async () => {
  const label = { labelColumn: 'Tag', labels: ['sales'] };
  const broken: Cell[][] = [
    header,
    [{ error: '#REF!' }, 'problem-interview', 'done', 'A'],
    [day('2026-03-01'), 'sales', 'done', ''],
  ];
  expect(await counted(label, broken)).toMatchObject({ '2026-03-01': '1' });
  await expect(counted({ ...label, idColumn: 'Id' }, broken)).rejects.toMatchObject({
    code: 'no_id',
    message: expect.stringContaining('Log!D3') as string,
  });
  await expect(counted({ labelColumn: 'Tag', labels: ['problem-interview'] }, broken)).rejects.toMatchObject({
    code: 'formula_error',
    message: expect.stringContaining('Log!A2 comes to #REF!') as string,
  });
  await expect(counted(label, [header, ['', 'sales']])).rejects.toMatchObject({
    code: 'no_day',
    message: expect.stringContaining('Log!A2') as string,
  });
});

it('says how many rows without a date it has not counted', async () => {
  const world = worldOf({ spreadsheets: [book([...rows, ['', '', 'Total', 7]])] });
  const { reading } = await readOne(world, { metric: 'row_count', params: log, window: days });
  expect(reading.completeness).toMatchObject({
    items: 8,
    notes: ['1 rows without a date are not counted, the first is row 9'],
  });
});

it('takes the mean of what was entered, and divides sum by sum over longer windows', async () => {
  const hours: Cell[][] = [
    ['When', 'Hours', 'Team'],
    [day('2026-03-01'), 1, 'a'],
    [day('2026-03-01'), 2, 'a'],
    [day('2026-03-01'), 30, 'b'],
    [day('2026-03-02'), null, 'a'],
  ];
  const world = worldOf({ spreadsheets: [book(hours)] });
  const params = { ...log, valueColumn: 'Hours', labelColumn: 'Team', labels: ['A'], unit: 'custom:hours' };
  const { reading } = await readOne(world, { metric: 'rows_mean', params, window: days });
  expect(reading.points).toEqual([
    { day: '2026-03-01', value: '1.5', numerator: '3', denominator: '2' },
    { day: '2026-03-02', value: null, reason: 'no_observation' },
    { day: '2026-03-03', value: null, reason: 'no_observation' },
  ]);
});

it('says that a range ends in the middle of what is written, and not of one that grows', async () => {
  const world = worldOf({
    spreadsheets: [book(rows, { namedRanges: [{ name: 'interviews', range: 'Log!A1:D5' }] })],
  });
  const notesOf = async (range: string) => {
    const asked = { metric: 'row_count', params: { ...log, range }, window: days };
    return (await readOne(world, asked)).reading.completeness.notes;
  };
  expect(await notesOf('Log!A1:D5')).toEqual([expect.stringContaining('ends with row 5') as string]);
  expect(await notesOf('interviews')).toHaveLength(1);
  expect(await notesOf('Log!A1:D20')).toEqual([]);
  expect(await notesOf('Log!A:D')).toEqual([]);
  const full = worldOf({
    spreadsheets: [book([], { sheets: [{ title: 'Log', rows, rowCount: rows.length }] })],
  });
  const { reading } = await readOne(full, { metric: 'row_count', params: log, window: days });
  expect(reading.completeness.notes).toEqual([]);
});
