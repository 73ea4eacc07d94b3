import { createHash } from 'node:crypto';
import type { Dimension, GooglePlayWorld, PlayApp, RatingRow } from './world.ts';

export type BucketFile = { name: string; content: Buffer; generation: string; md5: string };

const COLUMN: Readonly<Record<Dimension, string | null>> = {
  overview: null,
  country: 'Country',
  app_version: 'App Version Code',
};
const DAY_MS = 86_400_000;

/** What lies in the bucket by now, in the order of the names: a file for each app, month and dimension. */
export function filesOf(world: GooglePlayWorld): BucketFile[] {
  const newestDay = newestDayOf(world);
  return world.apps
    .flatMap((app) => filesOfApp(app, newestDay))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reports are cut by days of the Pacific coast. */
function newestDayOf({ lateDays, nowSeconds }: GooglePlayWorld): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(
    new Date(nowSeconds * 1_000),
  );
  return new Date(Date.parse(today) - lateDays * DAY_MS).toISOString().slice(0, 10);
}

function filesOfApp({ packageName, ratings }: PlayApp, newestDay: string): BucketFile[] {
  const byName = new Map<string, RatingRow[]>();
  for (const row of ratings) {
    if (row.day > newestDay) continue;
    const month = row.day.slice(0, 7).replace('-', '');
    const name = `stats/ratings/ratings_${packageName}_${month}_${row.of}.csv`;
    byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  return [...byName].map(([name, rows]) => {
    const content = encoded(linesOf(packageName, rows));
    const md5 = createHash('md5').update(content).digest();
    return { name, content, md5: md5.toString('base64'), generation: String(md5.readUInt32BE(0) + 1) };
  });
}

function linesOf(packageName: string, rows: readonly RatingRow[]): string {
  const column = COLUMN[rows[0]?.of ?? 'overview'];
  const own = (value: string) => (column === null ? [] : [value]);
  const header = [
    'Date',
    'Package Name',
    ...own(column ?? ''),
    'Daily Average Rating',
    'Total Average Rating',
  ];
  const lines = rows
    .toSorted((a, b) => (a.day === b.day ? (a.value < b.value ? -1 : 1) : a.day < b.day ? -1 : 1))
    .map(({ dailyAverage, day, totalAverage, value }) => [
      day,
      packageName,
      ...own(value),
      dailyAverage ?? 'NA',
      totalAverage ?? 'NA',
    ]);
  return [header, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

/** UTF-16, the lower byte first, with its mark. */
function encoded(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}
