import type { Completeness } from '../sdk/index.ts';
import { createStorageClient, type PlayContext, type StoredFile } from './client.ts';
import { type Dimension, type Rating, ratingsIn } from './ratings-file.ts';

export const FOLDER = 'stats/ratings/';
type Named = { packageName: string; month: string; dimension: string };

/** `ratings_com.example.app_202603_country.csv`; a package may have underscores of its own. */
const NAME = /^stats\/ratings\/ratings_(.+)_(\d{4})(\d{2})_([a-z_]+)\.csv$/;

export function namedIn(name: string): Named | null {
  const [, packageName = '', year = '', month = '', dimension = ''] = NAME.exec(name) ?? [];
  return packageName === '' ? null : { packageName, month: `${year}-${month}`, dimension };
}

/** The app's ratings files, listed once a run. */
export function listReports(
  context: PlayContext,
): Promise<{ files: StoredFile[]; completeness: Completeness }> {
  const { packageName } = context.config;
  return context.shared('google-play-reports', async () => {
    const listed = await createStorageClient(context).list(`${FOLDER}ratings_${packageName}_`);
    // "com.example.app_" begins the names of com.example.app_lite, too.
    const files = listed.files.filter(({ name }) => namedIn(name)?.packageName === packageName);
    return { ...listed, files };
  });
}

/** The lines of the months that are asked for, each file read once a run. A month without a file has none. */
export async function readMonths(
  context: PlayContext,
  dimension: Dimension,
  isWanted: (month: string) => boolean,
): Promise<{ ratings: Rating[]; completeness: Completeness }> {
  const { packageName } = context.config;
  const { completeness, files } = await listReports(context);
  const ratings: Rating[] = [];
  let read = 0;
  for (const file of files) {
    const named = namedIn(file.name);
    if (named === null || named.dimension !== dimension || !isWanted(named.month)) continue;
    const about = { dimension, month: named.month, packageName };
    const found = await context.shared(`google-play-file:${file.name}`, async () =>
      ratingsIn(await createStorageClient(context).read(file), file.name, about),
    );
    ratings.push(...found);
    read += 1;
  }
  const notes = [`${read} files with ${ratings.length} lines`];
  return { ratings, completeness: { ...completeness, pages: completeness.pages + read, notes } };
}
