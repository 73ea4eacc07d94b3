import type { NewsChart } from '../app/news.ts';
import type { Unit } from '../domain/metric.ts';
import type { Lang } from './numbers.ts';
import type { PictureRequest } from './words.ts';

/** Draws a chart as PNG; null where there is nothing to draw. Handed in: channels draw nothing themselves. */
export type Picture = (
  chart: NewsChart,
  options: { lang: Lang; unit: Unit; currency: string | null; title: string },
) => Promise<Buffer | null>;

const PICTURE_TIMEOUT_MS = 4_000;

/** The picture, or null when it fails or takes too long: a message never waits for its picture. */
export async function drawn(
  picture: Picture | null,
  request: PictureRequest,
  lang: Lang,
): Promise<Buffer | null> {
  if (picture === null) return null;
  const { chart, currency, title, unit } = request;
  const { promise: late, resolve } = lateAnswer();
  try {
    return await Promise.race([picture(chart, { lang, unit, currency, title }), late]);
  } catch {
    return null;
  } finally {
    resolve();
  }
}

function lateAnswer(): { promise: Promise<null>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<null>((done) => {
    const timer = setTimeout(() => done(null), PICTURE_TIMEOUT_MS);
    resolve = () => {
      clearTimeout(timer);
      done(null);
    };
  });
  return { promise, resolve: () => resolve() };
}
