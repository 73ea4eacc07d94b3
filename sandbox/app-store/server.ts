import type { ServerResponse } from 'node:http';

/** An app as the App Store shows it to everybody, by country: how often each of one to five stars was given. */
export type AppStoreWorld = {
  appId: string;
  name: string;
  version: string;
  stars: Readonly<Record<string, readonly number[]>>;
};

/** Apple's public lookup. Where an app is not sold, there is an empty list and no error. */
export function answerAppStore(
  world: AppStoreWorld,
  { path, url }: { url: URL; path: string },
  response: ServerResponse,
): void {
  if (path !== '/lookup') {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>');
    return;
  }
  const country = url.searchParams.get('country')?.toLowerCase() ?? 'us';
  const stars = url.searchParams.get('id') === world.appId ? world.stars[country] : undefined;
  const results = stars === undefined ? [] : [appOf(world, stars)];
  // Apple calls it JavaScript, and it is JSON.
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
  response.end(JSON.stringify({ resultCount: results.length, results }));
}

function appOf({ appId, name, version }: AppStoreWorld, stars: readonly number[]) {
  const count = stars.reduce((sum, each) => sum + each, 0);
  const total = stars.reduce((sum, each, index) => sum + each * (index + 1), 0);
  // Told to five decimals.
  const average = count === 0 ? 0 : Math.round((total / count) * 100_000) / 100_000;
  return {
    wrapperType: 'software',
    kind: 'software',
    trackId: Number(appId),
    trackName: name,
    version,
    averageUserRating: average,
    userRatingCount: count,
    averageUserRatingForCurrentVersion: average,
    userRatingCountForCurrentVersion: count,
  };
}
