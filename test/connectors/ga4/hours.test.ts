import { expect, it } from 'vitest';
import { daysOfHours } from '../../../connectors/ga4/hours.ts';
import { decodedReport } from './support/decode.ts';
import { fixture } from './support/property.ts';

const made = fixture('dst_spring_hours.json');
const expected = made.expected as { rows: number; day: Record<string, number> };
const hours = (labels: string[], amount = '10') => ({
  ...made.response,
  rows: labels.map((value) => ({ dimensionValues: [{ value }], metricValues: [{ value: amount }] })),
  rowCount: labels.length,
});

it('dst_spring_hours.json: the day on which clocks go forward has 23 hours, and their sum is the day', async () => {
  const { byDay, withoutDay } = daysOfHours(await decodedReport(made.response), 'sessions');
  const [[day, total]] = Object.entries(expected.day) as [[string, number]];
  expect([...byDay]).toEqual([[day, { total: String(total), hours: expected.rows }]]);
  expect(withoutDay).toBe('0');
});

it('hours belong to the wall-clock day that they name, so nothing moves over midnight', async () => {
  const labels = ['2026032823', '2026032900', '2026032923', '2026033000'];
  const { byDay } = daysOfHours(await decodedReport(hours(labels)), 'sessions');
  expect([...byDay]).toEqual([
    ['2026-03-28', { total: '10', hours: 1 }],
    ['2026-03-29', { total: '20', hours: 2 }],
    ['2026-03-30', { total: '10', hours: 1 }],
  ]);
});

it('money of several hours is added without a binary remainder', async () => {
  // 0.1 + 0.1 + 0.1 = 0.3
  const report = await decodedReport(hours(['2026030201', '2026030202', '2026030203'], '0.1'));
  expect(daysOfHours(report, 'sessions').byDay.get('2026-03-02')?.total).toBe('0.3');
});

it.each(['(other)', '(not set)', '', '20260329'])(
  'a row whose hour is "%s" keeps its amount',
  async (label) => {
    const { byDay, withoutDay } = daysOfHours(await decodedReport(hours(['2026032900', label])), 'sessions');
    expect([...byDay]).toEqual([['2026-03-29', { total: '10', hours: 1 }]]);
    expect(withoutDay).toBe('10');
  },
);

it.each([
  { what: 'an hour twice', report: hours(['2026032900', '2026032900']), code: 'repeated_row' },
  {
    what: 'fewer hours than it promised',
    report: { ...hours(['2026032900']), rowCount: 2 },
    code: 'row_count',
  },
])('an answer with $what is not taken', async ({ report, code }) => {
  const decoded = await decodedReport(report);
  expect(() => daysOfHours(decoded, 'sessions')).toThrow(
    expect.objectContaining({ errorClass: 'bad_payload', code }),
  );
});
