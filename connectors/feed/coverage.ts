import { localDay, shiftDay } from '../sdk/index.ts';
import { type Entry, instantOf } from './entry.ts';
import type { Feed } from './walk.ts';

/** Blogs pin an old post or two above the new ones. */
const MOST_PINNED = 3;

/** The days of which a feed can tell: all, those from a day on, or none for certain. */
export type Reach = { kind: 'all' } | { kind: 'from'; day: string } | { kind: 'none' };

/**
 * A feed keeps its newest entries only, so of days before the oldest one it says nothing: they are unknown, not zero. Of that
 * oldest one's own day the earlier posts may already be gone. Of entries in no order of time nobody knows which are left out.
 */
export function reachOf({ entries, isWhole }: Feed, timeZone: string): Reach {
  if (isWhole) return { kind: 'all' };
  const sureMs = oldestSure(entries, timeZone);
  return sureMs === null ? { kind: 'none' } : { kind: 'from', day: shiftDay(localDay(sureMs, timeZone), 1) };
}

/**
 * The instant after which every entry has been seen, or null. Feeds are cut by publication or by the last change, and do not
 * say by which: where both orders fit, the later instant is the safe one. An entry is never published after it was changed.
 */
export function oldestSure(entries: readonly Entry[], timeZone: string): number | null {
  const published = entries.map(({ publishedAt }) => instantOf(publishedAt, timeZone));
  const changed = entries.map(({ changedAt }, index) =>
    Math.max(published[index] ?? 0, changedAt === null ? 0 : instantOf(changedAt, timeZone)),
  );
  const ends = [published, changed].flatMap((instants) => {
    const last = instants.at(-1);
    return last !== undefined && isNewestFirst(instants) ? [last] : [];
  });
  return ends.length === 0 ? null : Math.max(...ends);
}

function isNewestFirst(instants: readonly number[]): boolean {
  let pinned = 0;
  while (pinned < MOST_PINNED && pinned + 2 < instants.length && isBefore(instants, pinned)) pinned += 1;
  const rest = instants.slice(pinned);
  return rest.every((instant, index) => index === 0 || instant <= (rest[index - 1] ?? 0));
}

const isBefore = (instants: readonly number[], index: number): boolean =>
  (instants[index] ?? 0) < (instants[index + 1] ?? 0);
