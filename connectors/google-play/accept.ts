import { type Acceptance, nearNames } from '../sdk/index.ts';
import { createStorageClient, type PlayContext } from './client.ts';
import { dimensionOf, type RatingParams } from './params.ts';
import { FOLDER, listReports, namedIn, readMonths } from './reports.ts';

/** Whether there are reports of the app, and in the newest of them the country or the version. */
export async function acceptRating(context: PlayContext, params: RatingParams): Promise<Acceptance> {
  const accepted: Acceptance = { problems: [], warnings: [], timeZone: null, currency: null };
  const { files } = await listReports(context);
  const dimension = dimensionOf(params);
  const months = files.flatMap(({ name }) => {
    const named = namedIn(name);
    return named?.dimension === dimension ? [named.month] : [];
  });
  const newest = months.toSorted().at(-1);
  if (newest === undefined) return { ...accepted, problems: [await missingApp(context)] };
  const { ratings } = await readMonths(context, dimension, (month) => month === newest);
  const rated = ratings.filter(({ total }) => total !== null);
  const warnings = rated.length === 0 ? [`Nobody has rated in ${newest}, the newest month there is.`] : [];
  const { appVersion, country } = params;
  const wanted = country ?? (appVersion === 'newest' ? undefined : appVersion);
  const values = [...new Set(ratings.map(({ value }) => value))];
  if (wanted === undefined || values.includes(wanted)) return { ...accepted, warnings };
  // A version of which nobody speaks any more is in older files.
  const isOld = appVersion !== undefined && values.some((value) => Number(value) > Number(appVersion));
  if (isOld) {
    const told = `appVersion: the report of ${newest} has nothing of version ${appVersion}; older ones may.`;
    return { ...accepted, warnings: [...warnings, told] };
  }
  const named = country === undefined ? 'appVersion' : 'country';
  const some = values.filter((value) => value !== '').slice(0, 12);
  const problem = `${named}: the report of ${newest} has nothing of ${wanted}. It has ${some.join(', ')}.`;
  return { ...accepted, problems: [problem] };
}

/** That there are no ratings of an app, with the names of those of which there are. */
export async function missingApp(context: PlayContext): Promise<string> {
  const { packageName } = context.config;
  const { files } = await createStorageClient(context).list(FOLDER);
  const apps = [...new Set(files.flatMap(({ name }) => namedIn(name)?.packageName ?? []))];
  const near = nearNames(apps, packageName);
  const offered = near.length > 0 ? near : apps.slice(0, 5);
  const others = offered.length === 0 ? 'It has none of any app.' : `It has those of ${offered.join(', ')}.`;
  return `The bucket has no ratings of ${packageName}. ${others}`;
}
