import { googlePlay } from '../../../../connectors/google-play/index.ts';
import type { Acceptance, DayWindow, Exchange, MetricReading } from '../../../../connectors/sdk/index.ts';
import { googlePlayServer } from '../../../../sandbox/google-play/server.ts';
import type { Dimension, GooglePlayWorld, RatingRow } from '../../../../sandbox/google-play/world.ts';
import { windowOf } from '../../../../src/domain/day.ts';
import { testContext } from '../../support/context.ts';
import { type GoogleServer, newAccount, startGoogle } from '../../support/google-account.ts';

export const { account, key: KEY } = newAccount();
export const BUCKET = 'pubsite_prod_rev_01234567890987654321';
export const APP = 'com.globex.shop';
export const CONFIG = googlePlay.configSchema.parse({
  bucket: `gs://${BUCKET}/stats/ratings/`,
  packageName: APP,
  serviceAccountKey: KEY,
});
export const NOW = new Date('2026-03-20T20:00:00Z'); // noon in California

/** A line of a report; `total` null is NA. */
export function rated(day: string, total: string | null, of: Dimension = 'overview', value = ''): RatingRow {
  return { day, of, value, dailyAverage: total === null ? null : '4.00', totalAverage: total };
}

export function worldOf(
  ratings: readonly RatingRow[],
  given: Partial<GooglePlayWorld> = {},
): GooglePlayWorld {
  return {
    account,
    bucket: BUCKET,
    nowSeconds: NOW.getTime() / 1_000,
    apps: [{ packageName: APP, ratings }],
    lateDays: 0,
    mayRead: true,
    pageSize: 1_000,
    requestsPerMinute: 1_000,
    ...given,
  };
}

export const startPlay = (world: GooglePlayWorld, prefix = ''): Promise<GoogleServer> =>
  startGoogle(
    googlePlayServer(() => world),
    prefix,
  );

export const window = (startDay: string, endDay: string, timeZone = 'UTC'): DayWindow =>
  windowOf(startDay, endDay, timeZone);

const definition = googlePlay.metrics['store_rating'];

export async function readOn(
  server: GoogleServer,
  days: DayWindow,
  params: Record<string, unknown> = {},
): Promise<{ reading: MetricReading; exchanges: Exchange[] }> {
  if (definition === undefined) throw new Error('Play has no rating');
  const { context, exchanges } = testContext(CONFIG, server.endpoint, NOW);
  return { reading: await definition.read(context, days, definition.paramsSchema.parse(params)), exchanges };
}

export async function readOne(
  world: GooglePlayWorld,
  days: DayWindow,
  params: Record<string, unknown> = {},
): Promise<MetricReading> {
  const server = await startPlay(world);
  try {
    return (await readOn(server, days, params)).reading;
  } finally {
    await server.close();
  }
}

export async function valuesOf(...asked: Parameters<typeof readOne>) {
  const { points } = await readOne(...asked);
  return Object.fromEntries(points.map(({ day, value }) => [day, value]));
}

export async function accepted(
  world: GooglePlayWorld,
  params: Record<string, unknown> = {},
): Promise<Acceptance> {
  const server = await startPlay(world);
  try {
    const { context } = testContext(CONFIG, server.endpoint, NOW);
    if (definition?.accept === undefined) throw new Error('Play asks nobody');
    return await definition.accept(context, definition.paramsSchema.parse(params));
  } finally {
    await server.close();
  }
}
