import { expect, it } from 'vitest';
import { googlePlay } from '../../../connectors/google-play/index.ts';
import { findMetric } from '../../../src/domain/catalog/index.ts';
import { APP, rated, readOn, readOne, startPlay, valuesOf, window, worldOf } from './support/read.ts';

it('takes the file of each month, and knows nothing of days that are not written yet', async () => {
  const ratings = ['2026-02-28', '2026-03-01', '2026-03-18', '2026-03-19', '2026-03-20'].map((day, index) =>
    rated(day, `4.1${index}`),
  );
  // Of the 20th three days back are the 17th: the last three lines are not there.
  expect(await valuesOf(worldOf(ratings, { lateDays: 3 }), window('2026-02-28', '2026-03-02'))).toEqual({
    '2026-02-28': '4.10',
    '2026-03-01': '4.11',
  });
  expect(await valuesOf(worldOf(ratings, { lateDays: 3 }), window('2026-03-17', '2026-03-23'))).toEqual({
    '2026-03-17': null,
    '2026-03-18': null,
    '2026-03-19': null,
    '2026-03-20': null, // today; the days after it have not begun
  });
  expect(await valuesOf(worldOf(ratings, { lateDays: 1 }), window('2026-03-18', '2026-03-20'))).toEqual({
    '2026-03-18': '4.12',
    '2026-03-19': '4.13',
  });
});

it('begins and ends its window with the workspace’s days, whose month may be another one already', async () => {
  const ratings = [rated('2026-03-20', '4.2'), rated('2026-03-21', '4.3')];
  // 20:00 UTC is the 21st in Shanghai and the 20th in New York.
  const world = worldOf(ratings, { nowSeconds: Date.parse('2026-03-22T12:00:00Z') / 1_000 });
  const days = (timeZone: string) => window('2026-03-20', '2026-03-24', timeZone);
  expect(await valuesOf(world, days('Asia/Shanghai'))).toEqual({ '2026-03-20': '4.2', '2026-03-21': '4.3' });
  expect(await valuesOf(world, days('America/New_York'))).toEqual({ '2026-03-20': '4.2' });
});

it('reads one country or one version, and NA is no value', async () => {
  const ratings = [
    rated('2026-03-01', '4.5'),
    rated('2026-03-01', '4.1', 'country', 'DE'),
    rated('2026-03-01', '4.8', 'country', 'US'),
    rated('2026-03-02', null, 'country', 'DE'),
    rated('2026-03-01', '3.9', 'app_version', '41'),
    rated('2026-03-01', '0', 'app_version', '42'), // nobody has rated it
  ];
  const days = window('2026-03-01', '2026-03-04');
  expect(await valuesOf(worldOf(ratings), days, { country: 'de' })).toEqual({
    '2026-03-01': '4.1',
    '2026-03-02': null,
    '2026-03-03': null,
  });
  expect(await valuesOf(worldOf(ratings), days, { appVersion: '41' })).toMatchObject({ '2026-03-01': '3.9' });
  expect(await valuesOf(worldOf(ratings), days, { appVersion: '42' })).toMatchObject({ '2026-03-01': null });
});

it('follows the newest version from the day on which it is rated, and never falls back to an older one', async () => {
  const ratings = [
    rated('2026-02-27', '4.0', 'app_version', '9'),
    rated('2026-02-28', '3.0', 'app_version', '10'), // as text 9 would be the higher
    rated('2026-02-28', '4.0', 'app_version', '9'),
    rated('2026-02-28', '5.0', 'app_version', ''), // a version that Play does not know
    rated('2026-03-01', '4.1', 'app_version', '9'),
    rated('2026-03-02', '3.5', 'app_version', '10'),
    rated('2026-03-02', null, 'app_version', '11'),
  ];
  const newest = { appVersion: 'newest' };
  const { points } = await readOne(worldOf(ratings), window('2026-02-27', '2026-03-03'), newest);
  expect(points.map(({ day, flags, value }) => [day, value, flags])).toEqual([
    ['2026-02-27', '4.0', { appVersion: '9' }],
    ['2026-02-28', '3.0', { appVersion: '10' }],
    ['2026-03-01', null, { appVersion: '10' }],
    ['2026-03-02', '3.5', { appVersion: '10' }],
  ]);
  // Neither does one that begins long before, when a version was rated that was taken back.
  const withdrawn = [rated('2025-12-30', '2.0', 'app_version', '99'), ...ratings];
  expect(await valuesOf(worldOf(withdrawn), window('2025-12-30', '2026-03-03'), newest)).toMatchObject({
    '2025-12-30': '2.0',
    '2026-01-31': null,
    '2026-03-02': '3.5',
  });
  // A window that begins later says the same of its days.
  expect(await valuesOf(worldOf(ratings), window('2026-03-01', '2026-03-02'), newest)).toEqual({
    '2026-03-01': null,
  });
});

it('takes no file of another app, whose name begins like its own', async () => {
  const apps = [
    { packageName: APP, ratings: [rated('2026-03-01', '4.5')] },
    { packageName: `${APP}_lite`, ratings: [rated('2026-03-01', '1.5')] },
  ];
  const world = worldOf([], { apps });
  expect(await valuesOf(world, window('2026-03-01', '2026-03-02'))).toEqual({ '2026-03-01': '4.5' });
});

it('asks for the names once, for the months of the window, and for each file as it was listed', async () => {
  const ratings = ['2026-01-31', '2026-02-01', '2026-03-01'].map((day) => rated(day, '4.5'));
  const server = await startPlay(worldOf(ratings, { pageSize: 1 }));
  try {
    const { exchanges, reading } = await readOn(server, window('2026-02-01', '2026-03-01'));
    expect(reading.completeness).toMatchObject({ pages: 4, items: 3, lastPageReached: true });
    const paths = server.asked.map(({ pathname }) => decodeURIComponent(pathname));
    expect(paths.filter((path) => path.endsWith('.csv'))).toEqual([
      expect.stringContaining(`stats/ratings/ratings_${APP}_202602_overview.csv`) as string,
    ]);
    const file = server.asked.at(-1)?.searchParams;
    expect([file?.get('alt'), file?.get('generation')]).toEqual(['media', expect.stringMatching(/^\d+$/)]);
    expect(exchanges).toHaveLength(server.requestCount());
  } finally {
    await server.close();
  }
});

it('reads nothing of a window that has not begun', async () => {
  expect(await valuesOf(worldOf([rated('2026-03-01', '4.5')]), window('2026-04-01', '2026-05-01'))).toEqual(
    {},
  );
});

it('is the catalogue’s rating: of all countries their average weighed by their numbers', () => {
  // 1,000 ratings of 4.8 and 500 of 4.2: (4800 + 2100) / 1500 = 4.6, which is the average of all 1,500.
  const entry = findMetric('store_rating');
  const countries = [
    { country: 'us', average: 4.8, count: 1_000 },
    { country: 'de', average: 4.2, count: 500 },
  ];
  const told = entry?.compute(
    { minRatings: 1 },
    { kind: 'snapshot', day: '2026-03-01', timeZone: 'UTC' },
    { countries },
  );
  expect(told?.value).toBeCloseTo(4.6, 12);
  const meaning = googlePlay.metrics['store_rating']?.catalog;
  expect(meaning?.define({})).toEqual({ params: { minRatings: 1 }, window: { kind: 'day' } });
  expect(meaning?.define({ country: 'DE' })).toMatchObject({ params: { countries: ['de'] } });
  expect(meaning?.define({ appVersion: 'newest' })).toBeNull();
});
