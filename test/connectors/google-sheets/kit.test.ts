import { describe, expect, it } from 'vitest';
import { googleSheets } from '../../../connectors/google-sheets/index.ts';
import { connectorKit } from '../../../connectors/sdk/test-kit.ts';
import type { Sheet } from '../../../sandbox/google-sheets/world.ts';
import { book, CONFIG, day, startSheets, wall, window, worldOf } from './support/read.ts';

/** In New York it is still the 19th, 22:00. */
const NOW = new Date('2026-03-20T02:00:00Z');

const HEADER = ['Date', 'Kind', 'Signups', 'Hours', 'Learning', 'Total', 'Score'];
const sheets = [
  {
    title: 'Log',
    rows: [
      HEADER,
      [day('2026-03-18'), 'interview', 3, 2, 4, 40, 9],
      [wall('2026-03-19T09:30'), 'interview', 0, 4, 8, 40, 6],
      [day('2026-03-19'), 'post', null, 6, 0, 40, 10],
      [],
      [day('2026-03-20'), 'interview', 7, null, null, null, null],
    ],
  },
  { title: 'Summary', rows: [['MRR', 12.5]] },
];
/** Columns with their names, and nothing that anybody entered. */
const emptySheets = [
  { title: 'Log', rows: [HEADER] },
  { title: 'Summary', rows: [['MRR']] },
];
const start = (given: readonly Sheet[]) =>
  startSheets(worldOf({ nowSeconds: NOW.getTime() / 1_000, spreadsheets: [book([], { sheets: given })] }));
const each = (value: string | null) => ({ '2026-03-18': value, '2026-03-19': value, '2026-03-20': value });
const log = { range: 'Log!A:G', dateColumn: 'Date' };

const checks = connectorKit({
  connector: googleSheets,
  config: CONFIG,
  secrets: [CONFIG.serviceAccountKey],
  start: () => start(sheets),
  startEmpty: () => start(emptySheets),
  now: NOW,
  window: window('2026-03-18', '2026-03-21'),
  metrics: {
    series: {
      params: { ...log, valueColumn: 'Signups', combine: 'sum' },
      values: { '2026-03-18': '3', '2026-03-19': '0', '2026-03-20': '7' },
      pages: 1,
      empty: each(null),
    },
    cell: {
      params: { cell: 'Summary!B1' },
      values: { '2026-03-20': '12.5' },
      pages: 1,
      empty: { '2026-03-20': null },
      // A cell has no day of its own: it is said of the metric's today. Tables have the spreadsheet's days, and refuse others.
      zones: {
        'Asia/Shanghai': { '2026-03-20': '12.5' },
        'America/New_York': { '2026-03-19': '12.5' },
      },
    },
    row_count: {
      params: { ...log, labelColumn: 'Kind', labels: ['interview'] },
      values: { '2026-03-18': '1', '2026-03-19': '1', '2026-03-20': '1' },
      pages: 1,
      empty: each('0'),
    },
    rows_mean: {
      params: { ...log, valueColumn: 'Hours' },
      // 2; (4 + 6) / 2; nothing was entered on the 20th
      values: { '2026-03-18': '2', '2026-03-19': '5', '2026-03-20': null },
      pages: 1,
      empty: each(null),
    },
    nps: {
      params: { ...log, scoreColumn: 'Score', days: 2 },
      // 9: one promoter of one. 9, 6, 10: two promoters less one detractor, of three. 6, 10: one less one, of two.
      values: { '2026-03-18': '100', '2026-03-19': '33.333333333333', '2026-03-20': '0' },
      pages: 1,
      empty: each(null),
    },
    nps_average: {
      params: { ...log, scoreColumn: 'Score', days: 2 },
      // 9; 25 / 3; 16 / 2
      values: { '2026-03-18': '9', '2026-03-19': '8.333333333333', '2026-03-20': '8' },
      pages: 1,
      empty: each(null),
    },
    learning_time_share: {
      params: { ...log, learningColumn: 'Learning', totalColumn: 'Total' },
      // 4 / 40; (8 + 0) / (40 + 40)
      values: { '2026-03-18': '0.1', '2026-03-19': '0.1', '2026-03-20': null },
      pages: 1,
      empty: each(null),
    },
  },
});

describe('the connector kit on Google Sheets', () => {
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
