import { expect, it } from 'vitest';
import type { Cell } from '../../../sandbox/google-sheets/world.ts';
import { findMetric } from '../../../src/domain/catalog/index.ts';
import { book, day, readOne, wall, window, worldOf } from './support/read.ts';

const header = ['Timestamp', 'Who', 'How likely?'];
const form = { range: 'Log!A:C', dateColumn: 'Timestamp', scoreColumn: 'How likely?' };
const answers: Cell[][] = [
  header,
  [wall('2026-03-01T09:00'), 'ana@x.example', 3],
  [wall('2026-03-01T10:00'), 'bo@x.example', 9],
  [wall('2026-03-02T09:00'), 'ANA@x.example', 10], // says otherwise a day later
  [wall('2026-03-02T09:30'), '', 0],
  [wall('2026-03-02T09:30'), 'cy@x.example', 11], // no answer of this scale
  [wall('2026-03-02T10:00'), 'cy@x.example', 7.5],
  [wall('2026-03-02T11:00'), 'dee@x.example', null],
];
const read = async (metric: string, params: Record<string, unknown>, rows = answers) => {
  const world = worldOf({ spreadsheets: [book(rows)] });
  const days = window('2026-03-01', '2026-03-04');
  return (await readOne(world, { metric, params: { ...form, days: 2, ...params }, window: days })).reading;
};

it('lets the latest answer of a person count, in the window that ends with each day', async () => {
  const { completeness, points } = await read('nps_average', { respondentColumn: 'Who' });
  expect(points.map(({ denominator, numerator, value }) => [value, numerator, denominator])).toEqual([
    ['6', '12', '2'], // 3 and 9
    ['6.333333333333', '19', '3'], // Ana's 10 in place of 3, Bo's 9, nobody's 0
    ['5', '10', '2'], // the 1st is out: Ana's 10, nobody's 0
  ]);
  expect(completeness.notes).toEqual(['2 answers were no whole number from 0 to 10']);
});

it('takes of two answers at one moment the lower row', async () => {
  const at = wall('2026-03-01T09:00');
  const rows = [header, [at, 'ana', 2], [at, 'ana', 9], [at, 'bo', 4]];
  const { points } = await read('nps_average', { respondentColumn: 'Who' }, rows);
  expect(points[0]).toMatchObject({ numerator: '13', denominator: '2' }); // 9 and 4
});

it('counts all answers where nobody says who gave them', async () => {
  const { points } = await read('nps', {});
  // 3, 9: (1 - 1) / 2. And 10, 0: (2 - 2) / 4. Then 10, 0: (1 - 1) / 2.
  expect(points.map(({ counts, value }) => [value, counts])).toEqual([
    ['0', { promoters: 1, passives: 0, detractors: 1 }],
    ['0', { promoters: 2, passives: 0, detractors: 2 }],
    ['0', { promoters: 1, passives: 0, detractors: 1 }],
  ]);
});

it('tells of too few answers that they were few, and of none that nobody was there', async () => {
  const { points } = await read('nps', { minResponses: 3 }, answers.slice(0, 3));
  expect(points).toEqual([
    { day: '2026-03-01', value: null, reason: 'insufficient_sample', flags: { sampleSize: 2 } },
    { day: '2026-03-02', value: null, reason: 'insufficient_sample', flags: { sampleSize: 2 } },
    expect.objectContaining({ value: null, reason: 'zero_denominator', denominator: '0' }) as object,
  ]);
});

it('refuses an answer that is text, because leaving it out would bend the score', async () => {
  const rows = [header, [day('2026-03-01'), '', '9']];
  await expect(read('nps', {}, rows)).rejects.toMatchObject({
    code: 'no_number',
    message: expect.stringContaining('Log!C2 holds the text "9"') as string,
  });
});

// Oracle: the catalogue's own functions, over the same answers told as records.
it.each([
  { metric: 'nps', respondentColumn: 'Who' },
  { metric: 'nps', respondentColumn: undefined },
  { metric: 'nps_average', respondentColumn: 'Who' },
  { metric: 'nps_average', respondentColumn: undefined },
])('$metric is the catalogue’s (respondents: $respondentColumn)', async ({ metric, respondentColumn }) => {
  const asked = respondentColumn === undefined ? {} : { respondentColumn };
  const { points } = await read(metric, asked);
  const responses = answers.slice(1).map(([at, who, score], index) => ({
    id: String(index),
    respondentId: who === '' ? `nobody ${index}` : (who as string).toLowerCase(),
    at: new Date(`${(at as { wall: string }).wall}:00Z`),
    score: score as number,
  }));
  const entry = findMetric(metric);
  for (const [index, startDay] of ['2026-02-28', '2026-03-01', '2026-03-02'].entries()) {
    const endDay = ['2026-03-02', '2026-03-03', '2026-03-04'][index] ?? '';
    const expected = entry?.compute(
      { dedupe: respondentColumn === undefined ? 'all' : 'latest_per_respondent', minResponses: 1 },
      { kind: 'period', startDay, endDay, timeZone: 'UTC' },
      { responses },
    );
    expect(Number(points[index]?.value)).toBeCloseTo(expected?.value ?? Number.NaN, 9);
  }
});
